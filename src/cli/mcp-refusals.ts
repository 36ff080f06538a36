import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Gap } from '../change/change.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';

/** One suggestion of a coding agent that was refused. */
export interface Refusal {
  /** Ids of the guards and rules it was refused for. */
  readonly rules: readonly string[];
  /** As it was recorded, such as an ISO date; null when nothing says. */
  readonly at: string | null;
}

export interface Refusals {
  /** False where nothing has ever been recorded, which is not the same as nothing refused. */
  readonly recorded: boolean;
  readonly refusals: readonly Refusal[];
  readonly gaps: readonly Gap[];
}

/** Of the journal, only this much of its end is read. */
const mostBytes = 8_000_000;

const line = z.object({
  decision: z.string(),
  rules: z.array(z.string().max(300)).max(100),
  at: z.union([z.string().max(60), z.number()]).optional(),
});

/** What was refused in a repository, oldest first, from the journal that the hooks of coding agents keep. */
export function readRefusals(repository: Repository): Refusals {
  const path = join(commonDirectory(repository), 'hallmonitor', 'journal.jsonl');
  const journal = readEnd(path);
  if (journal === null) return { recorded: false, refusals: [], gaps: [] };
  const gaps: Gap[] = [];
  const refusals: Refusal[] = [];
  let unread = 0;
  for (const text of journal.lines) {
    const record = parsed(text);
    if (record === null) unread++;
    else if (record !== 'other' && record.decision === 'deny')
      refusals.push({
        rules: record.rules,
        at: record.at === undefined ? null : String(record.at),
      });
  }
  if (journal.cut)
    gaps.push({ what: 'older records', why: 'the journal is too long to read it all' });
  if (unread > 0) gaps.push({ what: `${unread} records`, why: 'they could not be understood' });
  return { recorded: true, refusals, gaps };
}

type Entry = z.infer<typeof line>;

/** Records of other kinds have no decision; they are understood and say nothing of refusals. */
function parsed(text: string): Entry | 'other' | null {
  try {
    const value: unknown = JSON.parse(text);
    const record = line.safeParse(value);
    if (record.success) return record.data;
    const speaksOfOther = typeof value === 'object' && value !== null && !('decision' in value);
    return speaksOfOther ? 'other' : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

interface JournalEnd {
  readonly lines: readonly string[];
  /** There is more before it. */
  readonly cut: boolean;
}

function readEnd(path: string): JournalEnd | null {
  const file = opened(path);
  if (file === null) return null;
  try {
    const { size } = fstatSync(file);
    const start = Math.max(0, size - mostBytes);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(file, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    // The first line may have begun before what was read.
    const whole = start > 0 ? lines.slice(1) : lines;
    return { lines: whole.filter((text) => text.trim() !== ''), cut: start > 0 };
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
