import { isMigrationPath, isTestPath } from '../language.ts';

/** A file that a migration tool runs once, told by its name. */
export interface MigrationName {
  readonly folder: string;
  /** What the tool orders by and remembers: `0007`, `20250101120000`, `V12`; the whole name where nothing else tells. */
  readonly version: string;
  readonly file: string;
}

const versions: readonly RegExp[] = [
  /^(V[\d._]+?)__.+\.(?:sql|java|kt)$/,
  /^(\d{4}[_-]\d\d[_-]\d\d[_-]\d{2,}(?:[_-]\d+)?)[._-].*\.(?:sql|php|[cm]?[jt]s)$/,
  /^(\d{4}[_-]\d\d[_-]\d\d[._-].*)\.sql$/,
  /^(\d{3,})[._-](?!\d{1,2}[._-]).*\.(?:sql|[cm]?[jt]s|py|rb|php|cs|go|exs?)$/,
  /^(\d{10,17})\.(?:sql|[cm]?[jt]s|rb|go)$/,
  /^(Migration\d{8,})(?:[._-].*)?\.[cm]?[jt]s$/,
];

/** Reads a path as one migration; null for everything else, also for what may run again (`R__`) or takes back. */
export function migrationName(path: string): MigrationName | null {
  if (isTestPath(path) || /\.(?:down|undo|rollback)\.|\.designer\.cs$|\.d\.ts$|\.snap/i.test(path))
    return null;
  const at = path.lastIndexOf('/');
  const [folder, file] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  if (file === 'migration.sql' && isMigrationPath(path)) {
    const up = folder.slice(folder.lastIndexOf('/') + 1);
    return { folder: folder.slice(0, folder.lastIndexOf('/')), version: up, file: up };
  }
  const isHome =
    isMigrationPath(path) ||
    /(?:^|\/)(?:drizzle|dbscripts|changelogs?|sql\/versions)\//i.test(path);
  const version = versions
    .map((pattern) => pattern.exec(file)?.[1])
    .find((found) => found !== undefined);
  if (version !== undefined && isHome) return { folder, version, file };
  return /(?:^|\/)(?:alembic|migrations)\/versions\/\w+\.py$/.test(path)
    ? { folder, version: file, file }
    : null;
}
