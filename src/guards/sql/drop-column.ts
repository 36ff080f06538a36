import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { dropColumnExamples } from './drop-column.examples.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A column that holds data goes, while the code before this change still reads it. */
export const dropColumn: Guard = guard({
  id: 'sql/drop-column',
  severity: 'block',
  protects: 'data in production tables, and the instances that still run the old code',
  breaks:
    'The data in the column is gone for good, and instances still running the old code fail every query that names it.',
  fix: 'Stop reading and writing the column in one release, drop it in a later one, and keep a copy of the data.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.9,
  ...dropColumnExamples,
  look: (scene) => steps(scene).flatMap(sightings),
});

function sightings(step: Step): readonly Sighting[] {
  const byTable = new Map<string, string[]>();
  for (const operation of step.operations) {
    if (operation.kind !== 'drop-column') continue;
    const { table, column } = operation;
    if (step.newColumns.has(`${table}.${column}`)) continue;
    byTable.set(table, [...(byTable.get(table) ?? []), column]);
  }
  return [...byTable].map(([table, columns]) => ({
    path: step.path,
    line: step.line,
    endLine: step.endLine,
    says: `drops ${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')} of ${table}`,
    subject: `${table}.${columns.join(',')}`,
    ...(step.setting === 'script' || isSwapped(table, columns, step)
      ? { severity: 'warn', confidence: 0.6 }
      : {}),
  }));
}

// A new column with the rows of the old one takes its name in the same file.
function isSwapped(table: string, columns: readonly string[], { file }: Step): boolean {
  const renamed = file.flatMap(({ operations }) => operations);
  return columns.every((column) =>
    renamed.some((one) => one.kind === 'rename-column' && one.table === table && one.to === column),
  );
}
