/**
 * Path patterns, matched in time that grows with pattern times path and never faster: a pattern is the policy's, but
 * the path is whatever a change brings along, and one written for it would bring a regular expression to its knees.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const ways = expandBraces(pattern).map((way) => way.split('/').map(segmentOf));
  return (path) => {
    const names = path.split('/');
    return ways.some((way) => matchesSegments(way, names));
  };
}

type Token =
  | { readonly kind: 'text'; readonly char: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'star' }
  | {
      readonly kind: 'class';
      readonly ranges: readonly (readonly [string, string])[];
      readonly not: boolean;
    };

/** One name in a pattern; `deep` is `**`, any number of names. */
type Segment =
  | { readonly kind: 'deep' }
  | { readonly kind: 'name'; readonly tokens: readonly Token[] };

// More alternatives than this are no pattern a person wrote; `globComplaint` refuses them before.
const mostWays = 256;

/** How many patterns a pattern with braces stands for. */
export function countWays(pattern: string): number {
  return expandBraces(pattern).length;
}

/** Writes `{a,b}` out, the innermost braces first. Stops at the limit. */
function expandBraces(pattern: string): readonly string[] {
  let ways: readonly string[] = [pattern];
  for (let round = 0; round < 16; round += 1) {
    const next = ways.flatMap((way) => {
      const match = /\{([^{}]*)\}/.exec(way);
      if (!match) return [way];
      const [head, tail] = [way.slice(0, match.index), way.slice(match.index + match[0].length)];
      return (match[1] ?? '').split(',').map((choice) => `${head}${choice}${tail}`);
    });
    if (next.length > mostWays) return next.slice(0, mostWays + 1);
    if (next.length === ways.length && next.every((way, at) => way === ways[at])) return next;
    ways = next;
  }
  return ways;
}

function segmentOf(text: string): Segment {
  if (text === '**') return { kind: 'deep' };
  const chars = Array.from(text);
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'one' });
    else if (char === '[') {
      const end = chars.indexOf(']', at + 2);
      if (end < 0) tokens.push({ kind: 'text', char });
      else {
        tokens.push(classOf(chars.slice(at + 1, end)));
        at = end;
      }
    } else tokens.push({ kind: 'text', char });
  }
  return { kind: 'name', tokens };
}

function classOf(chars: readonly string[]): Token {
  const not = chars[0] === '!' || chars[0] === '^';
  const inside = not ? chars.slice(1) : chars;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < inside.length; at += 1) {
    const char = inside[at] ?? '';
    const last = inside[at + 2];
    if (inside[at + 1] === '-' && last !== undefined) {
      ranges.push([char, last]);
      at += 2;
    } else ranges.push([char, char]);
  }
  return { kind: 'class', ranges, not };
}

/** Tries names one after the other; after a dead end the last `**` takes one name more. */
function matchesSegments(way: readonly Segment[], names: readonly string[]): boolean {
  let [at, name] = [0, 0];
  let [back, taken] = [-1, 0];
  while (name < names.length) {
    const segment = way[at];
    if (segment?.kind === 'deep') {
      [back, taken] = [at, name];
      at += 1;
    } else if (segment && matchesName(segment.tokens, names[name] ?? '')) {
      at += 1;
      name += 1;
    } else if (back >= 0) {
      taken += 1;
      [at, name] = [back + 1, taken];
    } else return false;
  }
  // A `**` at the end wants something: `docs/**` is what lies in docs.
  return at === way.length;
}

function matchesName(tokens: readonly Token[], name: string): boolean {
  const chars = Array.from(name);
  let [at, char] = [0, 0];
  let [back, taken] = [-1, 0];
  while (char < chars.length) {
    const token = tokens[at];
    if (token?.kind === 'star') {
      [back, taken] = [at, char];
      at += 1;
    } else if (token && matchesChar(token, chars[char] ?? '')) {
      at += 1;
      char += 1;
    } else if (back >= 0) {
      taken += 1;
      [at, char] = [back + 1, taken];
    } else return false;
  }
  while (tokens[at]?.kind === 'star') at += 1;
  return at === tokens.length;
}

function matchesChar(token: Exclude<Token, { kind: 'star' }>, char: string): boolean {
  switch (token.kind) {
    case 'one':
      return true;
    case 'text':
      return token.char === char;
    case 'class':
      return token.ranges.some(([from, to]) => from <= char && char <= to) !== token.not;
  }
}
