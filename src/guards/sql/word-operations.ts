import type { DroppedKind, Operation } from './operation.ts';

const name = String.raw`((?:[\`"\[]?[\w$-]+[\`"\]]?\s*\.\s*)*[\`"\[]?[\w$-]+[\`"\]]?)`;
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
const dropColumn = new RegExp(
  String.raw`^DROP\s+(?:COLUMN\s+(?:IF\s+EXISTS\s+)?)?${name}(?:\s+(?:CASCADE|RESTRICT))?\s*$`,
  'is',
);
const notColumns =
  /^(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|PARTITION|DEFAULT|PERIOD|SYSTEM|STORAGE)$/i;
const renameColumn = new RegExp(
  String.raw`^RENAME\s+(?:COLUMN\s+)?${name}\s+TO\s+${name}\s*$`,
  'is',
);
const changeColumn = new RegExp(String.raw`^CHANGE\s+(?:COLUMN\s+)?${name}\s+${name}\s`, 'is');
const renameTable = new RegExp(String.raw`^RENAME\s+(?:TO|AS)\s+${name}\s*$`, 'is');
const renameTables = new RegExp(String.raw`^RENAME\s+TABLE\s+${name}\s+TO\s+${name}\s*$`, 'is');

/**
 * What a statement does, read from its words, for dialects PostgreSQL's parser does not know.
 * It understands the destructive forms and creations only, and gives nothing where it is unsure.
 */
export function wordOperations(statement: string): readonly Operation[] {
  const said = withoutComments(statement);
  const altered = alter.exec(said);
  if (altered) {
    const table = bare(altered[1]);
    return clauses(altered[2] ?? '').flatMap((clause) => alteration(table, clause));
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
  return writes(said);
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

function alteration(table: string, clause: string): readonly Operation[] {
  const dropped = dropColumn.exec(clause);
  if (dropped && !notColumns.test(bare(dropped[1]))) {
    return [{ kind: 'drop-column', table, column: bare(dropped[1]) }];
  }
  const added = /^ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?[`"[]?([\w$]+)/i.exec(clause);
  if (
    added &&
    !/^(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|UNIQUE|FULLTEXT|SPATIAL|PARTITION)$/i.test(
      added[1] ?? '',
    )
  ) {
    return [
      {
        kind: 'add-column',
        table,
        column: { name: bare(added[1]), required: false, unique: false, rewrites: null },
      },
    ];
  }
  const table2 = renameTable.exec(clause);
  if (table2) return [{ kind: 'rename-table', table, to: bare(table2[1]) }];
  const renamed = renameColumn.exec(clause) ?? changeColumn.exec(clause);
  if (!renamed || /^(?:INDEX|KEY|CONSTRAINT)$/i.test(bare(renamed[1]))) return [];
  const [from, to] = [bare(renamed[1]), bare(renamed[2])];
  return from === to ? [] : [{ kind: 'rename-column', table, from, to }];
}

/** Parts of a list between commas that stand outside brackets and quotes. */
function clauses(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const hidden = withoutStrings(text);
  for (let index = 0; index <= hidden.length; index += 1) {
    const char = hidden[index];
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === undefined || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

// Same length as before, so that places still fit.
function withoutStrings(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.|'')*'/g, (quoted) => '_'.repeat(quoted.length));
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)(?:--|#)[^\n]*/g, '$1')
    .trim();
}

function bare(quoted: string | undefined): string {
  const last = (quoted ?? '').split('.').at(-1) ?? '';
  return last.trim().replace(/^[`"[]|[`"\]]$/g, '');
}
