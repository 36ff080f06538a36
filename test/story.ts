import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a step does to one path: its new text or bytes, `null` to delete it, or a mode with a text. */
export type FileContent =
  | string
  | Uint8Array
  | null
  | {
      /** `100755`, `120000` (text is the target) or `160000` (text is the submodule's commit). */
      readonly mode: string;
      readonly text: string | Uint8Array;
    };

/** One commit of a story. */
export interface Step {
  /** Author; the committer too unless `committer` says otherwise. */
  readonly by?: string;
  /** Author's address; by default made from the name: `Ann Lee` is `ann.lee@example.com`. */
  readonly email?: string;
  readonly committer?: { readonly name: string; readonly email: string };
  readonly says?: string | Uint8Array;
  /** Name of the message's encoding when it is not UTF-8. */
  readonly encoding?: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  /** Old path to new path, done before `files`. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Branch to commit to; without it, the branch of the step before (`main` for the first). */
  readonly branch?: string;
  /** Where a new branch starts: a branch or a step's `as`; `null` starts a history of its own. */
  readonly from?: string | null;
  /** Branches or names of steps that this commit merges. What the merge holds is the first parent plus `files`. */
  readonly merge?: string | readonly string[];
  /** A name for this commit; it becomes a lightweight tag. */
  readonly as?: string;
  /** Git notes on this commit: a text for refs/notes/ai, or texts by ref. */
  readonly notes?: string | Readonly<Record<string, string>>;
  /** Unix seconds; by default one hour after the step before. */
  readonly at?: number;
}

const startOfTime = 1_767_225_600; // 2026-01-01T00:00:00Z
const stepSeconds = 3600;

