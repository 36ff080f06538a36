import { createInterface } from 'node:readline';
import type { Comparison, Difference, Outcome, Search } from '../behaviour/behaviour.ts';
import { findDifference, same } from '../behaviour/search.ts';
import { makeIsolates, type Isolates } from '../outside/isolate/isolate.ts';
import { stripTypes } from '../outside/isolate/strip.ts';

/** What the isolated process is asked. */
export interface Question {
  readonly oldCode: string;
  readonly freshCode: string;
  readonly comparison: Comparison;
}

/** What it answers: what the search found, or why nothing was compared. */
export type Answer = { readonly search: Search } | { readonly why: string };

/** `behaviour-isolate`: compares functions it gets on standard input, one a line; started without any rights. */
export async function behaviourIsolate(): Promise<number> {
  const isolates = makeIsolates();
  for await (const line of createInterface({ input: process.stdin })) {
    await isolates.prepare();
    const answer = compare(JSON.parse(line) as Question, isolates);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return 0;
}

/** Share of inputs at which both versions crash beyond which little was compared. */
const mostCrashes = 0.9;

/** Runs both versions of a function and looks for an input that tells them apart. */
export function compare({ oldCode, freshCode, comparison }: Question, isolates: Isolates): Answer {
  const oldScript = stripTypes(oldCode);
  const freshScript = stripTypes(freshCode);
  if (oldScript === null || freshScript === null) return { why: 'its types could not be stripped' };
  const old = isolates.open(oldScript);
  const fresh = isolates.open(freshScript);
  const search = findDifference(comparison, {
    old: old.call,
    fresh: fresh.call,
    hasTime: () => old.isFit() && fresh.isFit(),
  });
  old.dispose();
  fresh.dispose();
  const { difference, inputs, readable, crashed } = search;
  if (difference === null) {
    if (readable === 0) return { why: 'no call of it gave an answer that can be compared' };
    if (inputs > 20 && crashed > inputs * mostCrashes)
      return { why: 'nearly every input made for it makes it crash' };
    return { search };
  }
  return holds(difference, [oldScript, freshScript], isolates)
    ? { search }
    : { why: 'it does not give the same answer each time' };
}

/** A difference counts only if fresh engines, which have seen no other input, show it too. */
function holds(
  { input, old, fresh }: Difference,
  scripts: readonly [string, string],
  isolates: Isolates,
): boolean {
  const [first, second] = scripts.map((script): Outcome => {
    const isolated = isolates.open(script);
    const outcome = isolated.call(input);
    isolated.dispose();
    return outcome;
  });
  if (first === undefined || second === undefined) return false;
  return same(first, old) && same(second, fresh) && !same(first, second);
}
