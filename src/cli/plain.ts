import { grouped } from '../change/numbers.ts';
/** Text from outside made safe for a terminal: no control character, escape or text-direction mark gets through. */
export function plain(text: string): string {
  return text.replace(unsafe, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

// C0 and C1 controls, bidirectional controls, invisible separators, variation and tag characters.
const unsafe =
  // oxlint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** The same for several lines: line ends stay, everything else is as in `plain`. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plain).join('\n');
}

/** Breaks a sentence into lines of at most `width` columns; longer words stand alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** Words as a sentence of their own. */
export function sentence(words: string): string {
  const ended = /[.!?]$/.test(words) ? words : `${words}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** Short form of a commit id; other names of a revision stay as they are. */
export function shortRevision(revision: string | null): string {
  if (revision === null) return 'nothing';
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 9) : plain(revision);
}
