import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Step } from './init-plan.ts';

/** What `init` did, kept in the git directory so that `--undo` can take it back exactly. */
interface Entry {
  readonly kind: Step['kind'];
  readonly path: string;
  readonly from: string | null;
  readonly sha256: string | null;
}

/** Does the steps and remembers each one before the next begins. */
export function carryOut(steps: readonly Step[], folder: string): void {
  const entries = [...readRecord(folder)];
  for (const step of steps) {
    if (step.kind === 'move') {
      renameSync(step.from, step.to);
      entries.push({ kind: 'move', path: step.to, from: step.from, sha256: null });
    } else {
      mkdirSync(dirname(step.path), { recursive: true });
      writeFileSync(step.path, step.text);
      if (step.executable) chmodSync(step.path, 0o755);
      const kept = entries.findIndex((entry) => entry.kind === 'write' && entry.path === step.path);
      if (kept >= 0) entries.splice(kept, 1);
      entries.push({ kind: 'write', path: step.path, from: null, sha256: digest(step.text) });
    }
    writeRecord(folder, entries);
  }
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
    if (!existsSync(entry.path)) continue;
    if (entry.kind === 'move') {
      if (entry.from === null || existsSync(entry.from)) {
        left.push(entry.path);
      } else {
        renameSync(entry.path, entry.from);
        restored.push(entry.from);
      }
    } else if (digest(readFileSync(entry.path, 'utf8')) === entry.sha256) {
      rmSync(entry.path);
      removeEmptyFolder(dirname(entry.path));
      removed.push(entry.path);
    } else {
      left.push(entry.path);
    }
  }
  rmSync(recordFile(folder), { force: true });
  return { removed, restored, left };
}

/** Whether there is anything to take back. */
export function hasRecord(folder: string): boolean {
  return readRecord(folder).length > 0;
}

function removeEmptyFolder(folder: string): void {
  try {
    if (/\.hallmonitor$|\.gitlab$|workflows$/.test(folder)) rmdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}

function readRecord(folder: string): readonly Entry[] {
  if (!existsSync(recordFile(folder))) return [];
  const { entries } = JSON.parse(readFileSync(recordFile(folder), 'utf8')) as { entries: Entry[] };
  return entries;
}

function writeRecord(folder: string, entries: readonly Entry[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(recordFile(folder), `${JSON.stringify({ version: 1, entries }, null, 2)}\n`);
}

function recordFile(folder: string): string {
  return join(folder, 'init.json');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
