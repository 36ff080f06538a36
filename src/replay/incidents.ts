import type { Charge, History } from './outcomes.ts';

/** An incident as a file in the repository tells it. */
export interface Incident {
  /** Where it is told, such as `.hallmonitor/incidents.yml`. */
  readonly source: string;
  /** Ids of commits, or `#12`. */
  readonly causedBy: readonly string[];
  readonly severity: string | null;
  /** Unix seconds; null where the file does not say. */
  readonly at: number | null;
}

/** Changes that incidents name as their cause. */
export function namedByIncidents(
  incidents: readonly Incident[],
  { facts, named }: History,
): readonly Charge[] {
  return incidents.flatMap(({ source, causedBy, severity, at }) =>
    causedBy.flatMap((target) => {
      const found = named.find(target, facts.length);
      const fact = found === null ? undefined : facts[found.place];
      if (found === null || fact === undefined) return [];
      return [
        {
          about: found.place,
          by: null,
          kind: 'incident' as const,
          confidence: 1,
          at: at ?? fact.landedAt,
          sort: null,
          source,
          says: `named as the cause of an incident${severity === null ? '' : ` (${severity})`}`,
        },
      ];
    }),
  );
}
