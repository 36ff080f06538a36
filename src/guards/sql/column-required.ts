import { guard } from '../guard.ts';
import type { Guard, SqlDialect } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { migrationLanguages } from './languages.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

/** A column that must be filled from one moment to the next. */
export const columnRequired: Guard = guard({
  id: 'sql/column-required',
  severity: 'warn',
  protects: 'writes to tables that are in use',
  breaks:
    'The migration fails where a row has no value, reads every row under lock, and instances still running the old code fail to insert.',
  fix: 'Add the column empty or with a default, fill it in batches, and require it in a later release (in PostgreSQL by a CHECK that is validated first).',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.7,
  caught: [
    {
      name: 'a column becomes NOT NULL',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\n' },
    },
    {
      name: 'a required column without default joins a table with rows',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ADD COLUMN region text NOT NULL;\n' },
    },
    {
      name: 'MySQL adds a required column without default',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE `orders` ADD `region` varchar(20) NOT NULL;\n',
      },
    },
    {
      name: 'Rails requires a column that was optional, and adds a required one',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    change_column_null :orders, :user_id, false\n  end\nend\n',
        'db/migrate/20250102000000_y.rb':
          'class Y < ActiveRecord::Migration[7.1]\n  def change\n    add_column :orders, :region, :string, null: false\n  end\nend\n',
      },
    },
    {
      name: 'Liquibase adds a not null constraint, in YAML',
      after: {
        'db/changelog/0003.yaml':
          'databaseChangeLog:\n  - changeSet:\n      id: 3\n      author: a\n      changes:\n        - addNotNullConstraint:\n            tableName: orders\n            columnName: user_id\n',
      },
    },
    {
      name: 'Alembic and Sequelize require columns',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.alter_column('orders', 'user_id', existing_type=sa.Integer(), nullable=False)\n",
        'migrations/20250101000000-x.js':
          "module.exports = {\n  up: (queryInterface, Sequelize) =>\n    queryInterface.addColumn('orders', 'region', { type: Sequelize.STRING, allowNull: false }),\n};\n",
      },
    },
  ],
  passed: [
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
        'migrations/0003_x.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ALTER a SET NOT NULL;\n',
      },
    },
    {
      name: 'the required column has a default',
      after: {
        'migrations/0003_x.sql':
          "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu';\n",
        'db/migrate/20250102000000_y.rb':
          "class Y < ActiveRecord::Migration[7.1]\n  def change\n    add_column :orders, :region, :string, null: false, default: 'eu'\n  end\nend\n",
      },
    },
    {
      name: 'the column may be empty again when the migration is taken back',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    change_column_null :orders, :user_id, true\n  end\n\n  def down\n    change_column_null :orders, :user_id, false\n  end\nend\n',
      },
    },
    {
      name: 'Liquibase requires it only in a rollback',
      after: {
        'db/changelog/0003.xml':
          '<databaseChangeLog>\n  <changeSet id="3" author="a">\n    <dropNotNullConstraint tableName="orders" columnName="user_id"/>\n    <rollback><addNotNullConstraint tableName="orders" columnName="user_id"/></rollback>\n  </changeSet>\n</databaseChangeLog>\n',
      },
    },
  ],
  look: (scene) => hazards(scene, found, everywhere),
});

const everywhere: readonly SqlDialect[] = ['postgresql', 'mysql', 'other'];

function found(step: Step): readonly Hazard[] {
  return step.operations.flatMap((operation) => {
    const does = hazard(operation, step);
    if (does === null) return [];
    const isMild =
      operation.kind === 'set-not-null' &&
      step.newColumns.has(`${operation.table}.${operation.column}`);
    return [{ does: does.says, table: does.table, isMild }];
  });
}

function hazard(
  operation: Operation,
  step: Step,
): { readonly says: string; readonly table: string } | null {
  if (operation.kind === 'set-not-null') {
    const { table, column } = operation;
    if (wasValidated(table, step)) return null;
    return { table, says: `makes ${table}.${column} NOT NULL and reads every row under lock` };
  }
  if (operation.kind !== 'add-column' || !operation.column.required) return null;
  const { table, column } = operation;
  return {
    table,
    says: `adds required column ${column.name} without default to ${table}, which fails if it has rows`,
  };
}

// A validated CHECK spares PostgreSQL the scan; which column it was about is in the migration that added it.
function wasValidated(table: string, { file, line }: Step): boolean {
  return file.some(
    (other) =>
      other.line <= line &&
      other.operations.some((one) => one.kind === 'validate' && one.table === table),
  );
}
