import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** DELETE or UPDATE that reaches every row of a table. */
export const unboundedWrite: Guard = guard({
  id: 'sql/unbounded-write',
  severity: 'block',
  protects: 'rows of production tables',
  breaks:
    'Every row of the table is written in one transaction: what stood there is lost, and the table is locked and bloated while it runs.',
  fix: 'Say which rows with WHERE, and go through large tables in batches.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.85,
  caught: [
    {
      name: 'a migration deletes without WHERE',
      after: { 'migrations/0003_x.sql': 'DELETE FROM sessions;\n' },
    },
    {
      name: 'a WHERE that is always true',
      after: { 'migrations/0003_x.sql': 'DELETE FROM sessions WHERE 1 = 1;\n' },
    },
    {
      name: 'an update overwrites a column that was there',
      after: { 'migrations/0003_x.sql': "UPDATE `users` SET `role` = 'member', `x` = f(1, 2);\n" },
    },
    {
      name: 'a migration in TypeScript deletes everything',
      after: {
        'src/migrations/1700000000000-X.ts':
          'export class X {\n  async up(q) {\n    await q.query(`DELETE FROM sessions`);\n  }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'the rows are named',
      after: {
        'migrations/0003_x.sql':
          "DELETE FROM sessions WHERE expired_at < now();\nUPDATE `users` SET `role` = 'x' WHERE `role` = 'y';\n",
      },
    },
    {
      name: 'a column that the same file adds is filled',
      after: {
        'migrations/0003_x.sql':
          'ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = lower(name);\n',
      },
    },
    {
      name: 'the table is new',
      after: {
        'migrations/0003_x.sql':
          'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nUPDATE t SET a = 2;\nDELETE FROM t;\n',
      },
    },
    {
      name: 'a seed script cleans up before it fills',
      after: { 'db/seeds/users.sql': 'DELETE FROM users;\nINSERT INTO users VALUES (1);\n' },
    },
    {
      name: 'the condition is put together at run time',
      after: {
        'src/migrations/1700000000000-X.ts':
          "export class X {\n  async up(q) {\n    await q.query(`DELETE FROM sessions ${where}`);\n    await q.query('DELETE FROM sessions ' + where);\n  }\n}\n",
      },
    },
    {
      name: 'the word stands in a trigger and a grant',
      after: {
        'migrations/0003_x.sql':
          'CREATE TRIGGER t AFTER DELETE ON a FOR EACH ROW EXECUTE FUNCTION f();\nGRANT DELETE, UPDATE ON a TO b;\n',
      },
    },
  ],
  look: (scene) => steps(scene).flatMap(sightings),
});

function sightings(step: Step): readonly Sighting[] {
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'write') return [];
    const { verb, table, columns } = operation;
    const fillsNew =
      columns.length > 0 && columns.every((column) => step.newColumns.has(`${table}.${column}`));
    if (fillsNew) return [];
    const does =
      verb === 'DELETE'
        ? 'deletes every row of'
        : `overwrites ${columns.join(', ')} in every row of`;
    const isMild = step.setting === 'script' || verb === 'UPDATE';
    return [
      {
        path: step.path,
        line: step.line,
        endLine: step.endLine,
        says: `${does} ${table}`,
        subject: `${verb} ${table} ${columns.join(',')}`,
        ...(isMild ? { severity: 'warn' as const, confidence: 0.7 } : {}),
      },
    ];
  });
}
