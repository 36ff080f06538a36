/** A value in a JSON text, with where it stands; offsets count UTF-16 units. */
export type JsonNode =
  | {
      readonly kind: 'object';
      readonly start: number;
      readonly end: number;
      readonly members: readonly JsonMember[];
      /** Whether a comma stands behind the last member. */
      readonly trailingComma: boolean;
    }
  | {
      readonly kind: 'array';
      readonly start: number;
      readonly end: number;
      readonly elements: readonly JsonNode[];
      readonly trailingComma: boolean;
    }
  | {
      readonly kind: 'scalar';
      readonly start: number;
      readonly end: number;
      readonly value: string | number | boolean | null;
    };

export interface JsonMember {
  readonly key: string;
  /** Where the key starts. */
  readonly start: number;
  readonly value: JsonNode;
}

export interface JsonProblem {
  /** Starts at 1. */
  readonly line: number;
  readonly message: string;
}

/** Values nested deeper than this are refused, so that no text can exhaust the stack. */
const deepest = 200;

/** Longer texts are no settings file of a coding agent. */
export const longestConfig = 2_000_000;

/**
 * Reads JSON as coding agents write it: comments, trailing commas and a byte order mark are let through, and every
 * value remembers its place, so that an edit can leave the rest of the text as it is.
 */
export function readJsonText(text: string): JsonNode | { readonly problem: JsonProblem } {
  const reader: Reader = { text, at: text.startsWith('\ufeff') ? 1 : 0, problem: null };
  if (text.length > longestConfig) return { problem: { line: 1, message: 'the file is too long' } };
  skipTrivia(reader);
  const node = readValue(reader, 0);
  if (node !== null) {
    skipTrivia(reader);
    if (reader.at < text.length) complain(reader, 'something follows the end of the JSON value');
  }
  if (reader.problem !== null) return { problem: reader.problem };
  return node ?? { problem: { line: 1, message: 'there is no JSON value' } };
}

/** The plain value of a node. Keys such as `__proto__` are ordinary; of a key given twice the last counts. */
export function valueOf(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.elements.map(valueOf);
  const entries = node.members.map(({ key, value }) => [key, valueOf(value)] as const);
  return Object.fromEntries(entries);
}

/** The last member of a name: with a name given twice, the one that programs see. */
export function memberOf(node: JsonNode, key: string): JsonMember | null {
  if (node.kind !== 'object') return null;
  return node.members.findLast((member) => member.key === key) ?? null;
}

/** Where white space and comments that start at an offset end. */
export function triviaEnd(text: string, at: number): number {
  const reader: Reader = { text, at, problem: null };
  skipTrivia(reader);
  return reader.at;
}

interface Reader {
  readonly text: string;
  at: number;
  problem: JsonProblem | null;
}

function readValue(reader: Reader, depth: number): JsonNode | null {
  if (depth > deepest) return complain(reader, 'values are nested too deeply');
  const char = reader.text[reader.at];
  if (char === '{') return readObject(reader, depth);
  if (char === '[') return readArray(reader, depth);
  return readScalar(reader);
}

function readObject(reader: Reader, depth: number): JsonNode | null {
  const start = reader.at;
  const members: JsonMember[] = [];
  const trailingComma = readItems(reader, '}', () => {
    const from = reader.at;
    const key = readString(reader);
    if (key === null) return false;
    skipTrivia(reader);
    if (reader.text[reader.at] !== ':') return complain(reader, 'a colon is missing') !== null;
    reader.at++;
    skipTrivia(reader);
    const value = readValue(reader, depth + 1);
    if (value !== null) members.push({ key, start: from, value });
    return value !== null;
  });
  if (trailingComma === null) return null;
  return { kind: 'object', start, end: reader.at, members, trailingComma };
}

function readArray(reader: Reader, depth: number): JsonNode | null {
  const start = reader.at;
  const elements: JsonNode[] = [];
  const trailingComma = readItems(reader, ']', () => {
    const value = readValue(reader, depth + 1);
    if (value !== null) elements.push(value);
    return value !== null;
  });
  if (trailingComma === null) return null;
  return { kind: 'array', start, end: reader.at, elements, trailingComma };
}

/** Reads items with commas between them up to the closing bracket; null when something is wrong. */
function readItems(reader: Reader, close: '}' | ']', readItem: () => boolean): boolean | null {
  reader.at++;
  for (let first = true; ; first = false) {
    skipTrivia(reader);
    if (reader.text[reader.at] === close) {
      reader.at++;
      return !first;
    }
    if (!readItem()) return null;
    skipTrivia(reader);
    const char = reader.text[reader.at];
    reader.at++;
    if (char === close) return false;
    if (char !== ',') {
      reader.at--;
      return complain(reader, `a comma or ${close} is missing`);
    }
  }
}

const scalarPattern =
  /(?:true|false|null|-?(?:0|[1-9][0-9]{0,400})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,10})?)(?![\w.+-])/y;

function readScalar(reader: Reader): JsonNode | null {
  const start = reader.at;
  if (reader.text[start] === '"') {
    const value = readString(reader);
    return value === null ? null : { kind: 'scalar', start, end: reader.at, value };
  }
  scalarPattern.lastIndex = start;
  const word = scalarPattern.exec(reader.text)?.[0];
  if (word === undefined) return complain(reader, 'a value is missing or misspelt');
  reader.at += word.length;
  const value: unknown = JSON.parse(word);
  return { kind: 'scalar', start, end: reader.at, value: value as number | boolean | null };
}

function readString(reader: Reader): string | null {
  const { text, at: start } = reader;
  if (text[start] !== '"') return complain(reader, 'a name in double quotes is missing');
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') {
      reader.at = at + 1;
      return parsed(reader, text.slice(start, at + 1));
    }
  }
  return complain(reader, 'a string does not end');
}

function parsed(reader: Reader, literal: string): string | null {
  try {
    return JSON.parse(literal) as string;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return complain(
      reader,
      'a string has an escape or a control character that JSON does not know',
    );
  }
}

function skipTrivia(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    while (' \t\r\n'.includes(text[reader.at] ?? 'x')) reader.at++;
    if (text.startsWith('//', reader.at)) {
      const end = text.indexOf('\n', reader.at);
      reader.at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', reader.at)) {
      const end = text.indexOf('*/', reader.at + 2);
      if (end < 0) return;
      reader.at = end + 2;
    } else return;
  }
}

function complain(reader: Reader, message: string): null {
  reader.problem ??= { line: lineAt(reader.text, reader.at), message };
  return null;
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    line++;
  }
  return line;
}
