import type { Gap } from '../change/change.ts';
import { compileGlob } from '../change/glob.ts';
import type { Finding } from './finding.ts';
import type { Severity } from './guard.ts';

/** A team's word on how grave a guard's findings are here. */
export interface Adjustment {
  /** A guard's id, or a pattern such as `timeouts/*`. */
  readonly guard: string;
  readonly severity: Severity;
  /** Only in files that fit one of these patterns; null: everywhere. */
  readonly paths: readonly string[] | null;
  /** Only where a service of one of these tiers lies; null: everywhere. */
  readonly tiers: readonly number[] | null;
  readonly because: string;
  /** Day until which it holds, `2027-02-01`; null: until somebody changes it. */
  readonly until: string | null;
}

/** What a team said about guards, and what of it cannot be used. */
export interface Adjustments {
  readonly entries: readonly Adjustment[];
  readonly gaps: readonly Gap[];
}

/** A finding's severity before a team's word changed it. */
export interface Adjusted {
  readonly from: Severity;
  readonly because: string;
  readonly until: string | null;
}

/** Where that is written. */
export const adjustmentsPath = '.hallmonitor/guards.yml';

/** The adjustments of a team that has made none. */
export const noAdjustments: Adjustments = { entries: [], gaps: [] };

/** What adjusting needs to know about the repository and the day. */
export interface Ground {
  /** Tier of the most important service a file belongs to; null when it belongs to none that is known. */
  readonly tierOf: (path: string) => number | null;
  /** `2026-11-26`. */
  readonly today: string;
}

const ranks: Readonly<Record<Severity, number>> = { note: 0, warn: 1, block: 2 };

/**
 * Findings with the severity they have in this repository. Where several entries fit, the strictest holds; an entry
 * whose day has passed no longer counts.
 */
export function adjust(
  findings: readonly Finding[],
  { entries }: Adjustments,
  ground: Ground,
): readonly Finding[] {
  const valid = entries
    .filter(({ until }) => until === null || until >= ground.today)
    .map((entry) => ({ entry, fits: fitting(entry, ground) }));
  if (valid.length === 0) return findings;
  return findings.map((finding) => {
    const [strictest] = valid
      .filter(({ fits }) => fits(finding))
      .map(({ entry }) => entry)
      .sort((a, b) => ranks[b.severity] - ranks[a.severity]);
    if (strictest === undefined || strictest.severity === finding.severity) return finding;
    const { severity, because, until } = strictest;
    return { ...finding, severity, adjusted: { from: finding.severity, because, until } };
  });
}

function fitting(
  { guard, paths, tiers }: Adjustment,
  { tierOf }: Ground,
): (finding: Finding) => boolean {
  const isNamed = compileGlob(guard);
  const inPaths = paths?.map(compileGlob);
  return (finding) => {
    if (!isNamed(finding.guard)) return false;
    if (inPaths !== undefined && !inPaths.some((fits) => fits(finding.path))) return false;
    if (tiers === null) return true;
    const tier = tierOf(finding.path);
    return tier !== null && tiers.includes(tier);
  };
}
