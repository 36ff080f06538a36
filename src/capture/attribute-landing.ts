import type { FileChange } from '../change/change.ts';
import { placeLines } from './advance.ts';
import { sessionOf, type Author } from './author.ts';
import { carryLines, carryWhole, type Carried, type CarryIndex } from './carry.ts';
import type { FileState } from './file-state.ts';
import type { Landed, LandedFile } from './landed.ts';
import { hashedLine, hashedLines, isSubstantial, type Line } from './line.ts';

/** What is known about the lines of one file that landed. */
export interface Known {
  /** What was seen as it was written, under the new and the old name. */
  readonly states: readonly FileState[];
  /** What an earlier note of this very commit says. */
  readonly noted: ReadonlyMap<number, { readonly author: Author; readonly via: string | null }>;
  readonly index: CarryIndex;
  /** Nothing of the record is missing, so that a line may be a person's. */
  readonly people: boolean;
  /** The commit with the same patch. */
  readonly twin: Landed | null;
}

interface Answer {
  readonly author: Author;
  readonly via: string | null;
}

const nobody: Answer = { author: 'base', via: null };
const unsaid: Answer = { author: 'unknown', via: null };

/** Who wrote each line that a commit (or what is about to be one) adds to a file; every line in exactly one run. */
export function attributeLanding(file: FileChange, known: Known): LandedFile {
  const after = file.after === null ? null : hashedLines(file.after);
  const placed = known.states.map((state) => (after === null ? [] : placeLines(state, after)));
  const whole = known.twin === null ? null : wholeOf(file, known.twin);
  const runs: Growing[] = [];
  for (const hunk of file.hunks) {
    const lines = hunk.added.map((line) => hashedLine(line));
    const { path, oldPath } = file;
    const carried = carryLines({ path, oldPath, from: hunk.newStart, lines }, known.index);
    const sure = sureRuns(hunk.newStart, lines, carried);
    for (const [at, line] of lines.entries()) {
      const number = hunk.newStart + at;
      const seen = placed.flatMap((owned) => owned[number - 1]?.author ?? []);
      const answer = settle(seen, {
        noted: known.noted.get(number) ?? null,
        carried: whole?.get(number) ?? carried.get(number) ?? null,
        sure: sure.has(number) || whole !== null,
      });
      const lost = answer.author === 'human' && !known.people;
      append(runs, number, { ...(lost ? unsaid : answer), line: line.strong });
    }
  }
  return { path: file.path, runs };
}

function wholeOf(file: FileChange, twin: Landed): ReadonlyMap<number, Carried> | null {
  const numbers = file.hunks.flatMap(({ newStart, added }) => added.map((_, at) => newStart + at));
  return carryWhole(twin, file.path, numbers);
}

/** So many long lines of an agent in a row that come from another commit are the agent's, whoever moved them here. */
const sureLines = 2;

function sureRuns(
  from: number,
  lines: readonly Line[],
  carried: ReadonlyMap<number, Carried>,
): ReadonlySet<number> {
  const sure = new Set<number>();
  let run: number[] = [];
  let substantial = 0;
  function endRun(): void {
    if (substantial >= sureLines) for (const number of run) sure.add(number);
    run = [];
    substantial = 0;
  }
  for (const [at, line] of lines.entries()) {
    if (!carried.has(from + at)) endRun();
    else {
      run.push(from + at);
      if (isSubstantial(line)) substantial += 1;
    }
  }
  endRun();
  return sure;
}

/**
 * What was seen as it was written counts first, then what an earlier note said, then what other commits say of the
 * same lines. An agent is never given up for a person; a person's line that came with several of an agent's is its.
 */
function settle(
  seen: readonly Author[],
  {
    noted,
    carried,
    sure,
  }: { readonly noted: Answer | null; readonly carried: Carried | null; readonly sure: boolean },
): Answer {
  const own = seen.map((author): Answer => ({ author, via: null }));
  const others: readonly Answer[] = [
    ...(noted === null ? [] : [noted]),
    ...(carried === null ? [] : [{ author: carried.author, via: carried.commit }]),
  ];
  const ai = own.find(({ author }) => sessionOf(author) !== null);
  if (ai !== undefined) return ai;
  const gap = own.find(({ author }) => author === 'gap');
  const otherAi = others.find(({ author }) => sessionOf(author) !== null);
  const human = own.find(({ author }) => author === 'human');
  if (otherAi !== undefined && (human === undefined || sure || otherAi === noted)) return otherAi;
  if (gap !== undefined) return gap;
  if (human !== undefined) return human;
  const lost = own.find(({ author }) => author === 'unknown');
  return others.find(({ author }) => author !== 'base' && author !== 'unknown') ?? lost ?? nobody;
}

interface Growing extends Answer {
  readonly from: number;
  to: number;
  readonly lines: string[];
}

function append(
  runs: Growing[],
  number: number,
  { author, via, line }: Answer & { readonly line: string },
): void {
  const lines = author === 'base' || author === 'unknown' ? [] : [line];
  const last = runs.at(-1);
  if (last?.to === number - 1 && last.author === author && last.via === via) {
    last.to = number;
    last.lines.push(...lines);
  } else runs.push({ from: number, to: number, author, via, lines });
}
