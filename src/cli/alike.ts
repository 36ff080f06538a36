import type { Finding } from '../guards/finding.ts';

/** Findings that say the same of the same file, told once. */
export interface Alike {
  readonly finding: Finding;
  /** Lines of the others, in order. */
  readonly elsewhere: readonly number[];
}

/** Joins findings that differ in nothing but their line; the order of the first ones is kept. */
export function joinAlike(findings: readonly Finding[]): readonly Alike[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { guard, severity, path, message, impact, fix } = finding;
    const key = JSON.stringify([guard, severity, path, message, impact, fix]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap(([finding, ...others]) =>
    finding === undefined
      ? []
      : [{ finding, elsewhere: others.map(({ line }) => line).sort((a, b) => a - b) }],
  );
}

/** `, also on lines 8, 12 and 5 more`; empty when there are no others. */
export function elsewhereWords(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, 4).join(', ');
  const rest = lines.length - 4;
  return `, also on ${lines.length === 1 ? 'line' : 'lines'} ${shown}${rest > 0 ? ` and ${rest} more` : ''}`;
}
