import type { Authorship, AuthoredRun, Provenance, ToolShare } from './provenance.ts';

/** Printed where the evidence says that an AI wrote and not which. */
const unnamedTool = 'unnamed';

/** Lines by answer. */
export function linesByAuthorship(
  runs: readonly AuthoredRun[],
): Readonly<Record<Authorship, number>> {
  const lines = { ai: 0, mixed: 0, human: 0, unknown: 0 };
  for (const { authorship, from, to } of runs) lines[authorship] += to - from + 1;
  return lines;
}

/** Lines that an AI wrote or took part in, by tool and model, most first. */
export function toolShares(runs: readonly AuthoredRun[]): readonly ToolShare[] {
  const shares = new Map<string, ToolShare>();
  for (const { authorship, from, to, tool, model } of runs) {
    if (authorship !== 'ai' && authorship !== 'mixed') continue;
    const key = `${tool ?? ''}\n${model ?? ''}`;
    const lines = (shares.get(key)?.lines ?? 0) + to - from + 1;
    shares.set(key, { tool: tool ?? unnamedTool, model, lines });
  }
  return [...shares.values()].sort((one, other) => other.lines - one.lines);
}

/** How much of a change an AI wrote, as a policy asks it. */
export interface AiShare {
  /** Added lines that count. */
  readonly added: number;
  /** Share (0 to 1) of lines that evidence says an AI wrote or took part in; null when no line counts. */
  readonly shown: number | null;
  /** Share (0 to 1) of lines an AI may have written: unknown counts, and so does human under dispute. */
  readonly mayBe: number | null;
  /** `no` only where every line that counts is human beyond dispute. */
  readonly assisted: 'yes' | 'no' | 'unknown';
}

/**
 * The share of a change, or of the files that `matches` picks, that an AI wrote or may have written. Notes are
 * not signed, so lines that only a note calls human while something else speaks of an AI may still be an AI's;
 * a captured edit is our own record and stands.
 */
export function shareOf(
  provenance: Provenance,
  matches: ((path: string) => boolean) | null = null,
): AiShare {
  const runs = provenance.files
    .filter(({ path, generated }) => generated !== true && (matches === null || matches(path)))
    .flatMap((file) => file.runs);
  const captured = new Set(
    provenance.evidence.filter(({ kind }) => kind === 'captured').map(({ id }) => id),
  );
  const added = countRuns(runs);
  const shown = countRuns(runs.filter(involvesAi));
  const mayBe = countRuns(runs.filter((run) => mayBeAi(run, captured)));
  const assisted = shown > 0 || hinted(provenance, runs, matches !== null);
  return {
    added,
    shown: added === 0 ? null : shown / added,
    mayBe: added === 0 ? null : mayBe / added,
    assisted: assisted ? 'yes' : added > 0 && mayBe === 0 ? 'no' : 'unknown',
  };
}

function countRuns(runs: readonly AuthoredRun[]): number {
  return runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function involvesAi({ authorship }: AuthoredRun): boolean {
  return authorship === 'ai' || authorship === 'mixed';
}

function mayBeAi(run: AuthoredRun, captured: ReadonlySet<string>): boolean {
  if (run.authorship !== 'human') return true;
  return run.disputed && !run.evidence.some((id) => captured.has(id));
}

/** Advice counts as assistance, and so does any sign of an AI in a change that only deletes. */
function hinted(provenance: Provenance, runs: readonly AuthoredRun[], someFiles: boolean): boolean {
  const signs = provenance.evidence.filter(
    ({ claim }) => claim === 'advised' || claim === 'ai' || claim === 'mixed',
  );
  if (!someFiles) return signs.length > 0;
  const ids = new Set(signs.map(({ id }) => id));
  return runs.some(({ evidence }) => evidence.some((id) => ids.has(id)));
}
