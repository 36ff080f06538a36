import type { Tree } from '../guards/guard.ts';
import type { OperatorName, Operators } from './mutant-operators.ts';

/** A change of one place, without saying in which file. */
export interface Mutation {
  readonly line: number;
  readonly operator: OperatorName;
  readonly from: number;
  readonly to: number;
  readonly after: string;
  readonly reached: readonly [number, number] | null;
}

interface Search {
  readonly operators: Operators;
  /** Lines (1-based) in which something may be changed. */
  readonly added: ReadonlySet<number>;
  readonly most: number;
}

/** Everything in the added lines of a file that can be made wrong in a way its operators know. */
export function mutationsOf(root: Tree, search: Search): readonly Mutation[] {
  const found: Mutation[] = [];
  const open: Tree[] = [root];
  while (open.length > 0 && found.length < search.most) {
    const node = open.pop();
    if (node === undefined || search.operators.left.has(String(node.kind()))) continue;
    const { start, end } = node.range();
    if (!touches(search.added, start.line + 1, end.line + 1)) continue;
    const own = ownMutations(node, search.operators).filter(({ line }) => search.added.has(line));
    found.push(...own);
    open.push(...node.children().filter((child) => child.isNamed()));
  }
  return found;
}

function touches(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if (lines.has(line)) return true;
  return false;
}

function ownMutations(node: Tree, operators: Operators): readonly Mutation[] {
  const kind = String(node.kind());
  const { calls, returns } = operators;
  return [
    ...(operators.conditions.includes(kind) ? negation(node, operators) : []),
    ...(operators.binary.includes(kind) ? swaps(node, operators) : []),
    ...(kind === returns.kind ? emptyReturn(node, operators) : []),
    ...(kind === calls.kind ? removal(node, operators) : []),
    ...(kind === operators.awaits ? withoutAwait(node) : []),
    ...(operators.numbers.includes(kind) ? otherNumber(node) : []),
    ...otherWord(node, operators),
  ];
}

type Change = readonly [operator: OperatorName, after: string];

function mutation(node: Tree, [operator, after]: Change, probe: Tree | null): Mutation {
  const { start, end } = node.range();
  const area = probe?.range();
  return {
    line: start.line + 1,
    operator,
    from: start.index,
    to: end.index,
    after,
    reached: area === undefined ? null : [area.start.index, area.end.index],
  };
}

function negation(node: Tree, { negated }: Operators): readonly Mutation[] {
  const condition = node.field('condition');
  if (condition === null) return [];
  const inner =
    condition.kind() === 'parenthesized_expression'
      ? condition.children().find((child) => child.isNamed())
      : condition;
  if (inner === undefined || inner.kind() === 'named_expression') return [];
  if (forTools.test(inner.text())) return [];
  return [mutation(inner, ['negate-condition', negated(inner.text())], inner)];
}

/** Conditions that only tools or a direct start of the file make true. */
const forTools = /\bTYPE_CHECKING\b|\b__name__\b|\bimport\.meta\.vitest\b|\brequire\.main\b/;

function swaps(node: Tree, { swaps: table, texts }: Operators): readonly Mutation[] {
  return node.children().flatMap((child) => {
    const swap = Object.hasOwn(table, child.text()) ? table[child.text()] : undefined;
    if (child.isNamed() || swap === undefined || forTools.test(node.text())) return [];
    if (swap.name === 'arithmetic' && holdsText(node, texts)) return [];
    // The negation of a condition is the same mutant.
    if (swap.name === 'equality' && isWholeCondition(node)) return [];
    return [mutation(child, [swap.name, swap.by], node)];
  });
}

function isWholeCondition(node: Tree): boolean {
  const parent = node.parent();
  const owner = parent?.kind() === 'parenthesized_expression' ? parent.parent() : parent;
  const condition = owner?.field('condition');
  return condition?.id() === node.id() || condition?.id() === parent?.id();
}

/** A sum of which a part is a text is a longer text. */
function holdsText(node: Tree, texts: readonly string[]): boolean {
  const open: Tree[] = [node];
  for (let looked = 0; looked < 200; looked += 1) {
    const next = open.pop();
    if (next === undefined) return false;
    if (texts.includes(String(next.kind()))) return true;
    if (next.kind() === node.kind()) open.push(...next.children());
  }
  return true;
}

function emptyReturn(node: Tree, { returns }: Operators): readonly Mutation[] {
  const value = node.children().find((child) => child.isNamed() && child.kind() !== 'comment');
  if (value === undefined || /^(?:undefined|null|None)$/.test(value.text())) return [];
  if (/^(?:true|false|True|False)$/.test(value.text())) return [];
  return [mutation(node, ['return-default', returns.empty], value)];
}

/** Calls whose only effect is a line for people to read. */
const telling =
  /^(?:await\s+)?(?:console|logger|logging|log|debug|print|warnings?|this\.(?:logger|log)|self\.(?:logger|log))\b/;

function removal(node: Tree, { calls }: Operators): readonly Mutation[] {
  const held = node.children().find((child) => child.isNamed());
  if (held === undefined || !calls.holds.includes(String(held.kind()))) return [];
  if (telling.test(held.text()) || /^super\b/.test(held.text())) return [];
  return [mutation(node, ['remove-call', calls.empty], held)];
}

function withoutAwait(node: Tree): readonly Mutation[] {
  const inner = node.children().findLast((child) => child.isNamed());
  return inner === undefined ? [] : [mutation(node, ['drop-await', inner.text()], node)];
}

function otherNumber(node: Tree): readonly Mutation[] {
  const text = node.text();
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return [];
  return [mutation(node, ['constant', String(Number(text) + 1)], probeAround(node))];
}

function otherWord(node: Tree, { words }: Operators): readonly Mutation[] {
  const text = node.children().length === 0 ? node.text() : '';
  const other = Object.hasOwn(words, text) ? words[text] : undefined;
  return other === undefined ? [] : [mutation(node, ['constant', other], probeAround(node))];
}

/** A constant can note that it was reached unless it is a key or a default that is evaluated elsewhere. */
function probeAround(node: Tree): Tree | null {
  const parent = node.parent();
  const isValue = parent !== null && parent.field('key')?.id() !== node.id();
  return isValue && !String(parent.kind()).includes('type') ? node : null;
}
