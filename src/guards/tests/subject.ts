import type { ChangedFile, Scene } from '../guard.ts';
import { isTestPath } from '../language.ts';
import type { TestCase } from './test-case.ts';
import { stem } from './vanished.ts';

/** The code a test file tests, as far as its imports and its name tell: the paths that still exist. Null: cannot tell. */
export function codeThatStays(file: ChangedFile, scene: Scene): string | null {
  const text = file.before?.text ?? '';
  const path = file.change.oldPath;
  if (!file.isTest) return file.after === null ? null : path;
  const candidates = [...besides(path), ...imported(path, text)].filter((one) => !isTestPath(one));
  const deleted = new Set(
    scene.files
      .filter((one) => one.change.status === 'deleted' || one.change.oldPath !== one.path)
      .map((one) => one.change.oldPath),
  );
  // A deleted neighbour of the same name answers the question: the code went with its test.
  if (besides(path).some((one) => deleted.has(one))) return null;
  return (
    candidates.slice(0, mostCandidates).find((one) => !deleted.has(one) && exists(one, scene)) ??
    null
  );
}

/** How many places we look for the code of one test. */
const mostCandidates = 60;

function exists(path: string, scene: Scene): boolean {
  const changed = scene.files.find((file) => file.path === path);
  return changed === undefined ? scene.readAfter(path) !== null : changed.after !== null;
}

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.vue'];

// `a.test.ts` beside `a.ts`, `__tests__/a.test.ts` below it, `a_test.go`, `ATests.java` in the other source tree.
function besides(path: string): readonly string[] {
  const name = stem(path);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const up = folder.replace(/(?:^|\/)(?:__tests__|tests?|spec|specs|unit)$/, '');
  if (path.endsWith('.go')) return [inFolder(folder, `${name}.go`)];
  if (path.endsWith('.java'))
    return [
      inFolder(folder.replace(/\bsrc\/(?:test|integrationTest)\//, 'src/main/'), `${name}.java`),
    ];
  if (path.endsWith('.py'))
    return [folder, up, `${up}/src`].map((place) => inFolder(place, `${name}.py`));
  const other = elsewhere.find(([ending]) => path.endsWith(ending))?.[1];
  if (other !== undefined) return other(folder, name);
  const places = folder === up ? [folder] : [up, folder];
  return places.flatMap((place) => endings.map((ending) => inFolder(place, `${name}${ending}`)));
}

// Where the code of a test stands by the customs of a language: name without the marks of a test, folder of the test.
const elsewhere: readonly (readonly [
  string,
  (folder: string, name: string) => readonly string[],
])[] = [
  ['.kt', (folder, name) => sourceSets(folder).map((place) => inFolder(place, `${name}.kt`))],
  [
    '.rb',
    (folder, name) =>
      ['app', 'lib', 'app/lib', ''].map((root) =>
        inFolder(
          folder.replace(/^(?:spec|test)(?:\/lib(?=\/|$))?/, root).replace(/^\//, ''),
          `${name}.rb`,
        ),
      ),
  ],
  [
    '.php',
    (folder, name) =>
      ['app', 'src', 'lib', 'app/Domains'].map((root) =>
        inFolder(folder.replace(/^tests?(?:\/(?:Unit|Feature|Integration))?/, root), `${name}.php`),
      ),
  ],
  ['.cs', (folder, name) => [inFolder(mainProject(folder), `${name}.cs`)]],
  [
    '.rs',
    (folder, name) => [
      inFolder(folder.replace(/(?:^|\/)tests?$/, '/src').replace(/^\//, ''), `${name}.rs`),
    ],
  ],
];

function sourceSets(folder: string): readonly string[] {
  return [
    folder.replace(/\bsrc\/(?:test|integrationTest)\//, 'src/main/'),
    folder.replace(/\b(\w+)Test\/(?=kotlin|$)/, '$1Main/'),
    folder.replace(/\b(common|jvm|js|posix)\/test\b/, '$1/src'),
  ];
}

// `test/Core.Test/Services` tests `src/Core/Services`.
function mainProject(folder: string): string {
  return folder
    .replace(/(?:^|(?<=\/))tests?\//, 'src/')
    .replace(/\.(?:Unit)?Tests?(?=\/|$)/, '')
    .replace(/\.(?:Integration)Tests?(?=\/|$)/, '');
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function imported(path: string, text: string): readonly string[] {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (path.endsWith('.py')) {
    return [...text.matchAll(/^[ \t]*(?:from|import)\s+([\w.]+)/gm)].flatMap(([, name = '']) => {
      const place = name.replaceAll('.', '/');
      return [`${place}.py`, `${place}/__init__.py`, `src/${place}.py`];
    });
  }
  return [...text.matchAll(/(?:from|import|require\()\s*\(?['"](\.{1,2}\/[^'"]+)['"]/g)].flatMap(
    ([, given = '']) => {
      if (/test|mock|fixture|helper|setup/i.test(given)) return [];
      const place = join(folder, given).replace(/\.[cm]?js$/, '');
      return [
        ...endings.map((ending) => `${place}${ending}`),
        `${place}/index.ts`,
        `${place}/index.js`,
      ];
    },
  );
}

function join(folder: string, given: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of given.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Whether a test of Go only starts a suite and checks nothing of itself: the methods of the suite are its tests. */
export function onlyStarts({ body }: TestCase): boolean {
  const text = body.text();
  return text.length < 400 && /\bsuite\.Run\(/.test(text) && !/\bassert\.|\brequire\./.test(text);
}

/** What a title names: `PushFolderAsync_NoFolder_Throws` is about the method PushFolderAsync. */
export function subjects({ title }: TestCase): string {
  return title
    .split('_')
    .filter((part) => /[a-z][A-Z]/.test(part))
    .join(' ');
}
