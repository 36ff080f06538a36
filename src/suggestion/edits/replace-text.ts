import type { Replacement } from '../event.ts';

/** A text after its replacements, and what did not go as asked. */
export interface Replaced {
  readonly text: string;
  readonly problems: readonly string[];
}

/**
 * Replaces as the agents' tools do: one exact place, or all of them when `all`. Line ends, typographic quotes and white
 * space may differ, because several agents accept that. A `loose` tool finds even more than we do: what we cannot
 * place is then put at the end, so that it is at least looked at.
 */
export function replaceText(
  before: string,
  { replacements, loose }: { replacements: readonly Replacement[]; loose: boolean },
): Replaced {
  const problems: string[] = [];
  let text = before;
  let left = mostSqueezed;
  for (const replacement of replacements) {
    // Looking past white space reads the whole text, so that many such replacements of a long text are not tried.
    const nearly = left > 0;
    const done = replaceOne(text, replacement, { loose, nearly });
    if (done.problem !== null) left -= text.length;
    if (done.problem !== null) problems.push(done.problem);
    text = done.text;
  }
  return { text, problems };
}

/** Characters read in one call while looking past white space. */
const mostSqueezed = 20_000_000;

interface Done {
  readonly text: string;
  readonly problem: string | null;
}

function replaceOne(
  text: string,
  replacement: Replacement,
  { loose, nearly: tries }: { loose: boolean; nearly: boolean },
): Done {
  if (replacement.old === '') return replaceNothing(text, replacement.new, loose);
  const fitted = text.includes(replacement.old) ? replacement : withLineEndsOf(text, replacement);
  const first = text.indexOf(fitted.old);
  if (first >= 0) {
    if (fitted.all) return { text: text.split(fitted.old).join(fitted.new), problem: null };
    const twice = text.indexOf(fitted.old, first + 1) >= 0;
    if (twice && !loose)
      return {
        text,
        problem: 'the text to replace occurs more than once, so its place is unknown',
      };
    const end = first + fitted.old.length;
    return { text: text.slice(0, first) + fitted.new + text.slice(end), problem: null };
  }
  const nearly = tries ? replaceNearly(text, fitted) : null;
  if (nearly !== null) return { text: nearly, problem: null };
  const problem = 'the text to replace was not found';
  return loose ? { text: atEnd(text, fitted.new), problem } : { text, problem };
}

function replaceNothing(text: string, now: string, loose: boolean): Done {
  if (text.trim() === '') return { text: now, problem: null };
  const problem = 'it replaces an empty text in a file that has text';
  return loose ? { text: atEnd(text, now), problem } : { text, problem };
}

/** The text with more text at its end, on lines of its own. */
export function atEnd(text: string, more: string): string {
  return text === '' || text.endsWith('\n') ? text + more : `${text}\n${more}`;
}

function withLineEndsOf(text: string, replacement: Replacement): Replacement {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    old: withLineEnds(replacement.old, end),
    new: withLineEnds(replacement.new, end),
    all: replacement.all,
  };
}

function withLineEnds(text: string, end: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', end);
}

// White space is left out of both texts, so the search itself stays a plain search for a substring.
function replaceNearly(text: string, { old, new: now }: Replacement): string | null {
  const wanted = squeeze(old).text;
  if (wanted === '') return null;
  const squeezed = squeeze(text);
  const at = squeezed.text.indexOf(wanted);
  if (at < 0) return null;
  const start = squeezed.places[at] ?? 0;
  const end = (squeezed.places[at + wanted.length - 1] ?? 0) + 1;
  // The found part starts and ends with a visible character, so the new text's own margin is not wanted.
  return text.slice(0, start) + now.trim() + text.slice(end);
}

function squeeze(text: string): { text: string; places: readonly number[] } {
  const places: number[] = [];
  const kept: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (/\s/.test(letter)) continue;
    kept.push(plainLetters.get(letter) ?? letter);
    places.push(at);
  }
  return { text: kept.join(''), places };
}

/** Typographic signs that models write for plain ones, or the other way round. */
export const plainLetters: ReadonlyMap<string, string> = new Map([
  ...Array.from('\u2018\u2019\u201A\u201B', (sign) => [sign, "'"] as const),
  ...Array.from('\u201C\u201D\u201E\u201F', (sign) => [sign, '"'] as const),
  ...Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212', (sign) => [sign, '-'] as const),
]);
