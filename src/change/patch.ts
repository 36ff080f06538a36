import type { Hunk } from './change.ts';
import { applyHunks } from './diff.ts';
import { emptyFlow, enough, byteAt, pour, takeUntil, waiting } from './byte-flow.ts';
import type { Flow, Parse } from './byte-flow.ts';
import { decodeText } from './decode.ts';
import { matchSections } from './patch-match.ts';
import { readSection } from './patch-section.ts';
import type { Block, Section } from './patch-section.ts';

/** One entry of `git diff --raw -z`: what happened to a path, without the lines. */
export interface RawEntry {
  readonly oldMode: string;
  readonly newMode: string;
  /** Object ids; zeros for "no object" and for the work tree. */
  readonly oldId: string;
  readonly newId: string;
  /** Git's letter: A, C, D, M, R, T or U. */
  readonly letter: string;
  readonly oldPath: string;
  readonly path: string;
}

/** A path with its lines. */
export interface PatchedFile extends RawEntry {
  /** Git had something to say about this path; false in a list without lines, and behind a limit. */
  readonly shown: boolean;
  /** Git showed no lines; whether by content or by attribute it does not say. */
  readonly binary: boolean;
  readonly blocks: readonly Block[];
  /** The same blocks with their text; empty when the reader was not asked for text. */
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly deleted: number;
  /** The old or new file's last line is in a block and has no line end. */
  readonly openEnd: { readonly old: boolean; readonly now: boolean };
}

/** One diff; `title` is the object id that `diff-tree --stdin` prints above each. */
export interface Patch {
  readonly title: string | null;
  readonly files: readonly PatchedFile[];
}

export interface PatchReading {
  readonly patches: readonly Patch[];
  /** What was not understood and therefore left out, as sentences. */
  readonly problems: readonly string[];
}

export interface PatchLimits {
  /** Files of one reading. */
  readonly files: number;
  /** Added plus removed lines of one reading. */
  readonly lines: number;
}

/** A change beyond these is judged in its first part only, and says so. */
export const patchLimits: PatchLimits = { files: 200_000, lines: 3_000_000 };

export interface PatchOptions {
  /** Without text only numbers of lines are kept. */
  readonly text?: boolean;
  readonly limits?: PatchLimits;
  /** Hears the entries of each diff as soon as they are known, before its lines have come. */
  readonly onEntries?: (entries: readonly RawEntry[]) => void;
}

export interface PatchReader {
  readonly push: (chunk: Uint8Array) => void;
  /** Says that nothing more comes, and gives what was understood. */
  readonly end: () => PatchReading;
  /** True when a limit is hit: what still comes is not looked at. */
  readonly full: () => boolean;
}

/** Reads `git diff --raw -z --patch` bytes, of one or many diffs, in pieces as they come. Never throws on content. */
export function patchReader(options: PatchOptions = {}): PatchReader {
  const flow = emptyFlow();
  const state: State = {
    flow,
    options,
    patches: [],
    problems: [],
    files: 0,
    lines: 0,
    full: false,
  };
  const parse = readAll(state);
  return {
    push(chunk) {
      if (state.full) return;
      pour(flow, chunk);
      parse.next();
    },
    end() {
      flow.ended = true;
      parse.next();
      return { patches: state.patches, problems: state.problems };
    },
    full: () => state.full,
  };
}

/** Reads a whole diff at once. */
export function readPatch(bytes: Uint8Array, options: PatchOptions = {}): PatchReading {
  const reader = patchReader(options);
  reader.push(bytes);
  return reader.end();
}

/** The text after a patch, from the text before it. */
export function patchedText(
  before: string,
  { hunks, openEnd }: Pick<PatchedFile, 'hunks' | 'openEnd'>,
): string {
  const endUntouched = before !== '' && !before.endsWith('\n') && !openEnd.old;
  return applyHunks(before, hunks, !openEnd.now && !endUntouched);
}

