import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isMigrationPath } from '../language.ts';
import { migrationLanguages } from '../sql/languages.ts';
import type { Operation } from '../sql/operation.ts';
import { steps } from '../sql/step.ts';
import type { Step } from '../sql/step.ts';
import { backfillExamples } from './backfill-in-transaction.examples.ts';

/** All rows of a table are written while the lock of a schema change is held. */
export const backfillInTransaction: Guard = guard({
  id: 'migrations/backfill-in-transaction',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'The lock of the schema change is held until the last row is written, so that every request that needs the table waits, on a large one for minutes.',
  fix: 'Change the schema in one migration, and fill the rows in batches in another that runs outside a transaction.',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.65,
  ...backfillExamples,
  look: (scene) => scene.files.flatMap((file) => sightings(file, scene)),
});

const locking: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  'add-column',
  'add-constraint',
  'set-not-null',
  'change-type',
  'drop-column',
  'rename-column',
]);

const alone =
  /\bdisable_ddl_transaction!|\batomic\s*=\s*False\b|\+goose\s+NO TRANSACTION|transaction:\s*false|transaction\s*=\s*false|autocommit_block|withinTransaction\s*=\s*false|suppressTransaction:\s*true/i;

function sightings(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const { path, after } = file;
  if (after === null || !isMigrationPath(path) || file.added.size === 0) return [];
  const own = steps(scene).filter((step) => step.path === path && step.setting === 'migration');
  const schema = own.find(({ operations }) => operations.some((one) => locking.has(one.kind)));
  if (schema === undefined || schema.dialect !== 'postgresql' || alone.test(after.text)) return [];
  const written = rowsBySql(own) ?? rowsByLoop(file);
  if (written === null) return [];
  const says = `writes ${written.what} in the migration that changes the schema`;
  return [{ path, line: written.line, says, subject: `${path} ${written.what}` }];
}

interface Written {
  readonly line: number;
  readonly what: string;
}

function rowsBySql(own: readonly Step[]): Written | null {
  for (const { line, operations } of own)
    for (const one of operations)
      if (one.kind === 'write' && one.verb === 'UPDATE')
        return { line, what: `every row of ${one.table}` };
  return null;
}

// Loops of the frameworks over all rows of a model.
const loops: readonly RegExp[] = [
  /\b([A-Z]\w*)(?:\.unscoped)?\.(?:find_each|in_batches|update_all|all\.each|find_in_batches)\b/,
  /\bfor\s+\w+\s+in\s+(\w+)\.objects(?:\.using\([^)\n]{0,60}\))?\.(?:all|iterator)\(/,
  /\b([A-Z]\w*)\.objects(?:\.all\(\))?\.update\(/,
  /\b([A-Z]\w*)::(?:all\(\)->each|chunk\(|chunkById\(|query\(\)->(?:update|each|chunk)\()/,
];

function rowsByLoop({ after, added, path }: ChangedFile): Written | null {
  if (!/\.(?:rb|py|php)$/.test(path)) return null;
  const stop =
    after?.lines.findIndex((text) =>
      /^\s*(?:def (?:self\.)?down|def (?:reverse|backwards?|undo)\w*|public function down)\b/.test(
        text,
      ),
    ) ?? -1;
  for (const line of added) {
    const text = after?.lines[line - 1] ?? '';
    if (text.length > 1_000 || /^\s*(?:#|\/\/)/.test(text) || (stop >= 0 && line > stop)) continue;
    const model = loops.map((loop) => loop.exec(text)?.[1]).find((name) => name !== undefined);
    if (model !== undefined) return { line, what: `all rows of ${model} one by one` };
  }
  return null;
}
