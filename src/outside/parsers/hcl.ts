import type { HclAttribute, HclBlock } from '../../guards/guard.ts';

/** Deepest nesting of blocks we follow. */
const deepest = 60;

interface Body {
  readonly attributes: HclAttribute[];
  readonly blocks: HclBlock[];
}

interface Reader {
  readonly text: string;
  at: number;
  line: number;
}

/** Raised inside this file alone: the text is not HCL we can follow. */
class Lost extends Error {}

/** Blocks of an HCL file with their places; null when braces, quotes or heredocs do not close. */
export function readHcl(text: string): readonly HclBlock[] | null {
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 };
  try {
    const { attributes, blocks } = body(reader, 0);
    return attributes.length === 0 ? blocks : [...blocks, loose(attributes, reader.line)];
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

// A .tfvars file has attributes and no block around them.
function loose(attributes: readonly HclAttribute[], endLine: number): HclBlock {
  return { type: '', labels: [], line: 1, endLine, attributes, blocks: [] };
}

function body(reader: Reader, depth: number): Body {
  if (depth > deepest) throw new Lost();
  const found: Body = { attributes: [], blocks: [] };
  for (skipBlank(reader); reader.at < reader.text.length; skipBlank(reader)) {
    if (reader.text[reader.at] === '}') break;
    item(reader, found, depth);
  }
  if (depth > 0 && reader.at >= reader.text.length) throw new Lost();
  if (depth === 0 && reader.text[reader.at] === '}') throw new Lost();
  return found;
}

function item(reader: Reader, found: Body, depth: number): void {
  const { line } = reader;
  const name = key(reader);
  const labels: string[] = [];
  for (;;) {
    skipSpaces(reader);
    const char = reader.text[reader.at];
    if (char === '=' && labels.length === 0) {
      reader.at += 1;
      found.attributes.push({ name, line, ...literal(expression(reader)) });
      return;
    }
    if (char === '{') {
      found.blocks.push(block(reader, { name, labels, line, depth }));
      return;
    }
    labels.push(key(reader));
  }
}

interface Head {
  readonly name: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly depth: number;
}

function block(reader: Reader, { name, labels, line, depth }: Head): HclBlock {
  reader.at += 1;
  const { attributes, blocks } = body(reader, depth + 1);
  reader.at += 1;
  return { type: name, labels, line, endLine: reader.line, attributes, blocks };
}

function key(reader: Reader): string {
  const { text, at } = reader;
  if (text[at] === '"') {
    quoted(reader);
    return text.slice(at + 1, reader.at - 1);
  }
  const word = /[\p{L}_][\p{L}\p{N}_.-]*/uy;
  word.lastIndex = at;
  const found = word.exec(text)?.[0];
  if (found === undefined) throw new Lost();
  reader.at += found.length;
  return found;
}

/** Reads an expression up to the end of its line, or further where brackets are open. */
function expression(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  let open = 0;
  while (reader.at < text.length) {
    const char = text[reader.at] ?? '';
    if (open === 0 && (char === '\n' || char === '}' || startsComment(reader))) break;
    if (char === '"') quoted(reader);
    else if (char === '<' && text[reader.at + 1] === '<') heredoc(reader);
    else if (startsComment(reader)) skipComment(reader);
    else {
      if (char === '(' || char === '[' || char === '{') open += 1;
      if (char === ')' || char === ']' || char === '}') open -= 1;
      advance(reader);
    }
  }
  if (open !== 0) throw new Lost();
  return text.slice(start, reader.at).trim();
}

function literal(text: string): Pick<HclAttribute, 'value' | 'literal'> {
  if (text === 'true' || text === 'false') return { value: text === 'true', literal: true };
  if (text === 'null') return { value: null, literal: true };
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text))
    return { value: Number(text), literal: true };
  const string = /^"((?:[^"\\$%]|\\.|[$%](?!\{))*)"$/s.exec(text);
  if (string) return { value: (string[1] ?? '').replace(/\\(["\\])/g, '$1'), literal: true };
  return { value: text, literal: false };
}

// Inside quotes, `${ … }` and `%{ … }` hold expressions that may hold quotes again.
function quoted(reader: Reader): void {
  const { text } = reader;
  reader.at += 1;
  while (reader.at < text.length) {
    const char = text[reader.at];
    const next = text[reader.at + 1];
    if (char === '\n') throw new Lost();
    if (char === '\\') reader.at += 2;
    else if ((char === '$' || char === '%') && next === char && text[reader.at + 2] === '{') {
      reader.at += 3;
    } else if ((char === '$' || char === '%') && next === '{') {
      reader.at += 2;
      template(reader);
    } else if (char === '"') {
      reader.at += 1;
      return;
    } else reader.at += 1;
  }
  throw new Lost();
}

function template(reader: Reader): void {
  const { text } = reader;
  let open = 1;
  while (reader.at < text.length && open > 0) {
    const char = text[reader.at];
    if (char === '"') quoted(reader);
    else {
      if (char === '{') open += 1;
      if (char === '}') open -= 1;
      advance(reader);
    }
  }
  if (open > 0) throw new Lost();
}

function heredoc(reader: Reader): void {
  const head = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[^\n]*\n/uy;
  head.lastIndex = reader.at;
  const match = head.exec(reader.text);
  if (!match) {
    advance(reader);
    return;
  }
  const tail = new RegExp(`^[ \\t]*${match[1] ?? ''}[ \\t]*\\r?$`, 'mu');
  const rest = reader.text.slice(head.lastIndex);
  const end = tail.exec(rest);
  if (!end) throw new Lost();
  const stop = head.lastIndex + end.index + end[0].trimEnd().length;
  while (reader.at < stop) advance(reader);
}

function skipBlank(reader: Reader): void {
  for (;;) {
    if (startsComment(reader)) skipComment(reader);
    else if (/[\s,]/.test(reader.text[reader.at] ?? '')) advance(reader);
    else return;
  }
}

function skipSpaces(reader: Reader): void {
  while (/[ \t]/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function startsComment({ text, at }: Reader): boolean {
  return text[at] === '#' || (text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*'));
}

function skipComment(reader: Reader): void {
  const { text, at } = reader;
  const isBlock = text[at] === '/' && text[at + 1] === '*';
  const end = text.indexOf(isBlock ? '*/' : '\n', at);
  if (isBlock && end < 0) throw new Lost();
  const stop = end < 0 ? text.length : isBlock ? end + 2 : end;
  while (reader.at < stop) advance(reader);
}

function advance(reader: Reader): void {
  if (reader.text[reader.at] === '\n') reader.line += 1;
  reader.at += 1;
}
