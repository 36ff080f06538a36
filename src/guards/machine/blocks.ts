import type { ChangedFile, Source } from '../guard.ts';

/** A line of code that counts, trimmed. */
export interface BlockLine {
  readonly text: string;
  readonly line: number;
}

/** Lines of new code that follow each other. */
export interface Block {
  readonly lines: readonly BlockLine[];
  /** A long word of it, to look for; null when it has none. */
  readonly rarest: string | null;
}

const trivial =
  /^(?:[\])}>;,({[\s]*|else|end|try|finally|do|begin|\/\/.*|#.*|\/?\*.*|<\/?\w*>?|"""|import\b.*|from\s.*|using\s.*|use\s.*|require\b.*|package\s.*|export\s*(?:\*|\{).*|@\w+|break;?|return;?|pass|[\w$]+,|[\w$]+\??: ?[\w$.<>[\]| ]+[,;])$/;

/** Lines that mean something; brackets, comments, imports and lists of names with their types do not. */
function meaning(lines: readonly string[], from: number): readonly BlockLine[] {
  return lines.flatMap((one, index) => {
    const text = one.trim();
    return text.length < 4 || text.length > 400 || trivial.test(text)
      ? []
      : [{ text, line: from + index }];
  });
}

/** Blocks of at least so many lines that the change added. */
export function blocksIn({ change }: ChangedFile, fewest: number): readonly Block[] {
  return change.hunks.flatMap(({ added, newStart }) => {
    if (added.length < fewest) return [];
    const lines = meaning(added, newStart);
    // Tables of data repeat themselves by nature.
    const isData =
      lines.filter(({ text }) =>
        /^["'`\d[{-]|^[\w$"'-]+\s*:\s*["'`\d[{]|^<[\w/]|^[\w.$]+,$/.test(text),
      ).length >
      lines.length * 0.4;
    return lines.length < fewest || isData ? [] : [{ lines, rarest: rarestOf(lines) }];
  });
}

// Long words of several parts are rare.
function rarestOf(lines: readonly BlockLine[]): string | null {
  const words = lines.flatMap(
    ({ text }) => text.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '').match(/[A-Za-z_]\w{9,}/g) ?? [],
  );
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Where each line of a text stands. */
export interface LineIndex {
  readonly all: readonly BlockLine[];
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Longer texts are not compared. */
const longest = 400_000;
/** Places of one line that are tried. */
const mostPlaces = 5;

const known = new WeakMap<Source, LineIndex>();

/** The lines of a file, to be looked up. */
export function indexOf(source: Source): LineIndex {
  const found = known.get(source) ?? readIndex(source);
  known.set(source, found);
  return found;
}

function readIndex({ text, lines }: Source): LineIndex {
  const all = text.length > longest ? [] : meaning(lines, 1);
  const places = new Map<string, number[]>();
  all.forEach((one, index) => {
    const list = places.get(one.text) ?? [];
    if (list.length < mostPlaces) list.push(index);
    places.set(one.text, list);
  });
  return { all, places };
}

/** Longer runs are told by their first lines. */
const longestRun = 500;

/** A run of lines that stands in both. */
export interface Match {
  readonly length: number;
  readonly line: number;
  readonly endLine: number;
  readonly otherLine: number;
  readonly text: string;
}

/** The longest run of a block that stands in another text; within the same file only lines that were there before count. */
export function longestMatch(
  { lines }: Block,
  { all, places }: LineIndex,
  added: ReadonlySet<number> | null,
): Match | null {
  let best: Match | null = null;
  for (let start = 0; start < lines.length; start += 1) {
    for (const place of places.get(lines[start]?.text ?? '') ?? []) {
      let length = 0;
      while (
        length < longestRun &&
        lines[start + length]?.text !== undefined &&
        lines[start + length]?.text === all[place + length]?.text &&
        added?.has(all[place + length]?.line ?? 0) !== true
      )
        length += 1;
      if (length <= (best?.length ?? 0)) continue;
      best = {
        length,
        line: lines[start]?.line ?? 1,
        endLine: lines[start + length - 1]?.line ?? 1,
        otherLine: all[place]?.line ?? 1,
        text: lines[start]?.text ?? '',
      };
    }
    // Nothing longer can begin inside of what was found.
    if (best !== null && best.line === lines[start]?.line) start += best.length - 1;
  }
  return best;
}
