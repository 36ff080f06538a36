import type { Gap } from '../change/change.ts';
import { hole } from './command.ts';
import type { Command, Feed, FileWrite, Place, Run } from './command.ts';

/** Most simple commands that are followed, loops and calls counted each time. */
export const mostSteps = 3_000;
/** How deep wrappers, functions and scripts are followed into each other. */
export const deepestLook = 14;
/** Most texts of files that are kept while following a command. */
const mostFiles = 200;
/** Most characters of all texts that are made while following one command, and of files that are read for it. */
const mostCharacters = 4_000_000;
const mostRead = 20_000_000;
/** Most gaps that are told; the rest would say the same. */
const mostGaps = 50;

/** The state of one shell while its commands are followed. */
export interface Shell {
  readonly vars: Map<string, readonly string[]>;
  readonly exports: Set<string>;
  readonly functions: Map<string, Command>;
  cwd: string | null;
  before: string | null;
  /** What `$1` and the following are; null when nobody knows. */
  args: readonly string[] | null;
  readonly elsewhere: boolean;
  readonly depth: number;
}

/** What following a command gathers, and the ways back into it. */
export interface Walker {
  readonly place: Place;
  readonly runs: Run[];
  readonly writes: FileWrite[];
  readonly scripts: Set<string>;
  readonly gaps: Gap[];
  /** Texts of files that the command itself writes, by absolute path. */
  readonly files: Map<string, string>;
  /** Texts that run later: `trap` and functions that nobody called. */
  readonly later: (() => void)[];
  readonly called: Set<string>;
  steps: number;
  /** Characters of texts that were made so far. */
  characters: number;
  /** Texts of files that were there before, and their characters together. */
  readonly disk: Map<string, string | null>;
  read: number;
  readonly follow: (commands: readonly Command[], shell: Shell, stdin: Feed | null) => Feed;
  readonly followText: (text: string, shell: Shell, stdin: Feed | null) => Feed;
}

export const nothing: Feed = { text: '', exact: true, from: [] };
export const unknownText: Feed = { text: hole, exact: false, from: [] };

/** A shell of its own that knows what its parent knows. */
export function fork(shell: Shell, changes: Partial<Shell> = {}): Shell {
  return {
    ...shell,
    vars: new Map(shell.vars),
    exports: new Set(shell.exports),
    functions: new Map(shell.functions),
    ...changes,
  };
}

/** A part of the shell itself, such as a group, that only has redirects. */
export function shellRun(name: string, shell: Shell, redirects: Run['redirects']): Run {
  return {
    name,
    path: name,
    args: [],
    env: new Map(),
    cwd: shell.cwd,
    elsewhere: shell.elsewhere,
    stdin: null,
    feeds: [],
    redirects,
  };
}

/** Notes that there is more than is followed; a rule asks about it. */
export function tooMuch(walker: Walker, shell: Shell): void {
  const why = 'it holds more commands in commands than are followed';
  if (walker.gaps.some((known) => known.why === why)) return;
  gap(walker, why);
  walker.runs.push(shellRun('more-than-is-followed', shell, []));
}

/** Notes what could not be examined, once. */
export function gap(walker: Walker, why: string): void {
  if (walker.gaps.length < mostGaps && !walker.gaps.some((known) => known.why === why)) {
    walker.gaps.push({ what: 'the command', why });
  }
}

/** The text of a file: what the command wrote into it, or what is there; null when nobody may know. */
export function fileText(walker: Walker, path: string | null): string | null {
  if (path === null || path.includes(hole)) return null;
  return walker.files.get(path) ?? diskText(walker, path);
}

// One text for each file, however often it is read.
function diskText(walker: Walker, path: string): string | null {
  const known = walker.disk.get(path);
  if (known !== undefined) return known;
  if (walker.read > mostRead) return null;
  const text = walker.place.read(path);
  walker.read += text?.length ?? 0;
  walker.disk.set(path, text);
  return text;
}

/** Counts characters that were made; false when there are more of them than are kept. */
export function spend(walker: Walker, characters: number): boolean {
  walker.characters += characters;
  return !isSpent(walker);
}

/** Whether texts grew beyond what is kept of one command. */
export function isSpent({ characters }: Walker): boolean {
  return characters > mostCharacters;
}

/** Remembers what a file will hold, so that running it later in the same command is seen. */
export function keepText(walker: Walker, path: string, text: string): void {
  if (walker.files.size < mostFiles) walker.files.set(path, text);
}

/** Texts that flow through several commands one after the other. */
export function joinFeeds(feeds: readonly Feed[]): Feed {
  const [only] = feeds;
  if (only !== undefined && feeds.length === 1) return only;
  return {
    text: feeds.map(({ text }) => text).join(''),
    exact: feeds.every(({ exact }) => exact),
    from: [...new Set(feeds.flatMap(({ from }) => from))],
  };
}
