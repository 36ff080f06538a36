import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkPlace } from '../outside/git/place.ts';
import { rememberedSeconds, type Refusal } from '../suggestion/refusals.ts';

/** Refusals kept for one repository; the oldest go. */
const mostKept = 2_000;
/** A longer file is not ours. */
const longestFileBytes = 2_000_000;

/** What was refused and is not on the disk yet, by repository: the answer comes first. */
const unwritten = new Map<string, readonly Refusal[]>();

/** Remembers refusals at once; `keepRefusals` writes them down. */
export function noteRefusals({ commonDir }: WorkPlace, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  unwritten.set(commonDir, [...(unwritten.get(commonDir) ?? []), ...refusals].slice(-mostKept));
}

/** What was refused in a repository lately; nothing when there is no such record. */
export function readRefusals(place: WorkPlace, now: number): readonly Refusal[] {
  return [...kept(place, now), ...(unwritten.get(place.commonDir) ?? [])];
}

function kept({ commonDir }: WorkPlace, now: number): readonly Refusal[] {
  const path = refusalsPath(commonDir);
  try {
    if (statSync(path).size > longestFileBytes) return [];
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(value)) return [];
    return value.filter(isRefusal).filter(({ at }) => now - at < rememberedSeconds);
  } catch {
    return []; // nothing was refused yet, or the file was tampered with; each edit is judged on its own all the same
  }
}

/** Writes down what was noted of a repository. */
export function keepRefusals(place: WorkPlace, now: number): void {
  const refusals = unwritten.get(place.commonDir) ?? [];
  if (refusals.length === 0) return;
  const folder = join(place.commonDir, 'hallmonitor');
  const all = new Map(
    readRefusals(place, now).map((refusal) => [
      `${refusal.pieces.join(' ')} ${refusal.rule}`,
      refusal,
    ]),
  );
  const path = refusalsPath(place.commonDir);
  const beside = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(beside, JSON.stringify([...all.values()].slice(-mostKept)), { mode: 0o600 });
    renameSync(beside, path);
    unwritten.delete(place.commonDir);
  } catch {
    // A disk that takes nothing: the refusal stands, only its memory is lost.
  }
}

function refusalsPath(commonDir: string): string {
  return join(commonDir, 'hallmonitor', 'refusals.json');
}

function isRefusal(value: unknown): value is Refusal {
  if (typeof value !== 'object' || value === null) return false;
  const { pieces, rule, path, at } = value as Partial<Record<keyof Refusal, unknown>>;
  return (
    Array.isArray(pieces) &&
    pieces.length > 0 &&
    pieces.every((piece) => typeof piece === 'string') &&
    typeof rule === 'string' &&
    typeof path === 'string' &&
    typeof at === 'number'
  );
}
