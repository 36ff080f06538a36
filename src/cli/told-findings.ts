import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../guards/finding.ts';
import type { Severity } from '../guards/guard.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';

/** A finding that a hook told somebody about. */
export interface Told {
  /** Unix seconds. */
  readonly at: number;
  readonly guard: string;
  readonly severity: Severity;
  readonly fingerprint: string;
}

/** Findings kept for one repository; the oldest go. */
const mostKept = 5_000;
/** A longer file is not ours. */
const longestFileBytes = 4_000_000;

/**
 * Remembers in the git directory what was told, so that `guards learn` can see what was heeded. No code and no path is
 * kept.
 */
export function noteTold(repository: Repository, findings: readonly Finding[], at: number): void {
  const open = findings.filter(({ suppressed }) => suppressed === null);
  if (open.length === 0) return;
  const known = new Map(readTold(repository).map((one) => [one.fingerprint, one]));
  for (const { guard, severity, fingerprint } of open)
    known.set(fingerprint, { at, guard, severity, fingerprint });
  const path = placeIn(repository);
  const beside = `${path}.${process.pid}`;
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(beside, JSON.stringify([...known.values()].slice(-mostKept)), { mode: 0o600 });
    renameSync(beside, path);
  } catch {
    // A disk that takes nothing: the finding was told all the same, only its memory is lost.
  }
}

/** What hooks told in this repository; nothing when there is no such record. */
export function readTold(repository: Repository): readonly Told[] {
  try {
    const path = placeIn(repository);
    if (statSync(path).size > longestFileBytes) return [];
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(value) ? value.filter(isTold) : [];
  } catch {
    return []; // nothing was told yet, or the file was tampered with: then there is nothing to learn from it
  }
}

function placeIn(repository: Repository): string {
  return join(commonDirectory(repository), 'hallmonitor', 'told-findings.json');
}

function isTold(value: unknown): value is Told {
  if (typeof value !== 'object' || value === null) return false;
  const { at, guard, severity, fingerprint } = value as Partial<Record<keyof Told, unknown>>;
  return (
    typeof at === 'number' &&
    typeof guard === 'string' &&
    typeof fingerprint === 'string' &&
    ['block', 'warn', 'note'].includes(String(severity))
  );
}
