import { alterations } from './alter-words.ts';
import type { DroppedKind, Operation } from './operation.ts';
import { bare, clauses, name, withoutComments, withoutStrings } from './words.ts';

const alter = new RegExp(
  String.raw`^ALTER\s+(?:ONLINE\s+|IGNORE\s+)?TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?${name}\s+(.*)$`,
  'is',
);
const create = new RegExp(
  String.raw`^CREATE\s+((?:GLOBAL\s+|LOCAL\s+|OR\s+REPLACE\s+)*(?:TEMP(?:ORARY)?\s+)?)(?:UNLOGGED\s+|VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?${name}`,
  'is',
);
const drop = new RegExp(
  String.raw`^DROP\s+(TEMPORARY\s+)?(TABLE|SCHEMA|DATABASE)\s+(?:IF\s+EXISTS\s+)?(.*)$`,
  'is',
);
const truncate = new RegExp(String.raw`^TRUNCATE\s+(?:TABLE\s+)?${name}`, 'is');
const remove = new RegExp(
  String.raw`^DELETE\s+(?:(?:LOW_PRIORITY|QUICK|IGNORE)\s+)*FROM\s+${name}\s*$`,
  'is',
);
const update = new RegExp(String.raw`^UPDATE\s+${name}\s+SET\s+(.*)$`, 'is');
const renameTables = new RegExp(String.raw`^RENAME\s+TABLE\s+${name}\s+TO\s+${name}\s*$`, 'is');

/**
 * What a statement does, read from its words, for dialects PostgreSQL's parser does not know.
 * It understands the destructive forms and creations only, and gives nothing where it is unsure.
 */
export function wordOperations(statement: string): readonly Operation[] {
  const said = withoutGuard(withoutComments(statement));
  const altered = alter.exec(said);
  if (altered) {
    const table = bare(altered[1]);
    return alterations(table, altered[2] ?? '');
  }
  const created = create.exec(said);
  if (created) {
    return [
      { kind: 'create-table', table: bare(created[2]), temporary: /TEMP/i.test(created[1] ?? '') },
    ];
  }
  const dropped = drop.exec(said);
  if (dropped)
    return dropped[1] === undefined ? droppedObjects(dropped[2] ?? '', dropped[3] ?? '') : [];
  const renamed = renameTables.exec(said);
  if (renamed) return [{ kind: 'rename-table', table: bare(renamed[1]), to: bare(renamed[2]) }];
  return upkeep(said) ?? writes(said);
}

const guarded =
  /^IF\b[^;]{0,2000}?[\s)](?=(?:ALTER\s+TABLE|DROP\s+(?:TABLE|INDEX|SCHEMA|DATABASE)|TRUNCATE\s|CREATE\s|EXEC\s|EXECUTE\s|DELETE\s+FROM|UPDATE\s)\b)/i;

// SQL Server asks before it acts: IF COL_LENGTH(…) IS NOT NULL BEGIN ALTER TABLE …
function withoutGuard(said: string): string {
  return said.replace(/^BEGIN\s+(?!TRAN)/i, '').replace(guarded, '');
}

const createIndex = new RegExp(
  String.raw`^CREATE\s+(?:UNIQUE\s+|CLUSTERED\s+|NONCLUSTERED\s+|FULLTEXT\s+|SPATIAL\s+)*INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?${name}\s+(?:USING\s+\w+\s+)?ON\s+${name}`,
  'is',
);
const dropIndex = new RegExp(
  String.raw`^DROP\s+INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+EXISTS\s+)?${name}(?:\s+ON\s+${name})?`,
  'is',
);
const spRename =
  /^EXEC(?:UTE)?\s+(?:sys\.)?sp_rename\s+N?'([^']{1,200})'\s*,\s*N?'([^']{1,100})'(?:\s*,\s*N?'(\w+)')?/i;

function upkeep(said: string): readonly Operation[] | null {
  const made = createIndex.exec(said);
  if (made) {
    const concurrently = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY/i.test(said);
    return [{ kind: 'create-index', index: bare(made[1]), table: bare(made[2]), concurrently }];
  }
  const dropped = dropIndex.exec(said);
  if (dropped) {
    const concurrently = /^DROP\s+INDEX\s+CONCURRENTLY/i.test(said);
    return [{ kind: 'drop-index', index: bare(dropped[1]), table: bare(dropped[2]), concurrently }];
  }
  const renamed = spRename.exec(said);
  if (renamed) return renamedObject(renamed[1] ?? '', renamed[2] ?? '', renamed[3]);
  const open =
    /^GRANT\s+ALL\b[\s\S]{0,300}?\bTO\s+['"`]?(?:PUBLIC\b|%)|^GRANT\s+ALL\s+(?:PRIVILEGES\s+)?ON\s+[*`]+\.\*[\s\S]{0,300}?\bTO\s+['"`]?\w+['`]?@['`]%/i.test(
      said,
    );
  return open
    ? [{ kind: 'open-access', table: '', does: 'grants every right to everybody', undoes: null }]
    : null;
}

function renamedObject(from: string, to: string, what: string | undefined): readonly Operation[] {
  const parts = from.split('.').map((part) => bare(part));
  if (what === undefined || /^OBJECT$/i.test(what))
    return [{ kind: 'rename-table', table: parts.at(-1) ?? '', to: bare(to) }];
  if (!/^COLUMN$/i.test(what) || parts.length < 2) return [];
  return [
    { kind: 'rename-column', table: parts.at(-2) ?? '', from: parts.at(-1) ?? '', to: bare(to) },
  ];
}

function droppedObjects(word: string, names: string): readonly Operation[] {
  const what = word.toLowerCase() as DroppedKind;
  return names
    .replace(/\s+(?:CASCADE|RESTRICT)\s*$/i, '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => new RegExp(`^${name}$`, 'i').test(one))
    .map((one) => ({ kind: 'drop-object', what, name: bare(one) }));
}

function writes(said: string): readonly Operation[] {
  const truncated = truncate.exec(said);
  if (truncated) return [{ kind: 'drop-object', what: 'rows', name: bare(truncated[1]) }];
  const removed = remove.exec(said);
  if (removed) return [{ kind: 'write', verb: 'DELETE', table: bare(removed[1]), columns: [] }];
  const updated = update.exec(said);
  if (!updated || /\b(?:WHERE|LIMIT|JOIN|FROM)\b/i.test(withoutStrings(updated[2] ?? '')))
    return [];
  const columns = clauses(updated[2] ?? '').map((pair) => bare(pair.split('=')[0]));
  return [{ kind: 'write', verb: 'UPDATE', table: bare(updated[1]), columns }];
}
