import type { Tree } from '../guard.ts';
import { isOwn } from './calls.ts';
import { mentions } from './dereferences.ts';
import { compact, lineOf, nodesOf } from './nodes.ts';
import { checksWithin } from './lost-checks.ts';
import { lostSafety } from './lost-safe-access.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

/** A `?.` that became a `.`, a `??` with its default that went, or a value that is insisted on now. */
export interface LostOptional {
  readonly form: '?.' | '??' | 'force';
  /** As the language writes it: `&.`, `!!`. */
  readonly spelling: string;
  /** What may be missing: `order.customer`. */
  readonly subject: string;
  readonly line: number;
  readonly lostAt: number;
}

/** Optional accesses and defaults of a unit that the change made unconditional. */
export function lostOptionals(pair: Pair): readonly LostOptional[] {
  if (!/^(?:typescript|tsx|javascript)$/.test(pair.before.source.language))
    return lostSafety(pair).filter((one) => one.form === 'force' || !isKnown(pair, one));
  const gone = pair.gone.join('\n');
  const lost = [
    ...(gone.includes('?.') ? chains(pair) : []),
    ...(gone.includes('??') ? defaults(pair) : []),
  ];
  return lost.filter((one) => !isKnown(pair, one));
}

function chains(pair: Pair): readonly LostOptional[] {
  const before = optionalMembers(pair.before);
  const taken = before.filter(({ line }) => pair.from.removed.has(line));
  if (taken.length === 0) return [];
  const after = optionalMembers(pair.after);
  const came = plainMembers(pair.after, pair.file.added);
  const gone = plainMembers(pair.before, pair.from.removed);
  return taken.flatMap(({ text, subject, line }) => {
    const now = came.find((member) => member.text === text);
    // Lines that only moved hold as many of each as before.
    if (now === undefined || count(after, text) >= count(before, text)) return [];
    if (count(came, text) <= count(gone, text)) return [];
    return [{ form: '?.' as const, spelling: '?.', subject, line: now.line, lostAt: line }];
  });
}

function count(members: readonly Member[], text: string): number {
  return members.filter((member) => member.text === text).length;
}

function defaults(pair: Pair): readonly LostOptional[] {
  return nodesOf(pair.before.node, ['binary_expression']).flatMap((node) => {
    const [left, operator] = node.children();
    const line = lineOf(node);
    if (left === undefined || operator?.text() !== '??' || !pair.from.removed.has(line)) return [];
    if (!isOwn(pair.before, node)) return [];
    const without = lineWithout(pair, node, left);
    const at = without === '' ? undefined : freshLine(pair, without);
    return at === undefined
      ? []
      : [
          {
            form: '??' as const,
            spelling: '??',
            subject: compact(left.text()),
            line: at,
            lostAt: line,
          },
        ];
  });
}

// The line as it would be without the default, when the whole `a ?? b` stood on it.
function lineWithout(pair: Pair, node: Tree, left: Tree): string {
  const text = pair.before.source.lines[lineOf(node) - 1] ?? '';
  const whole = node.text();
  if (!text.includes(whole)) return '';
  const plain = text.replace(`(${whole})`, left.text());
  return compact(plain === text ? text.replace(whole, left.text()) : plain);
}

function freshLine(pair: Pair, wanted: string): number | undefined {
  return [...pair.file.added].find(
    (line) => compact(pair.after.source.lines[line - 1] ?? '') === wanted,
  );
}

interface Member {
  readonly text: string;
  readonly subject: string;
  readonly line: number;
}

function optionalMembers(unit: Unit): readonly Member[] {
  return nodesOf(unit.node, ['optional_chain']).flatMap((mark) => {
    const parent = mark.parent();
    return parent === null || !isOwn(unit, parent) ? [] : [memberOf(parent)];
  });
}

function plainMembers(unit: Unit, lines: ReadonlySet<number>): readonly Member[] {
  const kinds = ['member_expression', 'subscript_expression', 'call_expression'];
  return nodesOf(unit.node, kinds).flatMap((node) => {
    if (!isNear(node, lines)) return [];
    if (node.children().some((child) => child.kind() === 'optional_chain')) return [];
    const member = memberOf(node);
    return lines.has(member.line) ? [member] : [];
  });
}

function isNear(node: Tree, lines: ReadonlySet<number>): boolean {
  const { start, end } = node.range();
  for (let line = start.line; line <= end.line; line += 1) if (lines.has(line + 1)) return true;
  return false;
}

function memberOf(node: Tree): Member {
  const subject = compact(node.child(0)?.text() ?? '');
  const rest = node
    .children()
    .slice(1)
    .filter((child) => child.kind() !== 'optional_chain' && child.kind() !== '.');
  const tail =
    node.kind() === 'call_expression' ? '()' : compact(rest.map((child) => child.text()).join(''));
  const text = `${subject.replaceAll('?.', '.').replaceAll('!', '')}.${tail}`;
  const last = node.range().end.line + 1;
  return {
    text,
    subject: subject.replaceAll('?.', '.'),
    line: Math.min(last, lineOf(node.children().at(-1) ?? node)),
  };
}

// Checked in another place of the unit, or made in another way.
function isKnown(pair: Pair, { subject, line }: LostOptional): boolean {
  const changed = compact(pair.after.source.lines[line - 1] ?? '').replace(/[;,]$/, '');
  const tested = checksWithin(pair.after).map((check) => check.subject);
  if (tested.includes(subject)) return true;
  const root = (/^[\w$]+/.exec(subject)?.[0] ?? '').replace(/\$/g, String.raw`\$`);
  if (root === '' || subject === 'process.env') return true;
  const made = new RegExp(
    `(?<![\\w$.])${root}\\b[^=<>!()]{0,80}=(?!=)|[({,]\\s*${root}\\s*[,:})?]`,
  );
  return pair.fresh.some(
    (text) =>
      compact(text) !== changed &&
      mentions(text, root) &&
      (made.test(text) || /\b(?:if|typeof)\b|&&/.test(text)),
  );
}
