import type { Tree } from '../guard.ts';
import { isOwn } from './calls.ts';
import { compact, endLineOf, fieldOf, lineOf, nodesOf, pointed } from './nodes.ts';
import type { Unit } from './units.ts';

/** A test that something is there, or that an index lies within. */
export interface NullCheck {
  /** The tested expression without blanks: `order.customer`. */
  readonly subject: string;
  readonly what: 'null' | 'bounds';
  /** Leaves early when it is missing, or does something only when it is there. */
  readonly form: 'exit' | 'branch';
  readonly line: number;
  readonly endLine: number;
  /** Gives the code that runs only when the test held. */
  readonly covers: () => string;
}

const path = String.raw`[A-Za-z_$@][\w$]*(?:\.[A-Za-z_$][\w$]*)*`;
const nothing = '(?:null|undefined|None|nil|NULL)';

// One side of `&&`, `||`, `and`, `or`, without blanks; the first group is the subject.
const nullTests: readonly RegExp[] = [
  new RegExp(`^!{0,2}(${path})$`),
  new RegExp(`^(${path})(?:===?|!==?)${nothing}$`),
  new RegExp(`^${nothing}(?:===?|!==?)(${path})$`),
  new RegExp(`^typeof(${path})[!=]==?['"]undefined['"]$`),
  new RegExp(`^!?(${path})\\.(?:isPresent|isEmpty|isNullOr(?:Empty|Blank)|is_none|is_some)\\(\\)$`),
  new RegExp(`^!?(${path})\\.(?:nil\\?|present\\?|blank\\?|HasValue)$`),
  new RegExp(`^!?(?:is_null|isset|empty|[sS]tring\\.IsNullOr(?:Empty|WhiteSpace))\\((${path})\\)$`),
  new RegExp(`^!?(?:Objects\\.)?(?:isNull|nonNull|isNil|isDefined)\\((${path})\\)$`),
];

const boundsTests: readonly RegExp[] = [
  new RegExp(`^!?(${path})\\.(?:is_empty\\(\\)|isNotEmpty\\(\\)|empty\\?|any\\?|Any\\(\\))$`),
  new RegExp(`^!?(?:count|sizeof)\\((${path})\\)(?:[<>=!]=?=?[\\w.+-]+)?$`),
  new RegExp(
    `^!?(${path})\\.(?:length|size\\(\\)|length\\(\\)|size|Length|Count|len\\(\\)|count)(?:[<>=!]=?=?[\\w.+-]+)?$`,
  ),
  new RegExp(`^[\\w.+-]+[<>]=?(${path})\\.(?:length|size\\(\\)|length\\(\\))$`),
  new RegExp(`^!?len\\((${path})\\)(?:[<>=!]=?[\\w.+-]+)?$`),
  new RegExp(`^[\\w.+-]+[<>]=?len\\((${path})\\)$`),
];

const known = new WeakMap<Unit, readonly NullCheck[]>();

/** The tests for absence in a unit's own code. Flags look the same; only a later dereference tells them apart. */
export function nullChecksOf(unit: Unit): readonly NullCheck[] {
  const found = known.get(unit) ?? nullChecksOn(unit, null);
  known.set(unit, found);
  return found;
}

/** The same, but only those that touch these lines: far fewer to look at. */
export function nullChecksOn(unit: Unit, lines: ReadonlySet<number> | null): readonly NullCheck[] {
  return [...ifs(unit, lines), ...expressions(unit, lines)];
}

function isOn(lines: ReadonlySet<number> | null, from: number, to: number): boolean {
  if (lines === null) return true;
  for (let line = from; line <= to; line += 1) if (lines.has(line)) return true;
  return false;
}

function ifs(unit: Unit, lines: ReadonlySet<number> | null): readonly NullCheck[] {
  const { grammar } = unit;
  return nodesOf(unit.node, grammar.ifs).flatMap((check) => {
    const condition = fieldOf(check, 'condition');
    if (condition === null || !isOn(lines, lineOf(check), endLineOf(condition))) return [];
    const body = fieldOf(check, 'consequence');
    if (body === null || !isOwn(unit, check)) return [];
    const exit = leaves(body, unit);
    const rest = (): string => (exit ? textAfter(check, unit) : '');
    const covers = (): string => `${condition.text()}\n${body.text()}\n${rest()}`;
    const place = { line: lineOf(check), endLine: endLineOf(condition) };
    return [...subjectsOf(condition.text()), ...commaOk(check, condition.text())].map(
      (subject) => ({
        ...subject,
        ...place,
        form: exit ? ('exit' as const) : ('branch' as const),
        covers,
      }),
    );
  });
}

