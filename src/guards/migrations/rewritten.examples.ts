import type { Guard } from '../guard.ts';

const sql = 'CREATE TABLE orders (id int, total int);\n';
const rails = (type: string): string =>
  `class X < ActiveRecord::Migration[7.1]\n  def change\n    add_column :orders, :total, :${type}\n    remove_column :orders, :sum\n  end\nend\n`;
const django = (head: string, field: string): string =>
  `${head}from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    operations = [migrations.RemoveField(model_name='order', name='${field}')]\n`;

/** What the guard on rewritten migrations catches and passes. */
export const rewrittenExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a migration comes again under a later time, changed',
      before: { 'db/migrations/2025_07_06_100000_fix_tokens.sql': 'ALTER TABLE t ADD a int;\n' },
      after: {
        'db/migrations/2025_07_06_200000_fix_tokens.sql':
          'UPDATE t SET b = 1;\nDELETE FROM t WHERE b IS NULL;\nALTER TABLE t ADD c bigint;\n',
      },
    },
    {
      name: 'a column changes in a migration that is there',
      before: { 'db/migrations/0001_orders.sql': sql },
      after: { 'db/migrations/0001_orders.sql': sql.replace('total int', 'total bigint') },
    },
    {
      name: 'a migration of Flyway is deleted',
      before: { 'db/migration/V3__orders.sql': sql, 'README.md': 'a\n' },
      after: { 'README.md': 'b\n' },
    },
    {
      name: 'a migration gets another number',
      before: { 'db/migrations/0001_orders.sql': sql },
      after: { 'db/migrations/0002_orders.sql': sql },
    },
    {
      name: 'Rails removes another column in an old migration',
      before: { 'db/migrate/20240101000000_x.rb': rails('integer') },
      after: { 'db/migrate/20240101000000_x.rb': rails('integer').replace(':sum', ':amount') },
    },
    {
      name: 'Django removes another field in an old migration',
      before: { 'shop/migrations/0004_x.py': django('', 'coupon') },
      after: { 'shop/migrations/0004_x.py': django('', 'rebate') },
    },
    {
      name: 'an applied migration of Prisma is edited',
      before: { 'prisma/migrations/20240101000000_x/migration.sql': sql },
      after: {
        'prisma/migrations/20240101000000_x/migration.sql': `${sql}CREATE INDEX i ON orders (id);\n`,
      },
    },
  ],
  passed: [
    {
      name: 'a helper asks which database it is',
      before: {
        'database/migrations/2021_10_21_013005_create_notes_table.php':
          "<?php\nuse DB;\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::create('notes', function (Blueprint $table) {\n            $table->text('body');\n            if (DB::connection()->getDriverName() === 'mysql') {\n                $table->fullText('body');\n            }\n        });\n    }\n};\n",
      },
      after: {
        'database/migrations/2021_10_21_013005_create_notes_table.php':
          "<?php\nuse ScoutHelper;\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::create('notes', function (Blueprint $table) {\n            $table->text('body');\n            if (ScoutHelper::isFullTextIndex()) {\n                $table->fullText('body');\n            }\n        });\n    }\n};\n",
      },
    },
    {
      name: 'a migration is new',
      before: { 'db/migrations/0001_orders.sql': sql },
      after: { 'db/migrations/0001_orders.sql': sql, 'db/migrations/0002_x.sql': 'SELECT 1;\n' },
    },
    {
      name: 'only comments and blanks change',
      before: { 'db/migrations/0001_orders.sql': sql },
      after: {
        'db/migrations/0001_orders.sql': `-- Orders.\n${sql.replace(', total', ',\n  total')}`,
      },
    },
    {
      name: 'the folder of the migrations moves',
      before: { 'db/migrations/0001_orders.sql': sql },
      after: { 'database/migrations/0001_orders.sql': sql },
    },
    {
      name: 'a view that Flyway may run again changes',
      before: { 'db/migration/R__report.sql': 'CREATE OR REPLACE VIEW r AS SELECT 1;\n' },
      after: { 'db/migration/R__report.sql': 'CREATE OR REPLACE VIEW r AS SELECT 2;\n' },
    },
    {
      name: 'the schema that migrations lead to is written anew',
      before: { 'db/schema.rb': 'version: 1\n', 'db/migrations/meta/0001_snapshot.json': '{}\n' },
      after: {
        'db/schema.rb': 'version: 2\n',
        'db/migrations/meta/0001_snapshot.json': '{"a":1}\n',
      },
    },
    {
      name: 'a migration of a test',
      before: { 'test/migrations/0001_orders.sql': sql },
      after: { 'test/migrations/0001_orders.sql': 'CREATE TABLE o (id int);\n' },
    },
    {
      name: 'a file beside the migrations',
      before: { 'db/migrations/run.ts': 'export const a = 1;\n' },
      after: { 'db/migrations/run.ts': 'export const a = 2;\n' },
    },
  ],
};
