import type { Outcome } from './fact.ts';
import { linesToRead } from './cost.ts';
import { orderFigures } from './policies-order.ts';
import type { OrderFigures } from './policies-order.ts';
import type { Ground } from './policies-ground.ts';
import type { Span } from './policies.ts';

/** How well the risk model puts bad changes first, beside doing so by size alone. */
export interface RiskFigures extends OrderFigures {
  readonly model: 'default' | 'fitted';
  readonly baselines: { readonly added: OrderFigures };
  /** Changes with a known outcome that the figures are from. */
  readonly heldOut: number;
  readonly bad: number;
}

/** Measures the model on changes it was not fitted on: the default model has seen none of this repository. */
export function riskFigures(
  ground: Ground,
  outcomes: readonly Outcome[],
  [from, to]: Span,
): RiskFigures {
  const known = ground.facts.flatMap((fact, index) => {
    const verdict = outcomes[index]?.verdict ?? 'unknown';
    const score = ground.ranks.scores[index] ?? null;
    if (index < from || index >= to || verdict === 'unknown' || score === null) return [];
    const added = fact.files.reduce((sum, file) => sum + (file.generated ? 0 : file.added), 0);
    return [{ bad: verdict === 'bad', lines: linesToRead(fact), added, score }];
  });
  return {
    model: 'default',
    ...orderFigures(known),
    baselines: { added: orderFigures(known.map((one) => ({ ...one, score: one.added }))) },
    heldOut: known.length,
    bad: known.filter(({ bad }) => bad).length,
  };
}
