import type { Language } from '../guard.ts';

/** A word or sign of source text with its place. */
export interface Token {
  readonly text: string;
  /** 1-based line and 0-based column in the file. */
  readonly line: number;
  readonly column: number;
}

const scriptComment = String.raw`(?<!:)\/\/.*|\/\*(?:(?!\*\/).){0,400}\*\/`;
const hashComment = String.raw`(?<![\w"'&{])#(?!\{|\[).*`;
const words = String.raw`[\p{L}_$@][\p{L}\p{N}_$]*|\d[\w.]*|=>|===|!==|==|!=|<=|>=|&&|\|\||\?\?|\?\.|->|::|:=|\S`;

const scriptTokens = new RegExp(`${scriptComment}|${words}`, 'gu');
const hashTokens = new RegExp(`${hashComment}|${words}`, 'gu');
const hashLanguages: ReadonlySet<string> = new Set(['python', 'ruby', 'shell', 'yaml', 'toml']);

/** Words and signs of some lines, without comments. Text in quotes is cut into words as well. */
export function tokensOf(
  lines: readonly string[],
  firstLine: number,
  language: Language,
): readonly Token[] {
  const hash = hashLanguages.has(language);
  const pattern = hash ? hashTokens : scriptTokens;
  return lines.flatMap((text, index) => {
    if (!hash && /^\s*\*(?!\w)/.test(text)) return [];
    return [...text.slice(0, longestLine).matchAll(pattern)]
      .filter(([token]) => !isComment(token, hash))
      .map((match) => ({ text: match[0], line: firstLine + index, column: match.index }));
  });
}

/** Longer lines are cut: nobody writes them by hand. */
const longestLine = 2000;

function isComment(token: string, hash: boolean): boolean {
  return hash ? /^#./.test(token) : /^\/[/*]/.test(token);
}

/** Tokens as one text: blanks only where two words meet, so that layout does not matter. */
export function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    const meets = /[\w$]$/.test(text) && /^[\w$@]/.test(token.text);
    text += meets ? ` ${token.text}` : token.text;
  }
  return text;
}
