import { aiEffect } from '../risk/fit/ai-effect.ts';
import type { AiEffect } from '../risk/fit/ai-effect.ts';
import { judgeModel } from '../risk/fit/evaluate.ts';
import type { Measures } from '../risk/fit/evaluate.ts';
import { fitRisk } from '../risk/fit/fit.ts';
import type { RiskRow } from '../risk/fit/fit.ts';
import type { ChangeFact, Outcome } from './fact.ts';
import { momentOf } from './moment.ts';
import { usualObserveDays } from './outcomes.ts';
import { watchedSpan } from './policies.ts';
import type { Span } from './policies.ts';
import { areasOf, isAssisted } from './report.ts';

/** How well an order finds bad changes; null where nothing turned out bad. */
export interface OrderFigures {
  /** Chance, 0 to 1, that a bad change stands before a good one. */
  readonly auc: number | null;
  /** Share of the bad changes found by reading a fifth of all lines in this order. */
  readonly recall20: number | null;
}

/** How well a model fitted on the earlier changes finds bad ones among the later, beside what needs no model. */
export interface RiskFigures extends OrderFigures {
  readonly model: 'default' | 'fitted';
  /** What orders the changes here: the model's blend, or lines added where they did better. */
  readonly order: 'blend' | 'lines added' | 'default';
  /** What it learnt from, and why this order; a sentence. */
  readonly says: string;
  readonly aucRange: readonly [low: number, high: number] | null;
  /** Share of the bad changes among the riskiest fifth. */
  readonly captured20: number | null;
  readonly baselines: {
    readonly added: OrderFigures;
    readonly fewest: OrderFigures;
    readonly random: OrderFigures;
  };
  /** Later changes with a known outcome, which the figures are from. */
  readonly heldOut: number;
  readonly bad: number;
}

const seed = 1;
/** Share of the changes, the latest, by which the model is judged. */
const heldOutShare = 0.2;

/**
 * Fits on the first four fifths of the changes whose outcome is known and judges the rest. What turned out bad only after
 * the border, and what had not been watched long enough by then, was not known to whoever would have fitted then.
 */
export function riskFigures(
  facts: readonly ChangeFact[],
  outcomes: readonly Outcome[],
  { span, observeDays = usualObserveDays }: { readonly span: Span; readonly observeDays?: number },
): RiskFigures {
  const known = knownOf(facts, outcomes, span);
  const border = Math.round(known.length * (1 - heldOutShare));
  const earlier = rowsKnownAt(known, { border, observeDays });
  const judged = known.slice(border).map((one) => rowOf(one, one.outcome.verdict === 'bad'));
  const { model, heldOut, bad, ours, oursPerLine, linesAdded, fewestLines, random, auc } =
    judgeModel(fitRisk(earlier, { seed }), judged, seed);
  // Without both kinds there is no order to be right or wrong.
  const tells = bad > 0 && bad < heldOut;
  function figures({ auc: area, recallAtFifthOfEffort }: Measures): OrderFigures {
    return tells ? { auc: area, recall20: recallAtFifthOfEffort } : { auc: null, recall20: null };
  }
  return {
    model: model.order === 'default' ? 'default' : 'fitted',
    order: model.order,
    says: model.says,
    auc: figures(ours).auc,
    aucRange: tells ? [auc.low, auc.high] : null,
    captured20: tells ? (ours.captured[2] ?? null) : null,
    recall20: figures(oursPerLine).recall20,
    baselines: {
      added: figures(linesAdded),
      fewest: figures(fewestLines),
      random: figures(random),
    },
    heldOut,
    bad,
  };
}

const secondsPerDay = 86_400;

/** What could be learnt at the border: what was known for bad by then, and for clean what had been watched by then. */
function rowsKnownAt(
  known: readonly KnownChange[],
  { border, observeDays }: { readonly border: number; readonly observeDays: number },
): readonly RiskRow[] {
  const until = momentOf(
    known.map(({ fact }) => fact),
    border,
  );
  return known.slice(0, border).flatMap((one) => {
    const bad = one.outcome.verdict === 'bad' && (one.outcome.at ?? 0) <= until;
    const watched = until - one.fact.landedAt >= observeDays * secondsPerDay;
    return bad || watched ? [rowOf(one, bad)] : [];
  });
}

function rowOf({ fact }: KnownChange, bad: boolean): RiskRow {
  return { features: fact.features, at: fact.landedAt, bad };
}

/** How much more often AI-assisted changes turned out bad than comparable ones. */
export function aiEffectIn(
  facts: readonly ChangeFact[],
  outcomes: readonly Outcome[],
  span: Span,
): AiEffect {
  return aiEffect(
    knownOf(facts, outcomes, span).map(({ fact, outcome }) => {
      const [area] = areasOf(fact.files);
      return {
        features: fact.features,
        bad: outcome.verdict === 'bad',
        ai: isAssisted(fact),
        ...(area === undefined ? {} : { area }),
      };
    }),
  );
}

interface KnownChange {
  readonly fact: ChangeFact;
  readonly outcome: Outcome;
}

function knownOf(
  facts: readonly ChangeFact[],
  outcomes: readonly Outcome[],
  span: Span,
): readonly KnownChange[] {
  const [from, to] = watchedSpan(outcomes, span);
  return facts.slice(from, to).flatMap((fact, at) => {
    const outcome = outcomes[from + at];
    const usable = outcome !== undefined && outcome.verdict !== 'unknown';
    return usable && fact.features.length > 0 ? [{ fact, outcome }] : [];
  });
}
