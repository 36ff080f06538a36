import { hole } from './command.ts';

/** Longest SQL that is looked at, in characters; what is longer is a dump. */
export const longestSql = 400_000;

/** What a statement would do to data that is there. */
export interface SqlDanger {
  readonly kind: 'drop' | 'rows' | 'unknown';
  /** Such as `drops table orders`. */
  readonly does: string;
}

/** The statements of a script that destroy data: drops, truncations, deletes and updates of every row. */
export function sqlDangers(text: string): readonly SqlDanger[] {
  const hidden = executed.test(text.slice(0, longestSql));
  const inBlock: readonly SqlDanger[] = hidden
    ? [{ kind: 'drop', does: 'drops or empties tables from a text that it executes' }]
    : [];
  const plainly = statements(text.slice(0, longestSql)).flatMap((statement) => {
    const found = dangerOf(statement.replace(leading, '').replace(/\s+/g, ' ').trim());
    return found === null ? [] : [found];
  });
  return [...plainly, ...inBlock];
}

// Before a statement may stand something that is only known when it runs.
const leading = new RegExp(`^[\\s${hole}]+`);

// Strings are emptied before statements are read, but these are run.
const executed =
  /\bEXECUTE\s{1,5}(?:IMMEDIATE\s{1,5})?(?:format\s{0,3}\(\s{0,3})?'\s{0,5}(?:DROP (?:TABLE|SCHEMA|DATABASE)|TRUNCATE|DELETE FROM)\b/i;

/** Statements without comments, and with strings emptied. */
function statements(text: string): readonly string[] {
  const found: string[] = [];
  let open = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ';') {
      found.push(open);
      open = '';
      at += 1;
    } else if (text.startsWith('--', at) || (char === '#' && /\s|^$/.test(open.slice(-1)))) {
      at = lineEnd(text, at);
    } else if (text.startsWith('/*!', at)) {
      // MySQL runs what stands in these comments.
      at += 3;
      while (/\d/.test(text[at] ?? '')) at += 1;
      open += ' ';
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
      open += ' ';
    } else if (text.startsWith('*/', at)) {
      at += 2;
      open += ' ';
    } else if (char === "'") {
      const end = stringEnd(text, at);
      open += text.slice(at, end).includes(hole) ? `'${hole}'` : "''";
      at = end;
    } else {
      open += char;
      at += 1;
    }
  }
  found.push(open);
  return found;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === "'" && text[at + 1] === "'") at += 1;
    else if (text[at] === "'") return at + 1;
  }
  return text.length;
}

const name = `([\\w.$"\`${hole}\\[\\]-]{1,200})`;
const drop = new RegExp(
  `^(?:EXPLAIN ANALYZE )?DROP (DATABASE|SCHEMA|TABLE|KEYSPACE|TABLESPACE|OWNED BY|MATERIALIZED VIEW|COLLECTION|INDEXES FROM|USER|ROLE)\\b(?: IF EXISTS)? ?${name}?`,
  'i',
);
const truncate = new RegExp(`^TRUNCATE(?: TABLE)?(?: ONLY)?(?: IF EXISTS)? ${name}`, 'i');
const dropColumn = new RegExp(
  `^ALTER TABLE(?: IF EXISTS)?(?: ONLY)? ${name} .{0,2000}?\\bDROP (?:COLUMN\\b|PARTITION\\b|(?!CONSTRAINT|DEFAULT|NOT|INDEX|KEY|FOREIGN|PRIMARY|CHECK|IDENTITY|EXPRESSION|UNIQUE)[\\w"\`]{1,100})`,
  'i',
);
const remove = new RegExp(`\\bDELETE FROM(?: ONLY)? ${name}`, 'i');
const update = new RegExp(`\\bUPDATE(?: ONLY)? ${name}(?: AS \\w{1,60}| \\w{1,60})? SET\\b`, 'i');

function dangerOf(statement: string): SqlDanger | null {
  if (
    /^(?:SELECT|INSERT|EXPLAIN(?! ANALY)|SHOW|COMMENT|CREATE (?!RULE)|GRANT|\\(?!!))/i.test(
      statement,
    )
  )
    return null;
  const dropped = drop.exec(statement);
  if (dropped) return { kind: 'drop', does: `drops ${words(dropped[1])} ${plain(dropped[2])}` };
  const emptied = truncate.exec(statement);
  if (emptied) return { kind: 'drop', does: `empties table ${plain(emptied[1])}` };
  const column = dropColumn.exec(statement);
  if (column) return { kind: 'drop', does: `drops a column of table ${plain(column[1])}` };
  const hidden =
    /^(?:DO|EXECUTE|CALL|PREPARE)\b/i.test(statement) &&
    /\b(?:DROP (?:TABLE|SCHEMA|DATABASE)|TRUNCATE)\b/i.test(statement);
  if (hidden) return { kind: 'drop', does: 'drops tables from inside a block' };
  return rowsDanger(statement);
}

function rowsDanger(statement: string): SqlDanger | null {
  const isWrite = /^(?:DELETE|UPDATE|WITH|EXPLAIN ANALY|BEGIN|DO)\b/i.test(statement);
  if (!isWrite) return null;
  if (statement.includes(hole) && !/\bWHERE\b/i.test(statement.split(hole, 1).join(''))) {
    if (/\b(?:DELETE FROM|UPDATE)\b/i.test(statement) && !/\bWHERE\b/i.test(statement)) {
      return { kind: 'unknown', does: 'changes rows that are only known when it runs' };
    }
  }
  const where = /\bWHERE\b(.{0,4000})/i.exec(statement)?.[1] ?? null;
  const isBounded =
    (where !== null &&
      !/^\s*\(?\s*(?:1\s*=\s*1|TRUE|''\s*=\s*''|1|NOT FALSE)\s*\)?\s*$/i.test(where)) ||
    /\bLIMIT \d/i.test(statement) ||
    /\bUSING\b.{0,400}\bON\b/i.test(statement);
  if (isBounded) return null;
  const removed = remove.exec(statement);
  if (removed) return { kind: 'rows', does: `deletes every row of ${plain(removed[1])}` };
  const changed = update.exec(statement);
  return changed ? { kind: 'rows', does: `changes every row of ${plain(changed[1])}` } : null;
}

function words(text: string | undefined): string {
  return (text ?? '').toLowerCase();
}

function plain(text: string | undefined): string {
  return (text ?? '')
    .replaceAll(/["`[\]]/g, '')
    .replaceAll(hole, '…')
    .slice(0, 80);
}
