import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { tableOf } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

/** A change that makes PostgreSQL write every row anew. */
export const blockingTypeChange: Guard = guard({
  id: 'sql/blocking-type-change',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'PostgreSQL rewrites the table under an exclusive lock: every read and write waits until it is done, and old code may not know the new type.',
  fix: 'Add a new column, fill it in batches, switch the code, and drop the old one in a later release.',
  languages: ['sql', 'typescript', 'tsx', 'javascript', 'python', 'go', 'java'],
  cwe: [667],
  confidence: 0.7,
  caught: [
    {
      name: 'an integer becomes a bigint',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;\n' },
    },
    {
      name: 'a text becomes a uuid with USING',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE "orders" ALTER COLUMN "ref" SET DATA TYPE uuid USING "ref"::uuid;\n',
      },
    },
    {
      name: 'a new column gets a default that differs from row to row',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid();\n',
      },
    },
    {
      name: 'a serial column joins a table with rows',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ADD COLUMN number bigserial;\n' },
    },
  ],
  passed: [
    {
      name: 'a wider text needs no rewrite',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ALTER COLUMN note TYPE text;\n' },
    },
    {
      name: 'the default is the same for all rows',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders ADD COLUMN at timestamptz NOT NULL DEFAULT now(), ADD COLUMN n int DEFAULT 0;\n',
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ALTER a TYPE bigint;\n',
      },
    },
    {
      name: 'the default of a column that exists changes, which writes no row',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE orders ALTER ref SET DEFAULT gen_random_uuid();\n',
      },
    },
  ],
  look: (scene) => hazards(scene, found),
});

function found({ operations }: Step): readonly Hazard[] {
  return operations.flatMap((operation) => {
    const does = hazard(operation);
    return does === null ? [] : [{ does, table: tableOf(operation) ?? '' }];
  });
}

// Text and varchar widen without a rewrite; that they were something else before is the rarer case.
const wideners: ReadonlySet<string> = new Set(['text', 'varchar', 'citext']);

function hazard(operation: Operation): string | null {
  if (operation.kind === 'change-type') {
    const { table, column, to, converts } = operation;
    return wideners.has(to) && !converts
      ? null
      : `changes the type of ${table}.${column} to ${to} and rewrites the table`;
  }
  if (operation.kind !== 'add-column' || operation.column.rewrites === null) return null;
  const { table, column } = operation;
  return `adds ${column.name} to ${table} and rewrites the table, because ${column.rewrites}`;
}
