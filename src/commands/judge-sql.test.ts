import { expect, test } from 'vitest';
import { parseShell } from '../outside/parsers/shell.ts';
import { judgeSql } from './commands.ts';
import type { Place } from './commands.ts';

const place: Place = {
  shell: 'posix',
  cwd: '/shop',
  top: '/shop',
  home: '/home/ann',
  parse: parseShell,
  protectedBranches: ['main'],
  currentBranch: null,
  read: () => null,
};

test.each([
  ['DROP TABLE orders', 'commands/database-drop'],
  ['truncate orders', 'commands/database-drop'],
  ['-- tidy up\nDROP SCHEMA public CASCADE;', 'commands/database-drop'],
  ['/* x */ select 1; drop database shop', 'commands/database-drop'],
  ['ALTER TABLE users DROP COLUMN email', 'commands/database-drop'],
  ['delete from orders', 'commands/database-rows'],
  ['UPDATE users SET admin = true', 'commands/database-rows'],
])('denies %s', (sql, rule) => {
  expect(judgeSql(sql, place)).toMatchObject([{ rule, decision: 'deny' }]);
});

test.each([
  '',
  'select 1',
  "select * from t where note = 'drop table t'",
  'delete from orders where id = 4',
  'create table t (id int)',
  'cat ~/.ssh/id_rsa',
  'rm -rf /',
])('says nothing about %j', (sql) => {
  expect(judgeSql(sql, place)).toEqual([]);
});

test('more SQL than is read is asked about', () => {
  expect(judgeSql(`select 1; ${'-'.repeat(500_000)}`, place)).toMatchObject([{ decision: 'ask' }]);
});
