import { hole } from './command.ts';

/** A text in quotes inside a program. */
export interface Literal {
  readonly text: string;
  /** The code before it, at most `reach` characters, without other literals. */
  readonly before: string;
  /** Parts of it are only known when it runs. */
  readonly interpolated: boolean;
}

const reach = 120;
/** Most literals of one program that are read. */
const mostLiterals = 3_000;

/** The literals of a Python, JavaScript, Ruby, Perl or PHP program, in order. */
export function literalsOf(code: string): readonly Literal[] {
  const found: Literal[] = [];
  let at = 0;
  let codeFrom = 0;
  while (at < code.length && found.length < mostLiterals) {
    const char = code[at] ?? '';
    if (char !== '"' && char !== "'" && char !== '`') {
      at += 1;
      continue;
    }
    const triple = code.startsWith(char.repeat(3), at) && char !== '`' ? char.repeat(3) : char;
    const end = closing(code, at + triple.length, triple);
    if (end < 0) {
      at += 1;
      continue;
    }
    const prefix = /[rRbBfFuU]{1,2}$/.exec(code.slice(Math.max(0, at - 2), at))?.[0] ?? '';
    const before = code.slice(Math.max(codeFrom, at - reach), at - prefix.length);
    found.push(literal(code.slice(at + triple.length, end), { before, prefix, char }));
    at = end + triple.length;
    codeFrom = at;
  }
  return found;
}

function closing(code: string, from: number, mark: string): number {
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '\\') at += 1;
    else if (code.startsWith(mark, at)) return at;
    // A quote that does not close on its line is an apostrophe in a comment.
    else if (code[at] === '\n' && mark.length === 1 && mark !== '`') return -1;
  }
  return -1;
}

function literal(
  raw: string,
  { before, prefix, char }: { before: string; prefix: string; char: string },
): Literal {
  const isFormat = /f/i.test(prefix);
  const holes =
    char === '`' ? /\$\{[^}]{0,200}\}/g : isFormat ? /\{[^}]{0,200}\}/g : /#\{[^}]{0,200}\}/g;
  const text = (/r/i.test(prefix) ? raw : unescaped(raw)).replace(holes, hole);
  return { text, before, interpolated: text.includes(hole) };
}

function unescaped(raw: string): string {
  return raw.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (_, said: string) => {
    if (said.length > 1) return String.fromCharCode(Number.parseInt(said.slice(1), 16));
    return letters[said] ?? said;
  });
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };
