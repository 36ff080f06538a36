import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { resolvePath } from '../paths.ts';
import { readArgs, valuesOf } from '../read-args.ts';
import type { Hit, Scene } from '../rule.ts';
import { sqlDangers } from '../sql.ts';

export const clients: readonly string[] = [
  'psql',
  'pgcli',
  'mysql',
  'mariadb',
  'mycli',
  'sqlite3',
  'sqlite',
  'litecli',
  'duckdb',
  'clickhouse',
  'clickhouse-client',
  'cockroach',
  'sqlcmd',
  'cqlsh',
  'bq',
  'snowsql',
  'snow',
  'trino',
  'presto',
  'spanner-cli',
  'turso',
  'usql',
  'sqlplus',
  'hive',
  'beeline',
  'wrangler',
  'mysqladmin',
  'prisma',
];

export const runtimes: readonly string[] = [
  'python',
  'python3',
  'node',
  'ruby',
  'bun',
  'deno',
  'php',
  'perl',
  'tsx',
  'ts-node',
  'rails',
];

export function sqlHits(run: Run, scene: Scene, kinds: readonly string[]): readonly Hit[] {
  const dangers = sqlTexts(run, scene).flatMap(sqlDangers);
  const hits = dangers
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ does, kind }): Hit => {
      const says = `It ${does}.`;
      return kind === 'unknown' ? { says, decision: 'ask' } : { says };
    });
  if (kinds.includes('drop') && runsResults(run)) {
    hits.push({ decision: 'ask', says: 'It runs what a query gives as further SQL.' });
  }
  if (kinds.includes('rows') && emptiesModel(run)) {
    hits.push({ decision: 'ask', says: 'It deletes every record of a model.' });
  }
  if (kinds.includes('rows') && run.name.startsWith('mongo')) hits.push(...mongoRows(run));
  return hits;
}

function sqlTexts(run: Run, { read: readFile }: Scene): readonly string[] {
  if (run.args.includes('dbshell')) return [run.stdin?.text ?? ''];
  if (!clients.includes(run.name)) return runtimes.includes(run.name) ? quotedSql(run) : [];
  const read = readArgs(run.args, [
    '-f',
    '--file',
    '-U',
    '-h',
    '-d',
    '-p',
    '-u',
    '--host',
    '--user',
  ]);
  const files = [
    ...valuesOf(read, '-f', '--file'),
    ...run.args.flatMap((arg) => /^(?:source|\\\.|\.read) (\S{1,300})/.exec(arg)?.[1] ?? []),
  ];
  const fromFiles = files.flatMap((file) => {
    const path = run.elsewhere || file.includes(hole) ? null : resolvePath(file, run.cwd);
    return (path === null ? null : readFile(path)) ?? [];
  });
  const args = run.args.map((arg) =>
    arg.replace(/^(?:-[ceq]|--(?:command|execute|query|eval)=)(?=[A-Za-z]{4,20}\s)/, ''),
  );
  return [...args.filter((arg) => arg.includes(' ')), ...fromFiles, run.stdin?.text ?? ''];
}

// Programs given in the command talk to databases too; their texts that start as SQL does are looked at.
function quotedSql(run: Run): readonly string[] {
  const code = [...run.args.filter((arg) => arg.includes('(')), run.stdin?.text ?? ''].join('\n');
  if (!/\b(?:execute|query|exec|raw|run|cursor)\w{0,20}\b/i.test(code)) return [];
  const found =
    code
      .slice(0, 200_000)
      .match(
        /["'`]\s{0,50}(?:DROP|TRUNCATE|DELETE FROM|UPDATE|ALTER TABLE)\s[^"'`]{1,2000}["'`]/gi,
      ) ?? [];
  return found.map((text) => text.slice(1, -1));
}

// What a query gives is only known when it runs; an included file is read where it can be.
function runsResults({ name, args, stdin }: Run): boolean {
  if (!/^(?:psql|pgcli|usql)$/.test(name)) return false;
  const text = [...args, stdin?.text ?? ''].join('\n').slice(0, 400_000);
  return /\\gexec\b|\\(?:i|ir|include|include_relative)\s{1,5}\S|\bFROM\s{1,5}PROGRAM\b/i.test(
    text,
  );
}

function emptiesModel({ args }: Run): boolean {
  const code = args.join('\n').slice(0, 100_000);
  return /\b(?:delete_all|destroy_all)\b|objects\.all\(\)\.delete\(\)|deleteMany\(\s{0,3}(?:\{\s{0,3}\})?\s{0,3}\)/.test(
    code,
  );
}

function mongoRows(run: Run): readonly Hit[] {
  const all = [...run.args, run.stdin?.text ?? ''].join('\n');
  return /\.(?:deleteMany|remove|updateMany)\s{0,3}\(\s{0,3}\{\s{0,3}\}/.test(all)
    ? [{ says: 'It deletes or changes every document of a collection.' }]
    : [];
}
