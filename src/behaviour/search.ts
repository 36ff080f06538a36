import * as fc from 'fast-check';
import { argumentLists, type Breadth, type Seeds } from './generate.ts';
import type { Parameter } from './shape.ts';
import { simplified } from './simplify.ts';
import { codeOf } from './values.ts';

/** How one call ended. */
export type Outcome =
  | { readonly kind: 'value'; readonly text: string; readonly args: string }
  /** `crash`: an error of the language itself, such as reading a property of undefined. */
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly crash: boolean;
    }
  | { readonly kind: 'endless' | 'stack' | 'memory' | 'unreadable' };

/** Calls a version of the function with arguments given as code. */
export type Call = (args: string) => Outcome;

/** What is to be compared, as plain data. */
export interface Comparison {
  readonly parameters: readonly Parameter[];
  readonly seeds: Seeds;
  /** Argument lists seen in tests and calls, as code. */
  readonly examples: readonly string[];
}

export interface Versions {
  readonly old: Call;
  readonly fresh: Call;
  /** True while there is time for another call. */
  readonly hasTime: () => boolean;
}

export interface Difference {
  /** The arguments as code, without the brackets around the list. */
  readonly input: string;
  readonly old: Outcome;
  readonly fresh: Outcome;
  /** True when only values that few callers pass make the difference. */
  readonly unusual: boolean;
}

export interface Search {
  readonly difference: Difference | null;
  readonly inputs: number;
  /** Inputs at which both versions gave an answer that can be compared. */
  readonly readable: number;
  /** Inputs at which both versions crashed: too many, and little was compared. */
  readonly crashed: number;
}

/** Inputs tried of each breadth. */
const tries: Readonly<Record<Breadth, number>> = { usual: 400, unusual: 200 };
/** The same inputs every time, so that an answer can be checked again. */
const seed = 20_260_101;

/** Looks for the smallest input on which two versions of a function differ. */
export function findDifference(comparison: Comparison, versions: Versions): Search {
  const tally = { inputs: 0, readable: 0, crashed: 0 };
  for (const input of comparison.examples) {
    const found = compare(input, versions, tally);
    if (found !== null) return { ...tally, difference: { ...found, unusual: false } };
  }
  for (const breadth of ['usual', 'unusual'] as const) {
    const difference = searched(comparison, versions, { breadth, tally });
    if (difference !== null) return { ...tally, difference };
    if (comparison.parameters.length === 0) break;
  }
  return { ...tally, difference: null };
}

interface Tally {
  inputs: number;
  readable: number;
  crashed: number;
}

function searched(
  { parameters, seeds }: Comparison,
  versions: Versions,
  { breadth, tally }: { readonly breadth: Breadth; readonly tally: Tally },
): Difference | null {
  const lists = argumentLists(parameters, { seeds, breadth });
  const property = fc.property(lists, (values) => {
    if (!versions.hasTime()) return true;
    return compare(values.map(codeOf).join(', '), versions, tally) === null;
  });
  const numRuns = parameters.length === 0 ? 1 : tries[breadth];
  const result = fc.check(property, { seed, numRuns });
  const [smallest] = result.counterexample ?? [];
  if (smallest === undefined) return null;
  const smaller = simplified(smallest, parameters, (values) => {
    const code = values.map(codeOf).join(', ');
    return versions.hasTime() && !same(versions.old(code), versions.fresh(code));
  });
  const input = smaller.map(codeOf).join(', ');
  return {
    input,
    old: versions.old(input),
    fresh: versions.fresh(input),
    unusual: breadth === 'unusual',
  };
}

function compare(
  input: string,
  { old, fresh }: Versions,
  tally: Tally,
): { readonly input: string; readonly old: Outcome; readonly fresh: Outcome } | null {
  const before = old(input);
  const after = fresh(input);
  tally.inputs += 1;
  if (before.kind !== 'unreadable' && after.kind !== 'unreadable') tally.readable += 1;
  if (isCrash(before) && isCrash(after)) tally.crashed += 1;
  return same(before, after) ? null : { input, old: before, fresh: after };
}

function isCrash(outcome: Outcome): boolean {
  return outcome.kind === 'error' && outcome.crash;
}

/** Whether two calls ended alike: the same value, or an error of the same class whatever it says. */
export function same(old: Outcome, fresh: Outcome): boolean {
  if (old.kind === 'unreadable' || fresh.kind === 'unreadable') return true;
  if (old.kind === 'value' && fresh.kind === 'value')
    return old.text === fresh.text && old.args === fresh.args;
  if (old.kind === 'error' && fresh.kind === 'error') return old.name === fresh.name;
  return old.kind === fresh.kind;
}
