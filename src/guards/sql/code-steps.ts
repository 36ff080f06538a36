import type { Language, Parsers, Source, Tree } from '../guard.ts';
import { ormOperations } from './orm-operations.ts';
import type { RawStep } from './operation.ts';
import { sqlSteps } from './sql-string.ts';

const strings: Readonly<Partial<Record<Language, readonly string[]>>> = {
  typescript: ['string', 'template_string'],
  tsx: ['string', 'template_string'],
  javascript: ['string', 'template_string'],
  python: ['string'],
  go: ['raw_string_literal', 'interpreted_string_literal'],
  java: ['string_literal'],
};
const calls: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'call_expression',
  tsx: 'call_expression',
  javascript: 'call_expression',
  python: 'call',
};
const speaksSql =
  /alter|create|drop|truncate|delete|update|rename|remove|addindex|addconstraint|addfield|change|grant|_index|_column|_key|unique|foreign|\bindex\(/i;

/** The statements in a migration written in a programming language: SQL in strings, and calls of its ORM. */
export function codeSteps(source: Source, parsers: Parsers): readonly RawStep[] {
  const tree = speaksSql.test(source.text) ? source.tree() : null;
  if (tree === null) return [];
  const kinds = strings[source.language] ?? [];
  const inStrings = kinds
    .flatMap((kind) => tree.findAll({ rule: { kind } }))
    .filter((node) => !isTakingBack(node))
    .flatMap((node) => stringSteps(node, parsers));
  const call = calls[source.language];
  const inCalls =
    call === undefined
      ? []
      : tree
          .findAll({ rule: { kind: call } })
          .filter((node) => !isTakingBack(node))
          .flatMap(callSteps);
  return [...inStrings, ...inCalls].sort((a, b) => a.line - b.line);
}

function callSteps(node: Tree): readonly RawStep[] {
  const operations = ormOperations(node);
  if (operations.length === 0) return [];
  const { start, end } = node.range();
  return [{ line: start.line + 1, endLine: end.line + 1, text: node.text(), operations }];
}

function stringSteps(node: Tree, parsers: Parsers): readonly RawStep[] {
  const { text, isWhole } = readString(node);
  return sqlSteps({ text, line: node.range().start.line + 1, isWhole }, parsers);
}

function readString(node: Tree): { readonly text: string; readonly isWhole: boolean } {
  const holes = node
    .children()
    .filter((child) => /^(?:template_substitution|interpolation)$/.test(String(child.kind())));
  const start = node.range().start.index;
  let text = node.text();
  for (const hole of holes) {
    const { start: from, end: to } = hole.range();
    const blank = hole.text().replace(/[^\n]/g, 'x');
    text = text.slice(0, from.index - start) + blank + text.slice(to.index - start);
  }
  const isJoined = /^(?:binary_expression|binary_operator|concatenated_string)$/.test(
    String(node.parent()?.kind()),
  );
  return { text: unquote(text), isWhole: holes.length === 0 && !isJoined };
}

function unquote(text: string): string {
  const inner = /^[a-zA-Z]{0,2}("""|'''|["'`])([\s\S]*)\1$/.exec(text)?.[2] ?? text;
  return inner.replace(/\\n/g, ' ').replace(/\\(["'`])/g, '$1');
}

const takesBack =
  /^(?:down|downgrade|rollback|revert|undo|backwards?|reverse)(?:_?\w*\d+\w*)?$|(?:Down|Rollback)$|_down$/i;
const holders: ReadonlySet<string> = new Set([
  'method_definition',
  'function_declaration',
  'function_definition',
  'method_declaration',
  'pair',
  'variable_declarator',
  'keyword_argument',
]);

/** Whether the code only runs when the migration is taken back, or changes the ORM's memory and no table. */
function isTakingBack(node: Tree): boolean {
  return node.ancestors().some((above) => {
    const kind = String(above.kind());
    if (kind === 'assignment_expression') return takesBack.test(lastName(above.field('left')));
    if (!holders.has(kind)) return false;
    const name = (above.field('name') ?? above.field('key'))?.text() ?? '';
    return takesBack.test(name) || name === 'reverse_sql' || name === 'state_operations';
  });
}

function lastName(node: Tree | null): string {
  return node?.text().split('.').at(-1) ?? '';
}
