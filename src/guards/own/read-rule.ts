import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import type { Example, Language } from '../guard.ts';
import { treeLanguages } from '../scene.ts';
import { valueOf } from '../yaml-value.ts';
import type { OwnFile, RuleProblem } from './own.ts';
import type { Matching, OwnRule } from './rule.ts';

const languageNames = [...treeLanguages] as [Language, ...Language[]];
const pattern = z.record(z.string(), z.unknown());
const example = z.strictObject({
  name: z.string().min(1),
  before: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  after: z.union([z.string(), z.record(z.string(), z.string())]),
});
const shape = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be a shelf and a name, such as shop/raw-price'),
  severity: z.enum(['block', 'warn', 'note']).default('warn'),
  language: z.union([z.enum(languageNames), z.array(z.enum(languageNames)).min(1)]),
  files: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  says: z.string().min(1),
  protects: z.string().min(1).default('what this team agreed on'),
  breaks: z.string().min(1),
  fix: z.string().min(1),
  confidence: z.number().min(0).max(1).default(0.8),
  cwe: z.array(z.number().int().positive()).default([]),
  appears: pattern.optional(),
  disappears: pattern.optional(),
  stays: pattern.optional(),
  constraints: pattern.optional(),
  utils: pattern.optional(),
  caught: z.array(example).min(1, 'needs at least one example that must be caught'),
  passed: z.array(example).min(1, 'needs at least one example that must pass'),
});
type Written = z.infer<typeof shape>;

/** Longest rule file that is read, in characters. */
const longest = 200_000;

/** Reads one rule file: a rule, or what is wrong with it and where. Never throws on content. */
export function readOwnRule({
  path,
  text,
}: OwnFile): { readonly rule: OwnRule } | { readonly problems: readonly RuleProblem[] } {
  if (text.length > longest)
    return { problems: [{ path, line: 1, message: `is longer than ${longest} characters` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const message = (fault.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '');
    return { problems: [{ path, line: lines.linePos(fault.pos[0]).line, message }] };
  }
  const value = valueOf(document);
  if (value instanceof Error) return { problems: [{ path, line: 1, message: value.message }] };
  const read = shape.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues.map(({ path: keys, message }) => ({
      path,
      line: lineAt(document, lines, keys),
      message: `${keys.length === 0 ? 'the rule' : keys.join('.')}: ${message}`,
    }));
    return { problems };
  }
  const wrong = contradiction(read.data);
  if (wrong !== null) return { problems: [{ path, line: 1, message: wrong }] };
  return { rule: ruleOf(read.data) };
}

function lineAt(
  document: Document.Parsed,
  lines: LineCounter,
  keys: readonly PropertyKey[],
): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return Math.max(1, lines.linePos(node.range[0]).line);
  }
  return 1;
}

function contradiction({ appears, disappears, stays }: Written): string | null {
  if (appears === undefined && disappears === undefined)
    return 'needs `appears` (what the change must not bring in) or `disappears` (what it must not take away)';
  if (appears !== undefined && disappears !== undefined)
    return 'has both `appears` and `disappears`; write two rules';
  return stays !== undefined && disappears === undefined
    ? '`stays` only makes sense with `disappears`'
    : null;
}

function ruleOf(written: Written): OwnRule {
  const { id, severity, says, protects, breaks, fix, confidence, cwe } = written;
  const { constraints, utils } = written;
  const languages = [written.language].flat();
  const files = written.files === undefined ? null : [written.files].flat();
  const path = usualPath(files, languages[0]);
  const matching = (rule: Readonly<Record<string, unknown>> | undefined): Matching | null =>
    rule === undefined
      ? null
      : ({
          rule,
          ...(constraints === undefined ? {} : { constraints }),
          ...(utils === undefined ? {} : { utils }),
        } as Matching);
  return {
    id,
    severity,
    languages,
    says,
    protects,
    breaks,
    fix,
    confidence,
    cwe,
    files,
    appears: matching(written.appears),
    disappears: matching(written.disappears),
    stays: matching(written.stays),
    caught: written.caught.map((one) => exampleOf(one, path)),
    passed: written.passed.map((one) => exampleOf(one, path)),
  };
}

const endings: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'ts',
  tsx: 'tsx',
  javascript: 'js',
  python: 'py',
  go: 'go',
  java: 'java',
  kotlin: 'kt',
  ruby: 'rb',
  csharp: 'cs',
  php: 'php',
  rust: 'rs',
};

/** Where an example lies that is a text alone: a file of the rule's first language, among those it looks at. */
function usualPath(files: readonly string[] | null, language: Language | undefined): string {
  const name = `shop.${endings[language ?? 'typescript'] ?? 'txt'}`;
  const [pattern] = (files ?? []).filter((one) => !one.startsWith('!'));
  if (pattern === undefined) return `src/${name}`;
  const ending = /\.\w+$/.exec(pattern)?.[0];
  const folder = pattern.slice(0, Math.max(0, pattern.search(/[^/]*[*?{[]/)));
  if (!/[*?{[]/.test(pattern)) return pattern;
  return ending === undefined ? `${folder}${name}` : `${folder}shop${ending}`;
}

function exampleOf({ name, before, after }: z.infer<typeof example>, path: string): Example {
  const files = (side: string | Readonly<Record<string, string>>): Record<string, string> =>
    typeof side === 'string' ? { [path]: side } : side;
  return { name, after: files(after), ...(before === undefined ? {} : { before: files(before) }) };
}
