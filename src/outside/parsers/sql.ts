import type { SqlStatement } from '../../guards/guard.ts';
import { splitSql } from './split-sql.ts';
import type { SqlPiece } from './split-sql.ts';

/** Most statements of one file we look at; beyond it the file is a dump and not checked. */
const mostStatements = 20_000;
/** Longest statement given to the parser, in characters. Longer ones are data. */
const longestStatement = 200_000;

type ParseSync = (query: string) => { readonly stmts?: readonly { readonly stmt?: unknown }[] };

/** Loads PostgreSQL's own parser. A statement it does not know keeps its text and place, with no node. */
export async function loadSql(): Promise<(text: string) => readonly SqlStatement[] | null> {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return (text) => {
    const pieces = splitSql(text);
    if (pieces.length > mostStatements) return null;
    return pieces.flatMap((piece) => statements(piece, parseSync));
  };
}

function statements(piece: SqlPiece, parse: ParseSync): readonly SqlStatement[] {
  const statement = { ...piece, node: nodeOf(piece.text, parse) };
  return statement.node !== null && 'DoStmt' in statement.node
    ? [statement, ...insideDo(piece, parse)]
    : [statement];
}

// What a DO block holds runs with the migration, so its statements are statements of the file.
function insideDo(block: SqlPiece, parse: ParseSync): readonly SqlStatement[] {
  const body = /\$(\w*)\$([\s\S]*)\$\1\$/.exec(block.text);
  if (!body) return [];
  const before = block.text.slice(0, body.index + (body[1] ?? '').length + 2);
  const offset = block.line - 1 + newlines(before);
  return splitSql(body[2] ?? '').flatMap((piece) => {
    const { text, skipped } = withoutControl(piece.text);
    if (text === '') return [];
    const line = piece.line + offset + newlines(skipped);
    return [{ line, endLine: piece.endLine + offset, text, node: nodeOf(text, parse) }];
  });
}

/** Most words of control flow we take off the front of one statement. */
const mostControlWords = 200;

const control =
  /^(?:\s+|--[^\n]*\n|DECLARE\b[^;]*$|BEGIN\b|EXCEPTION\b|WHEN\b[^;]*?\bTHEN\b|IF\b[^;]*?\bTHEN\b|ELSIF\b[^;]*?\bTHEN\b|ELSE\b|LOOP\b|FOR\b[^;]*?\bLOOP\b|END\b(?:\s+(?:IF|LOOP|CASE))?)/i;

function withoutControl(text: string): { readonly text: string; readonly skipped: string } {
  const rest = strip(text);
  return { text: rest, skipped: text.slice(0, text.length - rest.length) };
}

function strip(text: string): string {
  let rest = text;
  for (let words = 0; words < mostControlWords; words += 1) {
    const match = control.exec(rest);
    if (match === null || match[0] === '') return rest;
    rest = rest.slice(match[0].length);
  }
  return rest;
}

function nodeOf(text: string, parse: ParseSync): Readonly<Record<string, unknown>> | null {
  if (text.length > longestStatement) return null;
  try {
    const stmt = parse(text).stmts?.[0]?.stmt;
    return typeof stmt === 'object' && stmt !== null ? { ...stmt } : null;
  } catch {
    // Another dialect, a template, or a syntax error: guards fall back to the words of the statement.
    return null;
  }
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
