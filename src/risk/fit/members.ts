import { defaultModel } from '../default-model.ts';
import { featureNames } from '../features.ts';
import { scaled } from '../model.ts';
import { averaged, boost, boostedScore } from './boosting.ts';
import type { Boosted, Lesson } from './boosting.ts';
import { columnNames } from './columns.ts';
import type { Dice } from './random.ts';
import { regress, regressionScore } from './regression.ts';
import type { Regression } from './regression.ts';

/** What is fitted to the rows of one repository. */
export interface Fitted {
  /** On the published features alone, and on those with the shares and ratios made from them. */
  readonly plain: Boosted;
  readonly wide: Boosted;
  readonly regression: Regression;
  /** Without experience, which grows with the age of a repository and carries a regression away. */
  readonly steady: Regression;
}

/** The orders that are blended. */
export const memberNames = ['trees', 'regression', 'lines added', 'steady regression'] as const;

/** How many trees each of the two gets. */
export interface Rounds {
  readonly plain: number;
  readonly wide: number;
}

const wideColumns = columnNames.map((_, index) => index);
const plainColumns = featureNames.map((_, index) => index);

const steadyColumns = wideColumns.filter((index) => !/exp/.test(columnNames[index] ?? ''));

interface FitMembersOptions {
  readonly rounds: Rounds;
  readonly dice: Dice;
  /** How many times the trees are grown, to be averaged. */
  readonly times: number;
}

/** Fits everything that is fitted. */
export function fitMembers(lesson: Lesson, { rounds, dice, times }: FitMembersOptions): Fitted {
  function grown(count: number, columns: readonly number[]): Boosted {
    const several = Array.from({ length: times }, () =>
      boost(lesson, { rounds: count, columns, dice }),
    );
    return averaged(several);
  }
  return {
    plain: grown(rounds.plain, plainColumns),
    wide: grown(rounds.wide, wideColumns),
    regression: regress(lesson, wideColumns),
    steady: regress(lesson, steadyColumns),
  };
}

const addedAt = featureNames.indexOf('la');

/** The score of each member for a row of columns, in the order of `memberNames`. */
export function memberScores(fitted: Fitted, row: readonly number[]): readonly number[] {
  return [
    (boostedScore(fitted.plain, row) + boostedScore(fitted.wide, row)) / 2,
    regressionScore(fitted.regression, row),
    row[addedAt] ?? 0,
    regressionScore(fitted.steady, row),
  ];
}

/** Log odds by the default model; the first columns are its features, scaled as it scales them. */
export function defaultLogit(row: readonly number[]): number {
  return defaultModel.terms.reduce((logit, { feature, mean, deviation, weight }) => {
    const value = row[featureNames.indexOf(feature)] ?? scaled(feature, 0);
    return logit + (weight * (value - mean)) / deviation;
  }, defaultModel.intercept);
}
