import type { ChangeFact, RevertSort } from './fact.ts';
import { saysReversal } from './mentions.ts';
import type { Charge, History } from './outcomes.ts';

/** What messages say about taking back. */
export interface SaidReversals {
  readonly charges: readonly Charge[];
  /** When a change that was taken back was put back again, by its place. */
  readonly restored: ReadonlyMap<number, number>;
  /** Places of changes that say themselves that they take something back or restore it. */
  readonly speakers: ReadonlySet<number>;
}

const secondsPerDay = 86_400;
const secondsPerHour = 3600;
/** A change that was taken back and put back as it was within so many days was not the culprit, or came too early. */
const restoredDays = 30;
/** Said in passing, or about a part only. */
const partly = /\bpartial(?:ly)?\b/i;
const mistaken =
  /\b(?:accident(?:al|ally)?|by mistake|mistakenly|too early|too soon|premature(?:ly)?|wrong branch|not ready|merged before)\b/i;

/** Reversals that a message states: by id, by number, or by quoting the subject. */
export function saidReversals({ facts, named }: History): SaidReversals {
  const charges: Charge[] = [];
  const restored = new Map<number, number>();
  const speakers = new Set<number>();
  /** What each reverting change took back, so that its own reversal restores that. */
  const taken = new Map<number, number>();
  facts.forEach((fact, by) => {
    for (const mention of fact.traces.mentions) {
      if (mention.how !== 'reverts' && mention.how !== 'restores') continue;
      if (mention.whole) speakers.add(by);
      const found = named.find(mention.target, by);
      const earlier = found === null ? undefined : facts[found.place];
      if (found === null || earlier === undefined) continue;
      const again = taken.get(found.place);
      if (mention.how === 'restores' || again !== undefined) {
        restored.set(again ?? found.place, by);
        if (again !== undefined || mention.how === 'restores') continue;
      }
      if (mention.whole) taken.set(by, found.place);
      charges.push(said({ fact, by, earlier, about: found.place }, mention.whole && !found.inside));
    }
  });
  return {
    charges: charges.map((charge) => softened(charge, facts, restored)),
    restored,
    speakers,
  };
}

interface Pair {
  readonly fact: ChangeFact;
  readonly by: number;
  readonly earlier: ChangeFact;
  readonly about: number;
}

function said({ fact, by, earlier, about }: Pair, whole: boolean): Charge {
  const sort = sortOfReversal(earlier, fact);
  const part = partly.test(fact.subject);
  return {
    about,
    by,
    kind: 'reverted',
    confidence: whole ? (part ? 0.7 : 0.95) : 0.55,
    at: fact.landedAt,
    sort,
    source: null,
    says: `${whole ? (part ? 'partly taken back' : 'taken back') : 'a part of it was taken back'} ${after(earlier, fact)} by ${nameOf(fact)}${sort === 'product' ? '' : ` (${phrases[sort]})`}`,
  };
}

const phrases: Readonly<Record<RevertSort, string>> = {
  product: 'of the product',
  release: 'a release chore',
  dependencies: 'a dependency',
  experiment: 'an experiment',
  noise: 'before it mattered: the same day by the same hand, or landed by mistake',
};

/** What sort of change was taken back, and whether anybody can have been hurt by it. */
export function sortOfReversal(earlier: ChangeFact, later: ChangeFact): RevertSort {
  const { sort } = earlier.traces;
  if (sort !== 'product') return sort;
  if (mistaken.test(later.subject)) return 'noise';
  const seconds = later.landedAt - earlier.landedAt;
  const sameHand = earlier.author.email === later.author.email;
  const unreviewed = earlier.request === null && earlier.landing === 'direct';
  if (unreviewed && sameHand && seconds < secondsPerDay) return 'noise';
  return sameHand && seconds < secondsPerHour ? 'noise' : 'product';
}

/** What came back soon as it was is a doubt about the charge. */
function softened(
  charge: Charge,
  facts: readonly ChangeFact[],
  restored: ReadonlyMap<number, number>,
): Charge {
  const back = restored.get(charge.about);
  const at = back === undefined ? undefined : facts[back]?.landedAt;
  if (at === undefined || at < charge.at || at - charge.at > restoredDays * secondsPerDay)
    return charge;
  return {
    ...charge,
    confidence: Math.min(charge.confidence, 0.6),
    says: `${charge.says}, and put back ${days(at - charge.at)} later`,
  };
}

/** Content is restored to what it was before a change, without a word about it. */
export function undoneReversals(
  { facts }: History,
  { speakers }: SaidReversals,
): readonly Charge[] {
  const places = new Map(facts.map(({ commit }, place) => [commit, place]));
  return facts.flatMap((fact, by) => {
    if (speakers.has(by)) return [];
    return fact.traces.undone.flatMap(({ commit, share, own }) => {
      const about = places.get(commit);
      const earlier = about === undefined ? undefined : facts[about];
      if (about === undefined || earlier === undefined || speakers.has(about)) return [];
      const sort = sortOfReversal(earlier, fact);
      const whole = share > 0.9;
      const admits = saysReversal(fact.subject);
      return [
        {
          about,
          by,
          kind: 'reverted' as const,
          confidence: whole ? (admits ? 0.9 : own > 0.5 ? 0.7 : 0.45) : admits ? 0.6 : 0.35,
          at: fact.landedAt,
          sort,
          source: null,
          says: `${whole ? 'its lines were' : `${Math.round(100 * share)} % of its lines were`} put back as they had been ${after(earlier, fact)} by ${nameOf(fact)}${admits ? '' : ', which does not say so'}`,
        },
      ];
    });
  });
}

/** A change by the shortest name that people know it by. */
export function nameOf({ commit, request }: ChangeFact): string {
  return request === null ? commit.slice(0, 9) : `#${request}`;
}

/** How long after a change another one came. */
export function after(earlier: ChangeFact, later: ChangeFact): string {
  return `${days(later.landedAt - earlier.landedAt)} after it landed`;
}

function days(seconds: number): string {
  if (seconds < secondsPerDay) return `${Math.max(0, Math.round(seconds / secondsPerHour))} hours`;
  return `${Math.round(seconds / secondsPerDay)} days`;
}
