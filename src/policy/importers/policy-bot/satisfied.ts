/** What a predicate says. `descriptions` are the ones policy-bot might have given instead. */
export interface Satisfaction {
  readonly satisfied: boolean;
  readonly description: string;
  readonly descriptions?: readonly string[];
}

/** The predicate holds. */
export function holds(description = ''): Satisfaction {
  return { satisfied: true, description };
}

/** The predicate does not hold. */
export function fails(description = ''): Satisfaction {
  return { satisfied: false, description };
}

/** It does not hold, for one of several equal reasons of which policy-bot gives any. */
export function failsForOne(descriptions: readonly string[]): Satisfaction {
  return { satisfied: false, description: descriptions[0] ?? '', descriptions };
}

/** Text in double quotes the way Go's `%q` prints it. */
export function goQuoted(text: string): string {
  const escaped = Array.from(text, (letter) => {
    const short = shortEscapes.get(letter);
    if (short !== undefined) return short;
    if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(letter)) return letter;
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** The first letters of a text, counted as Go counts them. */
export function firstLetters(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}

/** Order of code points, which is the order of UTF-8 bytes. */
export function byBytes(one: string, other: string): number {
  const left = Array.from(one);
  const right = Array.from(other);
  const at = left.findIndex((letter, index) => letter !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}
