/** A pattern over paths, compiled to steps: one per folder level, so that matching never explodes. */
export interface PathPattern {
  readonly steps: readonly Step[];
  /** What may follow the last step: nothing, anything, or at least one more level. */
  readonly tail: 'exact' | 'descend' | 'inside';
  /** How many levels a path must have. */
  readonly least: number;
}

/** `deep` stands for any number of levels. */
export type Step =
  | { readonly kind: 'deep' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'glob'; readonly tokens: readonly Token[]; readonly least: number };

/** What one stretch of a level matches. */
type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | {
      readonly kind: 'set';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

export type CompiledPattern = PathPattern | { readonly problem: string };

/** Compiles a pattern as GitHub reads it: gitignore without `!`, `[ ]` and `\#`. */
export function githubPattern(pattern: string): CompiledPattern {
  if (pattern === '') return { problem: 'the pattern is empty' };
  if (pattern.includes('***')) return { problem: 'three stars in a row match nothing on GitHub' };
  if (pattern === '/') return { problem: 'a lone "/" matches nothing' };
  const parts = pattern.split('/');
  const anchored = parts[0] === '';
  if (anchored) parts.shift();
  if (parts.at(-1) === '') parts[parts.length - 1] = '**';
  // A single name, with or without a slash behind it, is meant at any depth.
  const single = parts.length === 1 || (parts.length === 2 && pattern.endsWith('/'));
  if (!anchored && single && parts[0] !== '**') parts.unshift('**');
  const last = parts.at(-1);
  if (last === '**') return pathPattern(parts.slice(0, -1).map(githubStep), 'inside');
  return pathPattern(parts.map(githubStep), last === '*' ? 'exact' : 'descend');
}

function pathPattern(steps: readonly Step[], tail: PathPattern['tail']): PathPattern {
  // Two `deep` in a row say no more than one, and cost more.
  const kept = steps.filter((step, at) => step.kind !== 'deep' || steps[at - 1]?.kind !== 'deep');
  return { steps: kept, tail, least: kept.filter(({ kind }) => kind !== 'deep').length };
}

function githubStep(part: string): Step {
  if (part === '**') return { kind: 'deep' };
  // A lone star stands for a whole name, and names are not empty.
  if (part === '*') return globStep([{ kind: 'one' }, { kind: 'any' }]);
  return globStep(tokens(part, false));
}

/** Compiles a pattern as GitLab reads it: Ruby's `File.fnmatch`, relative ones at any depth, no descent. */
export function gitlabPattern(pattern: string): CompiledPattern {
  if (pattern === '') return { problem: 'the pattern is empty' };
  const whole = pattern === '*' ? '/**/*' : pattern;
  const rooted = whole.startsWith('/') ? whole : `/**/${whole}`;
  const complete = rooted.endsWith('/') ? `${rooted}**/*` : rooted;
  const parts = complete.slice(1).split('/');
  const steps = parts.map((part, index): Step => {
    // Two stars mean many levels only in front of a slash.
    if (part === '**' && index < parts.length - 1) return { kind: 'deep' };
    return globStep(tokens(part, true));
  });
  return pathPattern(steps, 'exact');
}

function tokens(part: string, withSets: boolean): Token[] {
  const letters = Array.from(part);
  const found: Token[] = [];
  let at = 0;
  while (at < letters.length) {
    const letter = letters[at] ?? '';
    at += 1;
    if (letter === '\\' && at < letters.length) {
      found.push({ kind: 'char', char: letters[at] ?? '' });
      at += 1;
    } else if (letter === '*') {
      // Stars in a row say no more than one.
      if (found.at(-1)?.kind !== 'any') found.push({ kind: 'any' });
    } else if (letter === '?') {
      found.push({ kind: 'one' });
    } else if (letter === '[' && withSets) {
      const { token, next } = set(letters, at);
      found.push(token);
      at = next;
    } else {
      found.push({ kind: 'char', char: letter });
    }
  }
  return found;
}

/** A bracket that is never closed is a set of nothing: it matches no letter. */
function set(letters: readonly string[], start: number): { token: Token; next: number } {
  let at = start;
  const negated = letters[at] === '!' || letters[at] === '^';
  if (negated) at += 1;
  const ranges: (readonly [string, string])[] = [];
  const first = at;
  while (at < letters.length && (letters[at] !== ']' || at === first)) {
    if (letters[at] === '\\') at += 1;
    const low = letters[at] ?? '';
    at += 1;
    const isRange = letters[at] === '-' && at + 1 < letters.length && letters[at + 1] !== ']';
    if (isRange) at += letters[at + 1] === '\\' ? 2 : 1;
    const high = isRange ? (letters[at] ?? '') : low;
    if (isRange) at += 1;
    ranges.push([low, high]);
  }
  if (at >= letters.length) {
    return { token: { kind: 'set', negated: false, ranges: [] }, next: letters.length };
  }
  return { token: { kind: 'set', negated, ranges }, next: at + 1 };
}

function globStep(found: readonly Token[]): Step {
  if (found.every((token) => token.kind === 'char')) {
    return { kind: 'literal', text: found.map(({ char }) => char).join('') };
  }
  return { kind: 'glob', tokens: found, least: found.filter(({ kind }) => kind !== 'any').length };
}

/** Whether the levels of a path match. Goes back to the last `deep` only, which is enough and stays cheap. */
export function matchesPath(pattern: PathPattern, levels: readonly string[]): boolean {
  const { steps, tail, least } = pattern;
  if (least > levels.length) return false;
  const lastDeep = steps.findLastIndex(({ kind }) => kind === 'deep');
  let step = 0;
  let level = 0;
  let deep = -1;
  let restart = 0;
  for (;;) {
    const current = steps[step];
    if (current === undefined) {
      if (tail === 'descend' || (tail === 'exact' && level === levels.length)) return true;
      if (tail === 'inside' && level < levels.length) return true;
    } else if (current.kind === 'deep') {
      deep = step;
      step += 1;
      const rest = steps.length - step;
      if (levels.length - level < rest && step > lastDeep) return false;
      // What follows the last `deep` of an exact pattern can only be the end of the path.
      if (tail === 'exact' && step > lastDeep) level = levels.length - rest;
      restart = level;
      continue;
    } else if (level < levels.length && matchesLevel(current, levels[level] ?? '')) {
      step += 1;
      level += 1;
      continue;
    }
    if (deep === -1 || restart >= levels.length) return false;
    restart += 1;
    level = restart;
    step = deep + 1;
  }
}

function matchesLevel(step: Exclude<Step, { kind: 'deep' }>, name: string): boolean {
  if (step.kind === 'literal') return step.text === name;
  // More letters wanted than there are: this alone keeps a monstrous pattern cheap.
  if (step.least > name.length) return false;
  return matchesName(step.tokens, name);
}

function matchesName(wanted: readonly Token[], name: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let restart = 0;
  while (at < name.length || token < wanted.length) {
    const current = wanted[token];
    const letter = at < name.length ? letterAt(name, at) : '';
    if (current?.kind === 'any') {
      star = token;
      restart = at;
      token += 1;
    } else if (current !== undefined && letter !== '' && matchesLetter(current, letter)) {
      token += 1;
      at += letter.length;
    } else if (star !== -1 && restart < name.length) {
      restart += letterAt(name, restart).length;
      at = restart;
      token = star + 1;
    } else {
      return false;
    }
  }
  return true;
}

function letterAt(name: string, at: number): string {
  return String.fromCodePoint(name.codePointAt(at) ?? 0);
}

function matchesLetter(token: Token, letter: string): boolean {
  if (token.kind === 'char') return token.char === letter;
  if (token.kind === 'one') return true;
  if (token.kind === 'any') return false;
  const inside = token.ranges.some(([low, high]) => inOrder(low, letter) && inOrder(letter, high));
  // A set without a closing bracket has no ranges and matches nothing.
  return token.ranges.length > 0 && inside !== token.negated;
}

function inOrder(one: string, other: string): boolean {
  return (one.codePointAt(0) ?? 0) <= (other.codePointAt(0) ?? 0);
}
