import type { Scene } from '../guard.ts';
import { foldersAbove, inFolder, textAfter } from './new-dependencies.ts';
import { nodeModules, pypiOfModule, pythonModules } from './own-modules.ts';

/** Whether a project says where a module comes from: `unknown` when we cannot see enough of it to tell. */
export type Declared = 'declared' | 'absent' | 'unknown';

/** Looks for an npm package among the manifests, aliases and own names around a file. */
export function npmDeclared(scene: Scene, path: string, name: string): Declared {
  if (nodeModules.has(name) || /^(?:bun|deno|electron|vscode|cloudflare)$/.test(name))
    return 'declared';
  const folders = foldersAbove(path);
  const manifests = folders.flatMap(
    (folder) => textAfter(scene, inFolder(folder, 'package.json')) ?? [],
  );
  if (manifests.length === 0) return 'unknown';
  if (manifests.some((manifest) => mentions(manifest, name))) return 'declared';
  // Sisters of one workspace find each other in ways that their manifests need not tell.
  const scope = /^@[^/]+\//.exec(name)?.[0];
  if (scope !== undefined && manifests.some((manifest) => manifest.includes(`"name": "${scope}`)))
    return 'unknown';
  if (manifests.some((manifest) => aliasing.test(manifest))) return 'unknown';
  const isHidden = folders.some(
    (folder) =>
      isDeno(scene, folder) || isPinned(scene, folder, name) || isAliased(scene, folder, name),
  );
  return isHidden ? 'unknown' : 'absent';
}

const aliasing = /"(?:imports|alias|moduleNameMapper|_moduleAliases|browser)"\s*:/;

function mentions(manifest: string, name: string): boolean {
  const types = name.startsWith('@')
    ? `@types/${name.slice(1).replace('/', '__')}`
    : `@types/${name}`;
  return manifest.includes(`"${name}"`) || manifest.includes(`"${types}"`);
}

function isDeno(scene: Scene, folder: string): boolean {
  return ['deno.json', 'deno.jsonc', 'import_map.json'].some(
    (name) => textAfter(scene, inFolder(folder, name)) !== null,
  );
}

// Rails may hand modules to browsers by a map of its own.
function isPinned(scene: Scene, folder: string, name: string): boolean {
  return new RegExp(`^\\s*pin\\s+["']${name.replace(/\W/g, '\\$&')}["'/]`, 'm').test(
    textAfter(scene, inFolder(folder, 'config/importmap.rb')) ?? '',
  );
}

const settings = [
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.app.json',
  'jsconfig.json',
  'vite.config.ts',
  'vite.config.js',
  'vite.config.mts',
  'vitest.config.ts',
  'webpack.config.js',
  'next.config.js',
  'next.config.mjs',
  'next.config.ts',
  'rollup.config.js',
  'rollup.config.mjs',
  'babel.config.js',
  'astro.config.mjs',
  'nuxt.config.ts',
  'esbuild.mjs',
  'esbuild.js',
  'docusaurus.config.ts',
  'docusaurus.config.js',
];

// Aliases come in many forms: a setting that mentions the first part of the name is enough to keep quiet.
function isAliased(scene: Scene, folder: string, name: string): boolean {
  const first = name.split('/')[0] ?? name;
  return settings.some((file) => {
    const text = textAfter(scene, inFolder(folder, file));
    if (text === null) return false;
    if (
      file.endsWith('config.json') &&
      /"baseUrl"|"extends"\s*:\s*"(?!\.)/.test(text) &&
      !first.startsWith('@')
    )
      return true;
    return (
      text.includes(`"${first}`) ||
      text.includes(`'${first}`) ||
      new RegExp(`\\b${first.replace(/\W/g, '\\$&')}\\s*:`).test(text)
    );
  });
}

