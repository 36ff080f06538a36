import type { Scene } from '../guard.ts';
import type { Dependency } from './dependency.ts';
import { foldersAbove, inFolder, textAfter } from './new-dependencies.ts';

/** A lock file that answers for a manifest. */
export interface Lock {
  readonly path: string;
  /** Whether it holds what the manifest wants; null when it does not answer for this manifest. */
  readonly holds: (wanted: Dependency) => boolean | null;
  /** Whether it holds any version of a package, direct or not. */
  readonly mentions: (name: string) => boolean;
}

const names: Readonly<Record<Dependency['registry'], readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'],
  pypi: ['uv.lock', 'poetry.lock', 'pdm.lock'],
  go: ['go.sum'],
  crates: ['Cargo.lock'],
  maven: [],
  rubygems: ['Gemfile.lock'],
};

/** The lock files that may answer for a manifest, nearest first. */
export function locksOf(
  scene: Scene,
  manifest: string,
  registry: Dependency['registry'],
): readonly Lock[] {
  const folders = foldersAbove(manifest);
  return folders.flatMap((folder) =>
    namesIn(scene, folders, registry).flatMap((name) => {
      const path = inFolder(folder, name);
      const text = textAfter(scene, path);
      return text === null ? [] : [read(path, text, { folder, manifest })];
    }),
  );
}

// A stale lock of another manager may lie about; where the project says which one it uses, that one counts.
function namesIn(
  scene: Scene,
  folders: readonly string[],
  registry: Dependency['registry'],
): readonly string[] {
  if (registry !== 'npm') return names[registry];
  for (const folder of folders) {
    if (textAfter(scene, inFolder(folder, 'pnpm-workspace.yaml')) !== null)
      return ['pnpm-lock.yaml'];
    const manager = /"packageManager":\s*"(npm|pnpm|yarn|bun)@/.exec(
      textAfter(scene, inFolder(folder, 'package.json')) ?? '',
    )?.[1];
    if (manager !== undefined) return ofManager[manager] ?? names.npm;
  }
  return names.npm;
}

const ofManager: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock'],
};

interface Place {
  readonly folder: string;
  readonly manifest: string;
}

function read(path: string, text: string, { folder, manifest }: Place): Lock {
  const own = manifest.slice(folder === '' ? 0 : folder.length + 1).replace(/\/?[^/]*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'pnpm-lock.yaml') return pnpm(path, text, own);
  if (name === 'package-lock.json' || name === 'npm-shrinkwrap.json') return npm(path, text, own);
  if (name === 'go.sum') return goSum(path, text);
  if (name === 'Gemfile.lock') return gemLock(path, text);
  function mentions(wanted: string): boolean {
    return name === 'yarn.lock'
      ? yarnMentions(text, wanted)
      : mentionPattern(name, wanted).test(text);
  }
  // The other formats do not say which manifest wanted what: only a name that is nowhere is a contradiction.
  const isCovered = own === '' || name === 'Cargo.lock' || name === 'uv.lock';
  return { path, mentions, holds: (wanted) => (isCovered ? mentions(wanted.name) : null) };
}

function gemLock(path: string, text: string): Lock {
  function mentions(gem: string): boolean {
    return text.includes(`\n    ${gem} (`);
  }
  return { path, mentions, holds: ({ name }) => mentions(name) };
}

function yarnMentions(text: string, name: string): boolean {
  return ['\n', '\n"', ', ', ', "'].some((before) => text.includes(`${before}${name}@`));
}

function mentionPattern(lock: string, name: string): RegExp {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (lock === 'bun.lock') return new RegExp(`^\\s*"(?:.*/)?${quoted}": \\[|"${quoted}":`, 'm');
  if (lock === 'Cargo.lock') return new RegExp(`^name = "${quoted.replace(/[-_]/g, '[-_]')}"`, 'm');
  return new RegExp(`^name = "${quoted.replace(/-/g, '[-_.]')}"`, 'im');
}

function goSum(path: string, text: string): Lock {
  return {
    path,
    mentions: (name) => text.includes(`${name} v`),
    holds: ({ name, wanted }) => text.includes(`${name} ${wanted}/go.mod h1:`),
  };
}

// `importers:` lists each manifest of the workspace with what it wants.
function pnpm(path: string, text: string, own: string): Lock {
  const importer = importerOf(text, own === '' ? '.' : own);
  return {
    path,
    mentions: (name) =>
      text.includes(`${name}@`) || text.includes(`/${name}/`) || text.includes(` ${name}:`),
    holds({ name, wanted }) {
      if (importer === null) return null;
      const entry = new RegExp(
        `^ {6}'?${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}'?:\\s*$\\n {8}specifier: (.*)$`,
        'm',
      ).exec(importer);
      if (entry === null) return false;
      // A catalog or an override may put another text in the place of the manifest's own.
      if (/^(?:catalog|workspace|npm|link|file):/.test(wanted) || /^overrides:/m.test(text))
        return true;
      return entry[1]?.replace(/^['"]|['"]$/g, '') === wanted;
    },
  };
}

function importerOf(text: string, own: string): string | null {
  const start = text.search(
    new RegExp(`^ {2}'?${own.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}'?:\\s*$`, 'm'),
  );
  if (start < 0) return null;
  const rest = text.slice(start).split('\n').slice(1);
  const end = rest.findIndex((line) => /^ {0,2}\S/.test(line));
  return rest.slice(0, end < 0 ? rest.length : end).join('\n');
}

function npm(path: string, text: string, own: string): Lock {
  const root = packageOf(text, own);
  return {
    path,
    mentions: (name) => text.includes(`node_modules/${name}"`) || text.includes(`"${name}": {`),
    holds({ name, wanted }) {
      if (root === null) return null;
      return root.includes(`"${name}": "${wanted}"`);
    },
  };
}

// `packages` has an entry for each manifest: the root's is empty.
function packageOf(text: string, own: string): string | null {
  const start = text.indexOf(`    "${own}": {\n`);
  if (start < 0) return null;
  const end = text.indexOf('\n    }', start);
  return text.slice(start, end < 0 ? text.length : end);
}
