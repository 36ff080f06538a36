import { matchesPath } from './path-pattern.ts';
import type { PathPattern, Step } from './path-pattern.ts';

/** Finds the patterns that match a path without trying them all. */
export interface PatternIndex {
  readonly patterns: readonly PathPattern[];
  /** Positions of patterns by what a path must have: a leading folder, a name, an ending, or nothing special. */
  readonly byPrefix: ReadonlyMap<string, readonly number[]>;
  /** Levels of the longest leading folder. */
  readonly deepest: number;
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly byEnding: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
}

/** Sorts patterns by what a path must have for them to match at all. */
export function indexPatterns(patterns: readonly PathPattern[]): PatternIndex {
  const byPrefix = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const byEnding = new Map<string, number[]>();
  const others: number[] = [];
  let deepest = 0;
  for (const [position, { steps }] of patterns.entries()) {
    const leading = leadingLiterals(steps);
    const prefix = leading.join('/');
    deepest = Math.max(deepest, leading.length);
    const second = steps[0]?.kind === 'deep' ? steps[1] : undefined;
    const ending = second?.kind === 'glob' ? endingOf(second) : null;
    if (prefix !== '') put(byPrefix, prefix, position);
    else if (second?.kind === 'literal') put(byName, second.text, position);
    else if (ending !== null) put(byEnding, ending, position);
    else others.push(position);
  }
  return { patterns, byPrefix, deepest, byName, byEnding, others };
}

function put(map: Map<string, number[]>, key: string, position: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [position]);
  else list.push(position);
}

/** Positions of all patterns that match the path, last first. */
export function matchingPatterns(index: PatternIndex, path: string): readonly number[] {
  const levels = path.split('/');
  const candidates: number[] = [...index.others];
  let prefix = '';
  for (const [depth, level] of levels.entries()) {
    if (depth < index.deepest) {
      prefix = depth === 0 ? level : `${prefix}/${level}`;
      candidates.push(...(index.byPrefix.get(prefix) ?? []));
    }
    candidates.push(...(index.byName.get(level) ?? []));
    const dot = level.lastIndexOf('.');
    if (dot !== -1) candidates.push(...(index.byEnding.get(level.slice(dot)) ?? []));
  }
  // A name that occurs twice in a path brings its patterns twice.
  const unique = [...new Set(candidates)].sort((one, other) => other - one);
  return unique.filter((position) => {
    const pattern = index.patterns[position];
    return pattern !== undefined && matchesPath(pattern, levels);
  });
}

function leadingLiterals(steps: readonly Step[]): readonly string[] {
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'literal') break;
    names.push(step.text);
  }
  return names;
}

/** The literal `.ext` at the end of a name such as `*.ext`, null when it does not end so. */
function endingOf(step: Extract<Step, { kind: 'glob' }>): string | null {
  const literal: string[] = [];
  for (const token of step.tokens.toReversed()) {
    if (token.kind !== 'char') return null;
    literal.unshift(token.char);
    if (token.char === '.') return literal.join('');
  }
  return null;
}
