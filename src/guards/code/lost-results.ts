import { callsOf } from './calls.ts';
import type { Call } from './calls.ts';
import type { LostHandling } from './lost-tries.ts';
import { compact, excerpt, fieldOf } from './nodes.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

/** A value that may be missing or wrong, and is now taken out by force. */
export interface Forced {
  /** `config.load()`: what is forced. */
  readonly subject: string;
  /** The call that gives it; null for a plain value. */
  readonly source: Call | null;
  /** The call of `unwrap` or `expect`. */
  readonly call: Call;
  /** It held an error, as far as the code before tells, rather than nothing. */
  readonly isResult: boolean;
  readonly lostAt: number;
}

/** Rust: calls whose error was passed on or matched before, and ends the process now. */
export function lostResults(pair: Pair): readonly LostHandling[] {
  return forcedIn(pair).flatMap(({ source, isResult, lostAt }) =>
    isResult && source !== null
      ? [{ call: source, did: 'handles' as const, line: lostAt, form: 'error check' as const }]
      : [],
  );
}

const known = new WeakMap<Pair, readonly Forced[]>();

/** Rust: what the change takes out with `unwrap` or `expect` and was taken out with care before. */
export function forcedIn(pair: Pair): readonly Forced[] {
  const found = known.get(pair) ?? read(pair);
  known.set(pair, found);
  return found;
}

function read(pair: Pair): readonly Forced[] {
  if (pair.after.source.language !== 'rust' || isAnsweringTests(pair.after)) return [];
  const before = compact(pair.before.node.text());
  const old = forcedSubjects(pair.before);
  return forced(pair.after).flatMap(({ call, subject, source }) => {
    if (!pair.file.added.has(call.line) || subject.length < 3) return [];
    if (old.filter((one) => one === subject).length > 0 || !before.includes(subject)) return [];
    const how = careOf(before, subject);
    const lostAt = lineWith(pair, subject);
    // A lock is only poisoned by a panic elsewhere, and a fixed pattern cannot fail.
    if (how === null || lostAt === null || /\.(?:lock|read|write)\(\)$|Regex/.test(subject))
      return [];
    return [{ subject, source, call, isResult: how === 'result', lostAt }];
  });
}

function isAnsweringTests(unit: Unit): boolean {
  return unit.node
    .ancestors()
    .some(
      (around) =>
        around.kind() === 'mod_item' && /^tests?$/.test(fieldOf(around, 'name')?.text() ?? ''),
    );
}

function forced(
  unit: Unit,
): readonly { readonly call: Call; readonly subject: string; readonly source: Call | null }[] {
  return callsOf(unit).flatMap((call) => {
    if (call.name !== 'unwrap' && call.name !== 'expect') return [];
    const owner = fieldOf(call.node, 'function')?.field('value') ?? null;
    if (owner === null) return [];
    const inner = owner.kind() === 'await_expression' ? (owner.child(0) ?? owner) : owner;
    const source = callsOf(unit).find((other) => other.node.id() === inner.id()) ?? null;
    return [{ call, subject: compact(owner.text()), source }];
  });
}

function forcedSubjects(unit: Unit): readonly string[] {
  return forced(unit).map(({ subject }) => subject);
}

// How the value was taken out before: as a result with an error in it, or as something that may be missing.
function careOf(text: string, subject: string): 'result' | 'option' | null {
  const rest = partsAfter(text, subject);
  if (rest.some((part) => /^(?:\?|\.map_err\(|\.(?:with_)?context\()/.test(part))) return 'result';
  if (rest.some((part) => /^\.(?:unwrap_or|ok_or|and_then|is_some_and|map_or|filter)/.test(part)))
    return 'option';
  const heads = partsBefore(text, subject);
  if (heads.some((part) => /(?:iflet|let|whilelet)Ok\(\w+\)=&?$/.test(part))) return 'result';
  if (heads.some((part) => /(?:iflet|let|whilelet)Some\([\w&]+\)=&?$/.test(part))) return 'option';
  const matched = heads.findIndex((part) => /match&?$/.test(part));
  if (matched < 0) return null;
  return /^\{[^{]{0,40}(?:Ok|Err)\(|^\{.{0,400}Err\(/s.test(rest[matched] ?? '')
    ? 'result'
    : 'option';
}

/** How many places in one function are looked at. */
const mostPlaces = 50;

function partsAfter(text: string, subject: string): readonly string[] {
  return placesOf(text, subject).map((at) =>
    text.slice(at + subject.length, at + subject.length + 500),
  );
}

function partsBefore(text: string, subject: string): readonly string[] {
  return placesOf(text, subject).map((at) => text.slice(Math.max(0, at - 60), at));
}

function placesOf(text: string, subject: string): readonly number[] {
  const places: number[] = [];
  for (
    let at = text.indexOf(subject);
    at >= 0 && places.length < mostPlaces;
    at = text.indexOf(subject, at + 1)
  )
    places.push(at);
  return places;
}

function lineWith(pair: Pair, subject: string): number | null {
  const last = excerpt(subject.split(/[.(]/).findLast((part) => /\w/.test(part)) ?? subject, 60);
  const { before, from } = pair;
  for (let line = before.line; line <= before.endLine; line += 1)
    if (from.removed.has(line) && (before.source.lines[line - 1] ?? '').includes(last)) return line;
  return null;
}
