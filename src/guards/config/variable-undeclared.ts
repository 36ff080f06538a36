import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { variableUndeclaredExamples } from './variable-undeclared.examples.ts';
import { declares, isDeclaringFile, readingsIn, sampleFile } from './variable.ts';
import type { Reading } from './variable.ts';

/** Code reads a variable of the environment that nobody sets up. */
export const variableUndeclared: Guard = guard({
  id: 'config/variable-undeclared',
  severity: 'warn',
  protects: 'the next deployment, and whoever sets the program up',
  breaks:
    'Where nobody sets the variable it is empty, and the program stops at start or runs without what it names.',
  fix: 'Name it where the others are named (sample settings, deployment, schema), or give it a default.',
  languages: 'any',
  cwe: [1188],
  confidence: 0.7,
  ...variableUndeclaredExamples,
  look: (scene: Scene) => {
    const fresh = freshReadings(scene);
    return fresh.length === 0
      ? []
      : fresh.slice(0, mostNames).flatMap((one) => sighting(one, scene));
  },
});

/** New names looked up in one change. */
const mostNames = 8;

interface Fresh extends Reading {
  readonly file: ChangedFile;
}

function freshReadings(scene: Scene): readonly Fresh[] {
  const found = new Map<string, Fresh>();
  const known = new Set<string>();
  for (const file of scene.files) {
    if (file.after === null || file.isTest || !isProductionPath(file.path) || aside.test(file.path))
      continue;
    for (const { added, removed, newStart } of file.change.hunks) {
      for (const text of removed)
        for (const { name } of readingsIn(file.path, text, 1)) known.add(name);
      added.forEach((text, index) => {
        for (const one of readingsIn(file.path, text, newStart + index))
          if (!one.hasDefault && !found.has(one.name)) found.set(one.name, { ...one, file });
      });
    }
  }
  return [...found.values()].filter(
    ({ name, file }) => !known.has(name) && !(file.before?.text.includes(name) ?? false),
  );
}

const aside =
  /(?:^|\/)(?:scripts?|tools?|bin|hack|\.github|e2e|bench\w*|evals?)\/|(?:^|\/)[\w.-]*\.config\.[cm]?[jt]s$/;

function sighting({ name, line, file, hasDefault }: Fresh, scene: Scene): readonly Sighting[] {
  if (hasDefault || isGuarded(file, name, line) || declaredInChange(scene, name)) return [];
  const mentions = scene.search?.(name) ?? null;
  if (mentions === null) {
    scene.report({
      what: `variable ${name} (${file.path})`,
      why: 'whether it is declared anywhere could not be searched',
    });
    return [];
  }
  // Others read it already, so somebody sets it.
  if (mentions.some((one) => declares(one, name) || !isOfChange(scene, one.path))) return [];
  const sample = sampleOf(file, scene);
  if (sample === null) return [];
  const says = `reads ${name}, which ${sample} does not name, nor anything else here`;
  return [{ path: file.path, line, says, subject: name }];
}

function isOfChange(scene: Scene, path: string): boolean {
  return scene.files.some((file) => file.path === path);
}

// A check on another line of the file: `if (!process.env.X) throw`, a schema, a default further down.
function isGuarded({ after, path }: ChangedFile, name: string, line: number): boolean {
  return (after?.lines ?? []).some(
    (text, index) =>
      index + 1 !== line &&
      text.includes(name) &&
      readingsIn(path, text, 1).every((one) => one.name !== name || one.hasDefault),
  );
}

function declaredInChange(scene: Scene, name: string): boolean {
  return scene.files.some(
    (file) => file.after !== null && isDeclaringFile(file.path) && file.after.text.includes(name),
  );
}

/** The list that names other variables this file reads, or that others of the same folder would be named in. */
function sampleOf(file: ChangedFile, scene: Scene): string | null {
  const others = new Set(
    (file.after?.lines ?? []).flatMap((text) =>
      readingsIn(file.path, text, 1).map(({ name }) => name),
    ),
  );
  for (const folder of foldersAbove(file.path)) {
    for (const name of samples) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const changed = scene.files.find((one) => one.path === path);
      const text = changed === undefined ? scene.readAfter(path) : (changed.after?.text ?? null);
      if (text === null || !sampleFile.test(path)) continue;
      const names =
        text.match(/^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?[A-Z][A-Z0-9_]{2,}(?=[ \t]*=)/gm) ?? [];
      if (isNoList(text, others)) return null;
      if (names.length >= 3 || names.some((one) => others.has(one.trim()))) return path;
    }
  }
  return null;
}

/** Variables of one file that a sample may leave out before it is no list of what there is. */
const mostLeftOut = 3;

// A sample that names few of what the file reads otherwise is a start, not a list of all there is.
function isNoList(sample: string, read: ReadonlySet<string>): boolean {
  const leftOut = [...read].filter((name) => !new RegExp(`\\b${name}\\b`).test(sample));
  return leftOut.length > mostLeftOut && leftOut.length * 2 > read.size;
}

const samples = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.local.example',
  'env.example',
  'example.env',
];

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).concat('');
}
