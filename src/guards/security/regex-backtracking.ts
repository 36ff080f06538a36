import { faultsOf, wasThere } from '../code/faults.ts';
import type { Fault } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Sink } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { lineAt, writtenOf } from '../code/written.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { backtracks } from './backtracks.ts';
import { flowSighting, productionFiles } from './sightings.ts';
import { comes, turns } from './told.ts';

// Go and Rust match in linear time whatever the pattern.
const languages: readonly Language[] = writtenLanguages.filter(
  (one) => one !== 'go' && one !== 'rust',
);

const sinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee: /\bRegExp(?=\s*\()/,
    unless: /escapeRegExp|escape/,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])re\.(?:compile|match|search|fullmatch|findall|sub|split)(?=\s*\()/,
  },
  { languages: ['ruby'], callee: /\bRegexp\.new(?=\s*\(| \w)/ },
  { languages: ['java', 'kotlin'], callee: /\bPattern\.(?:compile|matches)(?=\s*\()/ },
  {
    languages: ['csharp'],
    callee: /\bnew\s+Regex(?=\s*\()|\bRegex\.(?:Match|IsMatch|Replace)(?=\s*\()/,
  },
];

const inFlags: readonly Fault[] = [
  {
    languages: ['csharp'],
    pattern: /\bnew\s+Regex\([^)]*InfiniteMatchTimeout|\bRegex\.InfiniteMatchTimeout\b/,
    says: 'lets a pattern be matched without end',
    severity: 'note',
  },
];

/** A pattern that needs exponential time on the right text. */
export const regexBacktracking: Guard = guard({
  id: 'security/regex-backtracking',
  severity: 'warn',
  protects: 'the time of the processor',
  breaks:
    'One short text makes the pattern try every way to split it, and the process answers nobody for minutes.',
  fix: 'Do not repeat a group that itself repeats the same letters; say exactly what separates its parts.',
  languages,
  cwe: [1333],
  confidence: 0.7,
  caught: [
    comes(
      'a repeated group of repeated words',
      'src/mail.ts',
      'export const mail = /^([a-zA-Z0-9]+)+@shop$/;\n',
    ),
    comes(
      'a request gives the pattern',
      'src/api/find.js',
      "app.get('/find', (req, res) => {\n  const pattern = new RegExp(req.query.q);\n  res.json(names.filter((name) => pattern.test(name)));\n});\n",
    ),
    comes(
      'Python compiles one',
      'shop/mail.py',
      'import re\n\nMAIL = re.compile(r"^(\\w+\\s?)*$")\n',
    ),
    turns('alternatives that overlap', 'src/main/java/shop/Mail.java', [
      'class Mail {\n  Pattern p = Pattern.compile("^(a|b)*$");\n}\n',
      'class Mail {\n  Pattern p = Pattern.compile("^(a|a)*$");\n}\n',
    ]),
  ],
  passed: [
    comes('groups with a separator', 'src/mail.ts', 'export const host = /^\\w+(?:\\.\\w+)*$/;\n'),
    comes('one repetition', 'src/mail.ts', 'export const word = /^[a-z]+$/;\n'),
    comes(
      'an escaped request',
      'src/api/find.js',
      "app.get('/find', (req, res) => {\n  const pattern = new RegExp(escapeRegExp(req.query.q));\n});\n",
    ),
    comes(
      'Go matches in linear time',
      'server/mail.go',
      'package server\n\nvar mail = regexp.MustCompile(`^(a+)+$`)\n',
    ),
    comes('a text with brackets', 'src/help.ts', "export const help = 'usage: (files+)+';\n"),
  ],
  look: (scene) =>
    productionFiles(scene)
      .filter((file) => languages.includes(file.language))
      .flatMap((file) => [
        ...sent(scene, file),
        ...written(scene, file),
        ...faultsOf(scene, file, inFlags).map(({ fault, line, text }) => ({
          path: file.path,
          line,
          says: fault.says,
          subject: text,
          severity: fault.severity,
        })),
      ]),
});

function sent(scene: Scene, file: ChangedFile): readonly Sighting[] {
  return flowsOf(scene, file, sinks)
    .filter(({ origin }) => origin.sent && !/escape/i.test(origin.text))
    .map((flow) => flowSighting(flow, `${flow.callee} takes a pattern from a request`, 'warn'));
}

const mostPatterns = 500;
const compiles =
  /(?:RegExp|\bre\.\w+|Regexp\.new|Pattern\.(?:compile|matches)|Regex(?:\.\w+)?|preg_\w+|\.(?:match|matches|matchAll|replace|replaceAll|search|split|test|toRegex))\s*\(\s*$/;

function written(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const read = file.after === null ? null : writtenOf(file.after);
  if (read === null) return [];
  return read.literals.slice(0, mostPatterns * 20).flatMap(({ start, end }) => {
    const line = lineAt(read, start);
    if (!file.added.has(line)) return [];
    const isRegex = read.text[start] === '/';
    if (!isRegex && !compiles.test(read.bare.slice(Math.max(0, start - 40), start))) return [];
    const pattern = read.text
      .slice(start, end)
      .replace(/^[rRbu@]{0,2}["'`/]{1,3}|["'`/]{1,3}$/g, '');
    const text = (file.after?.lines[line - 1] ?? '').trim();
    if (!backtracks(pattern) || wasThere(scene, file, text)) return [];
    return [
      {
        path: file.path,
        line,
        says: `the pattern ${pattern.slice(0, 40)} needs exponential time on some texts`,
        subject: pattern.slice(0, 200),
        severity: 'note' as const,
      },
    ];
  });
}
