import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A column that holds data goes, while the code before this change still reads it. */
export const dropColumn: Guard = guard({
  id: 'sql/drop-column',
  severity: 'block',
  protects: 'data in production tables, and the instances that still run the old code',
  breaks:
    'The data in the column is gone for good, and instances still running the old code fail every query that names it.',
  fix: 'Stop reading and writing the column in one release, drop it in a later one, and keep a copy of the data.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.9,
  caught: [
    {
      name: 'a migration drops a column',
      after: { 'db/migrations/0007_coupon.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
    },
    {
      name: 'MySQL drops a column without the word COLUMN, among other clauses',
      after: {
        'migrations/V12__tidy.sql':
          "ALTER TABLE `shop`.`orders`\n  ADD COLUMN `note` varchar(20) DEFAULT 'a,b',\n  DROP `coupon`;\n",
      },
    },
    {
      name: 'Prisma drops two columns in one statement',
      after: {
        'prisma/migrations/20250101_x/migration.sql':
          '-- AlterTable\nALTER TABLE "User" DROP COLUMN "age",\nDROP COLUMN "city";\n',
      },
    },
    {
      name: 'Alembic drops a column on the way up',
      after: {
        'alembic/versions/ab12_drop.py':
          "def upgrade():\n    op.drop_column('orders', 'coupon')\n\ndef downgrade():\n    pass\n",
      },
    },
    {
      name: 'Django removes a field',
      after: {
        'shop/migrations/0004_auto.py':
          "class Migration(migrations.Migration):\n    operations = [\n        migrations.RemoveField(model_name='order', name='coupon'),\n    ]\n",
      },
    },
    {
      name: 'Knex drops a column inside alterTable',
      after: {
        'migrations/20250101120000_coupon.js':
          "exports.up = (knex) => knex.schema.alterTable('orders', (t) => {\n  t.dropColumn('coupon');\n});\n",
      },
    },
    {
      name: 'TypeORM runs the drop as a string',
      after: {
        'src/migrations/1700000000000-Coupon.ts':
          'export class Coupon1700000000000 {\n  async up(q: QueryRunner) {\n    await q.query(`ALTER TABLE "orders" DROP COLUMN "coupon"`);\n  }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'a column is added',
      after: { 'db/migrations/0007_coupon.sql': 'ALTER TABLE orders ADD COLUMN coupon text;\n' },
    },
    {
      name: 'the drop is in the down part',
      after: {
        'db/migrations/0007_coupon.sql':
          '-- +goose Up\nALTER TABLE orders ADD COLUMN coupon text;\n-- +goose Down\nALTER TABLE orders DROP COLUMN coupon;\n',
      },
    },
    {
      name: 'the drop is in a down file',
      after: { 'db/migrations/0007_coupon.down.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
    },
    {
      name: 'the table was created by the same change',
      after: {
        'db/migrations/0007_a.sql': 'CREATE TABLE carts (id int, junk int);\n',
        'db/migrations/0008_b.sql': 'ALTER TABLE carts DROP COLUMN junk;\n',
      },
    },
    {
      name: 'the column was added by the same file',
      after: {
        'db/migrations/0007_a.sql':
          'ALTER TABLE carts ADD COLUMN tmp int;\nUPDATE carts SET total = tmp WHERE tmp > 0;\nALTER TABLE carts DROP COLUMN tmp;\n',
      },
    },
    {
      name: 'the downgrade of Alembic takes back what the upgrade added',
      after: {
        'alembic/versions/ab12_add.py':
          "def upgrade():\n    op.add_column('orders', sa.Column('coupon'))\n\ndef downgrade():\n    op.drop_column('orders', 'coupon')\n",
      },
    },
    {
      name: 'a migration that was there before is only commented',
      before: { 'db/migrations/0007_a.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
      after: {
        'db/migrations/0007_a.sql': '-- ticket 7\nALTER TABLE orders DROP COLUMN coupon;\n',
      },
    },
    {
      name: 'a migration moves to another folder',
      before: { 'db/0007_a.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
      after: { 'db/migrations/0007_a.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
    },
    {
      name: 'words in a comment or a string drop nothing',
      after: {
        'db/migrations/0007_a.sql':
          "-- later: ALTER TABLE orders DROP COLUMN coupon;\nINSERT INTO notes (t) VALUES ('ALTER TABLE orders DROP COLUMN coupon;');\n",
      },
    },
    {
      name: 'a constraint and a default are dropped, which lose no data',
      after: {
        'db/migrations/0007_a.sql':
          'ALTER TABLE orders DROP CONSTRAINT orders_fk;\nALTER TABLE orders ALTER COLUMN a DROP DEFAULT;\nALTER TABLE `t` DROP INDEX `i`, DROP FOREIGN KEY `f`;\n',
      },
    },
    {
      name: 'the drop stands in a test',
      after: { 'test/migrations/0007_a.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
    },
  ],
  look: (scene) => steps(scene).flatMap(sightings),
});

function sightings(step: Step): readonly Sighting[] {
  const byTable = new Map<string, string[]>();
  for (const operation of step.operations) {
    if (operation.kind !== 'drop-column') continue;
    const { table, column } = operation;
    if (step.newColumns.has(`${table}.${column}`)) continue;
    byTable.set(table, [...(byTable.get(table) ?? []), column]);
  }
  return [...byTable].map(([table, columns]) => ({
    path: step.path,
    line: step.line,
    endLine: step.endLine,
    says: `drops ${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')} of ${table}`,
    subject: `${table}.${columns.join(',')}`,
    ...(step.setting === 'script' ? { severity: 'warn', confidence: 0.6 } : {}),
  }));
}
