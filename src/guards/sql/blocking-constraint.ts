import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { migrationLanguages } from './languages.ts';
import { tableOf } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

/** A constraint that every existing row must be checked against while the table is locked. */
export const blockingConstraint: Guard = guard({
  id: 'sql/blocking-constraint',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'PostgreSQL reads the whole table under a lock that stops writes, and the migration fails if one row does not fit.',
  fix: 'Add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction; for UNIQUE build the index concurrently first.',
  languages: migrationLanguages,
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
    {
      name: 'the constraint is validated in the transaction that adds it',
      after: {
        'migrations/0003_x.sql':
          'BEGIN;\nALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT c;\nCOMMIT;\n',
      },
    },
    {
      name: 'Rails and Alembic add foreign keys that check at once',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    add_foreign_key :orders, :users\n  end\nend\n',
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.create_foreign_key('fk', 'orders', 'users', ['user_id'], ['id'])\n",
      },
    },
    {
      name: 'Liquibase adds a foreign key to a table in use',
      after: {
        'src/main/resources/db/changelog/0003.xml':
          '<databaseChangeLog>\n  <changeSet id="3" author="a">\n    <addForeignKeyConstraint baseTableName="orders" baseColumnNames="user_id" constraintName="fk" referencedTableName="users" referencedColumnNames="id"/>\n  </changeSet>\n</databaseChangeLog>\n',
      },
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
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES users (id);\n',
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
    {
      name: 'Rails adds the key without checking it',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    add_foreign_key :orders, :users, validate: false\n  end\nend\n',
      },
    },
  ],
  look: (scene) => hazards(scene, found),
});

function found(step: Step): readonly Hazard[] {
  return step.operations.flatMap((operation) => {
    const does = hazard(operation, step);
    if (does === null) return [];
    return [{ does, table: tableOf(operation) ?? '', isMild: holdsNothingYet(operation, step) }];
  });
}

// A foreign key of a column that the change adds: the table is read, but no row can fail.
function holdsNothingYet(operation: Operation, { newColumns }: Step): boolean {
  if (operation.kind !== 'add-constraint') return false;
  const { table, constraint } = operation;
  const columns = (constraint.columns ?? []).filter((column) => column !== '');
  return (
    constraint.type === 'foreign key' &&
    columns.length > 0 &&
    columns.every((column) => newColumns.has(`${table}.${column}`))
  );
}

function hazard(operation: Operation, step: Step): string | null {
  if (operation.kind === 'add-constraint') {
    const { table, constraint } = operation;
    if (constraint.deferred) return null;
    return `adds a ${constraint.type} to ${table} and checks every row under lock`;
  }
  if (operation.kind === 'validate' && isAddedInOneTransaction(operation.table, step))
    return `validates a constraint of ${operation.table} in the transaction that adds it, under its lock`;
  if (operation.kind !== 'add-column' || !operation.column.unique) return null;
  const { table, column } = operation;
  return `adds unique column ${column.name} to ${table} and builds its index under lock`;
}

function isAddedInOneTransaction(table: string, { file, line }: Step): boolean {
  const before = file.filter((other) => other.line < line).flatMap(({ operations }) => operations);
  const opened = before.findLastIndex((one) => one.kind === 'transaction');
  const mark = before[opened];
  if (mark?.kind !== 'transaction' || !mark.opens) return false;
  return before.slice(opened).some((one) => one.kind === 'add-constraint' && one.table === table);
}
