import { grouped } from '../change/numbers.ts';
import { atomsOf } from '../policy/condition.ts';
import { askingOf } from '../policy/evaluate.ts';
import type { Evaluation } from '../policy/evaluate.ts';
import { countPattern, readBound } from '../policy/phrases.ts';
import type { Someone, Subject } from '../policy/subject.ts';
import { fits } from '../policy/who.ts';
import { anyone, readWho } from '../policy/who.ts';
import type { Who } from '../policy/who.ts';
import { addressed } from './fallback.ts';
import type { Obligation } from './gate.ts';
import type { Bench } from './obligations.ts';
import type { Unblocking } from './outcome.ts';
import { isSame, nameOf } from './reviews.ts';

/** The smallest thing that would let a change land: the fewest people, what else, and how less would be asked. */
export function unblocking(
  owed: readonly Obligation[],
  evaluation: Evaluation,
  { bench, subject }: { readonly bench: Bench; readonly subject?: Subject },
): Unblocking | null {
  if (owed.length === 0) return null;
  const missing = owed.filter(({ kind }) => kind === 'approval');
  const people = fewest(missing, bench);
  const steps = [...new Set(owed.filter(({ kind }) => kind !== 'approval').map(stepWords))];
  const smaller = subject ? smallerWords(evaluation, subject) : [];
  return {
    says: sentence(missing, { people, steps }),
    people: (people ?? []).map(nameOf),
    steps,
    smaller,
  };
}

function stepWords({ kind, from }: Obligation): string {
  switch (kind) {
    case 'check':
      return `let ${from} pass`;
    case 'split':
      return `split it${from === '' ? '' : ` (or ${from})`}`;
    case 'change-record':
      return 'add a change record';
    case 'finding':
      return `fix ${from}`;
    case 'approval':
    case 'rollout':
      return from;
  }
}

function sentence(
  missing: readonly Obligation[],
  {
    people,
    steps,
  }: { readonly people: readonly Someone[] | null; readonly steps: readonly string[] },
): string {
  const approvals =
    missing.length === 0
      ? []
      : people === null
        ? [`${missing.map(demandWords).join(' and ')}, for which too few people are known`]
        : [approvalWords(people)];
  const rest = steps.length > 3 ? [...steps.slice(0, 3), `and ${steps.length - 3} more`] : steps;
  return [...approvals, ...rest].join('; ');
}

function approvalWords(people: readonly Someone[]): string {
  const names = people.map(nameOf).join(' and ');
  return people.length === 1
    ? `one approval, from ${names}, would do`
    : `approvals from ${names} would do`;
}

function demandWords({ count, from }: Obligation): string {
  return `${count} approval${count === 1 ? '' : 's'}${from === '' ? '' : ` from ${from}`}`;
}

// Pairs are tried among so many; past that one goes by rank.
const mostTried = 40;

/** The fewest people who would meet all missing approvals; null when those known are too few. */
function fewest(missing: readonly Obligation[], bench: Bench): readonly Someone[] | null {
  const { ranked, reviews } = bench;
  const everybody = ranked.map(({ someone }) => someone);
  const needs = missing.map(({ from, count, given = [] }) => ({
    who: addressed(from === '' ? anyone : (readWho(from) ?? anyone), everybody, bench).who,
    left: count - given.length,
  }));
  const free = everybody.filter((one) => !reviews.counted.some((other) => isSame(one, other)));
  const [alone] = free.filter((one) => satisfies([one], needs, bench));
  if (alone) return [alone];
  const near = free.slice(0, mostTried);
  for (const [at, one] of near.entries())
    for (const other of near.slice(at + 1))
      if (satisfies([one, other], needs, bench)) return [one, other];
  return greedy(free, needs, bench);
}

interface Need {
  readonly who: Who;
  readonly left: number;
}

function satisfies(people: readonly Someone[], needs: readonly Need[], { policy }: Bench): boolean {
  return needs.every(
    ({ who, left }) => people.filter((one) => fits(one, who, policy.who) === 'yes').length >= left,
  );
}

function greedy(
  free: readonly Someone[],
  needs: readonly Need[],
  bench: Bench,
): readonly Someone[] | null {
  const chosen: Someone[] = [];
  const entries = bench.policy.who;
  // The narrowest kinds first: those who fit them mostly fit the wider ones too.
  const narrow = [...needs].sort(
    (a, b) => countFitting(free, a.who, bench) - countFitting(free, b.who, bench),
  );
  for (const { who, left } of narrow) {
    const have = chosen.filter((one) => fits(one, who, entries) === 'yes').length;
    const more = free.filter((one) => !chosen.includes(one) && fits(one, who, entries) === 'yes');
    if (more.length < left - have) return null;
    chosen.push(...more.slice(0, Math.max(0, left - have)));
  }
  return chosen;
}

function countFitting(people: readonly Someone[], who: Who, { policy }: Bench): number {
  return people.filter((one) => fits(one, who, policy.who) === 'yes').length;
}

const sizes: ReadonlySet<string> = new Set(['lines', 'files', 'added', 'deleted']);

/** Where a change that is smaller would owe less: one sentence a rule. */
function smallerWords({ matches }: Evaluation, subject: Subject): readonly string[] {
  return matches
    .filter((match) => askingOf(match).length > 0)
    .flatMap(({ rule }) =>
      rule.when === null
        ? []
        : atomsOf(rule.when)
            .filter(
              ({ atom, negated }) =>
                !negated && sizes.has(atom.key) && atom.test(subject) === 'yes',
            )
            .flatMap(({ atom }) => {
              const bound = readBound(atom.words.slice(atom.key.length + 2), countPattern);
              if (!bound || (bound.sign !== '>' && bound.sign !== '>=')) return [];
              const most = bound.sign === '>' ? bound.value : bound.value - 1;
              return [`with at most ${grouped(most)} ${atom.key}, "${rule.name}" may not apply`];
            }),
    );
}
