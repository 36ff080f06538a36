/** A statement's text and place, not yet parsed. */
export interface SqlPiece {
  /** 1-based line of its first character that is neither blank nor comment. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

interface Reader {
  readonly text: string;
  /** MySQL quotes names with backticks and escapes quotes with a backslash. */
  readonly backslash: boolean;
  at: number;
  /** Start of the current statement, -1 before its first character. */
  start: number;
  delimiter: string;
  /** Depth of BEGIN … END inside a routine's body. */
  depth: number;
  /** Between goose's StatementBegin and StatementEnd. */
  held: boolean;
  readonly pieces: SqlPiece[];
  lineAt: number;
  line: number;
}

/** Splits a script into statements: quotes, comments, dollar bodies, DELIMITER, psql commands, COPY data, goose. */
export function splitSql(text: string): readonly SqlPiece[] {
  const reader: Reader = {
    text,
    backslash: /`|\bENGINE\s*=/i.test(text),
    at: 0,
    start: -1,
    delimiter: ';',
    depth: 0,
    held: false,
    pieces: [],
    lineAt: 0,
    line: 1,
  };
  while (reader.at < text.length) step(reader);
  finish(reader, text.length);
  return reader.pieces;
}

function step(reader: Reader): void {
  const { text, at } = reader;
  const char = text[at] ?? '';
  if (isBlank(char)) reader.at += 1;
  else if (char === '-' && text[at + 1] === '-') comment(reader, lineEnd(text, at));
  else if (char === '#' && reader.backslash) comment(reader, lineEnd(text, at));
  else if (char === '/' && text[at + 1] === '*') blockComment(reader);
  else if (lineStart(text, at) && command(reader)) return;
  else if (!reader.held && reader.depth === 0 && text.startsWith(reader.delimiter, at)) {
    finish(reader, at);
    reader.at = at + reader.delimiter.length;
  } else token(reader, char);
}

function token(reader: Reader, char: string): void {
  if (reader.start < 0) reader.start = reader.at;
  if (char === "'" || char === '"' || char === '`') quoted(reader, char);
  else if (char === '$') dollar(reader);
  else if (isWord(char)) word(reader);
  else reader.at += 1;
}

function comment(reader: Reader, end: number): void {
  const said = reader.text.slice(reader.at, end);
  if (/^--\s*\+goose\s+StatementBegin/i.test(said)) reader.held = true;
  else if (/^--\s*\+goose\s+StatementEnd/i.test(said)) {
    reader.held = false;
    finish(reader, reader.at);
  } else if (/^-->\s*statement-breakpoint/.test(said)) finish(reader, reader.at);
  reader.at = end;
}

// PostgreSQL nests block comments. MySQL runs what stands in `/*! … */`, and no migration hides a drop there.
function blockComment(reader: Reader): void {
  const { text } = reader;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = reader.at;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0 || (reader.backslash && mark[0] === '*/')) {
      reader.at = marks.lastIndex;
      return;
    }
  }
  reader.at = text.length;
}

// Commands of the tools around SQL, which stand on a line of their own.
function command(reader: Reader): boolean {
  const { text, at } = reader;
  const end = lineEnd(text, at);
  const line = text.slice(at, Math.min(end, at + 200));
  const delimiter = /^DELIMITER\s+(\S+)/i.exec(line)?.[1];
  const isGo = /^GO\s*;?\s*$/i.test(line);
  const isPsql = reader.start < 0 && line.startsWith('\\');
  const isCopy = reader.start < 0 && /^COPY\b.*\bFROM\s+stdin\b.*;/i.test(line);
  if (delimiter === undefined && !isGo && !isPsql && !isCopy) return false;
  finish(reader, at);
  if (delimiter !== undefined) reader.delimiter = delimiter;
  const data = isCopy ? text.indexOf('\n\\.', end) : -1;
  reader.at = data < 0 ? end : lineEnd(text, data + 1);
  return true;
}

function quoted(reader: Reader, quote: string): void {
  const { text, at } = reader;
  const escapes = quote === "'" && (reader.backslash || /e/i.test(text[at - 1] ?? ''));
  for (let index = at + 1; index < text.length; index += 1) {
    if (escapes && text[index] === '\\') index += 1;
    else if (text[index] === quote && text[index + 1] === quote) index += 1;
    else if (text[index] === quote) {
      reader.at = index + 1;
      return;
    }
  }
  reader.at = text.length;
}

function dollar(reader: Reader): void {
  const { text, at } = reader;
  const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64))?.[0];
  const end = tag === undefined ? -1 : text.indexOf(tag, at + tag.length);
  if (tag === undefined) reader.at = at + 1;
  else reader.at = end < 0 ? text.length : end + tag.length;
}

function word(reader: Reader): void {
  const { text, at } = reader;
  let end = at + 1;
  while (end < text.length && isWord(text[end] ?? '')) end += 1;
  const name = text.slice(at, end).toUpperCase();
  reader.at = end;
  if (name !== 'BEGIN' && name !== 'END' && name !== 'CASE') return;
  if (!isRoutine(text.slice(reader.start, reader.start + 400))) return;
  const next = /^\s+(IF|LOOP|WHILE|REPEAT|FOR|CASE)\b/i.exec(text.slice(end, end + 20))?.[1];
  if (name === 'END') {
    if (next !== undefined) reader.at = end + text.slice(end).search(/[A-Za-z]/) + next.length;
    if (next === undefined || next.toUpperCase() === 'CASE')
      reader.depth = Math.max(0, reader.depth - 1);
  } else if (name === 'BEGIN' || reader.depth > 0) reader.depth += 1;
}

function isRoutine(head: string): boolean {
  return /^\s*CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:TEMP(?:ORARY)?\s+)?(?:CONSTRAINT\s+)?(?:FUNCTION|PROCEDURE|TRIGGER|EVENT)\b/i.test(
    head,
  );
}

function finish(reader: Reader, end: number): void {
  const { start } = reader;
  reader.start = -1;
  reader.depth = 0;
  if (start < 0) return;
  const text = reader.text.slice(start, end).trimEnd();
  const line = lineOf(reader, start);
  reader.pieces.push({ line, endLine: line + text.split('\n').length - 1, text });
}

// Statements come in order, so lines are counted from where the last one began.
function lineOf(reader: Reader, at: number): number {
  for (let index = reader.lineAt; index < at; index += 1) {
    if (reader.text[index] === '\n') reader.line += 1;
  }
  reader.lineAt = Math.max(reader.lineAt, at);
  return reader.line;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function lineStart(text: string, at: number): boolean {
  for (let index = at - 1; index >= 0 && text[index] !== '\n'; index -= 1) {
    if (text[index] !== ' ' && text[index] !== '\t') return false;
  }
  return true;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\uFEFF';
}

function isWord(char: string): boolean {
  return (
    (char >= 'a' && char <= 'z') ||
    (char >= 'A' && char <= 'Z') ||
    (char >= '0' && char <= '9') ||
    char === '_'
  );
}
