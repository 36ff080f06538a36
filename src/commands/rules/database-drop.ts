import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import type { Hit, Rule } from '../rule.ts';
import { clients, runtimes, sqlHits } from './sql-hits.ts';

/** Drops and truncations through a database's own client. */
export const databaseDrop: Rule = {
  id: 'commands/database-drop',
  title: 'Dropping or emptying database objects',
  why: 'What is dropped or truncated is gone at once, for every user of that database.',
  decision: 'deny',
  loses: 'all data of what is dropped or emptied',
  instead:
    'Write the change as a migration that is reviewed, or work on a database that you created for this task.',
  programs: [
    ...clients,
    ...runtimes,
    'dropdb',
    'mongosh',
    'mongo',
    'redis-cli',
    'valkey-cli',
    'memcached-tool',
    'curl',
  ],
  caught: [
    'psql -c "DROP TABLE orders"',
    'psql "$DATABASE_URL" -c "truncate table users cascade;"',
    'mysql -u root -p$PW shop -e "drop database shop"',
    'echo "DROP SCHEMA public CASCADE;" | psql',
    'psql <<EOF\nBEGIN;\nDROP TABLE a;\nEOF',
    'sqlite3 app.db "drop table t"',
    'mongosh shop --eval "db.dropDatabase()"',
    'redis-cli -h cache FLUSHALL',
    'dropdb shop',
    'docker exec db psql -U app -c "drop /* x */ table orders"',
    'kubectl exec -it db-0 -- psql -c "TRUNCATE orders"',
    'python3 -c "import x; x.execute(\'DROP TABLE users\')"',
    'mysqladmin -f drop shop',
  ],
  passed: [
    'psql -c "select * from orders where note = \'drop table orders\'"',
    'psql -c "DROP INDEX CONCURRENTLY old_idx"',
    'psql -l',
    'sqlite3 app.db .tables',
    'redis-cli GET key',
    'psql -c "create table drop_me (id int)"',
  ],
  look: (run, scene) => [...dropsByClient(run), ...sqlHits(run, scene, ['drop'])],
};

function dropsByClient(run: Run): readonly Hit[] {
  const { name, args } = run;
  const all = [...args, run.stdin?.text ?? ''].join('\n');
  if (name === 'dropdb') {
    const target = args.findLast((arg) => !arg.startsWith('-')) ?? 'a database';
    if (args.includes('--help')) return [];
    return [
      {
        says: `It drops the database ${target.replaceAll(hole, '…')}.`,
        ...(isForTests(target) ? { decision: 'ask' as const } : {}),
      },
    ];
  }
  if (name === 'mysqladmin') return args.includes('drop') ? [{ says: 'It drops a database.' }] : [];
  if (/^(?:redis|valkey)-cli$/.test(name)) {
    return /\bflush(?:all|db)\b/i.test(all) ? [{ says: 'It empties the whole Redis store.' }] : [];
  }
  if (name === 'mongosh' || name === 'mongo') {
    return /\.dropDatabase\s{0,3}\(|\.drop\s{0,3}\(/.test(all)
      ? [{ says: 'It drops a MongoDB database or collection.' }]
      : [];
  }
  if (name === 'curl') return elastic(run);
  return [];
}

function isForTests(name: string): boolean {
  return /(?:^|[_-])test(?:$|[_-]|\d)/i.test(name);
}

function elastic({ args }: Run): readonly Hit[] {
  const isDelete = args.some(
    (arg, index) =>
      arg === '-XDELETE' || (arg === 'DELETE' && /^(?:-X|--request)$/.test(args[index - 1] ?? '')),
  );
  const url = args.find((arg) => /:9200\/|_all\b|elastic/.test(arg));
  return isDelete && url !== undefined
    ? [{ says: 'It deletes a search index.', decision: 'ask' }]
    : [];
}