// Go: `if v, ok := m[k]; ok` tests v.
function commaOk(check: Tree, condition: string): readonly Subject[] {
  const given = /^(\w+),\s*(ok|found|exists)\s*:?=/.exec(
    fieldOf(check, 'initializer')?.text() ?? '',
  );
  if (given?.[1] === undefined || !condition.includes(given[2] ?? '')) return [];
  return [{ subject: given[1], what: 'null' }];
}

function expressions(unit: Unit, lines: ReadonlySet<number> | null): readonly NullCheck[] {
  const { ternaries, binaries } = unit.grammar;
  const joined = nodesOf(unit.node, binaries, joining.source).filter(
    (node) => !isJoined(node, binaries),
  );
  return [
    ...nodesOf(unit.node, ternaries).map((node) => ({ node, condition: () => conditionOf(node) })),
    ...joined.map((node) => ({ node, condition: () => beforeLastPart(node.text()) })),
  ]
    .filter(({ node }) => isOn(lines, lineOf(node), endLineOf(node)) && isOwn(unit, node))
    .flatMap(({ node, condition }) =>
      subjectsOf(condition()).map((subject) => ({
        ...subject,
        form: 'branch' as const,
        line: lineOf(node),
        endLine: endLineOf(node),
        covers: () => node.text(),
      })),
    );
}

const joining = /&&|\band\b/;

function isJoined(node: Tree, binaries: readonly string[]): boolean {
  const parent = node.parent();
  return parent !== null && binaries.includes(String(parent.kind())) && joining.test(parent.text());
}

function conditionOf(ternary: Tree): string {
  const condition = fieldOf(ternary, 'condition');
  return condition?.text() ?? ternary.namedChildren()[1]?.text() ?? '';
}

function beforeLastPart(text: string): string {
  return text.slice(0, Math.max(text.lastIndexOf('&&'), text.lastIndexOf(' and '), 0));
}

interface Subject {
  readonly subject: string;
  readonly what: 'null' | 'bounds';
}

function subjectsOf(condition: string): readonly Subject[] {
  return condition
    .replace(/^\((.*)\)$/s, '$1')
    .split(/&&|\|\||\band\b|\bor\b/)
    .map((part) => subjectOf(bare(part)))
    .filter((subject) => subject !== null);
}

function subjectOf(text: string): Subject | null {
  const measured = firstMatch(boundsTests, text);
  if (measured !== null) return { subject: measured, what: 'bounds' };
  const tested = firstMatch(nullTests, text);
  return tested === null || isError(tested) ? null : { subject: tested, what: 'null' };
}

// Words become signs before the blanks go, so that `not x` does not turn into one name.
function bare(part: string): string {
  const signs = part
    .replace(/\bis\s+not\b/g, '!=')
    .replace(/\bis\b/g, '==')
    .replace(/\bnot\b/g, '!');
  const text = pointed(compact(signs))
    .replaceAll(/(?:\?|&)\./g, '.')
    .replace(/^\(+/, '');
  const unopened = (text.match(/\)/g) ?? []).length - (text.match(/\(/g) ?? []).length;
  return unopened > 0 ? text.slice(0, -unopened) : text;
}

function firstMatch(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const subject = pattern.exec(text)?.[1];
    if (
      subject !== undefined &&
      !/^(?:true|false|True|False|this|self|window|document|navigator|process|globalThis|localStorage|\$this|@)$/.test(
        subject,
      )
    )
      return subject;
  }
  return null;
}

function isError(subject: string): boolean {
  return /(?:^|\.)\w*[eE]rr(?:or)?\w*$/.test(subject);
}

/** Whether a branch always leaves: it ends in return, throw, continue or break. */
export function leaves(body: Tree, unit: Unit): boolean {
  const kind = String(body.kind());
  if (unit.grammar.exits.includes(kind)) return true;
  const list =
    body
      .namedChildren()
      .find((child) => /^(?:statement_list|statements)$/.test(String(child.kind()))) ?? body;
  const statement = list
    .namedChildren()
    .findLast((child) => !unit.grammar.comments.includes(String(child.kind())));
  const last =
    statement?.kind() === 'expression_statement' ? statement.namedChildren()[0] : statement;
  if (last === undefined) return false;
  return (
    unit.grammar.exits.includes(String(last.kind())) ||
    /^(?:panic|process\.exit|sys\.exit|os\.Exit|log\.Fatal|raise\b|throw\b|abort|exit|head\b|redirect_to\b|error\()/.test(
      last.text(),
    )
  );
}

function textAfter(node: Tree, unit: Unit): string {
  return unit.node.text().slice(node.range().end.index - unit.node.range().start.index);
}
