import { flowsOf } from '../code/flows.ts';
import type { Flow, Sink } from '../code/flows.ts';
import { codeLinesOf } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { isRequestData, requestParameters } from '../code/request-data.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting, Source } from '../guard.ts';
import { caught, passed } from './path-traversal.examples.ts';
import { flowSighting, lossSightings, productionFiles } from './sightings.ts';

/** A request names the file that is read, written or sent. */
export const pathTraversal: Guard = guard({
  id: 'security/path-traversal',
  severity: 'warn',
  protects: 'files outside of the folder that is meant',
  breaks: 'A name such as ../../etc/passwd reaches any file the program may read or write.',
  fix: 'Resolve the path and refuse it unless it still starts with the folder, or take only the base name.',
  languages: writtenLanguages,
  cwe: [22],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) => [
    ...productionFiles(scene).flatMap((file) => flowsOf(scene, file, sinks).flatMap(sighting)),
    ...lossSightings(
      scene,
      checks,
      ({ what }) => `no longer keeps paths inside their folder: ${what} went`,
    ),
  ],
});

const sinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$])(?:fs|fsp|fsPromises|fse|promises)\.(?:promises\.)?(?:readFile|readFileSync|writeFile|writeFileSync|createReadStream|createWriteStream|unlink|unlinkSync|rm|rmSync|readdir|readdirSync|open|openSync|appendFile|appendFileSync|copyFile|rename|stat|statSync)(?=\s*\()|(?<![\w$])(?:createReadStream|readFileSync|readFile|writeFile)(?=\s*\()|\bBun\.file(?=\()|\bpath\.(?:join|resolve)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee: /(?<![\w$])(?:res|reply|response)\.(?:sendFile|sendfile|download)(?=\s*\()/,
    unless: /\broot\s*:/,
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:open|io\.open|codecs\.open|os\.(?:open|remove|unlink|listdir|path\.join)|shutil\.\w+|send_file|flask\.send_file|FileResponse|Path)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['go'],
    callee:
      /(?<![\w.])(?:os\.(?:Open|OpenFile|ReadFile|WriteFile|Create|Remove|RemoveAll)|ioutil\.(?:ReadFile|WriteFile)|http\.ServeFile|filepath\.Join|path\.Join|c\.File)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /\b(?:File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile)(?=\s*\()|\bPaths\.get(?=\s*\()|\bPath\.of(?=\s*\()|\bgetResourceAsStream(?=\s*\()/,
    places: 'all',
    unless: /FilenameUtils\.getName/,
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w.:])(?:File\.(?:open|read|write|new|delete|unlink|readlines|join|expand_path)|IO\.(?:read|readlines|binread)|Dir\.\w+|FileUtils\.\w+|send_file|Pathname\.new|render\s+file:|open|load|YAML\.load_file|Kernel\.open)(?=\s*\(| ["'@\w:])/,
    places: 'all',
  },
  {
    languages: ['php'],
    callee:
      /(?<![\w>:$])(?:fopen|file_get_contents|file_put_contents|readfile|unlink|file|copy|rename|include|include_once|require|require_once)(?=\s*\(| ["'$])/,
  },
  {
    languages: ['csharp'],
    callee:
      /\b(?:File\.(?:ReadAll\w+|Open\w*|WriteAll\w+|Delete|Copy|Move|Create)|Path\.Combine|PhysicalFile)(?=\s*\()|\bnew\s+(?:FileStream|StreamReader|StreamWriter|FileInfo)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['rust'],
    callee:
      /\b(?:File::(?:open|create)|fs::(?:read|read_to_string|write|remove_file)|NamedFile::open\w*)(?=\s*\()/,
  },
];

const checked =
  /startsWith|starts_with|StartsWith|HasPrefix|startswith|realpath|is_relative_to|commonpath|commonprefix|relative_to|relative\(|normalize|getCanonical|toRealPath|GetFullPath|securejoin|secure_filename|safe_join|basename|GetFileName|filepath\.(?:Base|Rel|Clean|IsLocal)|IsLocal|SecureJoin|allowed|whitelist|canonicalize|sanitiz|includes\(["']\.\.|contains\(["']\.\.|cleanpath|FilenameUtils|strip_prefix/i;
const reach = 12;

function sighting(flow: Flow): readonly Sighting[] {
  const { origin, file, line, endLine } = flow;
  if (!origin.sent || file.after === null) return [];
  const around = codeLinesOf(file.after)
    .slice(Math.max(0, line - reach), endLine + reach)
    .join('\n');
  if (checked.test(around) || isAskedByCommandOnly(file.after)) return [];
  const says = `${flow.callee} takes a path from a request without looking where it leads`;
  return [flowSighting(flow, says, isOpened(flow) ? 'warn' : 'note')];
}

const commandWords = /\b(?:process|sys)\.argv\b/g;

// Who runs a command may name any file that is theirs: only what a request sends is of strangers.
function isAskedByCommandOnly({ text, language }: Source): boolean {
  const rest = text.replace(commandWords, 'words');
  if (rest === text) return false;
  return !isRequestData(rest, language) && requestParameters(rest, language).size === 0;
}

// Joining a path does nothing yet; opening it does.
function isOpened({ callee }: Flow): boolean {
  return !/(?:join|resolve|Join|Combine|expand_path|Paths\.get|Path\.of|^Path|^File|new)$/.test(
    callee,
  );
}

const checks: readonly Protection[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern:
      /(?:if|assert)\s*\(.*(?:[pP]ath|[fF]ile|resolved|target|dest)\w*\.startsWith\(\s*(?!["'`](?:https?|\/|\.|#))/,
    keeps: /\bfs\b|sendFile|readFile|createReadStream|writeFile/,
    replaced: checked,
    says: 'path check',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /\bsecure_filename\s*\(|\bsafe_join\s*\(|\bis_relative_to\s*\(|os\.path\.common(?:path|prefix)\s*\(/,
    keeps: /\bopen\(|\.save\(|send_file|FileResponse|os\.path\.join/,
    replaced: checked,
    says: 'path check',
    severity: 'warn',
  },
  {
    languages: ['go'],
    pattern:
      /filepath\.IsLocal\s*\(|securejoin\.SecureJoin\s*\(|strings\.HasPrefix\(\s*\w*(?:[pP]ath|[fF]ile|[tT]arget|[dD]est)\w*\s*,\s*\w*(?:[dD]ir|[rR]oot|[bB]ase|[dD]est)\w*/,
    keeps: /os\.(?:Open|Create|ReadFile|WriteFile|OpenFile|MkdirAll)/,
    replaced: checked,
    says: 'path check',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin', 'csharp', 'rust', 'php'],
    pattern:
      /if\s*\(?.*(?:[pP]ath|[fF]ile|[tT]arget|resolved)\w*(?:\(\))?\.(?:startsWith|StartsWith|starts_with)\(\s*(?!")|FilenameUtils\.getName\(|(?:=|\()\s*basename\(\s*\$|\bPath\.GetFileName\(/,
    keeps: /\bFiles?\b|FileStream|fopen|file_put_contents|File::/,
    replaced: checked,
    says: 'path check',
    severity: 'warn',
  },
];
