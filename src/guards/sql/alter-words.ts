import type { AddedConstraint, Operation } from './operation.ts';
import { bare, clauses, name } from './words.ts';

const dropColumn = new RegExp(
  String.raw`^DROP\s+(?:COLUMN\s+(?:IF\s+EXISTS\s+)?)?\(?\s*${name}\s*\)?(?:\s+(?:CASCADE|RESTRICT))?\s*$`,
  'is',
);
const alone = new RegExp(String.raw`^\(?${name}\)?\s*$`, 'i');
const notColumns =
  /^(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|PARTITION|DEFAULT|PERIOD|SYSTEM|STORAGE)$/i;
const renameColumn = new RegExp(
  String.raw`^RENAME\s+(?:COLUMN\s+)?${name}\s+TO\s+${name}\s*$`,
  'is',
);
const changeColumn = new RegExp(
  String.raw`^CHANGE\s+(?:COLUMN\s+)?${name}\s+${name}\s+(.*)$`,
  'is',
);
const modifyColumn = new RegExp(
  String.raw`^(?:MODIFY|ALTER\s+COLUMN)\s+(?:COLUMN\s+)?\(?${name}\s+(?!SET\b|DROP\b|TYPE\b)(.*)$`,
  'is',
);
const renameTable = new RegExp(String.raw`^RENAME\s+(?:TO|AS)\s+${name}\s*$`, 'is');
const dropKey = new RegExp(
  String.raw`^DROP\s+(INDEX|KEY|PRIMARY\s+KEY|FOREIGN\s+KEY|CONSTRAINT|CHECK)\s*(?:IF\s+EXISTS\s+)?${name}?\s*$`,
  'is',
);
const addColumn = new RegExp(
  String.raw`^ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?\(?${name}\s*(.*)$`,
  'is',
);
const addKey = new RegExp(
  String.raw`^ADD\s+(?:CONSTRAINT\s+(?:IF\s+NOT\s+EXISTS\s+)?${name}\s+)?(UNIQUE|FULLTEXT|SPATIAL|INDEX|KEY|PRIMARY\s+KEY|FOREIGN\s+KEY|CHECK)\b(.*)$`,
  'is',
);

/** What the clauses of ALTER TABLE do, in the words of MySQL, SQL Server and Oracle. */
export function alterations(table: string, said: string): readonly Operation[] {
  const found: Operation[] = [];
  for (const clause of clauses(said.replace(/^WITH\s+(?:NO)?CHECK\s+/i, ''))) {
    const more = alone.exec(clause);
    // SQL Server: DROP COLUMN a, b.
    if (more !== null && found.at(-1)?.kind === 'drop-column')
      found.push({ kind: 'drop-column', table, column: bare(more[1]) });
    else found.push(...alteration(table, clause));
  }
  return found;
}

function alteration(table: string, clause: string): readonly Operation[] {
  const key = dropKey.exec(clause);
  if (key) return droppedKey(table, key[1] ?? '', bare(key[2]));
  const dropped = dropColumn.exec(clause);
  if (dropped && !notColumns.test(bare(dropped[1])))
    return [{ kind: 'drop-column', table, column: bare(dropped[1]) }];
  const keyed = addKey.exec(clause);
  if (keyed) return addedKey(table, keyed);
  const added = addColumn.exec(clause);
  if (added && !/^(?:CONSTRAINT|PARTITION|PERIOD)$/i.test(bare(added[1])))
    return [addedColumn(table, bare(added[1]), added[2] ?? '')];
  return changed(table, clause);
}

