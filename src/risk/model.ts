import type { Features, FeatureName } from '../change/past.ts';

/** Weight of one feature: `weight × (g(value) − mean) / deviation`, where g is log1p but for entropy and fix. */
interface Term {
  readonly feature: FeatureName;
  readonly mean: number;
  readonly deviation: number;
  readonly weight: number;
}

/** A logistic regression, as data. */
export interface Model {
  readonly kind: 'default' | 'fitted';
  /** Scores of different versions must not be compared. */
  readonly version: string;
  readonly intercept: number;
  readonly terms: readonly Term[];
  /** Median of each feature where the model was fitted: what a factor is compared with when the past is short. */
  readonly usual: Features;
}

/** Probability, 0 to 1, that a change with these features is a faulty one, as the model learnt it. */
export function scoreOf(features: Features, model: Model): number {
  let logit = model.intercept;
  for (const term of model.terms) {
    const value = scaled(term.feature, features[term.feature]);
    logit += (term.weight * (value - term.mean)) / term.deviation;
  }
  return 1 / (1 + Math.exp(-logit));
}

/** Counts have long tails and enter by their logarithm; entropy is one already, and a yes or no stays as it is. */
export function scaled(feature: FeatureName, value: number): number {
  return feature === 'entropy' || feature === 'fix' ? value : Math.log1p(value);
}
