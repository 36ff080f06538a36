import { readJson } from '../json-data.ts';
import { below, itemAt, settingsOfData } from './setting.ts';
import type { Setting, Spot } from './setting.ts';

/** Deepest nesting of objects and lists we follow. */
const deepest = 20;
/** Longest expression we read, in characters. */
const longest = 100_000;

interface Reader {
  readonly text: string;
  at: number;
  line: number;
  readonly found: Setting[];
}

/** Raised inside this file alone: the expression is not made of literals we can follow. */
class Lost extends Error {}

/** Settings inside an HCL expression: objects, lists, `jsonencode` and JSON in a heredoc; else the expression itself. */
export function readExpression(text: string, spot: Spot, line: number): readonly Setting[] {
  const whole: Setting = { ...spot, value: text, literal: false, line };
  if (text.length > longest) return [whole];
  if (text.startsWith('<<')) return heredoc(text, spot, line) ?? [whole];
  if (!/^(?:[[{]|(?:jsonencode|toset|tolist|tomap|merge|concat|flatten)\s*\()/.test(text)) {
    return [whole];
  }
  const reader: Reader = { text, at: 0, line, found: [] };
  try {
    value(reader, spot, 0);
    return reader.found;
  } catch (error) {
    if (error instanceof Lost) return [whole];
    throw error;
  }
}

function heredoc(text: string, spot: Spot, line: number): readonly Setting[] | null {
  const start = text.indexOf('\n');
  const end = text.lastIndexOf('\n');
  if (start < 0 || end <= start) return null;
  const body = text.slice(start + 1, end).replace(/\$\{[^{}]{0,500}\}/g, 'computed');
  const data = /^\s*[[{]/.test(body) ? readJson(body) : null;
  if (data === null) return null;
  const settings = settingsOfData(data, spot, () => true);
  return settings.map((setting) => ({ ...setting, line: setting.line + line }));
}

function value(reader: Reader, spot: Spot, depth: number): void {
  if (depth > deepest) throw new Lost();
  blank(reader);
  const char = reader.text[reader.at];
  if (char === '{') object(reader, spot, depth);
  else if (char === '[') list(reader, spot, depth);
  else if (!call(reader, spot, depth)) scalar(reader, spot);
}

// Functions that hand on what they are given.
function call(reader: Reader, spot: Spot, depth: number): boolean {
  const name = /(?:jsonencode|toset|tolist|tomap|merge|concat|flatten)\s*\(/y;
  name.lastIndex = reader.at;
  const found = name.exec(reader.text)?.[0];
  if (found === undefined) return false;
  reader.at += found.length;
  for (blank(reader); reader.text[reader.at] !== ')'; separator(reader, ')')) {
    value(reader, spot, depth + 1);
  }
  reader.at += 1;
  return true;
}

function object(reader: Reader, spot: Spot, depth: number): void {
  reader.at += 1;
  if (/^\s*for\b/.test(reader.text.slice(reader.at, reader.at + 40))) throw new Lost();
  for (blank(reader); reader.text[reader.at] !== '}'; separator(reader, '}')) {
    const key = /"([^"\\\n$]*)"|([\p{L}_][\p{L}\p{N}_-]*)|\(([^()\n]*)\)/uy;
    key.lastIndex = reader.at;
    const match = key.exec(reader.text);
    if (match === null) throw new Lost();
    reader.at += match[0].length;
    blank(reader);
    if (!/[=:]/.test(reader.text[reader.at] ?? '')) throw new Lost();
    reader.at += 1;
    value(reader, below(spot, match[1] ?? match[2] ?? match[3] ?? ''), depth + 1);
  }
  reader.at += 1;
}

function list(reader: Reader, spot: Spot, depth: number): void {
  reader.at += 1;
  if (/^\s*for\b/.test(reader.text.slice(reader.at, reader.at + 40))) throw new Lost();
  let index = 0;
  for (blank(reader); reader.text[reader.at] !== ']'; separator(reader, ']')) {
    const isObject = reader.text[reader.at] === '{';
    value(reader, isObject ? itemAt(spot, index, spot) : spot, depth + 1);
    index += 1;
  }
  reader.at += 1;
}

function separator(reader: Reader, close: string): void {
  const { line } = reader;
  blank(reader);
  const char = reader.text[reader.at];
  if (char === ',') reader.at += 1;
  else if (char !== close && (reader.line === line || char === undefined)) throw new Lost();
  blank(reader);
}

// Text between quotes may hold expressions, which may hold quotes again: those are left to the end of the line.
function scalar(reader: Reader, spot: Spot): void {
  const { text, at, line } = reader;
  const quoted = /"((?:[^"\\$%\n]|\\.|[$%](?!\{))*)"(?=\s*(?:[,\]})\n#]|$))/y;
  quoted.lastIndex = at;
  const string = quoted.exec(text);
  const bare = /(?:-?\d+(?:\.\d+)?|true|false|null)(?=\s*(?:[,\]})\n#]|$))/y;
  bare.lastIndex = at;
  const word = bare.exec(text)?.[0];
  if (string !== null) {
    reader.at += string[0].length;
    reader.found.push({ ...spot, value: string[1] ?? '', literal: true, line });
  } else if (word !== undefined) {
    reader.at += word.length;
    const literal = word === 'true' ? true : word === 'false' ? false : null;
    const known = literal ?? (word === 'null' ? null : Number(word));
    reader.found.push({ ...spot, value: known, literal: true, line });
  } else {
    raw(reader);
    const source = text.slice(at, reader.at).trim();
    reader.found.push({ ...spot, value: source, literal: false, line });
  }
}

function raw(reader: Reader): void {
  const start = reader.at;
  let open = 0;
  let isQuoted = false;
  for (; reader.at < reader.text.length; reader.at += 1) {
    const char = reader.text[reader.at] ?? '';
    if (char === '\\' && isQuoted) reader.at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if ('([{'.includes(char)) open += 1;
    else if (')]}'.includes(char) && open > 0) open -= 1;
    else if (open === 0 && (char === ',' || char === '\n' || ')]}'.includes(char))) break;
    if (char === '\n') reader.line += 1;
  }
  if (reader.at === start || open > 0 || isQuoted) throw new Lost();
}

function blank(reader: Reader): void {
  for (;;) {
    const char = reader.text[reader.at];
    const two = reader.text.slice(reader.at, reader.at + 2);
    if (char === '#' || two === '//') {
      const end = reader.text.indexOf('\n', reader.at);
      reader.at = end < 0 ? reader.text.length : end;
    } else if (two === '/*') throw new Lost();
    else if (char !== undefined && /\s/.test(char)) {
      if (char === '\n') reader.line += 1;
      reader.at += 1;
    } else return;
  }
}