function changed(table: string, clause: string): readonly Operation[] {
  const table2 = renameTable.exec(clause);
  if (table2) return [{ kind: 'rename-table', table, to: bare(table2[1]) }];
  const modified = modifyColumn.exec(clause);
  if (modified) return [typed(table, bare(modified[1]), modified[2] ?? '')];
  const renamed = renameColumn.exec(clause) ?? changeColumn.exec(clause);
  if (renamed && !/^(?:INDEX|KEY|CONSTRAINT)$/i.test(bare(renamed[1]))) {
    const [from, to] = [bare(renamed[1]), bare(renamed[2])];
    return from === to
      ? [typed(table, from, renamed[3] ?? '')]
      : [{ kind: 'rename-column', table, from, to }];
  }
  const does = rewriting.find(([pattern]) => pattern.test(clause))?.[1];
  return does === undefined ? [] : [{ kind: 'rebuild', table, does: `${does} ${table}` }];
}

const rewriting: readonly (readonly [RegExp, string])[] = [
  [/^CONVERT\s+TO\s+CHARACTER\s+SET\b/i, 'converts the character set of'],
  [/^ALGORITHM\s*=?\s*COPY\b/i, 'copies (ALGORITHM=COPY)'],
  [/^LOCK\s*=?\s*(?:EXCLUSIVE|SHARED)\b/i, 'locks (LOCK)'],
  [/^ENGINE\s*=/i, 'rewrites (ENGINE)'],
  [/^ROW_FORMAT\s*=/i, 'rewrites (ROW_FORMAT)'],
  [/^FORCE\s*$/i, 'rewrites (FORCE)'],
];

// MODIFY repeats the whole definition, so that the words alone do not tell what of it is new.
function typed(table: string, column: string, definition: string): Operation {
  const to = /^\[?(\w+)/.exec(definition)?.[1]?.toLowerCase() ?? '';
  return { kind: 'change-type', table, column, to, converts: false };
}

function addedColumn(table: string, column: string, definition: string): Operation {
  const isFilled = /\b(?:DEFAULT|AUTO_INCREMENT|IDENTITY|GENERATED|AS\s*\()/i.test(definition);
  const required = /\bNOT\s+NULL\b/i.test(definition) && !isFilled;
  const cascades = /\bREFERENCES\b[\s\S]{0,200}\bON\s+DELETE\s+CASCADE\b/i.test(definition);
  return {
    kind: 'add-column',
    table,
    column: { name: column, required, unique: false, rewrites: null, cascades },
  };
}

function droppedKey(table: string, word: string, named: string): readonly Operation[] {
  if (/^(?:INDEX|KEY)$/i.test(word))
    return [{ kind: 'drop-index', table, index: named, concurrently: false }];
  const type = keyTypes.find(([pattern]) => pattern.test(word))?.[1] ?? null;
  return [{ kind: 'drop-constraint', table, name: named, type }];
}

const keyTypes: readonly (readonly [RegExp, AddedConstraint['type']])[] = [
  [/^FOREIGN/i, 'foreign key'],
  [/^PRIMARY/i, 'primary key'],
  [/^CHECK/i, 'check'],
  [/^UNIQUE/i, 'unique'],
];

function addedKey(table: string, keyed: RegExpExecArray): readonly Operation[] {
  const [, named, word = '', rest = ''] = keyed;
  const type = keyTypes.find(([pattern]) => pattern.test(word))?.[1];
  if (type === undefined) {
    const index = /^\s*(?:INDEX|KEY)?\s*[`"[]?(\w+)/i.exec(rest)?.[1] ?? '';
    return [{ kind: 'create-index', table, index, concurrently: false }];
  }
  const from = /\bREFERENCES\s+([\w.`"[\]]+)/i.exec(rest)?.[1];
  const cascades = /\bON\s+DELETE\s+CASCADE\b/i.test(rest) && from !== undefined;
  const constraint: AddedConstraint = {
    type,
    deferred: /\bNOT\s+VALID\b/i.test(rest),
    name: bare(named),
    columns: (/^[^(]*\(([^)]*)\)/.exec(rest)?.[1] ?? '').split(',').map((one) => bare(one.trim())),
    ...(cascades ? { cascadesFrom: bare(from) } : {}),
  };
  return [{ kind: 'add-constraint', table, constraint }];
}
