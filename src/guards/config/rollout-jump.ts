import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { numberOf, replacedIn } from './replaced.ts';
import type { Replaced } from './replaced.ts';
import { rolloutJumpExamples } from './rollout-jump.examples.ts';

const languages: readonly Language[] = [
  'yaml',
  'json',
  'toml',
  'properties',
  'dotenv',
  'terraform',
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'ruby',
  'kotlin',
  'csharp',
  'php',
  'rust',
];

/** Far more people than before meet new code at once. */
export const rolloutJump: Guard = guard({
  id: 'config/rollout-jump',
  severity: 'warn',
  protects: 'everybody who does not have the new code yet',
  breaks:
    'If the new code has a fault, it meets most people at the same moment, and there is no small group to see it first.',
  fix: 'Go up in steps, such as 5, 10, 25, 50, 100, and look at errors before each.',
  languages,
  cwe: [1188],
  confidence: 0.7,
  ...rolloutJumpExamples,
  look: (scene: Scene) =>
    scene.files
      .filter(({ path }) => isProductionPath(path) && !isOtherEnvironment(path))
      .flatMap(sightings),
});

/** Below this share a group is small; a jump ends at four times as many, and at least this many points more. */
const smallPercent = 25;
const times = 4;
const points = 25;

const keys =
  /^(?:[\w.$/-]*[._/-])?(?:rollout(?:_?percent(?:age)?)?|percent(?:age)?|(?:traffic|canary|rollout|exposure|ramp)\w*|weight|set_?weight|canary-weight|\w*(?:Rollout|Percent|Percentage))$/i;
const about =
  /feature|flag|rollout|experiment|canary|toggle|unleash|launchdarkly|variation|split|treatment|gradual|strateg|traffic/i;
/** Lines around a number in which it must say what it is about. */
const reach = 12;

function sightings(file: ChangedFile): readonly Sighting[] {
  if (
    file.before === null ||
    !file.change.hunks.some(
      ({ added, removed }) => removed.length > 0 && added.some((text) => quick.test(text)),
    )
  )
    return [];
  return replacedIn(file).flatMap((one) => {
    const jump = jumpOf(one);
    if (jump === null || !isAboutRollout(file, one)) return [];
    const says = `raises ${one.key} from ${shown(jump.was)} to ${shown(jump.now)} percent at once`;
    return [{ path: file.path, line: one.line, says, subject: one.key }];
  });
}

const quick = /rollout|percent|weight|traffic|canary|exposure|ramp/i;

function jumpOf({
  key,
  was,
  now,
}: Replaced): { readonly was: number; readonly now: number } | null {
  if (!keys.test(key) || !quick.test(key)) return null;
  const [a, b] = [numberOf(was), numberOf(now)];
  if (a === null || b === null || a < 0 || b <= a) return null;
  const scale = scaleOf(key, a, b);
  if (scale === null) return null;
  const [from, to] = [a * scale, b * scale];
  return from < smallPercent && to - from >= points && to >= from * times && to <= 100
    ? { was: from, now: to }
    : null;
}

// Shares are written as 0 to 1, as percent, or, by LaunchDarkly, in thousandths of a percent.
function scaleOf(key: string, a: number, b: number): number | null {
  if (b <= 1) return /percent/i.test(key) && b === 1 && a === 0 ? null : 100;
  if (b <= 100) return 1;
  return /weight/i.test(key) && b <= 100_000 && b >= 1_000 ? 0.001 : null;
}

function isAboutRollout({ path, after }: ChangedFile, { line, key }: Replaced): boolean {
  if (/rollout|canary|exposure/i.test(key) || about.test(path)) return true;
  const around = after?.lines.slice(Math.max(0, line - reach), line + reach / 2) ?? [];
  return around.some((text) => text.length < 1_000 && about.test(text));
}

function shown(percent: number): string {
  return String(Math.round(percent * 100) / 100);
}
