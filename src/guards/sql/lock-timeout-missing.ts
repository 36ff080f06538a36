import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isMigrationPath } from '../language.ts';
import { migrationLanguages } from './languages.ts';
import { tableOf } from './operation.ts';
import type { Operation } from './operation.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A migration that may wait for its lock without end, where its neighbours do not. */
export const lockTimeoutMissing: Guard = guard({
  id: 'sql/lock-timeout-missing',
  severity: 'note',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'While the migration waits for its lock behind one long query, every later query of the table waits behind the migration.',
  fix: 'Set lock_timeout before the statement, as other migrations here do, and run the migration again when it times out.',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.6,
  outage: {
    says: 'GoCardless, 2015: a migration of tables that held no rows waited for a lock on their parent table behind one long query. All API requests queued behind it and timed out for 15 seconds.',
    source: 'https://gocardless.com/blog/zero-downtime-postgres-migrations-the-hard-parts/',
  },
  caught: example([
    ['a table in use is altered', 'ALTER TABLE orders ADD COLUMN note text;\n'],
    ['a column in use is dropped', 'ALTER TABLE orders DROP COLUMN note;\n'],
    [
      'a foreign key comes, which locks two tables',
      'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (u) REFERENCES users (id) NOT VALID;\n',
    ],
  ]),
  passed: [
    ...example([
      [
        'the timeout is set',
        "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\n",
      ],
      ['the table is new', 'CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int;\n'],
      ['only rows change', 'DELETE FROM orders WHERE id = 7;\n'],
    ]),
    {
      name: 'nobody here sets timeouts in migrations',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE orders ADD COLUMN note text;\n' },
    },
  ],
  look: (scene) => {
    const bare = steps(scene).filter(waits);
    return bare.length === 0 || !isUsual(scene) ? [] : firstsOf(bare);
  },
});

function example(rows: readonly (readonly [string, string])[]): Guard['caught'] {
  const older = {
    'migrations/0001_a.sql': "SET lock_timeout = '2s';\nALTER TABLE orders ADD a int;\n",
    'migrations/0002_b.sql': "SET lock_timeout = '2s';\nALTER TABLE orders ADD b int;\n",
  };
  return rows.map(([name, sql]) => ({
    name,
    before: older,
    after: { ...older, 'migrations/0003_x.sql': sql },
  }));
}

const locking: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  'drop-column',
  'add-column',
  'add-constraint',
  'drop-constraint',
  'set-not-null',
  'change-type',
  'rename-column',
  'rename-table',
]);

function waits({ dialect, setting, operations, file }: Step): boolean {
  if (dialect !== 'postgresql' || setting === 'script') return false;
  if (!operations.some((one) => locking.has(one.kind) && tableOf(one) !== null)) return false;
  return !file.some(
    ({ text, operations: all }) =>
      all.some((one) => one.kind === 'lock-timeout') || /lock_timeout/i.test(text),
  );
}

/** Migrations with a timeout that make it a habit. */
const habit = 2;

function isUsual({ search, files }: Scene): boolean {
  const own = new Set(
    files.filter(({ change }) => change.status === 'added').map(({ path }) => path),
  );
  const found = search?.('lock_timeout') ?? [];
  const paths = new Set(
    found.map(({ path }) => path).filter((path) => isMigrationPath(path) && !own.has(path)),
  );
  return paths.size >= habit;
}

function firstsOf(found: readonly Step[]): readonly Sighting[] {
  const first = new Map<string, Step>();
  for (const step of found) if (!first.has(step.path)) first.set(step.path, step);
  return [...first.values()].map(({ path, line, endLine, operations, text }) => {
    const table = operations.map(tableOf).find((name) => name !== null) ?? 'a table';
    return { path, line, endLine, says: `changes ${table} without lock_timeout`, subject: text };
  });
}