/** Looks for a Go module in the `go.mod` that holds a file. */
export function goDeclared(scene: Scene, path: string, module: string): Declared {
  if (!/^[\w-]+(?:\.[\w-]+)+\//.test(module)) return 'declared';
  const folders = foldersAbove(path);
  if (folders.some((folder) => textAfter(scene, inFolder(folder, 'go.work')) !== null))
    return 'unknown';
  for (const folder of folders) {
    const manifest = textAfter(scene, inFolder(folder, 'go.mod'));
    if (manifest === null) continue;
    const known = [
      ...manifest.matchAll(
        /^[ \t]*(?:module|require|replace)?[ \t]*"?([\w.~-]+(?:\/[\w.~-]+)*)"?/gm,
      ),
    ].map(([, name]) => name ?? '');
    return known.some((name) => name !== '' && (module === name || module.startsWith(`${name}/`)))
      ? 'declared'
      : 'absent';
  }
  return 'unknown';
}

const pythonManifests = [
  'pyproject.toml',
  'requirements.txt',
  'requirements.in',
  'requirements-dev.txt',
  'requirements_dev.txt',
  'dev-requirements.txt',
  'requirements/requirements.txt',
  'requirements/requirements.in',
  'requirements/base.txt',
  'requirements/dev.txt',
  'requirements/main.txt',
  'requirements/prod.txt',
  'requirements/common.txt',
  'setup.py',
  'setup.cfg',
  'Pipfile',
  'environment.yml',
  'environment.yaml',
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'pdm.lock',
];

/** Looks for the package of a Python module in manifests and lock files around a file, and for a module of the project. */
export function pythonDeclared(scene: Scene, path: string, module: string): Declared {
  const first = module.split('.')[0] ?? module;
  // A module named like a folder around the file is that folder.
  if (pythonModules.has(first) || path.split('/').includes(first)) return 'declared';
  const wanted = pypiOfModule[first] ?? [first];
  let manifests = 0;
  let locks = 0;
  for (const folder of foldersAbove(path)) {
    if (isLocal(scene, folder, first)) return 'declared';
    for (const name of pythonManifests) {
      const text = textAfter(scene, inFolder(folder, name));
      if (text === null) continue;
      manifests += 1;
      if (/lock$|requirements\.txt$/.test(name)) locks += 1;
      const flat = text.toLowerCase().replace(/[-_.]+/g, '-');
      if (wanted.some((one) => namedLike(one).test(flat))) return 'declared';
      if (/^[ \t]*-r\s/m.test(text)) return 'unknown';
    }
  }
  if (manifests === 0 || locks === 0 || isImportedElsewhere(scene, first)) return 'unknown';
  return 'absent';
}

// `django_filters` comes with django-filter, `strawberry_django` with strawberry-graphql-django.
function namedLike(module: string): RegExp {
  const words = module
    .toLowerCase()
    .split(/[-_.]+/)
    .map((word) => word.replace(/(?<=..)s$/, ''));
  const between = 's?(?:-[a-z0-9]{1,30}){0,2}-';
  return new RegExp(
    `(?<![a-z0-9])(?:python-|py|django-|types-)?${words.join(between)}s?(?![a-z0-9])`,
  );
}

// What other files of the project import already, this change did not make up.
function isImportedElsewhere(scene: Scene, module: string): boolean {
  const changed = new Set(scene.files.map(({ path }) => path));
  const importing = new RegExp(`^\\s*(?:from|import)\\s+${module}\\b`);
  return (scene.search?.(module) ?? []).some(
    ({ path, text }) => path.endsWith('.py') && !changed.has(path) && importing.test(text),
  );
}

function isLocal(scene: Scene, folder: string, module: string): boolean {
  return ['', 'src', 'lib', 'app', 'python', 'tests', 'scripts'].some((inner) => {
    const place = inFolder(inFolder(folder, inner).replace(/\/$/, ''), module);
    const isChanged = scene.files.some(
      (file) =>
        file.after !== null && (file.path === `${place}.py` || file.path.startsWith(`${place}/`)),
    );
    return (
      isChanged ||
      [`${place}.py`, `${place}/__init__.py`, `${place}.pyi`].some(
        (path) => textAfter(scene, path) !== null,
      )
    );
  });
}
