import type { Guard } from '../guard.ts';

/** What the guard on dropped columns catches and passes. */
export const dropColumnExamples: Pick<Guard, 'caught' | 'passed'> = {
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
    {
      name: 'Rails, Laravel and EF Core drop columns',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    remove_column :orders, :coupon, :string\n  end\nend\n',
        'database/migrations/2025_01_01_000000_x.php':
          "<?php\nreturn new class extends Migration {\n    public function up(): void\n    {\n        Schema::table('orders', function (Blueprint $table) {\n            $table->dropColumn(['coupon', 'rebate']);\n        });\n    }\n};\n",
        'Data/Migrations/20250101000000_X.cs':
          'public partial class X : Migration\n{\n    protected override void Up(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.DropColumn(\n            name: "Coupon",\n            table: "Orders");\n    }\n}\n',
      },
    },
    {
      name: 'Liquibase drops a column, in XML',
      after: {
        'db/changelog/0003.xml':
          '<databaseChangeLog>\n  <changeSet id="3" author="a">\n    <dropColumn tableName="orders" columnName="coupon"/>\n  </changeSet>\n</databaseChangeLog>\n',
      },
    },
    {
      name: 'SQL Server asks whether the columns are there, and drops them',
      after: {
        'db/migrations/0003_x.sql':
          "IF COL_LENGTH('[dbo].[Orders]', 'Coupon') IS NOT NULL\nBEGIN\n    ALTER TABLE [dbo].[Orders] DROP COLUMN [Coupon], [Rebate];\nEND\nGO\n",
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
      name: 'Rails, Laravel and EF Core take back what they added',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    add_column :orders, :coupon, :string\n  end\n\n  def down\n    remove_column :orders, :coupon\n  end\nend\n',
        'database/migrations/2025_01_01_000000_x.php':
          "<?php\nreturn new class extends Migration {\n    public function up(): void\n    {\n    }\n\n    public function down(): void\n    {\n        Schema::table('orders', function (Blueprint $table) {\n            $table->dropColumn('coupon');\n        });\n    }\n};\n",
        'Data/Migrations/20250101000000_X.cs':
          'public partial class X : Migration\n{\n    protected override void Down(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.DropColumn(name: "Coupon", table: "Orders");\n    }\n}\n',
      },
    },
    {
      name: 'the drop stands in a test',
      after: { 'test/migrations/0007_a.sql': 'ALTER TABLE orders DROP COLUMN coupon;\n' },
    },
  ],
};
