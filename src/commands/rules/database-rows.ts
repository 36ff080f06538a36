import type { Rule } from '../rule.ts';
import { clients, runtimes, sqlHits } from './sql-hits.ts';

/** Deletes and updates that no condition bounds. */
export const databaseRows: Rule = {
  id: 'commands/database-rows',
  title: 'Deleting or changing every row of a table',
  why: 'A DELETE or UPDATE without a condition changes all rows and cannot be taken back after the commit.',
  decision: 'deny',
  loses: 'the rows of the table, or their present values',
  instead: 'Add a WHERE that names the rows, and look at them with SELECT first.',
  programs: [...clients, ...runtimes, 'mongosh', 'mongo'],
  caught: [
    'psql -c "DELETE FROM orders"',
    'psql -c "update users set admin = true"',
    'mysql shop -e "delete from orders where 1=1"',
    'psql -c "select 1; delete from orders; select 2"',
    'sqlite3 app.db "DELETE FROM t;"',
    'mongosh --eval "db.users.deleteMany({})"',
    'psql -c "$(echo DELETE FROM orders)"',
  ],
  passed: [
    'psql -c "delete from orders where id = 4"',
    'psql -c "update users set admin = false where id = 3"',
    'psql -c "select * from deleted"',
    'psql -c "insert into t values (\'delete from orders\')"',
  ],
  look: (run, scene) => sqlHits(run, scene, ['rows', 'unknown']),
};
