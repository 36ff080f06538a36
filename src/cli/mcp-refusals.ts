import { join } from 'node:path';
import { z } from 'zod';
import { readRecord } from '../capture/journal.ts';
import type { Gap } from '../change/change.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';
import { journalLines, journalTail } from '../outside/journal/segments.ts';

/** One suggestion of a coding agent that was refused. */
export interface RefusedCall {
  /** Ids of the guards and rules it was refused for. */
  readonly rules: readonly string[];
  /** When, as RFC 3339. */
  readonly at: string;
  /** Files it would have changed. */
  readonly paths: readonly string[];
}

export interface RefusedCalls {
  /** False where nothing has ever been recorded, which is not the same as nothing refused. */
  readonly recorded: boolean;
  readonly calls: readonly RefusedCall[];
  readonly gaps: readonly Gap[];
}

const refusal = z.object({
  decision: z.literal('deny'),
  rules: z.array(z.string()),
  files: z.array(z.object({ path: z.string() })).optional(),
});

/** What was refused in a repository, oldest first, from the journal that the hooks of coding agents keep. */
export function refusedCalls(repository: Repository): RefusedCalls {
  const folder = join(commonDirectory(repository), 'hallmonitor');
  if (!journalTail(folder).present) return { recorded: false, calls: [], gaps: [] };
  const calls: RefusedCall[] = [];
  let unread = 0;
  for (const line of journalLines(folder)) {
    const record = readRecord(line);
    const call = record === null ? null : refusal.safeParse(record.fields).data;
    if (record === null) unread += 1;
    else if (call)
      calls.push({
        rules: call.rules,
        at: record.at,
        paths: (call.files ?? []).map(({ path }) => path),
      });
  }
  return { recorded: true, calls, gaps: unread === 0 ? [] : [damage(unread)] };
}

function damage(records: number): Gap {
  const why = 'damaged or altered, so nothing is known of what they recorded';
  return { what: `${records} ${records === 1 ? 'record' : 'records'} of the journal`, why };
}
