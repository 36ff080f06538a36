import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** A column or table gets another name while code that knows the old one is running. */
export const renameInOneStep: Guard = guard({
  id: 'sql/rename-in-one-step',
  severity: 'warn',
  protects: 'the instances that still run the old code while a release rolls out',
  breaks:
    'Until the last old instance is gone, every query that uses the old name fails; so does every query after a rollback.',
  fix: 'Add the new name, write both, move the readers, and drop the old name in a later release; or keep a view under the old name.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.8,
  caught: [
    {
      name: 'a column is renamed',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE users RENAME COLUMN name TO full_name;\n' },
    },
    {
      name: 'MySQL renames a column by CHANGE',
      after: {
        'migrations/0003_x.sql': 'ALTER TABLE `users` CHANGE `name` `full_name` varchar(99);\n',
      },
    },
    {
      name: 'a table is renamed',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE users RENAME TO people;\n' },
    },
    {
      name: 'Django renames a field',
      after: {
        'shop/migrations/0009_x.py':
          "operations = [migrations.RenameField(model_name='user', old_name='name', new_name='full_name')]\n",
      },
    },
  ],
  passed: [
    {
      name: 'a copy takes the place of the table it was made from',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE new_users (id int);\nALTER TABLE new_users RENAME TO users;\n',
      },
    },
    {
      name: 'a view keeps the old name alive',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE users RENAME TO people;\nCREATE VIEW users AS SELECT * FROM people;\n',
      },
    },
    {
      name: 'an index and a constraint are renamed',
      after: {
        'migrations/0003_x.sql':
          'ALTER INDEX a RENAME TO b;\nALTER TABLE users RENAME CONSTRAINT a TO b;\nALTER TABLE `t` RENAME INDEX `a` TO `b`;\n',
      },
    },
    {
      name: 'CHANGE keeps the name and alters the type',
      after: { 'migrations/0003_x.sql': 'ALTER TABLE `users` CHANGE `name` `name` varchar(99);\n' },
    },
  ],
  look: (scene) => steps(scene).flatMap((step) => sightings(step, scene)),
});

function sightings(step: Step, scene: Scene): readonly Sighting[] {
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'rename-column' && operation.kind !== 'rename-table') return [];
    const isColumn = operation.kind === 'rename-column';
    if (isColumn && step.newColumns.has(`${operation.table}.${operation.from}`)) return [];
    const old = isColumn ? operation.from : operation.table;
    if (!isColumn && viewStays(old, step)) return [];
    const what = isColumn ? `column ${old} of ${operation.table}` : `table ${old}`;
    const user = stillUsed(old, step, scene);
    const { path, line, endLine } = step;
    const used = user === null ? '' : `, which ${user} still uses`;
    return [
      {
        path,
        line,
        endLine,
        says: `renames ${what} to ${operation.to}${used}`,
        subject: `${what} ${operation.to}`,
      },
    ];
  });
}

function viewStays(table: string, { file }: Step): boolean {
  const view = new RegExp(
    String.raw`\bVIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:\w+\.)?["\`]?${escape(table)}\b`,
    'i',
  );
  return file.some(({ text }) => view.test(text));
}

/** A file of the change that names the old name after it. The rest of the repository is not in sight. */
function stillUsed(old: string, step: Step, scene: Scene): string | null {
  if (old.length < 4) return null;
  const name = new RegExp(String.raw`["'\`.]${escape(old)}\b`);
  const user = scene.files.find(
    ({ path, after, language }) =>
      path !== step.path &&
      language !== 'sql' &&
      isProductionPath(path) &&
      after !== null &&
      name.test(after.text),
  );
  return user?.path ?? null;
}

function escape(text: string): string {
  return text.replace(/[^\w]/g, String.raw`\$&`);
}
