import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { hazards } from './hazard.ts';
import type { Hazard } from './hazard.ts';
import { migrationLanguages } from './languages.ts';
import type { Step } from './step.ts';

/** An index built while writers wait. */
export const blockingIndex: Guard = guard({
  id: 'sql/blocking-index',
  severity: 'warn',
  protects: 'writes to tables that are in use',
  breaks:
    'PostgreSQL blocks every write to the table until the index is built; on a large table requests queue up and time out.',
  fix: 'Build it with CREATE INDEX CONCURRENTLY, in a migration that runs outside a transaction.',
  languages: migrationLanguages,
  cwe: [667],
  confidence: 0.7,
  caught: [
    {
      name: 'an index on a table that exists',
      after: { 'migrations/0003_x.sql': 'CREATE INDEX orders_user_idx ON orders (user_id);\n' },
    },
    {
      name: 'a unique index of Prisma',
      after: {
        'prisma/migrations/1_x/migration.sql':
          '-- CreateIndex\nCREATE UNIQUE INDEX "User_email_key" ON "User"("email");\n',
      },
    },
    {
      name: 'an index in a string',
      after: {
        'src/migrations/1700000000000-X.ts':
          'export class X {\n  async up(q) {\n    await q.query(`CREATE INDEX i ON "orders" ("user_id")`);\n  }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'blanks within the brackets of an old migration',
      before: {
        'db/migrate/20250618104425_a.rb':
          'class A < ActiveRecord::Migration[7.2]\n  def change\n    add_index :keys, [:user_id, :source]\n  end\nend\n',
      },
      after: {
        'db/migrate/20250618104425_a.rb':
          'class A < ActiveRecord::Migration[7.2]\n  def change\n    add_index :keys, [ :user_id, :source ]\n  end\nend\n',
      },
    },
    {
      name: 'the index is built concurrently',
      after: { 'migrations/0003_x.sql': 'CREATE INDEX CONCURRENTLY i ON orders (user_id);\n' },
    },
    {
      name: 'the table is new',
      after: { 'migrations/0003_x.sql': 'CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\n' },
    },
    {
      name: 'MySQL builds indexes online',
      after: { 'migrations/0003_x.sql': 'CREATE INDEX `i` ON `orders` (`user_id`);\n' },
    },
    {
      name: 'the tool says the database is SQLite',
      before: { 'prisma/migrations/migration_lock.toml': 'provider = "sqlite"\n' },
      after: {
        'prisma/migrations/migration_lock.toml': 'provider = "sqlite"\n',
        'prisma/migrations/1_x/migration.sql': 'CREATE INDEX "i" ON "User"("email");\n',
      },
    },
    {
      name: 'somebody may run the script at a quiet hour',
      after: { 'scripts/report.sql': 'CREATE INDEX i ON orders (user_id);\n' },
    },
  ],
  look: (scene) => hazards(scene, found),
});

function found({ operations }: Step): readonly Hazard[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== 'create-index' || operation.concurrently) return [];
    const { index, table } = operation;
    const name = index === '' ? 'an index' : `index ${index}`;
    return [{ table, does: `builds ${name} on ${table} while its writers wait` }];
  });
}
