import { choiceWords } from '../policy/demands.ts';
import type { ApprovalDemand, Bundle } from '../policy/demands.ts';
import type { Policy } from '../policy/policy.ts';
import { fits } from '../policy/who.ts';
import { asCandidate, candidatesFor, mostShown, namesOf, nobodyWords } from './candidates.ts';
import type { Ranked } from './candidates.ts';
import type { Crowd } from './crowd.ts';
import type { Facts } from './facts.ts';
import { addressed } from './fallback.ts';
import type { Obligation } from './gate.ts';
import { nameOf } from './reviews.ts';
import type { Reviews } from './reviews.ts';

/** Everything obligations are measured against. */
export interface Bench {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly crowd: Crowd;
  readonly ranked: readonly Ranked[];
  readonly reviews: Reviews;
  /** 1 when one of those who approve may be whoever asked the AI, because nobody knows who that was; else 0. */
  readonly spare: number;
}

/** Who asks, and why. */
export interface Asker {
  readonly rule: string;
  readonly why: string;
  readonly evidence: readonly string[];
}

/** What one rule asks, as obligations: the first way, with the other ways beside it. Met when one way is. */
export function obligationsOf(
  options: readonly Bundle[],
  asker: Asker,
  bench: Bench,
): readonly Obligation[] {
  const ways = options.map((bundle) => obligationsIn(bundle, asker, bench));
  const done = ways.find((way) => way.every(({ state }) => state === 'met'));
  if (done && done.length > 0) return done;
  const split = options.findIndex((option) => option.split);
  const [at, first] = split > 0 ? [split, ways[split] ?? []] : [0, ways[0] ?? []];
  const others = ways.filter((_, place) => place !== at);
  if (others.length === 0) return first;
  const words = choiceWords(options.filter((_, place) => place !== at));
  return first.map((one) => ({
    ...one,
    ...(one.kind === 'split' ? { from: words } : {}),
    instead: others,
  }));
}

function obligationsIn(bundle: Bundle, asker: Asker, bench: Bench): readonly Obligation[] {
  const { checks, changeRecord } = bench.facts;
  return [
    ...bundle.approvals.map((demand) => approvalOf(demand, asker, bench)),
    ...bundle.checks.map((name) => checkOf(name, asker, checks ?? [])),
    ...(bundle.split ? [plain('split', '', asker)] : []),
    ...(bundle.changeRecord
      ? [
          {
            ...plain('change-record', '', asker),
            state: changeRecord ? ('met' as const) : ('owed' as const),
          },
        ]
      : []),
  ];
}

/** An obligation without anybody in particular to meet it. */
export function plain(
  kind: Obligation['kind'],
  from: string,
  { rule, why, evidence }: Asker,
): Obligation {
  return { kind, state: 'owed', from, count: 1, candidates: [], rule, why, evidence };
}

function approvalOf({ count, from }: ApprovalDemand, asker: Asker, bench: Bench): Obligation {
  const { policy, ranked, reviews } = bench;
  const { who, instead } = addressed(
    from,
    ranked.map(({ someone }) => someone),
    bench,
  );
  const needed = count + bench.spare;
  const given = reviews.counted.filter((someone) => fits(someone, who, policy.who) === 'yes');
  const met = given.length >= needed;
  const open = met ? [] : candidatesFor(who, ranked, { policy, approved: reviews.counted });
  const short = !met && open.length < needed - given.length;
  const remarks = [
    ...(instead === null ? [] : [instead]),
    ...(bench.spare > 0 && !met
      ? ['one more than the rule asks, because one of them may have asked the AI for it']
      : []),
    ...(short
      ? [
          open.length === 0
            ? nobodyWords(who, ranked, policy)
            : `only ${open.length} known who could give it`,
        ]
      : []),
  ].filter((remark) => remark !== null);
  return {
    kind: 'approval',
    state: met ? 'met' : 'owed',
    from: from.words,
    count: needed,
    candidates: namesOf(open),
    rule: asker.rule,
    why: [asker.why, ...remarks].join('; '),
    evidence: asker.evidence,
    people: open.slice(0, mostShown).map(asCandidate),
    given: given.map(nameOf),
  };
}

function checkOf(name: string, asker: Asker, checks: NonNullable<Facts['checks']>): Obligation {
  const results = checks.filter((check) => check.name === name);
  const passed = results.length > 0 && results.every(({ state }) => state === 'passed');
  const failed = results.some(({ state }) => state === 'failed');
  const said = passed
    ? 'it passed'
    : failed
      ? 'it failed'
      : results.length > 0
        ? 'it has not finished'
        : 'no result is known';
  return {
    ...plain('check', name, asker),
    state: passed ? 'met' : results.length > 0 ? 'owed' : 'unknown',
    why: `${asker.why}; ${said}`,
  };
}
