import { compileGlob, countWays } from '../change/glob.ts';
import type { Portion } from './subject.ts';

/** Whether a path lies in an area. */
export type Matcher = (path: string) => boolean;

/** What may be written as a pattern of an area: at least one character, no blanks at the ends. */
const globPattern: RegExp = /^!?[^\s!](?:.{0,198}\S)?$/;

/** Compiles the patterns of one area. `!pattern` takes files out again; the answer for a path is kept. */
export function matcherOf(patterns: readonly string[]): Matcher {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(oneMatcher);
  const barred = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => oneMatcher(pattern.slice(1)));
  const known = new Map<string, boolean>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const answer = wanted.some((match) => match(path)) && !barred.some((match) => match(path));
    // Bounded, so that a replay over years of paths does not hold them all.
    if (known.size >= mostKept) known.clear();
    known.set(path, answer);
    return answer;
  };
}

const mostKept = 50_000;

/** Why a pattern cannot be used; null when it can. */
export function globComplaint(pattern: string): string | null {
  const bare = pattern.replace(/^!/, '');
  if (!globPattern.test(pattern))
    return 'a pattern has 1 to 200 characters and no blanks at its ends';
  if (bare.includes('\\')) return 'write paths with "/"';
  if (bare.startsWith('./') || bare.split('/').includes('..'))
    return 'paths start at the top of the repository, without "./" or ".."';
  if (!balanced(bare, '{', '}') || !balanced(bare, '[', ']'))
    return 'a bracket or brace is not closed';
  if (countWays(bare) > 256) return 'the braces stand for more than 256 patterns';
  return null;
}

/** True for what reads as a pattern rather than as the name of an area. */
export function looksLikeGlob(text: string): boolean {
  return /[/*?[{]/.test(text) || /^\w*\.\w+$/.test(text);
}

function balanced(text: string, open: string, close: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === open) depth += 1;
    if (char === close) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function oneMatcher(pattern: string): Matcher {
  const clean = pattern.replace(/^\//, '');
  const inside = clean.endsWith('/') ? `${clean}**` : clean;
  const itself = compileGlob(inside);
  // `src/payments` means the folder as well as a file of that name; a pattern with stars says what it means.
  if (/[*?[{]/.test(inside)) return itself;
  const below = compileGlob(`${inside}/**`);
  return (path) => itself(path) || below(path);
}

/** A changed file as areas are measured: names, reviewable lines, and who wrote the added ones. */
export interface MeasuredFile {
  readonly path: string;
  readonly oldPath: string;
  /** 0 for generated, vendored and lock files, which nobody reads. */
  readonly added: number;
  readonly deleted: number;
  readonly ai: number;
  readonly human: number;
  readonly unknown: number;
}

/** Measures what of the files lies in an area. A renamed file counts where it was and where it is. */
export function portionOf(files: readonly MeasuredFile[], matches: Matcher): Portion {
  let [count, within, added, deleted, ai, human, unknown] = [0, 0, 0, 0, 0, 0, 0];
  for (const file of files) {
    const now = matches(file.path);
    const was = file.oldPath === file.path ? now : matches(file.oldPath);
    if (!now && !was) continue;
    count += 1;
    if (now && was) within += 1;
    added += file.added;
    deleted += file.deleted;
    ai += file.ai;
    human += file.human;
    unknown += file.unknown;
  }
  const everything = files.length > 0 && within === files.length;
  return { files: count, everything, added, deleted, ai, human, unknown };
}
