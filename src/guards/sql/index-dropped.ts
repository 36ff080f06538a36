import { guard } from '../guard.ts';
import type { Guard, Scene } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { onceAFile } from './once-a-file.ts';
import type { Deed } from './once-a-file.ts';
import type { Operation } from './operation.ts';
import { isUsedToLocks } from './practice.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** An index that queries or uniqueness may rest on goes. */
export const indexDropped: Guard = guard({
  id: 'sql/index-dropped',
  severity: 'warn',
  protects: 'the speed of queries, and uniqueness that only an index keeps',
  breaks:
    'Queries that used the index read the whole table from now on, and dropping it waits for every query while new ones wait behind it.',
  fix: 'Make sure that nothing uses it (pg_stat_user_indexes), build what replaces it first, and use DROP INDEX CONCURRENTLY.',
  languages: migrationLanguages,
  cwe: [1049],
  confidence: 0.6,
  caught: [
    {
      name: 'an index goes, and nothing takes its place',
      after: { 'migrations/0003_x.sql': 'DROP INDEX orders_user_idx;\n' },
    },
    {
      name: 'MySQL drops a key',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE `orders` DROP INDEX `user_idx`;\n' },
    },
    {
      name: 'Rails removes an index',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    remove_index :orders, :user_id\n  end\nend\n',
      },
    },
    {
      name: 'EF Core drops an index',
      after: {
        'Data/Migrations/20250101000000_X.cs':
          'public partial class X : Migration\n{\n    protected override void Up(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.DropIndex(name: "IX_Orders_UserId", table: "Orders");\n    }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'another index takes its place',
      after: {
        'migrations/0003_x.sql':
          'CREATE INDEX CONCURRENTLY new_idx ON orders (user_id, at);\nDROP INDEX CONCURRENTLY orders_user_idx;\n',
      },
    },
    {
      name: 'it is built anew after a failed build',
      after: {
        'migrations/0003_x.sql':
          'DROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY i ON orders (a);\n',
      },
    },
    {
      name: 'the column it is on goes too',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    remove_index :orders, :user_id\n    remove_column :orders, :user_id, :bigint\n  end\nend\n',
      },
    },
    {
      name: 'down drops what up builds',
      after: {
        'database/migrations/2025_01_01_000000_x.php':
          "<?php\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::table('orders', function (Blueprint $table) {\n            $table->string('note')->nullable();\n        });\n    }\n\n    public function down(): void\n    {\n        Schema::table('orders', function (Blueprint $table) {\n            $table->dropIndex(['user_id']);\n        });\n    }\n};\n",
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nALTER TABLE t ADD INDEX `i` (`a`);\nALTER TABLE t DROP INDEX `i`;\n',
      },
    },
  ],
  look: (scene) => onceAFile(steps(scene).flatMap((step) => deeds(step, scene))),
});

function deeds(step: Step, scene: Scene): readonly Deed[] {
  if (step.setting === 'script') return [];
  const others = step.file.flatMap(({ operations }) => operations);
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'drop-index' || isReplaced(operation, others)) return [];
    const { table, index, concurrently } = operation;
    const says = `drops ${index === '' ? 'an index' : `index ${index}`}${table === '' ? '' : ` of ${table}`}`;
    const isSafer = concurrently || step.dialect !== 'postgresql' || isUsedToLocks(scene);
    return [
      { step, says: `${says} without another in its place`, severity: isSafer ? 'note' : 'warn' },
    ];
  });
}

type Dropped = Extract<Operation, { kind: 'drop-index' }>;

function isReplaced({ table, index }: Dropped, others: readonly Operation[]): boolean {
  const isHere = (other: string | null): boolean => table === '' || other === table;
  return others.some(
    (one) =>
      ((one.kind === 'create-index' ||
        one.kind === 'drop-column' ||
        one.kind === 'rename-column' ||
        (one.kind === 'add-constraint' && /unique|primary|exclusion/.test(one.constraint.type))) &&
        isHere(one.table)) ||
      (one.kind === 'drop-constraint' && one.name === index) ||
      (one.kind === 'drop-object' && isHere(one.name)),
  );
}
