import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { shareProcesses, warmUp } from './objects.ts';
import { gitRefuses, noRepository } from './problems.ts';
import { gitEnvironment, runGit } from './run.ts';
import type { Place } from './run.ts';

/** A repository, located once; everything git is asked goes through it. */
export interface Repository extends Place {
  readonly gitDir: string;
  /** Null in a bare repository. */
  readonly workTree: string | null;
  /** Full name of the current branch, such as `refs/heads/main`; null when HEAD is detached. */
  readonly branch: string | null;
  /** Settings by name, lower case up to the last dot excepted, in the order git read them. */
  readonly settings: ReadonlyMap<string, readonly Setting[]>;
  /** Commits whose parents were cut off by a shallow clone. */
  readonly cutOff: ReadonlySet<string>;
  /** Objects may be missing and must not be fetched. */
  readonly partial: boolean;
  /** Id of the tree without files. */
  readonly emptyTree: string;
  /** Where to read objects: like the repository, but a missing object is only missing. */
  readonly objects: Place;
}

export interface Setting {
  /** `system`, `global`, `local`, `worktree` or `command`. */
  readonly scope: string;
  readonly value: string;
}

/**
 * Finds the repository around a folder. Without a folder it is the current one, and what git tells its hooks by
 * GIT_DIR, GIT_INDEX_FILE and the quarantine of a push is obeyed; with one, that would be somebody else's.
 */
export async function openRepository(folder?: string): Promise<Repository> {
  const cwd = resolve(folder ?? '.');
  if (!existsSync(cwd)) throw noRepository(cwd);
  const here = cwd === process.cwd();
  const environment = gitEnvironment(here ? absolute(process.env, cwd) : withoutPlace(process.env));
  const place = { cwd, environment };
  warmUp(place);
  const [located, settings] = await Promise.all([locate(place), readSettings(place)]);
  const { gitDir, commonDir, workTree, format, shallow } = located;
  const settled: Place = {
    cwd: workTree ?? gitDir,
    environment: {
      ...environment,
      GIT_DIR: gitDir,
      ...(workTree === null ? {} : { GIT_WORK_TREE: workTree }),
    },
  };
  const partial = isPartial(settings);
  const objects = partial ? withoutPromises(settled, { commonDir, format }) : { ...settled };
  const repository: Repository = {
    ...settled,
    gitDir,
    workTree,
    branch: await readBranch(settled, gitDir),
    settings,
    cutOff: shallow ? readCutOff(commonDir) : new Set<string>(),
    partial,
    emptyTree: emptyTrees[format] ?? emptyTrees.sha1,
    objects,
  };
  if (!partial) shareProcesses(place, objects);
  shareProcesses(place, repository);
  return repository;
}

/**
 * The repository of a work tree whose place is known already, for the hooks of agents: one process instead of six.
 * Git still finds it by itself, so that it refuses what belongs to somebody else.
 */
export async function openWorkTree(top: string, gitDir: string): Promise<Repository> {
  const place: Place = { cwd: top, environment: gitEnvironment(withoutPlace(process.env)) };
  const settings = await readSettings(place);
  return {
    ...place,
    gitDir,
    workTree: top,
    branch: null,
    settings,
    cutOff: new Set(),
    partial: isPartial(settings),
    emptyTree: emptyTrees.sha1,
    objects: place,
  };
}

/** The last value of a setting, or null. */
export function setting(repository: Repository, name: string): string | null {
  return repository.settings.get(name)?.at(-1)?.value ?? null;
}

/**
 * The repository with its own content filters off: they are commands from its configuration and would run as soon
 * as git looks at the work tree. Filters that the user configured for all repositories stay.
 */
export function withoutOwnFilters(repository: Repository): Repository {
  const names = new Set<string>();
  for (const [name, values] of repository.settings) {
    const filter = /^filter\.(.+)\.[a-z]+$/s.exec(name)?.[1];
    const own = values.some(({ scope }) => scope !== 'global' && scope !== 'system');
    if (filter !== undefined && own) names.add(filter);
  }
  const overrides = [...names].flatMap((name) => [
    [`filter.${name}.clean`, ''],
    [`filter.${name}.smudge`, ''],
    [`filter.${name}.process`, ''],
    [`filter.${name}.required`, 'false'],
  ]);
  const environment = { ...repository.environment };
  const start = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
  for (const [index, [name, value]] of overrides.entries()) {
    environment[`GIT_CONFIG_KEY_${start + index}`] = name;
    environment[`GIT_CONFIG_VALUE_${start + index}`] = value;
  }
  if (overrides.length > 0) environment['GIT_CONFIG_COUNT'] = String(start + overrides.length);
  return { ...repository, environment };
}

