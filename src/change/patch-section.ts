import type { Hunk } from './change.ts';
import { byteAt, enough, find, takeUntil, view, waiting } from './byte-flow.ts';
import type { Flow, Parse } from './byte-flow.ts';
import { decodeText } from './decode.ts';

/** A replaced block, as numbers. An empty side starts where its lines would stand. */
export interface Block {
  readonly oldStart: number;
  readonly removed: number;
  readonly newStart: number;
  readonly added: number;
}

/** What a diff says below one `diff --git` line. Names in it are not looked at. */
export interface Section {
  /** From the `index` line; null without one (a mode alone changed, an exact move). */
  readonly ids: { readonly old: string; readonly now: string } | null;
  readonly binary: boolean;
  readonly blocks: readonly Block[];
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly deleted: number;
  readonly openEnd: { readonly old: boolean; readonly now: boolean };
}

const newline = 0x0a;
const [space, plus, minus, backslash, at, nul] = [0x20, 0x2b, 0x2d, 0x5c, 0x40, 0x00] as const;

/** Reads one section off the flow; null when it does not begin as one (what was there is then skipped). */
export function* readSection(flow: Flow, withText: boolean): Parse<Section | null> {
  const title = decodeText(yield* takeUntil(flow, newline));
  if (!/^(diff --(git|cc|combined) |\* Unmerged path )/.test(title)) return null;
  const growing: Growing = {
    ids: null,
    binary: false,
    blocks: [],
    hunks: [],
    added: 0,
    deleted: 0,
    openEnd: { old: false, now: false },
  };
  while (yield* readHeaderLine(flow, growing));
  while (yield* readHunk(flow, growing, withText));
  return growing;
}

interface Growing extends Section {
  ids: Section['ids'];
  binary: boolean;
  readonly blocks: Block[];
  readonly hunks: Hunk[];
  added: number;
  deleted: number;
  readonly openEnd: { old: boolean; now: boolean };
}

const headerLine =
  /^(old mode|new mode|deleted file|new file|copy (from|to)|rename (from|to)|(dis)?similarity index|index|mode|---|\+\+\+|Binary files) /;

/** Takes one line between the title and the first block; false when there is no more of them. */
function* readHeaderLine(flow: Flow, growing: Growing): Parse<boolean> {
  yield* enough(flow, 32);
  const start = view(flow, 0, 32);
  const nothing = start.length === 0 || start[0] === at || start[0] === nul;
  if (nothing || !headerLine.test(decodeText(start))) return false;
  const line = decodeText(yield* takeUntil(flow, newline));
  const ids = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(line);
  if (ids) growing.ids = { old: ids[1] ?? '', now: ids[2] ?? '' };
  if (line.startsWith('Binary files ')) growing.binary = true;
  return true;
}

const hunkHead = /^@@ -(\d{1,10})(?:,(\d{1,10}))? \+(\d{1,10})(?:,(\d{1,10}))? @@/;

interface Run {
  readonly kind: number;
  readonly start: number;
  end: number;
  lines: number;
  /** The last line has no line end. */
  open: boolean;
}

function* readHunk(flow: Flow, growing: Growing, withText: boolean): Parse<boolean> {
  yield* enough(flow, 4);
  if (byteAt(flow, 0) !== at) return false;
  const head = hunkHead.exec(decodeText(yield* takeUntil(flow, newline)));
  if (head === null) return true;
  const [, oldStart, oldCount = '1', newStart, newCount = '1'] = head;
  const counts = { old: Number(oldCount), now: Number(newCount) };
  // Git numbers an empty side by the line before it.
  const place = {
    old: Number(oldStart) + (counts.old === 0 ? 1 : 0),
    now: Number(newStart) + (counts.now === 0 ? 1 : 0),
  };
  const { runs, size } = yield* readRuns(flow, counts);
  addBlocks(growing, { runs, place, flow: withText ? flow : null });
  flow.from += size;
  return true;
}

interface Counts {
  old: number;
  now: number;
}

/** Measures the lines of a hunk by the numbers in its head, so that no content can end it early. */
function* readRuns(
  flow: Flow,
  counts: Counts,
): Parse<{ readonly runs: Run[]; readonly size: number }> {
  const runs: Run[] = [];
  let place = 0;
  for (;;) {
    yield* enough(flow, place + 1);
    const kind = byteAt(flow, place);
    if (kind < 0 || !belongs(kind, counts)) return { runs, size: place };
    const found = yield* find(flow, newline, place);
    const end = found < 0 ? waiting(flow) : found;
    const last = runs.at(-1);
    if (kind === backslash) {
      if (last) last.open = true;
    } else {
      if (kind !== plus) counts.old--;
      if (kind !== minus) counts.now--;
      if (last?.kind === kind) {
        last.end = end;
        last.lines++;
      } else runs.push({ kind, start: place, end, lines: 1, open: false });
    }
    place = Math.min(end + 1, waiting(flow));
  }
}

function belongs(kind: number, { old, now }: Counts): boolean {
  if (kind === backslash) return true;
  if (kind === minus) return old > 0;
  if (kind === plus) return now > 0;
  return kind === space && old > 0 && now > 0;
}

interface Found {
  readonly runs: readonly Run[];
  readonly place: Counts;
  /** Null when only numbers are wanted. */
  readonly flow: Flow | null;
}

/** Context, where there is some, divides a hunk into blocks. */
function addBlocks(growing: Growing, { runs, place, flow }: Found): void {
  let removed: Run | null = null;
  for (const [index, run] of runs.entries()) {
    if (run.kind === space) {
      place.old += run.lines;
      place.now += run.lines;
      continue;
    }
    if (run.kind === minus && runs[index + 1]?.kind === plus) {
      removed = run;
      continue;
    }
    const pair = run.kind === minus ? { removed: run, added: null } : { removed, added: run };
    addBlock(growing, { ...pair, place, flow });
    removed = null;
  }
}

interface BlockPair {
  readonly removed: Run | null;
  readonly added: Run | null;
  readonly place: Counts;
  readonly flow: Flow | null;
}

function addBlock(growing: Growing, { removed, added, place, flow }: BlockPair): void {
  const block = {
    oldStart: place.old,
    removed: removed?.lines ?? 0,
    newStart: place.now,
    added: added?.lines ?? 0,
  };
  growing.blocks.push(block);
  growing.added += block.added;
  growing.deleted += block.removed;
  if (removed?.open) growing.openEnd.old = true;
  if (added?.open) growing.openEnd.now = true;
  place.old += block.removed;
  place.now += block.added;
  if (flow !== null)
    growing.hunks.push({
      oldStart: block.oldStart,
      newStart: block.newStart,
      removed: textOf(flow, removed),
      added: textOf(flow, added),
    });
}

/** The run's lines without their first character. Decoded at once, because one by one is ten times slower. */
function textOf(flow: Flow, run: Run | null): readonly string[] {
  if (run === null) return [];
  return decodeText(view(flow, run.start, run.end))
    .split('\n')
    .map((line) => line.slice(1));
}
