/** What a protobuf file declares, by full name, with lines. */
export interface Proto {
  readonly packageName: string;
  readonly packageLine: number;
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  readonly enums: ReadonlyMap<string, ProtoEnum>;
  readonly services: ReadonlyMap<string, ProtoService>;
}

export interface ProtoMessage {
  readonly line: number;
  /** By number. */
  readonly fields: Map<number, ProtoField>;
  readonly reserved: string[];
}

export interface ProtoField {
  readonly name: string;
  readonly type: string;
  /** `repeated`, `optional`, `required`, or empty. */
  readonly label: string;
  readonly oneof: string;
  readonly line: number;
}

export interface ProtoEnum {
  readonly line: number;
  readonly values: Map<string, { readonly number: number; readonly line: number }>;
  readonly reserved: string[];
}

export interface ProtoService {
  readonly line: number;
  /** By name: `stream In -> Out`. */
  readonly methods: Map<string, { readonly signature: string; readonly line: number }>;
}

interface Token {
  readonly text: string;
  readonly line: number;
}

const pattern =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|-?[\w.]+|[{}[\]();=<>,:]|\n/g;
/** Deepest nesting that is followed. */
const deepest = 30;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [found] of text.matchAll(pattern)) {
    if (found !== '\n' && !found.startsWith('//') && !found.startsWith('/*'))
      tokens.push({ text: found, line });
    for (const char of found) if (char === '\n') line += 1;
  }
  return tokens;
}

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
  packageName: string;
  packageLine: number;
  readonly messages: Map<string, ProtoMessage>;
  readonly enums: Map<string, ProtoEnum>;
  readonly services: Map<string, ProtoService>;
}

/** Reads a protobuf file; what it does not understand it skips to the next `;` or `}`. */
export function readProto(text: string): Proto {
  const reading: Reading = {
    tokens: tokensOf(text),
    at: 0,
    packageName: '',
    packageLine: 1,
    messages: new Map(),
    enums: new Map(),
    services: new Map(),
  };
  while (reading.at < reading.tokens.length) {
    const start = reading.at;
    const token = reading.tokens[start];
    if (token === undefined) break;
    if (token.text === 'package') {
      reading.packageName = reading.tokens[reading.at + 1]?.text ?? '';
      reading.packageLine = token.line;
      skipStatement(reading);
    } else if (!declaration(reading, reading.packageName, 0)) skipStatement(reading);
    // A brace too many: nothing claims it.
    if (reading.at === start) reading.at += 1;
  }
  return reading;
}

// A declaration with a body, in a file or in a message.
function declaration(reading: Reading, around: string, depth: number): boolean {
  const { tokens, at } = reading;
  const [keyword, name, brace] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (keyword === undefined || name === undefined || brace?.text !== '{' || depth > deepest)
    return false;
  const full = around === '' ? name.text : `${around}.${name.text}`;
  if (!/^(?:message|enum|service|extend)$/.test(keyword.text)) return false;
  reading.at += 3;
  if (keyword.text === 'message') {
    const message: ProtoMessage = { line: keyword.line, fields: new Map(), reserved: [] };
    reading.messages.set(full, message);
    body(reading, () => member(reading, message, { full, oneof: '', depth }));
  } else if (keyword.text === 'enum') {
    const values: ProtoEnum = { line: keyword.line, values: new Map(), reserved: [] };
    reading.enums.set(full, values);
    body(reading, () => value(reading, values));
  } else if (keyword.text === 'service') {
    const service: ProtoService = { line: keyword.line, methods: new Map() };
    reading.services.set(full, service);
    body(reading, () => method(reading, service));
  } else body(reading, () => skipStatement(reading));
  return true;
}

function body(reading: Reading, each: () => void): void {
  while (reading.at < reading.tokens.length && reading.tokens[reading.at]?.text !== '}') {
    const before = reading.at;
    each();
    if (reading.at === before) reading.at += 1;
  }
  reading.at += 1;
}

// To behind the next `;`, or behind the block that starts before it.
function skipStatement(reading: Reading): readonly Token[] {
  const start = reading.at;
  let depth = 0;
  for (; reading.at < reading.tokens.length; reading.at += 1) {
    const text = reading.tokens[reading.at]?.text;
    if (text === '{') depth += 1;
    if (text === '}') {
      if (depth === 0) break;
      depth -= 1;
    }
    if (depth === 0 && (text === ';' || text === '}')) {
      reading.at += 1;
      break;
    }
  }
  return reading.tokens.slice(start, reading.at);
}

interface Inside {
  readonly full: string;
  readonly oneof: string;
  readonly depth: number;
}

function member(reading: Reading, message: ProtoMessage, inside: Inside): void {
  const [first, second, third] = reading.tokens.slice(reading.at, reading.at + 3);
  if (first?.text === 'oneof' && third?.text === '{') {
    reading.at += 3;
    body(reading, () => member(reading, message, { ...inside, oneof: second?.text ?? '' }));
    return;
  }
  if (declaration(reading, inside.full, inside.depth + 1)) return;
  const statement = skipStatement(reading);
  if (first?.text === 'reserved') message.reserved.push(...statement.map(({ text }) => text));
  else field(statement, message, inside.oneof);
}

// [label] type name = number [options] ;
function field(statement: readonly Token[], message: ProtoMessage, oneof: string): void {
  const equals = statement.findIndex(({ text }) => text === '=');
  const name = statement[equals - 1];
  const number = Number(statement[equals + 1]?.text);
  if (equals < 2 || name === undefined || !Number.isInteger(number)) return;
  const head = statement.slice(0, equals - 1).map(({ text }) => text);
  const label = /^(?:repeated|optional|required)$/.test(head[0] ?? '') ? (head.shift() ?? '') : '';
  const type = head.join('').replace(/^\./, '');
  if (type === '' || type === 'option') return;
  message.fields.set(number, { name: name.text, type, label, oneof, line: name.line });
}

function value(reading: Reading, found: ProtoEnum): void {
  const statement = skipStatement(reading);
  const [name, equals, number] = statement;
  if (name?.text === 'reserved') found.reserved.push(...statement.map(({ text }) => text));
  else if (name !== undefined && equals?.text === '=' && name.text !== 'option')
    found.values.set(name.text, { number: Number(number?.text), line: name.line });
}

// rpc Name ( [stream] In ) returns ( [stream] Out ) ; or { options }
function method(reading: Reading, service: ProtoService): void {
  const statement = skipStatement(reading);
  const [keyword, name] = statement;
  if (keyword?.text !== 'rpc' || name === undefined) return;
  const end = statement.findIndex(({ text }) => text === '{' || text === ';');
  const words = statement.slice(2, end < 0 ? undefined : end).map(({ text }) => text);
  const signature = words
    .join(' ')
    .replace(/[()]/g, '')
    .replace('returns', '->')
    .replace(/\s+/g, ' ')
    .trim();
  service.methods.set(name.text, { signature, line: name.line });
}
