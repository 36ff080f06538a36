import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { onceAFile } from './once-a-file.ts';
import type { Deed } from './once-a-file.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** More people may read or write rows than before. */
export const accessWidened: Guard = guard({
  id: 'sql/access-widened',
  severity: 'block',
  protects: 'data that not everybody may read',
  breaks:
    'Everybody who can connect, through a public API key perhaps, reads or changes rows that were kept from them.',
  fix: 'Grant the single rights a role needs, to that role; replace a policy in the migration that drops it.',
  languages: migrationLanguages,
  cwe: [732, 284],
  confidence: 0.8,
  caught: [
    {
      name: 'row security is turned off',
      after: {
        'supabase/migrations/0003_x.sql': 'ALTER TABLE profiles DISABLE ROW LEVEL SECURITY;\n',
      },
    },
    {
      name: 'every right goes to everybody',
      after: { 'migrations/0003_x.sql': 'GRANT ALL PRIVILEGES ON orders TO PUBLIC;\n' },
    },
    {
      name: 'a user of MySQL gets every right on all databases, from anywhere',
      after: {
        'migrations/0003_x.sql': "GRANT ALL PRIVILEGES ON *.* TO 'shop'@'%' WITH GRANT OPTION;\n",
      },
    },
    {
      name: 'a policy goes and none comes',
      after: {
        'supabase/migrations/0003_x.sql': 'DROP POLICY IF EXISTS "own rows" ON public.profiles;\n',
      },
    },
    {
      name: 'a Rails migration gives a role every power',
      after: {
        'db/migrate/20250101000000_x.rb':
          "class X < ActiveRecord::Migration[7.1]\n  def up\n    execute 'ALTER ROLE app SUPERUSER'\n  end\nend\n",
      },
    },
  ],
  passed: [
    {
      name: 'an old grant in the words of a newer MySQL',
      before: {
        'src/main/resources/db/mysql/user.sql':
          "GRANT ALL PRIVILEGES ON shop.* TO 'shop'@'%' IDENTIFIED BY 'shop';\n",
      },
      after: {
        'src/main/resources/db/mysql/user.sql':
          "CREATE USER IF NOT EXISTS 'shop'@'%' IDENTIFIED BY 'shop';\nGRANT ALL PRIVILEGES ON shop.* TO 'shop'@'%';\n",
      },
    },
    {
      name: 'a role gets the rights it needs',
      after: { 'migrations/0003_x.sql': 'GRANT SELECT, INSERT ON orders TO app;\n' },
    },
    {
      name: 'a policy is replaced',
      after: {
        'supabase/migrations/0003_x.sql':
          'DROP POLICY IF EXISTS "own rows" ON profiles;\nCREATE POLICY "own rows" ON profiles USING (auth.uid() = id);\n',
      },
    },
    {
      name: 'row security is off while rows are moved',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE profiles DISABLE ROW LEVEL SECURITY;\nUPDATE profiles SET a = 1 WHERE b = 2;\nALTER TABLE profiles ENABLE ROW LEVEL SECURITY;\n',
      },
    },
    {
      name: 'everybody may use a schema and call a function',
      after: {
        'migrations/0003_x.sql':
          'GRANT USAGE ON SCHEMA shop TO PUBLIC;\nGRANT EXECUTE ON FUNCTION f() TO PUBLIC;\n',
      },
    },
    {
      name: 'the database of a test',
      after: { 'test/setup/init.sql': 'GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;\n' },
    },
    {
      name: 'the policy belongs to a table that goes',
      after: {
        'supabase/migrations/0003_x.sql': 'DROP POLICY "own" ON profiles;\nDROP TABLE profiles;\n',
      },
    },
  ],
  look: (scene) => onceAFile(steps(scene).flatMap(deeds)),
});

function deeds(step: Step): readonly Deed[] {
  const others = step.file.flatMap(({ operations }) => operations);
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'open-access') return [];
    const { table, does, undoes } = operation;
    const isClosed = others.some(
      (one) =>
        (one.kind === 'close-access' || (one.kind === 'drop-object' && one.what === 'table')) &&
        (one.kind === 'close-access' ? one.table : one.name) === table,
    );
    if (undoes !== null && isClosed) return [];
    const isGrave = undoes === 'row security' || does.startsWith('makes a superuser');
    return [
      { step, says: does, severity: isGrave && step.setting === 'migration' ? 'block' : 'warn' },
    ];
  });
}
