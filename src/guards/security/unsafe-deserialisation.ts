import type { Fault } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Flow, Sink } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { faultSightings, flowSighting, productionFiles } from './sightings.ts';
import { caught, passed } from './unsafe-deserialisation.examples.ts';

/** Bytes or text from elsewhere become objects or code that run. */
export const unsafeDeserialisation: Guard = guard({
  id: 'security/unsafe-deserialisation',
  severity: 'block',
  protects: 'the program from data that is code',
  breaks: 'Whoever can write the data decides which code runs when it is read.',
  fix: 'Read it in a form that holds only data, such as JSON, or by the safe loader of the library.',
  languages: writtenLanguages,
  cwe: [502, 95],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) => {
    const told = productionFiles(scene).flatMap((file) => [
      ...flowsOf(scene, file, loaders).flatMap(loaderSighting),
      ...flowsOf(scene, file, evaluators).flatMap(evaluatorSighting),
    ]);
    const places = new Set(told.map(({ path, line }) => `${path}:${line}`));
    return [
      ...told,
      ...faultSightings(scene, faults).filter(({ path, line }) => !places.has(`${path}:${line}`)),
    ];
  },
});

const loaders: readonly Sink[] = [
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:c?[pP]ickle|_pickle|dill|cloudpickle|marshal|shelve|jsonpickle|joblib|pandas|pd|yaml|ruamel\.yaml)\.(?:loads?|Unpickler|decode|read_pickle|unsafe_load|full_load|load_all|open)(?=\s*\()/,
    places: 'all',
    unless: /[sS]afe_?[lL]oader|\bpd\.(?!read_pickle)|BaseLoader|yaml\.safe/,
  },
  {
    languages: ['ruby'],
    callee:
      /\b(?:Marshal|YAML|Psych|Oj|CSV)\.(?:load|restore|unsafe_load|object_load)(?=\s*\(| [\w"'@])/,
  },
  { languages: ['php'], callee: /(?<![\w>:$])unserialize(?=\s*\()/, unless: /allowed_classes/ },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$])(?:serialize|nodeSerialize|node_serialize|serializer|serialize_to_js|cryo|yaml)\.(?:unserialize|deserialize|parse|load)(?=\s*\()/,
    needs: /node-serialize|serialize-to-js|cryo|js-yaml/,
    unless: /yaml\.load/,
  },
  {
    languages: ['java', 'kotlin'],
    callee: /\b(?:ObjectInputStream|XMLDecoder)(?=\s*\()/,
    places: 'all',
  },
];

function loaderSighting(flow: Flow): readonly Sighting[] {
  const { origin, callee } = flow;
  if (origin.sent)
    return [flowSighting(flow, `${callee} makes objects of what a request sends`, 'block')];
  const isOpen = /unserialize|unsafe_load/.test(callee);
  return [
    flowSighting(
      flow,
      `${callee} makes any object that the data names`,
      flow.wasFixed && isOpen ? 'warn' : 'note',
    ),
  ];
}

const evaluators: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$.])(?:window\.|globalThis\.)?eval(?=\s*\()|\bnew\s+Function(?=\s*\()|(?<![\w$])vm\.(?:runIn(?:This|New)?Context|compileFunction|Script)(?=\s*\()|(?<![\w$.])Function(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:eval|exec|compile|builtins\.(?:eval|exec))(?=\s*\()/,
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w.])(?:eval|Kernel\.eval|RubyVM::InstructionSequence\.\w+)(?=\s*\(| [\w"'@])|\.(?:instance_eval|class_eval|module_eval)(?=\s*\(| [\w"'@])/,
  },
  { languages: ['php'], callee: /(?<![\w>:$])(?:eval|create_function|assert)(?=\s*\()/ },
  {
    languages: ['java', 'kotlin'],
    callee: /\b\w*[eE]ngine\.eval(?=\s*\()|\bshell\.evaluate(?=\()/,
  },
];

function evaluatorSighting(flow: Flow): readonly Sighting[] {
  const { origin, callee } = flow;
  if (origin.sent)
    return [flowSighting(flow, `${callee} runs what a request sends as code`, 'block')];
  if (/^(?:assert|compile)$/.test(callee)) return [];
  return [flowSighting(flow, `${callee} runs ${flow.argument} as code`, 'note')];
}

const faults: readonly Fault[] = [
  {
    languages: ['python'],
    pattern:
      /\byaml\.(?:load|load_all)\s*\((?!.*[sS]afe_?[lL]oader)|\byaml\.(?:unsafe_load|full_load_all|unsafe_load_all)\s*\(|Loader\s*=\s*(?:yaml\.)?(?:Loader|UnsafeLoader)\b|\bYAML\(\s*typ\s*=\s*["'](?:unsafe|base)/,
    unless: /[sS]afe_?[lL]oader|BaseLoader|ruamel/,
    says: 'lets YAML name any Python object to make',
    severity: 'warn',
    fix: 'Use yaml.safe_load.',
  },
  {
    languages: ['python'],
    pattern:
      /\bweights_only\s*=\s*False\b|\ballow_pickle\s*=\s*True\b|\btrust_remote_code\s*=\s*True\b/,
    says: 'lets a data file bring code along',
    severity: 'note',
  },
  {
    languages: ['csharp'],
    pattern:
      /\bnew\s+(?:BinaryFormatter|SoapFormatter|NetDataContractSerializer|LosFormatter|ObjectStateFormatter|FsPickler\w*|JavaScriptSerializer\s*\(\s*new\s+SimpleTypeResolver)\b|\bTypeNameHandling\.(?:All|Auto|Objects|Arrays)\b|\bTypeNameHandling\s*=\s*(?!TypeNameHandling\.None)|BinaryFormatter\b.*\.Deserialize\(|FsPickler\.Create\w+\(|JSON\.ToObject|TypeFilterLevel\.Full|BadListTypesChecking\s*=\s*false/,
    says: 'lets the data name the type to make',
    severity: 'warn',
    fix: 'Read JSON into a fixed type, with TypeNameHandling.None.',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\.(?:enableDefaultTyping|activateDefaultTyping)\s*\(|@JsonTypeInfo\s*\(\s*use\s*=\s*(?:JsonTypeInfo\.)?Id\.CLASS|\bnew\s+XMLDecoder\s*\(|\bnew\s+Yaml\s*\(\s*(?:\)|new\s+Constructor\s*\(\s*\))/,
    says: 'lets the data name the class to make',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\bnew\s+ObjectInputStream\s*\(|\.getObject\(\)\s*;.*\bObjectMessage|\(\(?ObjectMessage\)/,
    unless: /ValidatingObjectInputStream|setObjectInputFilter/,
    says: 'makes Java objects of bytes',
    severity: 'note',
  },
  {
    languages: ['ruby'],
    pattern:
      /\b(?:YAML|Psych)\.unsafe_load\b|cookies_serializer\s*=\s*:(?:marshal|hybrid)|\bMarshal\.(?:load|restore)\(\s*(?:params|cookies|request|Base64)|Oj\.load\(.*mode:\s*:object/,
    says: 'lets the data name any Ruby object to make',
    severity: 'warn',
  },
];
