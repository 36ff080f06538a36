import type { ChangedFile, Scene, Source, SqlDialect } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';
import { isChangeLog } from './liquibase.ts';

/** A migration runs once against production by itself; a script may run there when somebody starts it. */
export type Setting = 'migration' | 'script';

const downFiles =
  /(?:\.down\.|(?:^|[/._-])(?:down|downs|rollback|revert|undo|downgrade)\.[a-z]+$|(?:^|\/)(?:down|downs|rollback|rollbacks|revert|undo|downgrades?)\/|(?:^|\/)U[\d._]+__)/i;
const migrationNames = /(?:^|\/)(?:V[\d._]+__[^/]*|R__[^/]*|\d{3,}[-_.][^/]*|[^/]*\.up)\.sql$/i;
const dumps = /(?:^|[/._-])(?:schema|structure|dump|tables|ddl|snapshot|baseline)\.sql$/i;
const builders =
  /(?:^|[/._-])(?:seeds?|init|setup|bootstrap|create[-_]?tables?|create[-_]?db|reset|teardown|clean(?:up)?[-_]?(?:db|database)?|mock[-_]?data)[^/]*\.sql$/i;
const builderFolders =
  /(?:^|\/)(?:seeds?|seeders|schemas?|dumps?|queries|query|models|analyses|macros|snippets|initdb(?:\.d)?|docker-entrypoint-initdb\.d)\//i;

/** In which setting a file's statements run; null when they do not run on production data. */
export function settingOf(file: ChangedFile): Setting | null {
  const { path } = file;
  if (file.after === null || file.isTest || downFiles.test(path) || !isProductionPath(path))
    return null;
  if (isChangeLog(file.after)) return 'migration';
  if (file.language !== 'sql') return isMigrationPath(path) ? 'migration' : null;
  if (dumps.test(path)) return null;
  if (isMigrationPath(path) || /(?:^|\/)drizzle\//.test(path)) return 'migration';
  if (builders.test(path) || builderFolders.test(path)) return null;
  return migrationNames.test(path) ? 'migration' : 'script';
}

const downMark =
  /^\s*(?:--|#|\/\/)[\s\-=@+!>#*/]*(?:(?:goose|migrate|migration)[\s:]*)?(?:downs?|rollback|undo|revert)(?:\s+(?:migration|script|section|part))?[\s\-=:#*]*$/i;
const upMark =
  /^\s*(?:--|#|\/\/)[\s\-=@+!>#*/]*(?:(?:goose|migrate|migration)[\s:]*)?(?:ups?|apply|do|forwards?|changeset\s+\S+)(?:\s+(?:migration|script|section|part))?[\s\-=:#*]*$/i;

/** Whether a line of a SQL file belongs to the part that takes a migration back. */
export function downLines(source: Source): (line: number) => boolean {
  const down = new Set<number>();
  let isDown = false;
  source.lines.forEach((text, index) => {
    const mark = text.replace(/\btransaction:\w+|\bNO TRANSACTION\b/gi, '');
    if (downMark.test(mark)) isDown = true;
    else if (upMark.test(mark)) isDown = false;
    if (isDown) down.add(index + 1);
  });
  return (line) => down.has(line);
}

const byPath: readonly (readonly [RegExp, SqlDialect])[] = [
  [/mysql|mariadb|tidb|planetscale/i, 'mysql'],
  [
    /sqlite|libsql|turso|(?:^|[/_-])d1[/_-]|clickhouse|snowflake|bigquery|duckdb|oracle|mssql|sqlserver|cassandra|spanner|redshift|databricks|athena|presto|trino/i,
    'other',
  ],
  [/postgres|(?:^|[/_-])pg(?:[/_-]|$)|supabase|hasura|timescale/i, 'postgresql'],
];
const byText: readonly (readonly [RegExp, SqlDialect])[] = [
  [/\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT\s+ROWID\b/i, 'other'],
  [/\[dbo\]|\bNVARCHAR\b|^[ \t]*GO[ \t\r]*$|\bVARCHAR2\b|\bMergeTree\b/im, 'other'],
  [/`|\bAUTO_INCREMENT\b|\bENGINE\s*=\s*InnoDB\b/i, 'mysql'],
];
const byProvider: readonly (readonly [RegExp, SqlDialect])[] = [
  [/provider\s*=\s*"(?:postgresql|cockroachdb)"|"dialect":\s*"(?:postgresql|pg)"/, 'postgresql'],
  [/provider\s*=\s*"mysql"|"dialect":\s*"mysql"/, 'mysql'],
  [/provider\s*=|"dialect":/, 'other'],
];

/** The database a migration is for: what its tool wrote down, then its path and words, else PostgreSQL. */
export function dialectOf(path: string, text: string, scene: Scene): SqlDialect {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  const declared =
    scene.readAfter(`${above}/migration_lock.toml`) ??
    scene.readAfter(`${folder}/migration_lock.toml`) ??
    scene.readAfter(`${folder}/meta/_journal.json`);
  return (
    (declared === null ? null : match(byProvider, declared)) ??
    match(byPath, path) ??
    match(byText, text) ??
    byFramework(path, scene) ??
    'postgresql'
  );
}

function match(table: readonly (readonly [RegExp, SqlDialect])[], text: string): SqlDialect | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

interface Manifest {
  readonly of: RegExp;
  /** Files that say which database the program has, from the folder above the migrations. */
  readonly files: readonly string[];
  readonly otherwise: SqlDialect;
}

const manifests: readonly Manifest[] = [
  {
    of: /^(.*?)db\/migrate\/[^/]+\.rb$/,
    files: ['Gemfile', 'config/database.yml'],
    otherwise: 'postgresql',
  },
  {
    of: /^(.*?)database\/migrations\/[^/]+\.php$/,
    files: ['.env.example', 'docker-compose.yml'],
    otherwise: 'mysql',
  },
];
const byManifest: readonly (readonly [RegExp, SqlDialect])[] = [
  [/gem ['"]pg['"]|adapter: postgresql|DB_CONNECTION=pgsql|image: postgres/, 'postgresql'],
  [
    /gem ['"](?:mysql2|trilogy)['"]|adapter: (?:mysql2|trilogy)|DB_CONNECTION=(?:mysql|mariadb)/,
    'mysql',
  ],
  [/gem ['"]sqlite3['"]|adapter: sqlite3|DB_CONNECTION=(?:sqlite|sqlsrv)/, 'other'],
];

function byFramework(path: string, scene: Scene): SqlDialect | null {
  for (const { of, files, otherwise } of manifests) {
    const found = of.exec(path);
    if (found === null) continue;
    const said = files.map((file) => scene.readAfter(`${found[1] ?? ''}${file}`) ?? '').join('\n');
    return match(byManifest, said) ?? otherwise;
  }
  return null;
}
