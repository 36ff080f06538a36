import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { onceAFile } from './once-a-file.ts';
import type { Deed } from './once-a-file.ts';
import { tableOf } from './operation.ts';
import type { AddedConstraint, Operation } from './operation.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A rule that the database kept for the data goes. */
export const constraintDropped: Guard = guard({
  id: 'sql/constraint-dropped',
  severity: 'warn',
  protects: 'the integrity of stored data',
  breaks:
    'Duplicates, orphans or values out of range get in without an error, and the rule cannot be put back before they are cleaned up.',
  fix: 'Say in the migration what keeps the rule from now on, or add the constraint that replaces it in the same migration.',
  languages: migrationLanguages,
  cwe: [20],
  confidence: 0.65,
  caught: [
    {
      name: 'a unique constraint goes',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE users DROP CONSTRAINT users_email_key;\n' },
    },
    {
      name: 'MySQL drops a foreign key',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE `orders` DROP FOREIGN KEY `orders_user_fk`;\n',
      },
    },
    {
      name: 'Rails and Laravel remove foreign keys',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    remove_foreign_key :orders, :users\n  end\nend\n',
        'database/migrations/2025_01_01_000000_x.php':
          "<?php\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::table('orders', function (Blueprint $table) {\n            $table->dropForeign(['user_id']);\n        });\n    }\n};\n",
      },
    },
    {
      name: 'Django and Alembic drop constraints',
      after: {
        'shop/migrations/0009_x.py':
          "class Migration(migrations.Migration):\n    operations = [\n        migrations.RemoveConstraint(model_name='order', name='unique_number'),\n    ]\n",
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.drop_constraint('orders_user_fk', 'orders', type_='foreignkey')\n",
      },
    },
  ],
  passed: [
    {
      name: 'another constraint takes its place',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE users DROP CONSTRAINT users_email_key;\nALTER TABLE users ADD CONSTRAINT users_tenant_email_key UNIQUE (tenant, email);\n',
      },
    },
    {
      name: 'a unique index takes its place',
      after: {
        'migrations/0003_x.sql':
          'CREATE UNIQUE INDEX CONCURRENTLY u ON users (lower(email));\nALTER TABLE users DROP CONSTRAINT users_email_key;\n',
      },
    },
    {
      name: 'the column goes too',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders DROP CONSTRAINT orders_coupon_id_fkey;\nALTER TABLE orders DROP COLUMN coupon_id;\n',
      },
    },
    {
      name: 'down drops what up adds',
      after: {
        'src/migrations/1700000000000-X.ts':
          'export class X {\n  async up(q) {\n    await q.query(`ALTER TABLE "orders" ADD "u" int`);\n  }\n  async down(q) {\n    await q.query(`ALTER TABLE "orders" DROP CONSTRAINT "fk"`);\n  }\n}\n',
      },
    },
    {
      name: 'SQL Server needs its default out of the way',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE [dbo].[Orders] DROP CONSTRAINT [DF_Orders_Note];\nGO\n',
      },
    },
    {
      name: 'the table goes, which another guard tells',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE orders DROP CONSTRAINT orders_user_fk;\nDROP TABLE orders;\n',
      },
    },
  ],
  look: (scene) => onceAFile(steps(scene).flatMap(deeds)),
});

function deeds(step: Step): readonly Deed[] {
  if (step.setting === 'script') return [];
  const others = step.file.flatMap(({ operations }) => operations);
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'drop-constraint') return [];
    const { table, name } = operation;
    const type = operation.type ?? typeByName(name);
    if (/^(?:DF_|.*_not_null$)/i.test(name) || isReplaced(operation, others)) return [];
    const what = [type ?? 'constraint', name].filter(Boolean).join(' ');
    return [{ step, says: `drops ${what} of ${table}`, severity: 'warn' }];
  });
}

type Dropped = Extract<Operation, { kind: 'drop-constraint' }>;

function isReplaced({ table }: Dropped, others: readonly Operation[]): boolean {
  return others.some(
    (one) => one.kind === 'drop-object' || (replacing.has(one.kind) && tableOf(one) === table),
  );
}

const replacing: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  'add-constraint',
  'drop-column',
  'rename-column',
  'rename-table',
  'create-index',
  'change-type',
]);

const names: readonly (readonly [RegExp, AddedConstraint['type']])[] = [
  [/(?:^|_)(?:fkey|fk)(?:_|$|\d)/i, 'foreign key'],
  [/(?:^|_)(?:pkey|pk)(?:_|$)/i, 'primary key'],
  [/(?:^|_)(?:uq|unique|uniq|uk|ux)(?:_|$)|_key$/i, 'unique'],
  [/(?:^|_)(?:check|ck|chk)(?:_|$)/i, 'check'],
];

function typeByName(name: string): AddedConstraint['type'] | null {
  return names.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
