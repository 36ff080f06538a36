import type { Guard } from '../guard.ts';

const rails = (head: string, body: string): string =>
  `class X < ActiveRecord::Migration[7.1]\n${head}  def up\n${body}  end\nend\n`;

/** What the guard on backfills catches and passes. */
export const backfillExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a new column is filled for all rows at once',
      after: {
        'migrations/0003_x.sql':
          "ALTER TABLE orders ADD COLUMN region text;\nUPDATE orders SET region = 'eu';\n",
      },
    },
    {
      name: 'Rails goes through all rows in the migration that adds the column',
      after: {
        'db/migrate/20250101000000_x.rb': rails(
          '',
          '    add_column :orders, :region, :string\n    Order.find_each { |order| order.update!(region: "eu") }\n',
        ),
      },
    },
    {
      name: 'Django goes through all rows in the migration that removes a field',
      after: {
        'shop/migrations/0009_x.py':
          "def fill(apps, schema_editor):\n    Order = apps.get_model('shop', 'Order')\n    for order in Order.objects.all():\n        order.save()\n\n\nclass Migration(migrations.Migration):\n    operations = [\n        migrations.RunPython(fill),\n        migrations.RemoveField(model_name='order', name='coupon'),\n    ]\n",
      },
    },
    {
      name: 'Alembic fills a column before it requires it',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.add_column('orders', sa.Column('region', sa.Text()))\n    op.execute(\"UPDATE orders SET region = 'eu'\")\n    op.alter_column('orders', 'region', nullable=False)\n",
      },
    },
  ],
  passed: [
    {
      name: 'the rows are named',
      after: {
        'migrations/0003_x.sql':
          "ALTER TABLE orders ADD COLUMN region text;\nUPDATE orders SET region = 'eu' WHERE id = 7;\n",
      },
    },
    {
      name: 'Rails runs it outside a transaction',
      after: {
        'db/migrate/20250101000000_x.rb': rails(
          '  disable_ddl_transaction!\n\n',
          '    add_column :orders, :region, :string\n    Order.in_batches { |orders| orders.update_all(region: "eu") }\n',
        ),
      },
    },
    {
      name: 'the rows have a migration of their own',
      after: { 'migrations/0003_x.sql': "UPDATE orders SET region = 'eu';\n" },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int;\nUPDATE t SET b = a;\n',
      },
    },
    {
      name: 'the rows are written on the way down',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    add_column :orders, :region, :string\n  end\n\n  def down\n    Order.update_all(zone: "eu")\n    remove_column :orders, :region\n  end\nend\n',
      },
    },
  ],
};
