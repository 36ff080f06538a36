import type { Guard } from '../guard.ts';

const django = (parent: string): string =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [\n        ('shop', '${parent}'),\n    ]\n    operations = []\n`;
const alembic = (revision: string, parent: string): string =>
  `revision = '${revision}'\ndown_revision = ${parent}\n\n\ndef upgrade():\n    pass\n`;
const journal = (entries: readonly (readonly [string, number])[]): string =>
  JSON.stringify({ entries: entries.map(([tag, when], idx) => ({ idx, when, tag })) }, null, 2);

/** What the guard on the order of migrations catches and passes. */
export const outOfOrderExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'two new migrations have one number',
      after: {
        'db/migrations/0007_a.sql': 'SELECT 1;\n',
        'db/migrations/0007_b.sql': 'SELECT 2;\n',
      },
    },
    {
      name: 'Django gets a second leaf',
      before: { 'shop/migrations/0008_total.py': django('0007_coupon') },
      after: {
        'shop/migrations/0008_total.py': django('0007_coupon'),
        'shop/migrations/0008_region.py': django('0007_coupon'),
      },
    },
    {
      name: 'Alembic gets a second head',
      before: { 'alembic/versions/bb22_total.py': alembic('bb22', "'aa11'") },
      after: {
        'alembic/versions/bb22_total.py': alembic('bb22', "'aa11'"),
        'alembic/versions/cc33_region.py': alembic('cc33', "'aa11'"),
      },
    },
    {
      name: 'Drizzle gets a migration that is older than the newest',
      before: {
        'drizzle/meta/_journal.json': journal([
          ['0000_a', 1700000000000],
          ['0001_b', 1710000000000],
        ]),
      },
      after: {
        'drizzle/meta/_journal.json': journal([
          ['0000_a', 1700000000000],
          ['0001_b', 1710000000000],
          ['0002_c', 1705000000000],
        ]),
      },
    },
  ],
  passed: [
    {
      name: 'the numbers differ',
      after: {
        'db/migrations/0007_a.sql': 'SELECT 1;\n',
        'db/migrations/0008_b.sql': 'SELECT 2;\n',
      },
    },
    {
      name: 'one migration in two directions',
      after: {
        'db/migrations/0007_a.up.sql': 'SELECT 1;\n',
        'db/migrations/0007_a.down.sql': 'SELECT 2;\n',
      },
    },
    {
      name: 'Django continues its chain',
      before: { 'shop/migrations/0008_total.py': django('0007_coupon') },
      after: {
        'shop/migrations/0008_total.py': django('0007_coupon'),
        'shop/migrations/0009_region.py': django('0008_total'),
      },
    },
    {
      name: 'two leaves are merged in the same change',
      before: { 'shop/migrations/0008_total.py': django('0007_coupon') },
      after: {
        'shop/migrations/0008_total.py': django('0007_coupon'),
        'shop/migrations/0008_region.py': django('0007_coupon'),
        'shop/migrations/0009_merge.py': django("0008_total'), ('shop', '0008_region"),
      },
    },
    {
      name: 'Alembic continues its chain',
      before: { 'alembic/versions/bb22_total.py': alembic('bb22', "'aa11'") },
      after: {
        'alembic/versions/bb22_total.py': alembic('bb22', "'aa11'"),
        'alembic/versions/cc33_region.py': alembic('cc33', "'bb22'"),
      },
    },
    {
      name: 'Drizzle gets a newer migration',
      before: { 'drizzle/meta/_journal.json': journal([['0000_a', 1700000000000]]) },
      after: {
        'drizzle/meta/_journal.json': journal([
          ['0000_a', 1700000000000],
          ['0001_b', 1710000000000],
        ]),
      },
    },
  ],
};
