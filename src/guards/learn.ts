import type { Severity } from './guard.ts';

/**
 * What became of a finding: `heeded`, it was told and did not land; `dismissed`, somebody said it was wrong or accepted;
 * `landed`, it landed as it was; `proved`, the change it stood in was reverted later.
 */
export type Fate = 'heeded' | 'dismissed' | 'landed' | 'proved';

/** A finding and what became of it. */
export interface FateOfFinding {
  readonly guard: string;
  readonly severity: Severity;
  readonly fate: Fate;
  /** The change it stood in; null when it never landed. */
  readonly change: string | null;
}

/** How a guard did in this repository. */
export interface GuardRecord {
  readonly guard: string;
  /** The gravest severity it gave. */
  readonly severity: Severity;
  readonly fates: Readonly<{ [fate in Fate]: number }>;
  /** Changes that landed with at least one open finding of it. */
  readonly changes: number;
  /** Of all whose fate says something, the share that was heeded or proved; null when there are none. */
  readonly precision: number | null;
  readonly advice: Advice | null;
}

/** A milder severity, and the sentence that says why. */
export interface Advice {
  readonly severity: Severity;
  readonly because: string;
}

/** Fewer findings than this say nothing about a guard. */
const fewestFindings = 8;
/** Below this share of useful findings people stop reading; it must lie above what chance would still allow. */
const leastPrecision = 0.6;
/** One change in so many may be held up by one guard. */
const budget: Readonly<{ [severity in Severity]: number }> = {
  block: 1 / 200,
  warn: 1 / 20,
  note: 1,
};
/** One step at a time: what blocks is first told as a warning. */
const milder: Readonly<{ [severity in Severity]: Severity | null }> = {
  block: 'warn',
  warn: 'note',
  note: null,
};

/** Sums up fates by guard, noisiest first, and advises a milder severity where the record is bad enough to be sure. */
export function recordsOf(
  fates: readonly FateOfFinding[],
  changes: number,
): readonly GuardRecord[] {
  const byGuard = Map.groupBy(fates, ({ guard }) => guard);
  return [...byGuard]
    .map(([guard, found]) => recordOf(guard, found, changes))
    .sort((a, b) => b.changes - a.changes || (a.guard < b.guard ? -1 : 1));
}

function recordOf(guard: string, found: readonly FateOfFinding[], changes: number): GuardRecord {
  const fates = { heeded: 0, dismissed: 0, landed: 0, proved: 0 };
  for (const { fate } of found) fates[fate] += 1;
  const severity = (['block', 'warn', 'note'] as const).find((one) =>
    found.some((finding) => finding.severity === one),
  );
  const grave = severity ?? 'note';
  const held = new Set(
    found
      .filter((one) => one.severity === grave && one.fate !== 'heeded' && one.fate !== 'proved')
      .map(({ change }) => change),
  );
  held.delete(null);
  const useful = fates.heeded + fates.proved;
  const all = useful + fates.dismissed + fates.landed;
  return {
    guard,
    severity: grave,
    fates,
    changes: held.size,
    precision: all === 0 ? null : useful / all,
    advice: adviceFor({ grave, useful, all, held: held.size, changes }),
  };
}

interface Weighing {
  readonly grave: Severity;
  readonly useful: number;
  readonly all: number;
  readonly held: number;
  readonly changes: number;
}

function adviceFor({ grave, useful, all, held, changes }: Weighing): Advice | null {
  const severity = milder[grave];
  if (severity === null || all < fewestFindings) return null;
  if (upperShare(useful, all) >= leastPrecision) return null;
  const share = changes === 0 ? 0 : held / changes;
  const tooOften =
    share > budget[grave]
      ? `, and it held up ${held} of ${changes} changes (at most 1 in ${Math.round(1 / budget[grave])})`
      : '';
  return {
    severity,
    because: `${all - useful} of ${all} findings were dismissed or landed as they were${tooOften}`,
  };
}

/**
 * The largest share that is still likely, one-sided at 95 %: the upper end of Wilson's score interval
 * (E. B. Wilson, JASA 22, 1927).
 */
export function upperShare(hits: number, all: number): number {
  if (all === 0) return 1;
  const z = 1.645;
  const share = hits / all;
  const middle = share + z ** 2 / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  return Math.min(1, (middle + spread) / (1 + z ** 2 / all));
}
