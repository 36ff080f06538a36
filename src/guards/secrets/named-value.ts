import type { Language } from '../guard.ts';
import { isRandom } from './plausible.ts';

/** A value written beside a name that says it is secret. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

const secretName =
  /(?:api|auth|access|account|admin|client|app|application|consumer|signing|encryption|encrypt|private|master|shared|service|storage|session|jwt|webhook|hmac|root|db|database|deploy|license)[-_. ]?(?:key|secret|token)|passw(?:or)?d|passphrase|passwd|\bpwd\b|secret|token|credential/i;
const harmlessName =
  /public|publishable|(?:^|[._-])anon|csrf|xsrf|(?:sri|integrity|hash|digest|checksum|sha\d*|md5|etag|commit|revision|version|_?ids?|name|path|file|url|uri|endpoint|host|label|title|type|kind|count|limit|max|min|size|length|regex|pattern|field|column|header|placeholder|description|prefix|suffix|expir\w*|ttl|usage|model|tokenizer|tokens|next|page|cursor|cancell?ation|continuation|sync|design|color|colour|css|class|selector|testid|i18n|locale|message|text|policy|rule|role|scope|format|algorithm|provider|store|manager|service|secret[-_]?ref|existing[-_]?secret|arn|env|variable|slug|alias|symbol|address|contract|mint|spec|input|output|price|cost|status|state|mode|at|hint|strategy|resolver|generator|validator|verifier)["'`]?$/i;

const quoted =
  /([\w.-]{2,60})["'`]?\]?\s*(?::\s*[\w<>| ]{0,30}=|=>|:=|[:=,]|\?\?|\|\|)\s*[bru]?["'`]([^"'`\s]{12,200})["'`]/gi;
const bare = /^\s*(?:export\s+|-\s+)?([\w.-]{2,60})\s*[=:]\s*([^\s"'#,;]{12,200})\s*(?:#.*)?$/i;
const bearer = /\b(?:Bearer|Basic|Token)\s+([A-Za-z0-9+/=_.-]{24,200})["'`\s]/;

/** Random values under names like `api_key` or `password` in a line; without quotes only in settings files. */
export function namedValues(line: string, language: Language): readonly NamedValue[] {
  if (!mayName.test(line)) return [];
  const found: NamedValue[] = [];
  for (const [, name = '', value = ''] of line.matchAll(quoted)) found.push({ name, value });
  if (settings.has(language)) {
    const [, name, value] = bare.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found.push({ name, value });
  }
  const [, token] = bearer.exec(line) ?? [];
  if (token !== undefined) found.push({ name: 'authorization token', value: token });
  return found.filter(
    ({ name, value }) => secretName.test(name) && !harmlessName.test(name) && isRandom(value),
  );
}

const mayName = /key|secret|token|passw|passphrase|pwd|credential|bearer|basic/i;
const settings: ReadonlySet<Language> = new Set<Language>([
  'dotenv',
  'yaml',
  'properties',
  'toml',
  'shell',
  'dockerfile',
  'other',
]);
