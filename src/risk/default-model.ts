import type { Model } from './model.ts';

/**
 * The model a repository starts with: logistic regression fitted by bench/fit-default-model.ts on the changes of
 * gerrit, jdt and platform that Zeng et al. (ISSTA 2021) labelled. docs/risk.md says what its score means.
 */
export const defaultModel: Model = {
  kind: 'default',
  version: '1',
  intercept: -0.910206,
  terms: [
    {
      feature: 'nf',
      mean: 1.11764,
      deviation: 0.558232,
      weight: 0.20304,
    },
    {
      feature: 'la',
      mean: 2.5932,
      deviation: 1.50011,
      weight: 0.536841,
    },
    {
      feature: 'ld',
      mean: 1.86354,
      deviation: 1.41914,
      weight: 0.103162,
    },
    {
      feature: 'lt',
      mean: 6.66047,
      deviation: 1.85102,
      weight: 0.0624122,
    },
    {
      feature: 'fix',
      mean: 0.430082,
      deviation: 0.495087,
      weight: 0.431818,
    },
    {
      feature: 'age',
      mean: 3.43364,
      deviation: 2.02379,
      weight: -0.080545,
    },
    {
      feature: 'exp',
      mean: 7.53497,
      deviation: 1.97924,
      weight: -0.0307647,
    },
  ],
  usual: {
    ns: 1,
    nd: 1,
    nf: 2,
    entropy: 0.515947,
    la: 10,
    ld: 4,
    lt: 518,
    fix: 1,
    ndev: 10,
    age: 34.5495,
    nuc: 94,
    exp: 2778,
    rexp: 78.8209,
    sexp: 187,
  },
};
