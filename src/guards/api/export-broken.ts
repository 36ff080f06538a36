import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { lineAfter } from '../seam.ts';
import { exportsOf } from './exported.ts';
import type { Exported } from './exported.ts';
import { caught, passed } from './export-broken.examples.ts';
import { nearestChange } from './nearest-change.ts';
import { isPublic } from './public-file.ts';
import { brokenCall, usersOf } from './script-users.ts';
import type { User } from './script-users.ts';
import { signatureChange } from './signature.ts';

export const exportBroken: Guard = guard({
  id: 'api/export-broken',
  severity: 'block',
  protects: 'code that relies on what this file offers',
  breaks:
    'Callers that were right before fail to build, or call it with arguments it no longer understands.',
  fix: 'Change the callers in the same change, or keep the old form beside the new one until they have moved.',
  languages: ['typescript', 'tsx', 'javascript', 'python', 'go', 'java'],
  cwe: [439],
  confidence: 0.85,
  caught,
  passed,
  look(scene) {
    const known = new Map<string, ReadonlySet<string>>();
    return scene.files.filter(mayOffer).flatMap((file) => lookAt(scene, file, known));
  },
});

function mayOffer(file: ChangedFile): boolean {
  return (
    file.before !== null &&
    file.removed.size > 0 &&
    !file.isTest &&
    isProductionPath(file.path) &&
    !/\.d\.ts$|\.stories\.|\.config\./.test(file.path)
  );
}

interface Broken {
  readonly name: string;
  readonly says: string;
  readonly line: number;
  readonly user: { readonly path: string; readonly line: number } | null;
}

function lookAt(
  scene: Scene,
  file: ChangedFile,
  known: Map<string, ReadonlySet<string>>,
): readonly Sighting[] {
  const was = file.before === null ? null : exportsOf(file.before);
  const now = file.after === null ? new Map<string, Exported>() : exportsOf(file.after);
  if (was === null || now === null || was.size === 0) return [];
  const changes = [...was].flatMap(([name, old]) => difference(name, old, now.get(name)));
  if (changes.length === 0) return [];
  const users = isScript(file) ? usersOf(scene, file.change.oldPath) : [];
  const broken = changes.map((one) => ({
    ...one,
    line: one.line === null ? lineAfter(file, one.oldLine) : nearestChange(file, one.line),
    user: userOf(users, one),
  }));
  const used = broken.filter((one) => one.user !== null);
  if (used.length > 0) return used.map((one) => sighting(file, one, 'block'));
  const elsewhere = known.get('') ?? newNames(scene);
  known.set('', elsewhere);
  const left = broken.filter((one) => !one.isGone || !elsewhere.has(one.name));
  return left.length > 0 && isPublic(scene, file) ? [together(file, left)] : [];
}

function isScript({ language }: ChangedFile): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'javascript';
}

interface Difference {
  readonly name: string;
  readonly says: string;
  readonly isGone: boolean;
  readonly oldLine: number;
  /** Null when nothing took its place. */
  readonly line: number | null;
  readonly least: number | null;
  readonly isNowAsync: boolean;
}

function difference(name: string, was: Exported, now: Exported | undefined): readonly Difference[] {
  const base = { name, oldLine: was.line, least: null, isNowAsync: false };
  if (now === undefined)
    return [{ ...base, says: `${shown(name)} is gone`, isGone: true, line: null }];
  if (was.text !== undefined && was.text === now.text) return [];
  if (was.signature === null || now.signature === null) return [];
  const change = signatureChange(was.signature, now.signature);
  if (change === null) return [];
  const { leastArguments, isNowAsync } = change;
  return [
    {
      ...base,
      says: `${shown(name)} ${change.says}`,
      isGone: false,
      line: now.line,
      least: leastArguments,
      isNowAsync,
    },
  ];
}

function shown(name: string): string {
  return name === 'default' ? 'the default export' : name.replace(/\/\d+$/, '');
}

// Somebody we can see who still uses the old form.
function userOf(
  users: readonly User[],
  { name, isGone, least, isNowAsync }: Difference,
): Broken['user'] {
  for (const user of users) {
    if (isGone) {
      const found = user.imports.find((one) => one.name === name);
      if (found !== undefined) return { path: user.source.path, line: found.line };
    } else if (least !== null || isNowAsync) {
      const line = brokenCall(user, name, { least, isNowAsync });
      if (line !== null) return { path: user.source.path, line };
    }
  }
  return null;
}

// What other files of the change offer and did not before: it moved there.
function newNames(scene: Scene): ReadonlySet<string> {
  return new Set(
    scene.files.flatMap((file) => {
      if (file.after === null || file.added.size === 0) return [];
      const before = file.before === null ? null : exportsOf(file.before);
      return [...(exportsOf(file.after)?.keys() ?? [])].filter(
        (name) => before?.has(name) !== true,
      );
    }),
  );
}

function sighting(
  file: ChangedFile,
  { name, says, line, user }: Broken,
  severity: Severity,
): Sighting {
  const where = user === null ? '' : `, and ${user.path}:${user.line} still uses the old form`;
  return { path: file.path, line, says: `${says}${where}`, subject: `${name} ${says}`, severity };
}

function together(file: ChangedFile, all: readonly Broken[]): Sighting {
  const [first] = all;
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : '';
  return {
    path: file.path,
    line: first?.line ?? 1,
    says: `changes what others may rely on: ${first?.says ?? ''}${more}`,
    subject: all.map((one) => one.name).join(' '),
    severity: 'note',
    confidence: 0.5,
  };
}
