import { decodeText, isBinary } from '../../change/decode.ts';
import { isPlainPath, readTreeObjects } from './objects.ts';
import { fileReader, readFilesAt } from './files.ts';
import type { Repository } from './repository.ts';
import { askGitNow } from './run.ts';

/** More folders than these are not listed; files in the others are asked for one by one. */
const mostFolders = 400;
/** More files than these are not read ahead. */
const mostAhead = 200;

/** What guards often ask for beside a changed file. */
const oftenAsked: ReadonlySet<string> = new Set([
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  'go.mod',
  'pyproject.toml',
  'requirements.txt',
  'setup.py',
  'setup.cfg',
  '__init__.py',
  'index.ts',
  'index.tsx',
  'index.js',
  'migration_lock.toml',
]);

/**
 * A reader of single files, like `fileReader`, that knows the folders above the changed files: it answers most
 * questions without another process, above all those for files that are not there.
 */
export async function nearbyReader(
  repository: Repository,
  state: string,
  changed: readonly string[],
): Promise<(path: string) => string | null> {
  const slow = existing(repository, state);
  if (state === 'index' || state === 'worktree') return slow;
  const folders = [...foldersAbove(changed)].slice(0, mostFolders);
  const listed = await listFolders(repository, state, folders);
  const ahead = [...listed].flatMap(([folder, names]) =>
    [...names].filter((name) => oftenAsked.has(name)).map((name) => join(folder, name)),
  );
  const texts = await readFilesAt(repository, state, ahead.slice(0, mostAhead));
  return (path) => {
    const known = texts.get(path);
    if (known !== undefined && known !== null) return known;
    const at = path.lastIndexOf('/');
    const names = listed.get(at < 0 ? '' : path.slice(0, at));
    return names !== undefined && !names.has(path.slice(at + 1)) ? null : slow(path);
  };
}

/** So many questions are asked one by one; a guard that has more is looking for what is mostly not there. */
const fewQuestions = 4;
/** A longer list of files is not waited for. */
const mostListed = 64 * 2 ** 20;

/** A reader that lists all files once there are many questions, so that what is absent costs no process. */
function existing(repository: Repository, state: string): (path: string) => string | null {
  const read = fileReader(repository, state);
  if (state === 'worktree') return read;
  const known: { asked: number; all: ReadonlySet<string> | null } = { asked: 0, all: null };
  const together = neighbourReader(repository, state);
  return (path) => {
    known.asked += 1;
    if (known.asked === fewQuestions) known.all = allFiles(repository, state);
    if (known.all === null || !isPlainPath(path)) return read(path);
    return known.all.has(path) ? (together(path, known.all) ?? read(path)) : null;
  };
}

/** Neighbours that are read along with a file, and the longest answer that is waited for. */
const mostNeighbours = 40;
const mostRead = 8 * 2 ** 20;

/**
 * Reads a file together with those beside it that end alike, by one process: whoever follows one import from a folder
 * follows others into it too. Null where that fails.
 */
function neighbourReader(
  repository: Repository,
  state: string,
): (path: string, all: ReadonlySet<string>) => string | null {
  const texts = new Map<string, string | null>();
  return (path, all) => {
    const read = texts.get(path);
    if (read !== undefined) return read;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const ending = path.slice(path.lastIndexOf('.'));
    const beside = [...all].filter(
      (other) =>
        other.startsWith(folder) &&
        !other.includes('/', folder.length) &&
        other.endsWith(ending) &&
        isPlainPath(other) &&
        !texts.has(other),
    );
    const asked = [path, ...beside.filter((other) => other !== path).slice(0, mostNeighbours)];
    for (const [name, text] of readTogether(repository, state, asked)) texts.set(name, text);
    return texts.get(path) ?? null;
  };
}

function readTogether(
  repository: Repository,
  state: string,
  paths: readonly string[],
): ReadonlyMap<string, string | null> {
  const { stdout, code } = askGitNow(repository.objects, ['cat-file', '--batch'], {
    limitBytes: mostRead,
    input: paths.map((path) => `${state === 'index' ? '' : state}:${path}\n`).join(''),
  });
  const texts = new Map<string, string | null>();
  if (code !== 0) return texts;
  let at = 0;
  for (const path of paths) {
    const end = stdout.indexOf(0x0a, at);
    const size = / blob (\d+)$/.exec(stdout.toString('latin1', at, end))?.[1];
    at = end + 1;
    if (end < 0 || size === undefined) continue;
    const bytes = stdout.subarray(at, at + Number(size));
    texts.set(path, isBinary(bytes) ? null : decodeText(bytes));
    at += Number(size) + 1;
  }
  return texts;
}

/** Paths of all files of a commit or of the index; null when git does not say. */
function allFiles(repository: Repository, state: string): ReadonlySet<string> | null {
  const isIndex = state === 'index';
  const args = isIndex
    ? ['ls-files', '-z', '--full-name']
    : ['ls-tree', '-r', '-z', '--full-tree', '--name-only', state];
  const { stdout, code } = askGitNow(isIndex ? repository : repository.objects, args, {
    limitBytes: mostListed,
  });
  return code === 0 ? new Set(decodeText(stdout).split('\0')) : null;
}

function foldersAbove(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set(['']);
  for (const path of paths.filter(isPlainPath)) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      folders.add(path.slice(0, at));
    }
  }
  return folders;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function listFolders(
  repository: Repository,
  commit: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const names = folders.map((folder) => `${commit}:${folder}`);
  const trees = await readTreeObjects(repository.objects, names);
  return new Map(
    folders.flatMap((folder, index) => {
      const bytes = trees[index] ?? null;
      return bytes === null ? [] : [[folder, namesIn(bytes, commit.length / 2)] as const];
    }),
  );
}

/** Names in a tree object: `<mode> <name> NUL <id>` for each entry, the id in bytes. */
export function namesIn(bytes: Buffer, idBytes: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0) break;
    names.add(decodeText(bytes.subarray(space + 1, end)));
    at = end + 1 + idBytes;
  }
  return names;
}