const emptyTrees = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

type Format = keyof typeof emptyTrees;

interface Location {
  readonly gitDir: string;
  readonly commonDir: string;
  readonly workTree: string | null;
  readonly format: Format;
  readonly shallow: boolean;
}

async function locate(place: Place): Promise<Location> {
  const { stdout, stderr } = await runGit(place, [
    'rev-parse',
    '--show-object-format',
    '--is-shallow-repository',
    '--absolute-git-dir',
    '--git-common-dir',
    '--show-toplevel',
  ]);
  // A bare repository has no top level: the last line is then missing, and an error says so.
  const [format, shallow, gitDir, commonDir, workTree] = stdout.toString('utf8').split('\n');
  if (!gitDir || !commonDir) {
    throw /not a git repository/.test(stderr)
      ? noRepository(place.cwd)
      : gitRefuses(place.cwd, stderr);
  }
  return {
    gitDir,
    commonDir: resolve(place.cwd, commonDir),
    workTree: workTree || null,
    format: format === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
  };
}

async function readSettings(place: Place): Promise<ReadonlyMap<string, readonly Setting[]>> {
  const { stdout } = await runGit(place, ['config', '--list', '--show-scope', '-z']);
  const parts = stdout.toString('utf8').split('\0');
  const settings = new Map<string, Setting[]>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const scope = parts[index] ?? '';
    const [name = '', ...value] = (parts[index + 1] ?? '').split('\n');
    settings.set(name, [...(settings.get(name) ?? []), { scope, value: value.join('\n') }]);
  }
  return settings;
}

async function readBranch(place: Place, gitDir: string): Promise<string | null> {
  const head = join(gitDir, 'HEAD');
  const text = existsSync(head) ? readFileSync(head, 'utf8') : '';
  if (/^[0-9a-f]{40,64}\n?$/.test(text)) return null;
  const branch = /^ref: (refs\/heads\/.+)\n?$/.exec(text)?.[1];
  // Newer ways to store references leave a name there that cannot be one.
  if (branch !== undefined && branch !== 'refs/heads/.invalid') return branch;
  const { stdout } = await runGit(place, ['symbolic-ref', '--quiet', 'HEAD']);
  return stdout.toString('utf8').trimEnd() || null;
}

function isPartial(settings: ReadonlyMap<string, readonly Setting[]>): boolean {
  return [...settings.keys()].some(
    (name) => name === 'extensions.partialclone' || /^remote\..*\.promisor$/s.test(name),
  );
}

function readCutOff(commonDir: string): ReadonlySet<string> {
  const file = join(commonDir, 'shallow');
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
}

/**
 * In a partial clone git ends at the first missing object that a remote promised. Seen through an empty repository
 * without remotes, which borrows the objects, it is reported missing like any other.
 */
function withoutPromises(
  place: Place,
  { commonDir, format }: { readonly commonDir: string; readonly format: Format },
): Place {
  const gitDir = mkdtempSync(join(tmpdir(), 'hallmonitor-objects-'));
  process.once('exit', () => rmSync(gitDir, { recursive: true, force: true }));
  mkdirSync(join(gitDir, 'refs'));
  mkdirSync(join(gitDir, 'objects'));
  writeFileSync(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
  const extension = format === 'sha256' ? '[extensions]\n\tobjectformat = sha256\n' : '';
  writeFileSync(
    join(gitDir, 'config'),
    `[core]\n\trepositoryformatversion = ${extension === '' ? 0 : 1}\n\tbare = true\n${extension}`,
  );
  return {
    cwd: gitDir,
    environment: {
      ...place.environment,
      GIT_OBJECT_DIRECTORY: place.environment['GIT_OBJECT_DIRECTORY'] ?? join(commonDir, 'objects'),
      GIT_DIR: gitDir,
      GIT_WORK_TREE: undefined,
      GIT_INDEX_FILE: undefined,
    },
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const placeVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_SHALLOW_FILE',
];

/** Hooks get relative paths, and we do not run where they started. */
function absolute(given: Environment, cwd: string): Environment {
  const settled = { ...given };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY']) {
    const value = given[name];
    if (value) settled[name] = resolve(cwd, value);
  }
  return settled;
}

function withoutPlace(given: Environment): Environment {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !placeVariables.includes(name)),
  );
}
