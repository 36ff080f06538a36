import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { flagDefaultExamples } from './flag-default.examples.ts';
import { settingLanguages, settingsOf } from './settings.ts';

const code: readonly Language[] = ['typescript', 'tsx', 'javascript', 'python', 'go', 'java'];

/** A feature flag is worth something else where nobody has set it. */
export const flagDefault: Guard = guard({
  id: 'config/flag-default',
  severity: 'warn',
  protects: 'everybody for whom nobody has set the flag',
  breaks:
    'Where the flag is not set, and whenever the flag service cannot be reached, the other path runs at once for everybody.',
  fix: 'Turn the flag in the flag service step by step; change the default only when every environment has the new value.',
  languages: [...settingLanguages, ...code],
  cwe: [1188],
  confidence: 0.6,
  ...flagDefaultExamples,
  look: (scene: Scene) =>
    scene.files
      .filter(
        ({ path }) =>
          isProductionPath(path) && !isOtherEnvironment(path) && !/(?:^|\/)\.github\//.test(path),
      )
      .flatMap((file) =>
        code.includes(file.language) ? flippedInCode(file) : flippedInFile(file, scene),
      ),
});

const flagFiles =
  /(?:^|[/._-])(?:feature[-_]?(?:flags?|toggles?|gates?|switch(?:es)?)|flags|toggles|feature[-_]?config)(?:[/._-]|$)/i;
const flagKeys = /(?:^|\.)(?:feature_?(?:flags?|toggles?|gates?)|flags|toggles)\./i;

function flippedInFile(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const { path, before, after } = file;
  if (before === null || after === null || !settingLanguages.includes(file.language)) return [];
  const isFlagFile = flagFiles.test(path);
  if (!mayFlip(file) || (!isFlagFile && !/feature|flags|toggles/i.test(after.text))) return [];
  const [old, now] = [settingsOf(before, scene), settingsOf(after, scene)];
  if (old === null || now === null) return [];
  return [...now.values()].flatMap(({ key, value, line }) => {
    const was = old.get(key)?.value;
    if (typeof value !== 'boolean' || typeof was !== 'boolean' || was === value) return [];
    if (!isFlagFile && !flagKeys.test(key)) return [];
    return [
      { path, line, says: `turns flag ${key} ${value ? 'on' : 'off'} by default`, subject: key },
    ];
  });
}

// Reading a file as data is the dear part; most changes turn no boolean.
function mayFlip({ change }: ChangedFile): boolean {
  return change.hunks.some(
    ({ removed, added }) =>
      removed.some((text) => /\b(?:true|false)\b/i.test(text)) &&
      added.some((text) => /\b(?:true|false)\b/i.test(text)),
  );
}

// A line that differs from the one it replaces in one boolean alone, and names a flag.
const flagWords =
  /\b(?:get|is|use|check|has|evaluate|bool|boolean)?_?(?:feature_?(?:flag|toggle|gate|switch)?s?_?(?:enabled|on|value|default)?|flags?|toggles?|kill_?switch|variation|boolVariation|BoolVariation|gate|treatment|featureEnabled|isFeatureEnabled|is_enabled|isEnabled|flag_?enabled|getBooleanValue|get_boolean_value|bool_?variation)\s*(?:<[^>]*>)?\(/i;
const flagNames =
  /(?:^|[^A-Za-z0-9])(?:FEATURE|FLAG|FF|ENABLE|TOGGLE)_[A-Z0-9_]+\b|\b[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:FLAG|FEATURE|TOGGLE)(?:_ENABLED|_DEFAULT)?\b|\b\w*(?:[fF]eatureFlag|[fF]eature_flag|[fF]eatureToggle|[kK]illSwitch)\w*\b/;
const boolean = /\b(?:true|false|True|False)\b/g;

function flippedInCode(file: ChangedFile): readonly Sighting[] {
  const isFlagFile = flagFiles.test(file.path);
  return file.change.hunks.flatMap(({ removed, added, newStart }) => {
    if (removed.length !== added.length) return [];
    return added.flatMap((text, index) => {
      const old = removed[index] ?? '';
      const to = flipped(old, text);
      if (to === null || !namesFlag(text, isFlagFile)) return [];
      const name = nameOf(text) ?? (isFlagFile ? nameAbove(file, newStart + index) : null);
      if (name === null) return [];
      const says = `turns flag ${name} ${to ? 'on' : 'off'} by default`;
      return [{ path: file.path, line: newStart + index, says, subject: `${name} ${text.trim()}` }];
    });
  });
}

/** Longer lines are generated. */
const longestLine = 1_000;

function flipped(old: string, now: string): boolean | null {
  if (
    now.length > longestLine ||
    old === now ||
    old.replace(boolean, '?') !== now.replace(boolean, '?')
  )
    return null;
  const [before, after] = [old.match(boolean) ?? [], now.match(boolean) ?? []];
  const changed = after.filter((value, index) => value !== before[index]);
  const [to] = changed;
  return changed.length === 1 && to !== undefined ? to.toLowerCase() === 'true' : null;
}

function namesFlag(text: string, isFlagFile: boolean): boolean {
  if (/^\s*(?:\/\/|#|\*)/.test(text)) return false;
  return (
    flagWords.test(text) ||
    flagNames.test(text) ||
    (isFlagFile &&
      /\b(?:default(?:_?[vV]al(?:ue)?)?|enabled|fallback|value)\b\s*[:=]|^\s*["']?[\w.-]+["']?\s*[:=]\s*(?:true|false|True|False)\s*,?;?\s*$/.test(
        text,
      ))
  );
}

function nameOf(text: string): string | null {
  const quoted = /["'`]([\w.:/-]{3,60})["'`]/.exec(text)?.[1];
  const left = /([A-Za-z_][\w.-]{2,60})["']?\s*(?::\s*\w+\s*)?[=:]/.exec(text)?.[1];
  const name = quoted ?? left;
  return name === undefined ||
    /^(?:default(?:_?val(?:ue)?)?|enabled|fallback|value|env_key)$/i.test(name)
    ? null
    : name;
}

function nameAbove({ after }: ChangedFile, line: number): string | null {
  for (let at = line - 1; at > Math.max(0, line - 8); at -= 1) {
    const text = after?.lines[at - 1] ?? '';
    const name =
      /^\s*["']?([\w.-]+)["']?\s*[:=]\s*[{(]|\b(?:name|key|id)\s*[:=]\s*["'`]([\w.-]+)/.exec(text);
    if (name) return name[1] ?? name[2] ?? null;
  }
  return null;
}
