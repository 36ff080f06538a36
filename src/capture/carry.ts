import { sessionOf, type Author } from './author.ts';
import type { Landed, LandedSession } from './landed.ts';
import { isSubstantial, type Line } from './line.ts';

/** What earlier commits say about lines, found by the lines themselves. */
export interface CarryIndex {
  readonly byPatch: ReadonlyMap<string, Landed>;
  readonly byLine: ReadonlyMap<string, readonly Sighting[]>;
  readonly sessions: Readonly<Record<string, LandedSession>>;
  /** Unix seconds of the oldest of them; Infinity when there is none. */
  readonly since: number;
}

interface Sighting {
  readonly author: Author;
  readonly path: string;
  readonly commit: string;
}

/** An answer found elsewhere, and in which commit. */
export interface Carried {
  readonly author: Author;
  readonly commit: string;
}

/** Places of one line that are kept; the same line in more files says nothing about any of them. */
const mostSightings = 8;

/** Sorts what commits say by their lines; the newest first, because it counts where several know a line. */
export function carryIndex(sources: readonly Landed[]): CarryIndex {
  const byPatch = new Map<string, Landed>();
  const byLine = new Map<string, Sighting[]>();
  const sessions: Record<string, LandedSession> = {};
  for (const landed of sources) {
    if (landed.patchId !== null && !byPatch.has(landed.patchId))
      byPatch.set(landed.patchId, landed);
    for (const [key, session] of Object.entries(landed.sessions)) sessions[key] ??= session;
    for (const { path, runs } of landed.files) {
      for (const { author, lines } of runs) {
        for (const line of lines) see(byLine, line, { author, path, commit: landed.commit });
      }
    }
  }
  return { byPatch, byLine, sessions, since: Math.min(...sources.map(({ at }) => at)) };
}

function see(byLine: Map<string, Sighting[]>, line: string, sighting: Sighting): void {
  const known = byLine.get(line);
  if (known === undefined) byLine.set(line, [sighting]);
  else if (known.length < mostSightings) known.push(sighting);
}

/** A block of added lines, with where it stands. */
export interface Block {
  readonly path: string;
  readonly oldPath: string;
  /** Line number of the first. */
  readonly from: number;
  readonly lines: readonly Line[];
}

/** In another file, so many lines in a row must be known, and so many of them must be long enough to mean anything. */
const elsewhere = { lines: 3, substantial: 2 } as const;

/** Who wrote lines of a block, by what earlier commits say of the same lines; by line number. */
export function carryLines(block: Block, index: CarryIndex): ReadonlyMap<number, Carried> {
  const found = new Map<number, Carried>();
  for (const near of [false, true]) {
    for (const run of runsIn(block, index, near)) for (const [at, one] of run) found.set(at, one);
  }
  return found;
}

type Run = readonly (readonly [number, Carried])[];

function runsIn(block: Block, index: CarryIndex, near: boolean): readonly Run[] {
  const here = new Set([block.path, block.oldPath]);
  const runs: Run[] = [];
  let run: (readonly [number, Carried])[] = [];
  let substantial = 0;
  function endRun(): void {
    const long = run.length >= elsewhere.lines && substantial >= elsewhere.substantial;
    if (near ? substantial >= 1 : long) runs.push(run);
    run = [];
    substantial = 0;
  }
  for (const [at, line] of block.lines.entries()) {
    const sightings = (index.byLine.get(line.strong) ?? []).filter(
      ({ path }) => !near || here.has(path),
    );
    const known = strongest(sightings);
    const last = run.at(-1)?.[1];
    // A short line is known everywhere, so it goes with the line above it.
    const carried = isSubstantial(line) ? known : known === null ? null : (last ?? known);
    if (carried === null) {
      endRun();
      continue;
    }
    run.push([block.from + at, carried]);
    if (isSubstantial(line)) substantial += 1;
  }
  endRun();
  return runs;
}

/** Where several commits know a line, an agent counts before a gap, and a gap before a person. */
function strongest(sightings: readonly Sighting[]): Carried | null {
  const [best] = sightings.toSorted((one, other) => rank(one.author) - rank(other.author));
  return best === undefined ? null : { author: best.author, commit: best.commit };
}

function rank(author: Author): number {
  if (sessionOf(author) !== null) return 0;
  return author === 'gap' ? 1 : author === 'human' ? 2 : 3;
}

/** The answers of a commit with the same patch, line by line, for the added lines of one file in order. */
export function carryWhole(
  landed: Landed,
  path: string,
  numbers: readonly number[],
): ReadonlyMap<number, Carried> | null {
  const runs = landed.files.find((file) => file.path === path)?.runs ?? [];
  const authors = runs.flatMap(({ from, to, author }) =>
    Array.from({ length: to - from + 1 }, () => author),
  );
  if (authors.length !== numbers.length) return null;
  return new Map(
    numbers.map((number, at) => [
      number,
      { author: authors[at] ?? 'unknown', commit: landed.commit },
    ]),
  );
}
