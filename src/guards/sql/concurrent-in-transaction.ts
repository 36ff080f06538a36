import { guard } from '../guard.ts';
import type { Guard, Sighting, Source } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A concurrent index where PostgreSQL refuses one. */
export const concurrentInTransaction: Guard = guard({
  id: 'sql/concurrent-in-transaction',
  severity: 'warn',
  protects: 'deployments that run migrations',
  breaks:
    'PostgreSQL refuses CONCURRENTLY inside a transaction, so that the migration fails and the deployment stops.',
  fix: 'Put the statement in a migration of its own that the tool runs without a transaction.',
  languages: migrationLanguages,
  cwe: [758],
  confidence: 0.85,
  caught: [
    {
      name: 'the file opens a transaction',
      after: {
        'migrations/0003_x.sql':
          'BEGIN;\nCREATE INDEX CONCURRENTLY i ON orders (user_id);\nCOMMIT;\n',
      },
    },
    {
      name: 'Rails runs the migration in a transaction',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def change\n    add_index :orders, :user_id, algorithm: :concurrently\n  end\nend\n',
      },
    },
    {
      name: 'Django runs the migration in a transaction',
      after: {
        'shop/migrations/0009_x.py':
          "class Migration(migrations.Migration):\n    operations = [\n        AddIndexConcurrently(model_name='order', index=models.Index(fields=['user'], name='i')),\n        migrations.RunSQL('CREATE INDEX CONCURRENTLY i2 ON orders (user_id)'),\n    ]\n",
      },
    },
    {
      name: 'goose runs the migration in a transaction',
      after: {
        'db/migrations/0003_x.sql':
          '-- +goose Up\nCREATE INDEX CONCURRENTLY i ON orders (user_id);\n-- +goose Down\nDROP INDEX i;\n',
      },
    },
  ],
  passed: [
    {
      name: 'the file has no transaction',
      after: { 'migrations/0003_x.sql': 'CREATE INDEX CONCURRENTLY i ON orders (user_id);\n' },
    },
    {
      name: 'the transaction ends before',
      after: {
        'migrations/0003_x.sql':
          'BEGIN;\nALTER TABLE orders ADD COLUMN n int;\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON orders (n);\n',
      },
    },
    {
      name: 'Rails is told to do without',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  disable_ddl_transaction!\n\n  def change\n    add_index :orders, :user_id, algorithm: :concurrently\n  end\nend\n',
      },
    },
    {
      name: 'Django and goose are told to do without',
      after: {
        'shop/migrations/0009_x.py':
          "class Migration(migrations.Migration):\n    atomic = False\n    operations = [\n        migrations.RunSQL('CREATE INDEX CONCURRENTLY i2 ON orders (user_id)'),\n    ]\n",
        'db/migrations/0003_x.sql':
          '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON orders (user_id);\n',
      },
    },
    {
      name: 'Alembic leaves its transaction',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    with op.get_context().autocommit_block():\n        op.create_index('i', 'orders', ['user_id'], postgresql_concurrently=True)\n",
      },
    },
  ],
  look: (scene) => {
    const sources = new Map(scene.files.map(({ path, after }) => [path, after]));
    return steps(scene).flatMap((step) => sightings(step, sources.get(step.path) ?? null));
  },
});

function sightings(step: Step, source: Source | null): readonly Sighting[] {
  if (step.dialect !== 'postgresql' || source === null) return [];
  const found = step.operations.find(
    (one) => (one.kind === 'create-index' || one.kind === 'drop-index') && one.concurrently,
  );
  const why = found === undefined ? null : transactionAround(step, source);
  if (why === null) return [];
  const { path, line, endLine, text } = step;
  return [
    {
      path,
      line,
      endLine,
      says: `works on an index concurrently inside a transaction (${why})`,
      subject: text,
    },
  ];
}

interface Habit {
  /** Files of a tool that opens a transaction around each migration. */
  readonly of: (source: Source) => boolean;
  readonly unless: RegExp;
  readonly why: string;
}

const habits: readonly Habit[] = [
  {
    of: ({ language }) => language === 'ruby',
    unless: /\bdisable_ddl_transaction!/,
    why: 'disable_ddl_transaction! is missing',
  },
  {
    of: ({ language, text }) => language === 'python' && /\bmigrations\.Migration\b/.test(text),
    unless: /\batomic\s*=\s*False\b/,
    why: 'atomic = False is missing',
  },
  {
    of: ({ language, text }) => language === 'python' && /\bdef upgrade\b/.test(text),
    unless: /\bautocommit_block\b|\bCOMMIT\b|isolation_level/i,
    why: 'no autocommit_block around it',
  },
  {
    of: ({ language, text }) => language === 'sql' && /^--\s*\+goose\s+Up/im.test(text),
    unless: /^--\s*\+goose\s+NO TRANSACTION/im,
    why: '+goose NO TRANSACTION is missing',
  },
  {
    of: ({ language, text }) => language === 'sql' && /^--\s*migrate:up/im.test(text),
    unless: /^--\s*migrate:up\s+[^\n]*transaction:\s*false/im,
    why: 'transaction:false is missing',
  },
];

function transactionAround({ file, line }: Step, source: Source): string | null {
  const before = file.filter((other) => other.line < line).flatMap(({ operations }) => operations);
  const last = before.findLast((one) => one.kind === 'transaction');
  if (last?.kind === 'transaction') return last.opens ? 'BEGIN stands before it' : null;
  const habit = habits.find(({ of, unless }) => of(source) && !unless.test(source.text));
  return habit?.why ?? null;
}
