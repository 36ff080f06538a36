import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import type { DroppedKind } from './operation.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A table, schema or database goes, or all rows of a table. */
export const dropTable: Guard = guard({
  id: 'sql/drop-table',
  severity: 'block',
  protects: 'data in production tables',
  breaks:
    'The rows are gone for good, and every query of the instances still running the old code fails.',
  fix: 'Stop using it in one release; in a later one rename it first, wait, take a backup, then drop it.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.9,
  caught: [
    {
      name: 'a migration drops a table',
      after: { 'migrations/0003_x.sql': 'DROP TABLE IF EXISTS public.orders CASCADE;\n' },
    },
    {
      name: 'a migration truncates a table',
      after: { 'migrations/0003_x.sql': 'BEGIN;\nTRUNCATE orders, carts CASCADE;\nCOMMIT;\n' },
    },
    {
      name: 'a schema is dropped inside a DO block',
      after: { 'migrations/0003_x.sql': 'DO $$\nBEGIN\n  DROP SCHEMA billing CASCADE;\nEND $$;\n' },
    },
    {
      name: 'MySQL drops a database',
      after: { 'migrations/0003_x.sql': 'DROP DATABASE `shop`;\n' },
    },
    {
      name: 'Alembic, Knex and Django drop tables',
      after: {
        'alembic/versions/a1_x.py': "def upgrade():\n    op.drop_table('orders')\n",
        'migrations/20250101000000_x.js':
          "exports.up = (knex) => knex.schema.dropTable('orders');\n",
        'shop/migrations/0009_x.py': "operations = [migrations.DeleteModel(name='Order')]\n",
      },
    },
    {
      name: 'MikroORM drops a table in up',
      after: {
        'src/migrations/Migration20250101000000.ts':
          'export class M extends Migration {\n  async up() {\n    this.addSql(\'drop table if exists "orders" cascade;\');\n  }\n}\n',
      },
    },
    {
      name: 'Rails, Laravel and Liquibase drop tables',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    drop_table :orders do |t|\n      t.string :name\n    end\n  end\nend\n',
        'database/migrations/2025_01_01_000000_x.php':
          "<?php\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::dropIfExists('orders');\n    }\n};\n",
        'db/changelog/0003.yaml':
          'databaseChangeLog:\n  - changeSet:\n      id: 3\n      author: a\n      changes:\n        - dropTable:\n            tableName: orders\n',
      },
    },
  ],
  passed: [
    {
      name: 'SQLite changes a table by copying it and renaming the copy',
      after: {
        'prisma/migrations/1_x/migration.sql':
          'CREATE TABLE "new_User" ("id" int);\nINSERT INTO "new_User" SELECT "id" FROM "User";\nDROP TABLE "User";\nALTER TABLE "new_User" RENAME TO "User";\n',
      },
    },
    {
      name: 'a temporary table is dropped',
      after: {
        'migrations/0003_x.sql':
          'CREATE TEMP TABLE staging (id int);\nDROP TABLE staging;\nDROP TEMPORARY TABLE `y`;\n',
      },
    },
    {
      name: 'a view and an index are dropped',
      after: {
        'migrations/0003_x.sql': 'DROP VIEW report;\nDROP INDEX report_idx;\nDROP FUNCTION f();\n',
      },
    },
    {
      name: 'the schema dump of the database is written anew',
      after: {
        'db/structure.sql': 'DROP TABLE IF EXISTS orders;\nCREATE TABLE orders (id int);\n',
      },
    },
    {
      name: 'down drops what up creates',
      after: {
        'migrations/20250101000000_x.js':
          "exports.up = (knex) => knex.schema.createTable('orders', () => {});\nexports.down = (knex) => knex.schema.dropTable('orders');\n",
        'src/migrations/Migration20250101000000.ts':
          'export class M extends Migration {\n  async down() {\n    this.addSql(\'drop table if exists "orders" cascade;\');\n  }\n}\n',
      },
    },
    {
      name: 'Django forgets a model and keeps its table',
      after: {
        'shop/migrations/0009_x.py':
          "operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='Order')])]\n",
      },
    },
  ],
  look: (scene) => steps(scene).flatMap(sightings),
});

const words: Readonly<Record<DroppedKind, string>> = {
  table: 'drops table',
  schema: 'drops schema',
  database: 'drops database',
  rows: 'empties table',
};

function sightings(step: Step): readonly Sighting[] {
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'drop-object') return [];
    const { what, name } = operation;
    const fate = what === 'table' ? fateOf(name, step) : 'gone';
    if (fate === 'kept' || (fate === 'made-again' && step.setting === 'script')) return [];
    const again = fate === 'made-again';
    return [
      {
        path: step.path,
        line: step.line,
        endLine: step.endLine,
        says: `${words[what]} ${name}${again ? ' and creates it anew, empty' : ''}`,
        subject: `${what} ${name}`,
        ...(step.setting === 'script' || again
          ? { severity: 'warn' as const, confidence: 0.6 }
          : {}),
      },
    ];
  });
}

// Later in the same file another table may take the name (a copy with the rows), or an empty one.
function fateOf(name: string, step: Step): 'kept' | 'made-again' | 'gone' {
  const later = step.file.slice(step.file.findIndex((other) => other.line === step.line) + 1);
  const after = later.flatMap(({ operations }) => operations);
  if (after.some((one) => one.kind === 'rename-table' && one.to === name)) return 'kept';
  return after.some((one) => one.kind === 'create-table' && one.table === name)
    ? 'made-again'
    : 'gone';
}
