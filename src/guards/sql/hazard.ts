import type { Scene, Sighting, SqlDialect } from '../guard.ts';
import { isUsedToLocks } from './practice.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** What one operation of a step does to a table in use, as far as one guard is concerned. */
export interface Hazard {
  /** What is done, such as `builds index orders_user_idx on orders`. */
  readonly does: string;
  readonly table: string;
  /** True where a knowing person need not look: the column is new and filled in the same change. */
  readonly isMild?: boolean;
}

/** Databases that a guard knows enough about; PostgreSQL unless it says more. */
const onlyPostgres: readonly SqlDialect[] = ['postgresql'];

/**
 * Sightings of what makes readers or writers of a database wait: one a file, because the fix is one for the whole
 * migration. Scripts are left out: somebody starts them, and may choose the hour. Where no migration of the repository
 * ever took care of locks, it is a note.
 */
export function hazards(
  scene: Scene,
  find: (step: Step) => readonly Hazard[],
  dialects: readonly SqlDialect[] = onlyPostgres,
): readonly Sighting[] {
  const byFile = new Map<string, { readonly step: Step; readonly hazard: Hazard }[]>();
  for (const step of steps(scene)) {
    if (!dialects.includes(step.dialect) || step.setting === 'script') continue;
    for (const hazard of find(step)) {
      byFile.set(step.path, [...(byFile.get(step.path) ?? []), { step, hazard }]);
    }
  }
  return [...byFile.values()].flatMap((found) => {
    const [first, ...rest] = found;
    if (first === undefined) return [];
    const { path, line, endLine } = first.step;
    const tables = [...new Set(rest.map(({ hazard }) => hazard.table))];
    const more =
      rest.length === 0 ? '' : `, and ${rest.length} more of the kind on ${someOf(tables)}`;
    const isMild = found.every(({ hazard }) => hazard.isMild === true) || isUsedToLocks(scene);
    return [
      {
        ...(isMild ? { severity: 'note' as const } : {}),
        path,
        line,
        endLine,
        says: `${first.hazard.does}${more}`,
        subject: found.map(({ hazard }) => hazard.does).join('; '),
      },
    ];
  });
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} other tables` : shown;
}
