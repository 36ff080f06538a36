import type { Change, Gap } from '../change/change.ts';
import type { Past } from '../change/past.ts';
import type { Finding } from '../guards/finding.ts';
import type { Provenance } from '../provenance/provenance.ts';
import { defaultModel } from './default-model.ts';
import { factorsOf } from './factors.ts';
import type { Scorer } from './factors.ts';
import { asPastChange, changesBehindAFeature, featureNames, featuresOf } from './features.ts';
import { predict } from './fit/fit.ts';
import type { FittedRisk } from './fit/fit.ts';
import { placeIn } from './fit/standing.ts';
import { scoreOf } from './model.ts';
import { servicesOf } from './services.ts';
import type { Catalogue } from './services.ts';

/** A deployable or a part of the system, from the service catalogue. */
export interface Service {
  readonly name: string;
  /** 1 is the most critical; null when the catalogue does not say. */
  readonly tier: number | null;
  /** Path patterns (gitignore style) of what belongs to it. */
  readonly paths: readonly string[];
  readonly owner: string | null;
}

/** One reason for the score, in words. */
export interface Factor {
  /** What it is about, such as `lines added`. */
  readonly name: string;
  /** Change of the score against this repository's median value of the feature, -1 to 1. */
  readonly effect: number;
  readonly says: string;
}

export interface Risk {
  /** Probability, 0 to 1, that the change is faulty, as the model named learnt it; docs/risk.md says from what. */
  readonly score: number;
  /** Rank among this repository's last changes, 0 to 100; null when there are too few to say. */
  readonly percentile: number | null;
  /** How many earlier changes the percentile compares with. */
  readonly compared: number;
  readonly model: 'default' | 'fitted';
  /** The three that matter most, strongest first. */
  readonly factors: readonly Factor[];
  /** What the change reaches, most critical first: how bad a fault would be, kept apart from how likely it is. */
  readonly services: readonly Service[];
  /** Why there is no percentile, and what of the past was not seen. */
  readonly gaps?: readonly Gap[];
}

/** What a change is assessed by. */
export interface AssessOptions {
  /** Not read by the default model: that AI wrote a line moved the rate of reverts up here and down there. */
  readonly provenance: Provenance;
  /** Not read by the default model: a finding has its own weight in the policy and must not count twice. */
  readonly findings: readonly Finding[];
  readonly past: Past;
  readonly catalogue: Catalogue;
  /** A model of this repository (`fit/fit.ts`); without one, or while it has too little to go by, the default scores. */
  readonly fitted?: FittedRisk;
}

/** With fewer earlier changes than this a rank among them says nothing. */
const fewestCompared = 50;

/** How risky a change is: its score, its rank among this repository's changes, and why. */
export function assess(change: Change, { past, catalogue, fitted }: AssessOptions): Risk {
  const asked = asPastChange(change, past.at);
  const features = featuresOf(asked, {
    eachTouch(path, see) {
      for (const touch of past.files.get(path) ?? [])
        if (touch.ago <= changesBehindAFeature) see(touch);
    },
    person: (email) => past.people.get(email),
  });
  const judge = fitted === undefined ? byDefault(past) : byFitted(fitted, past);
  const score = judge.scoreOf(features);
  const percentile = judge.percentileOf(score);
  return {
    score,
    percentile,
    compared: judge.compared,
    model: judge.kind,
    factors: factorsOf(features, past, judge),
    services: servicesOf(change, catalogue),
    gaps: [...past.gaps, ...tooFew(past, percentile)],
  };
}

/** A model with what its scores are ranked among: scores of two models must not be compared. */
interface Judge extends Scorer {
  readonly kind: Risk['model'];
  readonly compared: number;
  readonly percentileOf: (score: number) => number | null;
}

function byDefault({ scores }: Past): Judge {
  return {
    kind: defaultModel.kind,
    usual: defaultModel.usual,
    compared: scores.length,
    scoreOf: (features) => scoreOf(features, defaultModel),
    percentileOf: (score) => percentileOf(score, scores),
  };
}

function byFitted(fitted: FittedRisk, past: Past): Judge {
  const { own } = fitted;
  if (own === null) return byDefault(past);
  return {
    kind: 'fitted',
    usual: defaultModel.usual,
    compared: own.compared,
    scoreOf: (features) =>
      predict(
        fitted,
        featureNames.map((name) => features[name]),
      ),
    percentileOf: (score) => Math.round(placeIn(own.scores, score) * 1000) / 10,
  };
}

/** Ties count half, so that the most usual change of all stands in the middle. */
function percentileOf(score: number, scores: readonly number[]): number | null {
  if (scores.length < fewestCompared) return null;
  const below = scores.filter((other) => other < score).length;
  const equal = scores.filter((other) => other === score).length;
  return Math.round(((below + equal / 2) / scores.length) * 1000) / 10;
}

function tooFew(past: Past, percentile: number | null): readonly Gap[] {
  if (percentile !== null) return [];
  const why = `only ${past.scores.length} earlier changes to compare with; ${fewestCompared} are needed`;
  return [{ what: 'rank of the risk in this repository', why }];
}
