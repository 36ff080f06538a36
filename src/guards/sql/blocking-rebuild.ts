import { guard } from '../guard.ts';
import type { Guard, SqlDialect } from '../guard.ts';
import { hazards } from './hazard.ts';
import { migrationLanguages } from './languages.ts';

/** A table or its indexes are written anew while everybody waits. */
export const blockingRebuild: Guard = guard({
  id: 'sql/blocking-rebuild',
  severity: 'warn',
  protects: 'reads and writes of tables that are in use',
  breaks:
    'The database copies the table or its indexes under a lock, and requests queue up until it is done.',
  fix: 'Use the form that works beside readers and writers (CONCURRENTLY, ALGORITHM=INPLACE), or a tool that copies in the background.',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.7,
  caught: [
    {
      name: 'indexes are rebuilt under lock',
      after: { 'migrations/0003_x.sql': 'REINDEX TABLE orders;\n' },
    },
    {
      name: 'a table is vacuumed in full',
      after: { 'migrations/0003_x.sql': 'VACUUM FULL orders;\n' },
    },
    {
      name: 'MySQL converts the character set of a table',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE `orders` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n',
      },
    },
    {
      name: 'MySQL is told to copy the table',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE `orders` ADD `n` int, ALGORITHM=COPY, LOCK=SHARED;\n',
      },
    },
    {
      name: 'a Rails migration refreshes a view under lock',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    execute <<~SQL\n      REFRESH MATERIALIZED VIEW daily_totals;\n    SQL\n  end\nend\n',
      },
    },
  ],
  passed: [
    {
      name: 'it is done concurrently',
      after: {
        'migrations/0003_x.sql':
          'REINDEX TABLE CONCURRENTLY orders;\nREFRESH MATERIALIZED VIEW CONCURRENTLY daily;\nVACUUM ANALYZE orders;\n',
      },
    },
    {
      name: 'MySQL is told not to lock',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE `orders` ADD `n` int, ALGORITHM=INSTANT, LOCK=NONE;\n',
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE `t` (a int);\nALTER TABLE `t` CONVERT TO CHARACTER SET utf8mb4;\n',
      },
    },
    {
      name: 'somebody runs the script at a quiet hour',
      after: { 'scripts/maintenance.sql': 'VACUUM FULL orders;\n' },
    },
  ],
  look: (scene) =>
    hazards(
      scene,
      ({ operations }) =>
        operations.flatMap((one) =>
          one.kind === 'rebuild' ? [{ does: one.does, table: one.table }] : [],
        ),
      known,
    ),
});

const known: readonly SqlDialect[] = ['postgresql', 'mysql'];
