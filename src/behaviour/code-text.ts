import type { Tree } from '../guards/guard.ts';

/** Nodes looked at; a larger piece of code is compared as it is written. */
const mostNodes = 50_000;

/** Code without comments, types and layout: two pieces with the same text do the same. */
export function codeText(node: Tree): string {
  const words: string[] = [];
  const open: Tree[] = [node];
  for (let looked = 0; open.length > 0; looked += 1) {
    if (looked > mostNodes) return node.text();
    const next = open.pop();
    if (next === undefined || skipped.has(String(next.kind()))) continue;
    const children = whole.has(String(next.kind())) ? [] : next.children();
    if (children.length === 0) words.push(wordOf(next));
    else open.push(...[...children].reverse());
  }
  return words.filter((word) => word !== '').join(' ');
}

function wordOf(node: Tree): string {
  const kind = String(node.kind());
  if (kind === ';') return '';
  const text = node.text();
  return kind === 'string' ? `"${text.slice(1, -1)}"` : text;
}

const skipped: ReadonlySet<string> = new Set([
  'comment',
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'type_predicate_annotation',
  'asserts_annotation',
]);

const whole: ReadonlySet<string> = new Set(['string', 'template_string', 'regex', 'number']);
