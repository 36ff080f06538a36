import type { Gap } from '../change/change.ts';
import type { Finding } from './finding.ts';

/** Findings a team has accepted, by fingerprint, each with its reason. Callers read it from the target branch. */
export interface Baseline {
  readonly accepted: ReadonlyMap<string, string>;
  readonly gaps: readonly Gap[];
}

/** Where a repository keeps its baseline. */
export const baselinePath = '.hallmonitor/baseline.json';

const schema = 'hallmonitor/baseline/v1';

/** The baseline of a repository that accepts nothing. */
export const emptyBaseline: Baseline = { accepted: new Map(), gaps: [] };

/** Reads a baseline file. What cannot be read accepts nothing and is reported; an entry needs a reason. */
export function readBaseline(text: string | null): Baseline {
  if (text === null) return emptyBaseline;
  const parsed = parse(text);
  if (typeof parsed === 'string') return { accepted: new Map(), gaps: [gap(parsed)] };
  const accepted = new Map<string, string>();
  const gaps: Gap[] = [];
  parsed.forEach((entry, index) => {
    const { fingerprint, reason } = fields(entry);
    if (typeof fingerprint !== 'string') {
      gaps.push(gap(`entry ${index + 1} has no fingerprint`));
    } else if (typeof reason !== 'string' || reason.trim() === '') {
      gaps.push(gap(`entry ${index + 1} (${fingerprint}) has no reason, so it accepts nothing`));
    } else {
      accepted.set(fingerprint, reason.trim());
    }
  });
  return { accepted, gaps };
}

/** The text of a baseline that accepts these findings, all for the same reason. */
export function writeBaseline(findings: readonly Finding[], reason: string): string {
  const entries = findings
    .map(({ fingerprint, guard, path, message }) => ({ fingerprint, guard, path, message, reason }))
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  return `${JSON.stringify({ schema, accepted: entries }, null, 2)}\n`;
}

/** The text of a baseline with more findings accepted; null when the old text is none. A blank reason accepts nothing. */
export function addToBaseline(
  old: string | null,
  findings: readonly Finding[],
  reason: string,
): string | null {
  const before = old === null ? [] : parse(old);
  if (typeof before === 'string') return null;
  const added = JSON.parse(writeBaseline(findings, reason)) as { accepted: readonly unknown[] };
  const names = new Set(findings.map(({ fingerprint }) => fingerprint));
  const kept = before.filter((entry) => !names.has(String(fields(entry)['fingerprint'])));
  return `${JSON.stringify({ schema, accepted: [...kept, ...added.accepted] }, null, 2)}\n`;
}

function parse(text: string): readonly unknown[] | string {
  const value = json(text);
  if (value === undefined) return 'it is not JSON';
  const { accepted, schema: found } = fields(value);
  if (found !== schema) return `it does not say "schema": "${schema}"`;
  return Array.isArray(accepted) ? accepted : '"accepted" is not a list';
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function gap(why: string): Gap {
  return { what: baselinePath, why };
}
