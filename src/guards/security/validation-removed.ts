import { addedCode, removedCode } from '../code/added-code.ts';
import { codeLinesOf } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard, Language, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { isAside, lossSightings } from './sightings.ts';
import { caught, passed } from './validation-removed.examples.ts';

/** What comes from outside is no longer looked at before it is used. */
export const validationRemoved: Guard = guard({
  id: 'security/validation-removed',
  severity: 'warn',
  protects: 'everything behind a request',
  breaks:
    'Values nobody expected reach the database or other services: wrong types, huge texts, foreign fields.',
  fix: 'Keep the check, or show in the same change where it is made now.',
  languages: writtenLanguages,
  cwe: [20],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) => [
    ...fromUnits(scene),
    ...lossSightings(scene, marks, ({ what }) => `takes requests that ${what} looked at before`),
  ],
});

interface Check {
  readonly languages: readonly Language[];
  /** The check; its first group is what it checks, where it is written. */
  readonly pattern: RegExp;
}

const checks: readonly Check[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern:
      /\b\w*(?:[sS]chema|[vV]alidator|Dto|Body|Params|Query|Input)\w*\.(?:parse|safeParse|parseAsync|safeParseAsync|validate|validateAsync|validateSync|assert|cast)\(\s*(?:await\s+)?((?:req|request|ctx|c|event|this)\b[\w.()]*|body|input|params|query|payload|data)\b|\b(?:validate|sanitize|assertValid|parseBody|validateBody|validateInput|validateRequest|validationResult|sanitizeHtml|DOMPurify\.sanitize)\(\s*((?:req|request|ctx|c|event)\b[\w.()]*|body|input|params|query|payload|data)\b/,
  },
  {
    languages: ['python'],
    pattern:
      /\b\w+\.(?:model_validate(?:_json)?|parse_obj|parse_raw|validate|load|is_valid|full_clean)\(\s*(request\.[\w.()]+|data|payload|body|raise_exception=True)?\b|\b(?:validate_\w+|sanitize_\w+|bleach\.clean|jsonschema\.validate)\(\s*(request\.[\w.]+|\w+)/,
  },
  {
    languages: ['go'],
    pattern:
      /\b(?:validate|validator|v|s\.validate|h\.validator)\.(?:Struct|Var|Validate|StructCtx)\(\s*(?:ctx\s*,\s*)?(&?\w+)|\b(\w+)\.Validate\(\)/,
  },
  {
    languages: ['java', 'kotlin', 'csharp'],
    pattern:
      /\b\w*[vV]alidator\.(?:validate|Validate|ValidateAndThrow|ValidateAsync)\w*\(\s*(\w+)|\bModelState\.IsValid\b/,
  },
  { languages: ['ruby'], pattern: /\bparams\.(?:require|permit)\b|\bsanitize\(\s*(\w+)/ },
  {
    languages: ['php'],
    pattern:
      /\$(?:request|this)->validate\(|\bValidator::make\(\s*(\$\w+)|\$request->validated\(|filter_var\(\s*(\$\w+)/,
  },
];

const anyCheck =
  /validat|schema|\.parse\(|safeParse|sanitiz|permit|model_validate|parse_obj|Valid\b|\bassert|zod|joi|yup|ajv|filter_var|clean\(|expect\(|Dto\b/i;
const input =
  /\b(?:req|request|ctx|event|params|body|payload|input|data|query|form|dto|model)\b|\$_(?:GET|POST)|\$request/i;

function fromUnits(scene: Scene): readonly Sighting[] {
  const files = scene.files.filter(
    (file) =>
      isProductionPath(file.path) && !isAside(file.path) && anyCheck.test(removedCode(file)),
  );
  if (files.length === 0) return [];
  // Another check on any added line may be the new home of this one.
  if (scene.files.some((file) => !file.isTest && anyCheck.test(addedCode(file)))) return [];
  return matchUnits(scene)
    .pairs.filter(({ file, from, alike }) => file === from && files.includes(file) && alike >= 0.5)
    .flatMap((pair) => lost(pair));
}

function lost(pair: Pair): readonly Sighting[] {
  const { before, after, from } = pair;
  const fitting = checks.filter(({ languages }) => languages.includes(before.source.language));
  const lines = codeLinesOf(before.source);
  const now = codeLinesOf(after.source)
    .slice(after.line - 1, after.endLine)
    .join('\n');
  for (const line of from.removed) {
    if (line < before.line || line > before.endLine) continue;
    const text = (lines[line - 1] ?? '').slice(0, 500);
    const found = fitting.map(({ pattern }) => pattern.exec(text)).find((one) => one !== null);
    if (found === null || found === undefined || anyCheck.test(now)) continue;
    const checked = found.slice(1).find((one) => one !== undefined) ?? '';
    if (!stillFlows(checked, now)) continue;
    return [
      {
        path: pair.file.path,
        line: placeOf(pair.file, -1, line),
        says: `no longer checks ${checked === '' ? 'what it is given' : checked} by ${found[0].replace(/\(.*$/, '')}${before.name === '' ? '' : ` in ${before.name}`}`,
        subject: `${before.name} ${found[0]}`,
        severity: pair.fresh.length <= 3 ? 'warn' : 'note',
      },
    ];
  }
  return [];
}

function stillFlows(checked: string, now: string): boolean {
  const root = /[\w$]+/.exec(checked)?.[0];
  if (root === undefined || root === 'raise_exception') return input.test(now);
  return new RegExp(`(?<![\\w$])${root.replace(/\$/g, String.raw`\$`)}(?![\\w$])`).test(
    now.split('\n').slice(1).join('\n'),
  );
}

const marks: readonly Protection[] = [
  {
    languages: ['java', 'kotlin'],
    pattern:
      /@(?:Valid|Validated)\b(?=[^;]*@?\b(?:RequestBody|ModelAttribute|RequestPart|\w+Request|\w+Dto|\w+DTO)\b)/,
    keeps: /@RequestBody|@ModelAttribute|@(?:Post|Put|Patch)Mapping/,
    replaced: /@Valid/,
    says: 'takes requests unchecked',
    severity: 'warn',
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern:
      /\b(?:useGlobalPipes|UsePipes)\([^)]{0,60}ValidationPipe|\.(?:post|put|patch)\([^,]{1,80},[^)]{0,60}\b(?:validate\w*|zValidator|celebrate|checkSchema|validator)\(/,
    keeps: /\.(?:post|put|patch|create|listen)\(|@(?:Post|Put|Patch)/,
    replaced: anyCheck,
    says: 'takes requests unchecked',
    severity: 'warn',
  },
];
