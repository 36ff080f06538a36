import type { Unit } from './units.ts';

/** Line numbers of a unit that belong to no unit inside it. */
export function ownLines(unit: Unit): readonly number[] {
  const lines: number[] = [];
  let next = unit.line;
  for (const inner of [...unit.inner].sort((a, b) => a.line - b.line)) {
    for (; next < inner.line; next += 1) lines.push(next);
    next = Math.max(next, inner.endLine + 1);
  }
  for (; next <= unit.endLine; next += 1) lines.push(next);
  return lines;
}

const meaningless = /^(?:end|[)\]}>;,({[\s]*|\/\/.*|#.*|\/?\*.*)$/;

/** The unit's own code, line by line, without indentation, final separators, comments and lone brackets. */
export function codeLines(unit: Unit): readonly string[] {
  return ownLines(unit)
    .map((line) => (unit.source.lines[line - 1] ?? '').trim().replace(/[;,]$/, ''))
    .filter((text) => text !== '' && !meaningless.test(text));
}

/** Lines of the first list that the second lacks, counting repeats. */
export function lacking(from: readonly string[], within: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of within) left.set(line, (left.get(line) ?? 0) + 1);
  return from.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