/** What every git in tests runs with: nobody's configuration, no network, one zone. */
export const storyEnvironment: Readonly<Record<string, string | undefined>> = {
  ...withoutGit(process.env),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_AUTHOR_DATE: `${startOfTime} +0000`,
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  GIT_COMMITTER_DATE: `${startOfTime} +0000`,
  GIT_EDITOR: 'true',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * Builds a real repository out of a story and gives its folder. Same story, same commit ids.
 * HEAD is the branch of the last step; nothing is checked out until `checkOut`.
 */
export function repo(steps: readonly Step[]): string {
  const folder = emptyRepo();
  const { stream, branch } = tell(steps);
  if (steps.length === 0) return folder;
  run(folder, ['fast-import', '--quiet', '--force', '--date-format=raw'], stream);
  writeFileSync(join(folder, '.git', 'HEAD'), `ref: refs/heads/${branch}\n`);
  return folder;
}

/** A repository without a commit, on branch main; written by hand because `git init` costs a process. */
export function emptyRepo(): string {
  const folder = temporaryFolder();
  const git = join(folder, '.git');
  mkdirSync(join(git, 'objects', 'info'), { recursive: true });
  mkdirSync(join(git, 'objects', 'pack'), { recursive: true });
  mkdirSync(join(git, 'refs', 'heads'), { recursive: true });
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(git, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n');
  return folder;
}

/** Runs git in a folder and gives what it printed, without the last line end. */
export function git(folder: string, ...args: readonly string[]): string {
  return run(folder, args).toString('utf8').replace(/\n$/, '');
}

/** The commit id a name stands for. */
export function id(folder: string, name = 'HEAD'): string {
  return git(folder, 'rev-parse', '--verify', `${name}^{commit}`);
}

/** Fills the work tree and index from a branch (the current one by default). */
export function checkOut(folder: string, branch?: string): string {
  git(folder, 'checkout', '--quiet', '--force', ...(branch === undefined ? [] : [branch]), '--');
  return folder;
}

/** Writes (or with `null` deletes) files of a work tree without telling git. */
export function edit(folder: string, files: Readonly<Record<string, FileContent>>): string {
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    if (existsOrDangles(place)) rmSync(place, { recursive: true });
    if (content === null) continue;
    mkdirSync(dirname(place), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(place, content);
    else if (content.mode === '120000') symlinkSync(asBytes(content.text), place);
    else writeFileSync(place, content.text, { mode: content.mode === '100755' ? 0o755 : 0o644 });
  }
  return folder;
}

/** Writes files and puts them into the index. */
export function stage(folder: string, files: Readonly<Record<string, FileContent>>): string {
  edit(folder, files);
  git(folder, '--literal-pathspecs', 'add', '--all', '--force', '--', ...Object.keys(files));
  return folder;
}

/** Commits what is staged, the way a person does: with hooks. */
export function commit(folder: string, message: string): string {
  git(folder, 'commit', '--quiet', '--allow-empty', `--message=${message}`);
  return id(folder);
}

/** A bare clone with all branches, as a server keeps it. */
export function bareClone(folder: string): string {
  return clone(folder, ['--bare']);
}

/** A clone with a work tree and `origin/*`, as a developer has it. */
export function fullClone(folder: string): string {
  return clone(folder, []);
}

/** A clone of the last commits only, as CI makes it. */
export function shallowClone(folder: string, depth = 1): string {
  return clone(folder, [`--depth=${depth}`, '--no-single-branch']);
}

/** A clone without blobs, but for the objects named (`main:cart.ts`); its remote no longer exists. */
export function partialClone(folder: string, keep: readonly string[] = []): string {
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const copy = clone(folder, ['--bare', '--filter=blob:none']);
  for (const name of keep) git(copy, 'cat-file', 'blob', name);
  git(copy, 'config', 'remote.origin.url', `file://${join(copy, 'gone')}`);
  return copy;
}

/** Takes objects (`main:cart.ts`, `main~1^{tree}`) out of a repository, as a damaged disk does. */
export function loseObjects(folder: string, names: readonly string[]): string {
  const ids = names.map((name) => git(folder, 'rev-parse', '--verify', name));
  const objects = resolve(folder, git(folder, 'rev-parse', '--git-path', 'objects'));
  const packs = join(objects, 'pack');
  for (const file of readdirSync(packs).filter((name) => name.endsWith('.pack'))) {
    const bytes = readFileSync(join(packs, file));
    rmSync(join(packs, file));
    rmSync(join(packs, file.replace(/pack$/, 'idx')));
    run(folder, ['unpack-objects', '-q'], bytes);
  }
  for (const lost of ids) rmSync(join(objects, lost.slice(0, 2), lost.slice(2)));
  return folder;
}

/** An empty temporary folder, removed when the test process ends (or by the next one, if it was killed). */
export function temporaryFolder(): string {
  const mine = join(tmpdir(), `hallmonitor-story-${process.pid}`);
  if (!existsSync(mine)) {
    sweep();
    mkdirSync(mine, { recursive: true });
    process.once('exit', () => rmSync(mine, { recursive: true, force: true }));
    // The test runner ends its workers by a signal, which skips `exit`.
    process.once('SIGTERM', () => process.exit(143));
  }
  return mkdtempSync(join(mine, 'r'));
}

/** Removes what killed test processes left behind. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^hallmonitor-story-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`) || !existsSync('/proc/self')) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

interface Telling {
  readonly stream: Buffer;
  readonly branch: string;
}

/** The story as `git fast-import` wants it. */
function tell(steps: readonly Step[]): Telling {
  let parts: (string | Uint8Array)[] = [];
  const tips = new Map<string, number>();
  const notes = new Map<string, (readonly [number, string])[]>();
  let branch = 'main';
  let at = startOfTime - stepSeconds;
  for (const [index, step] of steps.entries()) {
    const mark = index + 1;
    const before = branch;
    branch = step.branch ?? branch;
    at = step.at ?? at + stepSeconds;
    // Not pushed with a spread: a story of 100,000 files would be too many arguments.
    parts = parts.concat(
      commitHead(step, { branch, mark, at }),
      parentsOf(step, tips, [branch, before]),
      filesOf(step),
      '\n',
    );
    tips.set(branch, mark);
    if (step.as !== undefined) {
      tips.set(step.as, mark);
      parts.push(`reset refs/tags/${step.as}\nfrom :${mark}\n\n`);
    }
    const told = typeof step.notes === 'string' ? { 'refs/notes/ai': step.notes } : step.notes;
    for (const [ref, text] of Object.entries(told ?? {}))
      notes.set(ref, [...(notes.get(ref) ?? []), [mark, text]]);
  }
  for (const [ref, texts] of notes) {
    parts.push(
      `commit ${ref}\ncommitter Notes <notes@example.com> ${at} +0000\n`,
      ...data('Notes'),
    );
    for (const [mark, text] of texts) parts.push(`N inline :${mark}\n`, ...data(text));
    parts.push('\n');
  }
  return { stream: Buffer.concat(parts.map(asBytes)), branch };
}

function commitHead(
  step: Step,
  { branch, mark, at }: { branch: string; mark: number; at: number },
): readonly (string | Uint8Array)[] {
  const by = step.by ?? 'Ann';
  const email = step.email ?? `${by.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.com`;
  const committer = step.committer ?? { name: by, email };
  return [
    `commit refs/heads/${branch}\nmark :${mark}\n`,
    `author ${by} <${email}> ${at} +0000\n`,
    `committer ${committer.name} <${committer.email}> ${at} +0000\n`,
    step.encoding === undefined ? '' : `encoding ${step.encoding}\n`,
    ...data(step.says ?? 'Change'),
  ];
}

function parentsOf(
  step: Step,
  tips: ReadonlyMap<string, number>,
  [branch, before]: readonly [string, string],
): readonly string[] {
  const first =
    step.from === undefined ? (tips.get(branch) ?? tips.get(before)) : tips.get(step.from ?? '');
  const merged = step.merge === undefined ? [] : [step.merge].flat();
  const lines = merged.map((name) => `merge :${tips.get(name) ?? unknownTip(name)}\n`);
  if (typeof step.from === 'string' && first === undefined) unknownTip(step.from);
  return first === undefined ? lines : [`from :${first}\n`, ...lines];
}

function unknownTip(name: string): never {
  throw new Error(`the story has no branch or step "${name}" yet`);
}

function filesOf(step: Step): readonly (string | Uint8Array)[] {
  const parts: (string | Uint8Array)[] = [];
  for (const [from, to] of Object.entries(step.renames ?? {}))
    parts.push(`R ${quoted(from)} ${quoted(to)}\n`);
  for (const [path, content] of Object.entries(step.files ?? {})) {
    if (content === null) parts.push(`D ${quoted(path)}\n`);
    else if (typeof content === 'string' || content instanceof Uint8Array)
      parts.push(`M 100644 inline ${quoted(path)}\n`, ...data(content));
    else if (content.mode === '160000')
      parts.push(`M 160000 ${asBytes(content.text).toString('latin1')} ${quoted(path)}\n`);
    else parts.push(`M ${content.mode} inline ${quoted(path)}\n`, ...data(content.text));
  }
  return parts;
}

function data(content: string | Uint8Array): readonly (string | Uint8Array)[] {
  const bytes = asBytes(content);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function quoted(path: string): string {
  const safe = [...Buffer.from(path)].map((byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  return `"${safe.join('')}"`;
}

function clone(folder: string, options: readonly string[]): string {
  const copy = join(temporaryFolder(), 'clone');
  git(folder, 'clone', '--quiet', ...options, `file://${folder}`, copy);
  return copy;
}

function run(folder: string, args: readonly string[], input?: Uint8Array): Buffer {
  const { stdout, stderr, status, error } = spawnSync('git', args, {
    cwd: folder,
    env: storyEnvironment,
    maxBuffer: 2 ** 30,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`git ${args.join(' ')} said: ${stderr.toString('utf8')}`);
  return stdout;
}

function existsOrDangles(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function asBytes(content: string | Uint8Array): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}

function withoutGit(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('GIT_')),
  );
}
