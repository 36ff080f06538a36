import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { migrationLanguages } from './languages.ts';
import type { Step } from './step.ts';

/** A new column whose values make PostgreSQL write every row anew. */
export const volatileDefault: Guard = guard({
  id: 'sql/volatile-default',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'PostgreSQL writes every row anew under an exclusive lock, so that every read and write waits until it is done.',
  fix: 'Add the column without default, set the default in a second statement, and fill old rows in batches.',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.7,
  caught: [
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
    {
      name: 'Rails and Alembic give every row its own value',
      after: {
        'db/migrate/20250101000000_x.rb':
          "class X < ActiveRecord::Migration[7.1]\n  def change\n    add_column :orders, :ref, :uuid, default: -> { 'gen_random_uuid()' }, null: false\n  end\nend\n",
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.add_column('orders', sa.Column('ref', sa.UUID(), server_default=sa.text('gen_random_uuid()'), nullable=False))\n",
      },
    },
  ],
  passed: [
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
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nALTER TABLE t ADD ref uuid DEFAULT gen_random_uuid();\n',
      },
    },
    {
      name: 'the default of a column that exists changes, which writes no row',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE orders ALTER ref SET DEFAULT gen_random_uuid();\n',
      },
    },
    {
      name: 'Rails gives all rows the time of the migration',
      after: {
        'db/migrate/20250101000000_x.rb':
          "class X < ActiveRecord::Migration[7.1]\n  def change\n    add_column :orders, :seen_at, :datetime, default: -> { 'now()' }\n  end\nend\n",
      },
    },
    {
      name: 'MySQL is another matter',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE `orders` ADD `ref` char(36) DEFAULT (uuid());\n',
      },
    },
  ],
  look: (scene) => hazards(scene, found),
});

function found({ operations }: Step): readonly Hazard[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== 'add-column' || operation.column.rewrites === null) return [];
    const { table, column } = operation;
    const does = `adds ${column.name} to ${table} and rewrites the table, because ${column.rewrites}`;
    return [{ does, table }];
  });
}
