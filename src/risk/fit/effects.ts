import type { FeatureName } from '../../change/past.ts';
import { featureNames } from '../features.ts';
import { predict } from './fit.ts';
import type { FittedRisk } from './fit.ts';

/** What one feature of a change does to its probability. */
export interface Effect {
  readonly name: FeatureName;
  /** Change of the probability against the usual value of the feature, -1 to 1. */
  readonly effect: number;
}

/** The effect of each feature on its own, strongest first: the probability, less the one with the usual value. */
export function effectsOf(
  model: FittedRisk,
  features: readonly number[],
  usual: readonly number[],
): readonly Effect[] {
  const whole = predict(model, features);
  return featureNames
    .map((name, index) => {
      const replaced = featureNames.map(
        (_, place) => (place === index ? usual : features)[place] ?? 0,
      );
      return { name, effect: whole - predict(model, replaced) };
    })
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}
