import { asFields, list } from './fields.ts';

/** Statements of one call that are read; of more it is said that they were not seen. */
export const statementsLimit = 500;
/** Values of one call that are looked through. */
const valuesLimit = 5_000;

const sqlNames =
  /^(?:\w{0,20}sql\w{0,20}|quer(?:y|ies)|statements?|ddl|dml|migrations?|commands?|scripts?)$/i;

const anyNames = /^(?:commands?|scripts?)$/i;

/** A text among arguments that starts as SQL does. */
export interface FoundSql {
  readonly text: string;
  /** False when its name is one for commands of any kind. */
  readonly surely: boolean;
}

/** The SQL among the arguments of a tool: texts under a name for it that start as SQL does. */
export function statementsIn(value: unknown): readonly FoundSql[] {
  const found: FoundSql[] = [];
  const waiting: Waiting[] = [{ value, name: '' }];
  for (let seen = 0; seen < valuesLimit && found.length <= statementsLimit; seen += 1) {
    const next = waiting.shift();
    if (next === undefined) break;
    if (typeof next.value === 'string') {
      if (sqlNames.test(next.name) && looksLikeSql(next.value))
        found.push({ text: next.value, surely: !anyNames.test(next.name) });
      continue;
    }
    for (const entry of (list(next.value) ?? []).slice(0, valuesLimit))
      waiting.push({ value: entry, name: next.name });
    const fields = asFields(next.value);
    for (const [name, entry] of Object.entries(fields ?? {}).slice(0, valuesLimit))
      waiting.push({ value: entry, name });
  }
  return found;
}

interface Waiting {
  readonly value: unknown;
  readonly name: string;
}

const verbs =
  /^(?:SELECT|INSERT|UPDATE|DELETE|DROP|TRUNCATE|ALTER|CREATE|WITH|MERGE|REPLACE|UPSERT|GRANT|REVOKE|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|DO|CALL|EXEC|EXECUTE|PREPARE|EXPLAIN|SET|USE|VACUUM|ANALYZE|REINDEX|COPY|LOAD|COMMENT|RENAME|PRAGMA|ATTACH|DETACH|OPTIMIZE|DECLARE|REFRESH|LOCK|SHOW|DESCRIBE|TABLE|VALUES)\b/i;

/** Most comments before a statement that are skipped. */
const commentsLimit = 1_000;

/** Whether a text starts as SQL does, behind comments, brackets and empty statements. */
export function looksLikeSql(text: string): boolean {
  let at = 0;
  for (let round = 0; round < commentsLimit; round += 1) {
    while (/[\s;(\uFEFF]/.test(text[at] ?? '')) at += 1;
    if (text.startsWith('--', at) || text[at] === '#') at = behind(text, '\n', at);
    // What stands in such a comment of MySQL is run.
    else if (text.startsWith('/*!', at)) return true;
    else if (text.startsWith('/*', at)) at = behind(text, '*/', at + 2);
    else return verbs.test(text.slice(at, at + 40));
  }
  return true;
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}
