import type { Severity, Sighting } from '../guard.ts';
import type { Step } from './step.ts';

/** One thing that a step does, as a guard tells of it. */
export interface Deed {
  readonly step: Step;
  readonly says: string;
  readonly severity: Severity;
}

const order: readonly Severity[] = ['block', 'warn', 'note'];

/** One sighting a file, for the gravest deed in it, that counts the others. */
export function onceAFile(deeds: readonly Deed[]): readonly Sighting[] {
  const byPath = new Map<string, Deed[]>();
  for (const deed of deeds) {
    const known = byPath.get(deed.step.path);
    if (known === undefined) byPath.set(deed.step.path, [deed]);
    else known.push(deed);
  }
  return [...byPath.values()].flatMap((all) => {
    const sorted = all.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
    const [first, ...rest] = sorted;
    if (first === undefined) return [];
    const more = rest.length === 0 ? '' : `, and ${rest.length} more of the kind`;
    const { path, line, endLine } = first.step;
    return [
      {
        path,
        line,
        endLine,
        says: `${first.says}${more}`,
        subject: sorted.map(({ says }) => says).join('; '),
        severity: first.severity,
      },
    ];
  });
}
