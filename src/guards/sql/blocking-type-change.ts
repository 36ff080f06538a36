import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { migrationLanguages } from './languages.ts';
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
  languages: migrationLanguages,
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
      name: 'Rails changes the type of a column',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    change_column :orders, :id, :bigint\n  end\nend\n',
      },
    },
    {
      name: 'EF Core changes the type of a column',
      after: {
        'src/Data/Migrations/20250101000000_X.cs':
          'public partial class X : Migration\n{\n    protected override void Up(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.AlterColumn<long>(\n            name: "Id",\n            table: "Orders",\n            type: "bigint",\n            nullable: false,\n            oldClrType: typeof(int),\n            oldType: "integer");\n    }\n}\n',
      },
    },
    {
      name: 'Alembic changes the type of a column',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.alter_column('orders', 'id', existing_type=sa.Integer(), type_=sa.BigInteger())\n",
      },
    },
  ],
  passed: [
    {
      name: 'a wider text needs no rewrite',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ALTER COLUMN note TYPE text;\n' },
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
    {
      name: 'the type changes back on the way down',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    add_column :orders, :n, :integer\n  end\n\n  def down\n    change_column :orders, :id, :integer\n  end\nend\n',
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
  return null;
}
