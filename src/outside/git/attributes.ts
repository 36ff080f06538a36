import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PathAttributes } from '../../change/classify.ts';
import { isPlainPath, readBlobs } from './objects.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** More folders than these are not searched for `.gitattributes`. */
const mostFolders = 20_000;

/**
 * What `.gitattributes` in a tree says about paths being generated or vendored. Git before 2.43 can only ask the
 * work tree, so the tree's attribute files (mostly none or one that matters) are laid out in a folder of their own.
 */
export async function readAttributes(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, PathAttributes>> {
  const plain = paths.filter(isPlainPath);
  const files = foldersOf(plain).map((folder) => `${folder}.gitattributes`);
  const blobs = await readBlobs(
    repository.objects,
    files.map((file) => `${tree}:${file}`),
  );
  const found: (readonly [string, Buffer])[] = [];
  for (const file of files) {
    const blob = blobs.get(`${tree}:${file}`);
    if (blob?.kind === 'read') found.push([file, blob.bytes]);
  }
  if (!found.some(([, bytes]) => bytes.includes('linguist-'))) return new Map();
  return askAbout(repository, found, plain);
}

/** Every folder above the paths, with its slash; the root is empty. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set(['']);
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash + 1);
      if (folders.has(folder) || folders.size >= mostFolders) break;
      folders.add(folder);
    }
  }
  return [...folders];
}

async function askAbout(
  repository: Repository,
  files: readonly (readonly [string, Buffer])[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, PathAttributes>> {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-attributes-'));
  try {
    const git = join(folder, '.git');
    for (const name of ['objects', 'refs']) mkdirSync(join(git, name), { recursive: true });
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/none\n');
    for (const [file, bytes] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), bytes);
    }
    const environment = {
      ...repository.environment,
      GIT_DIR: git,
      GIT_WORK_TREE: folder,
      GIT_INDEX_FILE: undefined,
    };
    const { stdout } = await runGit(
      { cwd: folder, environment },
      ['check-attr', '--stdin', '-z', 'linguist-generated', 'linguist-vendored'],
      { input: paths.map((path) => `${path}\0`).join('') },
    );
    return parseAnswers(stdout.toString('utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseAnswers(text: string): ReadonlyMap<string, PathAttributes> {
  const answers = new Map<string, PathAttributes>();
  const parts = text.split('\0');
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const [path = '', name = '', value = ''] = parts.slice(index, index + 3);
    const known = answers.get(path) ?? { generated: null, vendored: null };
    const says = meaningOf(value);
    answers.set(
      path,
      name === 'linguist-generated' ? { ...known, generated: says } : { ...known, vendored: says },
    );
  }
  return answers;
}

function meaningOf(value: string): boolean | null {
  if (value === 'set' || value === 'true') return true;
  return value === 'unset' || value === 'false' ? false : null;
}
