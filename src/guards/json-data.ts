import type { Data, DataEntry } from './data.ts';

/** Deepest nesting we follow. */
const deepest = 200;

interface Reader {
  readonly text: string;
  at: number;
  line: number;
}

/** Raised inside this file alone: the text is not JSON. */
class Lost extends Error {}

/** Reads JSON with the line of each value; comments and trailing commas are allowed. Null when it is not JSON. */
export function readJson(text: string): Data | null {
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 };
  try {
    const data = value(reader, 0);
    skip(reader);
    return reader.at < text.length ? null : data;
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

function value(reader: Reader, depth: number): Data {
  skip(reader);
  const { line } = reader;
  const char = reader.text[reader.at];
  if (char === '{' || char === '[') {
    if (depth > deepest) throw new Lost();
    return char === '{' ? map(reader, depth) : list(reader, depth);
  }
  const found = char === '"' ? string(reader) : word(reader);
  return { kind: 'scalar', line, endLine: line, value: found };
}

function map(reader: Reader, depth: number): Data {
  const { line } = reader;
  const entries = new Map<string, DataEntry>();
  reader.at += 1;
  for (skip(reader); reader.text[reader.at] !== '}'; separate(reader, '}')) {
    const at = reader.line;
    const key = string(reader);
    skip(reader);
    if (reader.text[reader.at] !== ':') throw new Lost();
    reader.at += 1;
    entries.set(key, { line: at, value: value(reader, depth + 1) });
  }
  reader.at += 1;
  return { kind: 'map', line, endLine: reader.line, entries };
}

function list(reader: Reader, depth: number): Data {
  const { line } = reader;
  const items: Data[] = [];
  reader.at += 1;
  for (skip(reader); reader.text[reader.at] !== ']'; separate(reader, ']')) {
    items.push(value(reader, depth + 1));
  }
  reader.at += 1;
  return { kind: 'list', line, endLine: reader.line, items };
}

function separate(reader: Reader, close: string): void {
  skip(reader);
  const char = reader.text[reader.at];
  if (char === ',') reader.at += 1;
  else if (char !== close) throw new Lost();
  skip(reader);
}

const quoted = /"(?:[^"\\\n]|\\.)*"/y;
const bare = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function string(reader: Reader): string {
  const text = match(reader, quoted);
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    // An escape JSON does not know.
    throw new Lost();
  }
}

function word(reader: Reader): number | boolean | null {
  const text = match(reader, bare);
  if (text === 'null') return null;
  return text === 'true' || text === 'false' ? text === 'true' : Number(text);
}

function match(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined) throw new Lost();
  reader.at += found.length;
  return found;
}

function skip(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const char = text[reader.at];
    if (char === '\n') reader.line += 1;
    if (char === '/') comment(reader);
    else if (char === '\n' || char === ' ' || char === '\t' || char === '\r') reader.at += 1;
    else return;
  }
}

function comment(reader: Reader): void {
  const { text, at } = reader;
  const isBlock = text[at + 1] === '*';
  if (!isBlock && text[at + 1] !== '/') throw new Lost();
  const end = text.indexOf(isBlock ? '*/' : '\n', at + 2);
  if (isBlock && end < 0) throw new Lost();
  reader.at = end < 0 ? text.length : isBlock ? end + 2 : end;
  if (isBlock) reader.line += text.slice(at, reader.at).split('\n').length - 1;
}
