import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { tableOf } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

/** A constraint that every existing row must be checked against while the table is locked. */
export const blockingConstraint: Guard = guard({
  id: 'sql/blocking-constraint',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'PostgreSQL reads the whole table under a lock that stops writes (for NOT NULL also reads), and the migration fails if one row does not fit.',
  fix: 'Add it NOT VALID, then VALIDATE CONSTRAINT in a later step; for NOT NULL validate a CHECK (… IS NOT NULL) first.',
  languages: ['sql', 'typescript', 'tsx', 'javascript', 'python', 'go', 'java'],
  cwe: [667],
  confidence: 0.7,
  caught: [
    {
      name: 'a foreign key is checked at once',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id);\n',
      },
    },
    {
      name: 'a column becomes NOT NULL',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\n' },
    },
    {
      name: 'a required column without default joins a table with rows',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ADD COLUMN region text NOT NULL;\n' },
    },
    {
      name: 'a check inside a DO block',
      after: {
        'migrations/0003_x.sql':
          'DO $$ BEGIN\n  ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);\nEXCEPTION WHEN duplicate_object THEN null;\nEND $$;\n',
      },
    },
    {
      name: 'a unique constraint builds its index under lock',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE users ADD CONSTRAINT u UNIQUE (email);\n' },
    },
  ],
  passed: [
    {
      name: 'the constraint is NOT VALID',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n',
      },
    },
    {
      name: 'NOT NULL follows a validated check',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders VALIDATE CONSTRAINT user_id_there;\nALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\n',
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES users (id);\nALTER TABLE t ALTER a SET NOT NULL;\n',
      },
    },
    {
      name: 'the required column has a default',
      after: {
        'migrations/0003_x.sql':
          "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';\n",
      },
    },
    {
      name: 'a new column may be empty and refers to another table',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE orders ADD COLUMN u int REFERENCES users (id);\n',
      },
    },
    {
      name: 'the unique constraint takes an index that is there',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX u_idx;\n',
      },
    },
  ],
  look: (scene) => hazards(scene, found),
});

function found(step: Step): readonly Hazard[] {
  return step.operations.flatMap((operation) => {
    const does = hazard(operation, step);
    const isMild =
      operation.kind === 'set-not-null' &&
      step.newColumns.has(`${operation.table}.${operation.column}`);
    return does === null ? [] : [{ does, table: tableOf(operation) ?? '', isMild }];
  });
}

function hazard(operation: Operation, step: Step): string | null {
  if (operation.kind === 'add-constraint') {
    const { table, constraint } = operation;
    if (constraint.deferred) return null;
    return `adds a ${constraint.type} to ${table} and checks every row under lock`;
  }
  if (operation.kind === 'set-not-null') {
    const { table, column } = operation;
    if (wasValidated(table, step)) return null;
    return `makes ${table}.${column} NOT NULL and reads every row under lock`;
  }
  if (operation.kind !== 'add-column') return null;
  const { table, column } = operation;
  if (column.unique) {
    return `adds unique column ${column.name} to ${table} and builds its index under lock`;
  }
  if (!column.required) return null;
  return `adds required column ${column.name} without default to ${table}, which fails if it has rows`;
}

// A validated CHECK spares PostgreSQL the scan; which column it was about is in the migration that added it.
function wasValidated(table: string, { file, line }: Step): boolean {
  return file.some(
    (other) =>
      other.line <= line &&
      other.operations.some((one) => one.kind === 'validate' && one.table === table),
  );
}