interface State {
  readonly flow: Flow;
  readonly options: PatchOptions;
  readonly patches: Patch[];
  readonly problems: string[];
  files: number;
  lines: number;
  full: boolean;
}

const colon = 0x3a;
const newline = 0x0a;
const nul = 0;

function* readAll(state: State): Parse<void> {
  const { flow, options } = state;
  for (;;) {
    yield* enough(flow, 1);
    if (waiting(flow) === 0 || state.full) return;
    const title = yield* readTitle(flow);
    const entries = yield* readEntries(state);
    options.onEntries?.(entries);
    const sections = yield* readSections(state);
    const matched = matchSections(entries, sections);
    for (const problem of matched.problems) report(state, problem);
    if (title === null && entries.length === 0 && sections.length === 0) {
      report(state, 'What follows is no diff and was left out.');
      yield* takeUntil(flow, newline);
    }
    if (title !== null || matched.files.length > 0)
      state.patches.push({ title, files: matched.files });
  }
}

/** `diff-tree --stdin` puts an object id before each diff. */
function* readTitle(flow: Flow): Parse<string | null> {
  yield* enough(flow, 65);
  for (const length of [40, 64]) {
    if (byteAt(flow, length) !== nul) continue;
    const title = decodeText(flow.buffer.subarray(flow.from, flow.from + length));
    if (!/^[0-9a-f]+$/.test(title)) continue;
    flow.from += length + 1;
    return title;
  }
  return null;
}

function* readEntries(state: State): Parse<readonly RawEntry[]> {
  const { flow } = state;
  const entries: RawEntry[] = [];
  for (;;) {
    yield* enough(flow, 1);
    if (byteAt(flow, 0) !== colon) break;
    const head = decodeText(yield* takeUntil(flow, nul));
    const parts = rawHead.exec(head);
    if (parts === null) {
      report(state, 'An entry of the diff is not in a form we know and was left out.');
      continue;
    }
    const oldPath = decodeText(yield* takeUntil(flow, nul));
    const [, oldMode = '', newMode = '', oldId = '', newId = '', letter = ''] = parts;
    const moved = letter === 'R' || letter === 'C';
    const path = moved ? decodeText(yield* takeUntil(flow, nul)) : oldPath;
    if (++state.files > (state.options.limits ?? patchLimits).files) {
      stop(state, `The diff has more than ${state.files - 1} files; the rest was not read.`);
      return entries;
    }
    entries.push({ oldMode, newMode, oldId, newId, letter, oldPath, path });
  }
  if (byteAt(flow, 0) === nul) flow.from += 1;
  return entries;
}

const rawHead = /^:(\d{6}) (\d{6}) ([0-9a-f]+)\.* ([0-9a-f]+)\.* ([A-Z])\d*$/;

function* readSections(state: State): Parse<readonly Section[]> {
  const { flow, options } = state;
  const most = (options.limits ?? patchLimits).lines;
  const sections: Section[] = [];
  while (!state.full) {
    yield* enough(flow, 65);
    // A title, or an entry where no title is: the next diff begins.
    const next = byteAt(flow, 0);
    if (next < 0 || next === colon || byteAt(flow, 40) === nul || byteAt(flow, 64) === nul) break;
    const section = yield* readSection(flow, options.text !== false);
    if (section === null) {
      report(state, 'A part of the diff is not in a form we know and was left out.');
      continue;
    }
    state.lines += section.added + section.deleted;
    sections.push(section);
    if (state.lines > most)
      stop(state, `The diff has more than ${most} changed lines; the rest was not read.`);
  }
  return sections;
}

function stop(state: State, problem: string): void {
  state.full = true;
  report(state, problem);
}

/** A problem is told once, however often hostile bytes repeat it. */
function report(state: State, problem: string): void {
  if (!state.problems.includes(problem)) state.problems.push(problem);
}
