import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../change/problems.ts';
import type { InstalledAgent } from '../outside/agents/install/agent-install.ts';
import type { Step } from './init-step.ts';
import { takeOut } from './init-take-out.ts';

/** What `init` did, kept in the git directory so that `--undo` can take it back exactly. */
interface Entry {
  readonly kind: Step['kind'] | 'folder';
  readonly path: string;
  readonly from: string | null;
  readonly sha256: string | null;
  /** For a file that is shared with others: whose hooks were put in, and its text before; null when there was none. */
  readonly agent?: InstalledAgent;
  readonly before?: string | null;
}

/** Does the steps and remembers each one before the next begins. */
export function carryOut(steps: readonly Step[], folder: string): void {
  const entries = [...readRecord(folder)];
  for (const step of steps) {
    if (step.kind === 'move') {
      renameSync(step.from, step.to);
      entries.push({ kind: 'move', path: step.to, from: step.from, sha256: null });
    } else if (step.kind === 'merge') {
      const before = textBefore(entries, step);
      entries.push(...makeFolders(dirname(step.path)));
      writeRecord(folder, entries);
      writeFileSync(step.path, step.text);
      if (step.executable) chmodSync(step.path, 0o755);
      const { kind, path, agent } = step;
      forget(entries, 'merge', path);
      entries.push({ kind, path, from: null, sha256: digest(step.text), agent, before });
    } else {
      entries.push(...makeFolders(dirname(step.path)));
      writeRecord(folder, entries);
      if (step.secret === true) rmSync(step.path, { force: true });
      writeFileSync(step.path, step.text, { mode: step.secret === true ? 0o600 : 0o666 });
      if (step.executable) chmodSync(step.path, 0o755);
      forget(entries, 'write', step.path);
      // An address that agents in other repositories may use, too, outlives this one.
      if (step.secret === true) continue;
      entries.push({ kind: 'write', path: step.path, from: null, sha256: digest(step.text) });
    }
    writeRecord(folder, entries);
  }
}

function forget(entries: Entry[], kind: Entry['kind'], path: string): void {
  const at = entries.findIndex((entry) => entry.kind === kind && entry.path === path);
  if (at >= 0) entries.splice(at, 1);
}

/** What a file was without us. When others changed it since we wrote it, that is what it is now less our hooks. */
function textBefore(
  entries: readonly Entry[],
  { path, before, agent }: Extract<Step, { kind: 'merge' }>,
): string | null {
  const known = entries.find((entry) => entry.kind === 'merge' && entry.path === path);
  if (known === undefined || before === null) return before;
  if (digest(before) === known.sha256) return known.before ?? null;
  const left = takeOut(agent, path, before);
  return left === undefined ? before : left;
}

export interface Undone {
  readonly removed: readonly string[];
  readonly restored: readonly string[];
  /** Left alone because somebody changed them since. */
  readonly left: readonly string[];
}

/** Takes back what was done, last first. Files that were edited since stay and are named. */
export function takeBack(folder: string): Undone {
  const removed: string[] = [];
  const restored: string[] = [];
  const left: string[] = [];
  for (const entry of [...readRecord(folder)].reverse()) {
    if (!isThere(entry.path)) continue;
    if (entry.kind === 'folder') {
      removeIfEmpty(entry.path);
    } else if (entry.kind === 'merge') {
      ({ removed, restored, left })[unmerge(entry)].push(entry.path);
    } else if (entry.kind === 'move') {
      if (entry.from === null || isThere(entry.from)) {
        left.push(entry.path);
      } else {
        renameSync(entry.path, entry.from);
        restored.push(entry.from);
      }
    } else if (isAsWritten(entry)) {
      rmSync(entry.path);
      removed.push(entry.path);
    } else {
      left.push(entry.path);
    }
  }
  rmSync(recordFile(folder), { force: true });
  removeIfEmpty(folder);
  return { removed, restored, left };
}

/** Gives a shared file its text from before, or takes only our hooks out when others changed it since. */
function unmerge({ path, sha256, before, agent }: Entry): keyof Undone {
  const now = readFileSync(path, 'utf8');
  const untouchedSince = digest(now) === sha256;
  const text = untouchedSince || agent === undefined ? before : takeOut(agent, path, now);
  if (text === undefined) return 'left';
  if (text === null) rmSync(path);
  else writeFileSync(path, text);
  return text === null ? 'removed' : 'restored';
}

/** Whether there is anything to take back. */
export function hasRecord(folder: string): boolean {
  return readRecord(folder).length > 0;
}

/** Says of each file whether it is as `init` wrote it. */
export function untouched(folder: string): (path: string) => boolean {
  const entries = readRecord(folder);
  return (path) =>
    entries.some(
      (entry) =>
        (entry.kind === 'write' || entry.kind === 'merge') &&
        entry.path === path &&
        isAsWritten(entry),
    );
}

/** Makes a folder and those above it, and gives an entry for each one that was not there. */
function makeFolders(folder: string): readonly Entry[] {
  const top = mkdirSync(folder, { recursive: true });
  if (top === undefined) return [];
  const made: Entry[] = [];
  for (let path = folder; path.length >= top.length; path = dirname(path)) {
    made.unshift({ kind: 'folder', path, from: null, sha256: null });
  }
  return made;
}

function isAsWritten({ path, sha256 }: Entry): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && digest(readFileSync(path)) === sha256;
}

/** True for links that lead nowhere, too. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}

function readRecord(folder: string): readonly Entry[] {
  const file = recordFile(folder);
  if (!existsSync(file)) return [];
  try {
    const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: Entry[] };
    return entries;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(
      `${file} is damaged, so what init did is not known`,
      'Remove that file; then take the hooks back by hand: each has a line that names init.',
    );
  }
}

function writeRecord(folder: string, entries: readonly Entry[]): void {
  mkdirSync(folder, { recursive: true });
  // Texts from before may hold secrets.
  writeFileSync(recordFile(folder), `${JSON.stringify({ version: 1, entries }, null, 2)}\n`, {
    mode: 0o600,
  });
}

function recordFile(folder: string): string {
  return join(folder, 'init.json');
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
