import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { migrationLanguages } from '../sql/languages.ts';
import type { Operation } from '../sql/operation.ts';
import { steps } from '../sql/step.ts';

/** A migration destroys, and says itself that it cannot be taken back. */
export const irreversible: Guard = guard({
  id: 'migrations/irreversible',
  severity: 'note',
  protects: 'the way back from a bad release',
  breaks:
    'When the release fails, the database cannot be brought back to what the old code needs, except from a backup.',
  fix: 'Write the way back, or take a copy of what goes, before the release that runs this.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.7,
  caught: [
    {
      name: 'Rails raises on the way down',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    remove_column :orders, :coupon\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend\n',
      },
    },
    {
      name: 'Alembic does nothing on the way down',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.drop_table('orders')\n\n\ndef downgrade():\n    pass\n",
      },
    },
    {
      name: 'Knex does nothing on the way down',
      after: {
        'migrations/20250101000000_x.js':
          "exports.up = (knex) => knex.schema.dropTable('orders');\n\nexports.down = async () => {};\n",
      },
    },
    {
      name: 'TypeORM throws on the way down',
      after: {
        'src/migrations/1700000000000-X.ts':
          "export class X {\n  async up(q: QueryRunner): Promise<void> {\n    await q.query('DROP TABLE orders');\n  }\n\n  async down(q: QueryRunner): Promise<void> {\n    throw new Error('no way back');\n  }\n}\n",
      },
    },
  ],
  passed: [
    {
      name: 'the way back is written',
      after: {
        'db/migrate/20250101000000_x.rb':
          'class X < ActiveRecord::Migration[7.1]\n  def up\n    remove_column :orders, :coupon\n  end\n\n  def down\n    add_column :orders, :coupon, :string\n  end\nend\n',
      },
    },
    {
      name: 'nothing is destroyed',
      after: {
        'alembic/versions/a1_x.py':
          "def upgrade():\n    op.add_column('orders', sa.Column('n', sa.Integer()))\n\n\ndef downgrade():\n    pass\n",
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/20250101000000_x.js':
          "exports.up = (knex) => knex.schema.createTable('t', (t) => t.increments()).then(() => knex.schema.dropTable('t'));\n\nexports.down = async () => {};\n",
      },
    },
    {
      name: 'the tool has no way back',
      after: { 'prisma/migrations/1_x/migration.sql': 'DROP TABLE "orders";\n' },
    },
  ],
  look: (scene) => {
    const first = new Map<string, Sighting>();
    for (const { path, operations, setting } of steps(scene)) {
      const destroys = operations.some((one) => destructive.has(one.kind));
      const line =
        destroys && setting === 'migration' && !first.has(path) ? wayBack(path, scene) : null;
      if (line !== null)
        first.set(path, { path, line, says: 'destroys data and has no way back', subject: path });
    }
    return [...first.values()];
  },
});

const destructive: ReadonlySet<Operation['kind']> = new Set<Operation['kind']>([
  'drop-column',
  'drop-object',
  'write',
]);

// The way back does nothing or raises. Bounded: what is looked through is a few lines.
const dead: readonly RegExp[] = [
  /\bdef (?:self\.)?down\b[^\n]{0,40}\n(?:\s*#[^\n]*\n){0,8}\s*(?:raise\b|end\b)/,
  /\bdef downgrade\([^)\n]{0,80}\)[^:\n]{0,20}:\s*(?:"""[^"]{0,300}"""\s*)?(?:#[^\n]*\n\s*){0,8}(?:pass\b|raise\b|\.\.\.)/,
  /\b(?:exports\.down|down)\s*[=(:][^{\n]{0,160}\{\s*(?:\/\/[^\n]*\n\s*){0,8}(?:\}|throw\b|return\s*(?:Promise\.resolve\(\))?;?\s*\})/,
  /\bvoid\s+Down\([^)\n]{0,80}\)\s*\{\s*(?:\/\/[^\n]*\n\s*){0,8}(?:\}|throw\b)/,
  /\bfunction\s+down\(\)[^{\n]{0,20}\s*\{\s*(?:\/\/[^\n]*\n\s*){0,8}(?:\}|throw\b)/,
];

function wayBack(path: string, { files }: Scene): number | null {
  const text = files.find((file) => file.path === path)?.after?.text.slice(0, 200_000) ?? '';
  const found = dead.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  return found === undefined ? null : text.slice(0, found.index).split('\n').length;
}
