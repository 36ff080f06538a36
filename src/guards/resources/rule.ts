import type { Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { lineAfter } from '../seam.ts';
import type { Resource, ResourcePair } from './resource.ts';
import type { Setting } from './setting.ts';

/** What no resource of some types should be set to. */
export interface Rule {
  readonly types: RegExp;
  /** Settings it is about, by their whole path. */
  readonly path: RegExp;
  readonly isBad: (value: Setting['value']) => boolean;
  /** True when leaving the setting out is as bad. */
  readonly orAbsent?: boolean;
  /** True when it names another object, so that what is lost need not be a literal. */
  readonly isReference?: boolean;
  /** True when the name says enough to be understood as the argument of a module, too. */
  readonly inModules?: boolean;
  /** What is said, before the setting and the resource: "turns encryption off". */
  readonly says: string;
  readonly severity?: Severity;
  /** For a resource the change makes; `silent` says nothing of those. */
  readonly fresh?: Severity | 'silent';
}

/** What a change sets to something bad that it was not before. */
export function brokenRules(pair: ResourcePair, rules: readonly Rule[]): readonly Sighting[] {
  return rules.filter((rule) => concerns(rule, pair.now)).flatMap((rule) => broken(rule, pair));
}

function concerns({ types, inModules }: Rule, { type }: Resource): boolean {
  return isInput(type) ? inModules === true : types.test(type);
}

function isInput(type: string): boolean {
  return type === 'module' || type === 'values';
}

function broken(rule: Rule, { was, now }: ResourcePair): readonly Sighting[] {
  const before = was === null ? [] : matching(was, rule);
  const after = matching(now, rule);
  const turned = after.find((setting) => turnsBad(rule, setting, { before, was }));
  if (turned !== undefined) {
    const old = before.filter(({ path }) => path === turned.path);
    const unsure = old.length > 0 && old.every(({ literal }) => !literal);
    return said({ rule, was, now, line: turned.line, path: turned.path, unsure });
  }
  const lost = rule.orAbsent === true && !isInput(now.type) ? lostOf(rule, before, after) : null;
  if (lost === null) return [];
  const line = was?.file === now.file ? lineAfter(now.file, lost.line) : now.line;
  return said({ rule, was, now, line, path: lost.path, unsure: false });
}

interface Earlier {
  readonly before: readonly Setting[];
  readonly was: Resource | null;
}

function turnsBad(rule: Rule, setting: Setting, { before, was }: Earlier): boolean {
  if (!setting.literal || !rule.isBad(setting.value)) return false;
  const same = before.filter(({ path }) => path === setting.path);
  const old = same.length > 0 ? same : before;
  if (old.some(({ literal, value }) => literal && rule.isBad(value))) return false;
  // What was left out was as bad before, unless a module has a default of its own.
  return was === null || rule.orAbsent !== true || old.length > 0 || isInput(was.type);
}

// A setting that another one of the same meaning replaces is not lost.
function lostOf(rule: Rule, before: readonly Setting[], after: readonly Setting[]): Setting | null {
  const isReplaced = after.some(({ path }) => !before.some((old) => old.path === path));
  if (isReplaced) return null;
  const lost = before.find(
    ({ path, literal, value }) =>
      (literal || rule.isReference === true) &&
      !rule.isBad(value) &&
      !after.some((one) => one.path === path),
  );
  return lost ?? null;
}

function matching({ settings, type }: Resource, { path }: Rule): readonly Setting[] {
  if (!isInput(type)) return settings.filter((setting) => path.test(setting.path));
  // A module prefixes names as it likes: `db_storage_encrypted`.
  return settings.filter((setting) => path.test(setting.path.replace(/^.*\./, '')));
}

interface Said {
  readonly rule: Rule;
  readonly was: Resource | null;
  readonly now: Resource;
  readonly line: number;
  readonly path: string;
  readonly unsure: boolean;
}

function said({ rule, was, now, line, path, unsure }: Said): readonly Sighting[] {
  const fresh = rule.fresh ?? 'warn';
  if (was === null && fresh === 'silent') return [];
  const severity = was === null ? fresh : unsure ? 'warn' : rule.severity;
  const milder = isOtherEnvironment(now.file.path) ? 'note' : severity;
  return [
    {
      path: now.file.path,
      line,
      says: `${rule.says} (${path} of ${now.title})`,
      subject: `${now.title} ${path}`,
      ...(milder === undefined || milder === 'silent' ? {} : { severity: milder }),
      ...(unsure || was === null ? { confidence: 0.6 } : {}),
    },
  ];
}

/** False, also as text. */
export function off(value: Setting['value']): boolean {
  return value === false || value === 'false' || value === 'False';
}

/** True, also as text. */
export function on(value: Setting['value']): boolean {
  return value === true || value === 'true' || value === 'True';
}

/** One of some words, whatever their case. */
export function oneOf(...words: readonly string[]): (value: Setting['value']) => boolean {
  const known = new Set(words.map((word) => word.toLowerCase()));
  return (value) => known.has(String(value).toLowerCase());
}
