import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { caught, passed } from './flag-check-removed.examples.ts';

const asks =
  '(?:\\w*(?:isFeatureEnabled|featureEnabled|feature_enabled|is_feature_enabled|isEnabled|is_enabled|IsEnabled|isOn|is_active|flag_is_active|hasFeature|has_feature|useFeature\\w*|useFlag|variation|boolVariation|BoolVariation|enabled\\?|active\\?|getFlag|checkGate|isFlagOn|FeatureEnabled)|[fF]eatures?|[fF]lags?|FEATURES|FLAGS)';
const flags =
  /feature|flag|experiment|rollout|toggle|gate|flipper|waffle|launchdarkly|unleash|growthbook|ldclient/i;

const says: Loss['says'] = ({ gone }) =>
  `code that ran behind a flag now always runs: ${excerpt(gone.replace(/[{:]$/, ''), 70)} is gone`;

const rows: readonly Loss[] = [
  {
    gone: new RegExp(
      `^(?:if|unless)[ (]?\\(?!?(?:await |not )?[\\w.$:@>-]{0,60}(?<![\\w])${asks}(?:[.\\[][\\w'"\\].]{1,60})?(?:\\([^{}();]{0,100}\\))?\\)?[:{]?(?:return\\b[^;{}]{0,60};?)?\\}?$`,
    ),
    severity: 'note',
    says,
  },
  {
    gone: new RegExp(
      `^(?:[\\w.$:@>-]{0,60}(?<![\\w])${asks}(?:[.\\[][\\w'"\\].]{1,60})?(?:\\([^{}();]{0,100}\\))?(?:&&|and)|(?:&&|and )[\\w.$:@>-]{0,60}(?<![\\w])${asks}(?:[.\\[][\\w'"\\].]{1,60})?(?:\\([^{}();]{0,100}\\))?)$`,
    ),
    severity: 'note',
    says,
  },
];

/** The question for a feature flag went, and the code behind it stayed. */
export const flagCheckRemoved: Guard = guard({
  id: 'fallbacks/flag-check-removed',
  severity: 'note',
  protects: 'the way to switch new code off without a release',
  breaks: 'The code runs for everybody from now on, and only another release can switch it off.',
  fix: 'Remove the flag only after it has been on for everybody for a while.',
  languages: codeLanguages,
  cwe: [],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace: flags,
      back: /feature|flag|toggle|\bgate\b|rollout|experiment/i,
    }).filter(({ subject }) => flags.test(subject)),
});
