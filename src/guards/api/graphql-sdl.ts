/** A type of a GraphQL schema, with what all its extensions add. */
export interface SdlType {
  readonly kind: 'type' | 'interface' | 'input' | 'enum' | 'union' | 'scalar';
  readonly line: number;
  readonly fields: Map<string, SdlField>;
  /** Values of an enum and members of a union, with their lines. */
  readonly members: Map<string, number>;
  readonly interfaces: Set<string>;
  /** What is put on it, without blanks: `@key(fields:"id")`. */
  readonly directives: Set<string>;
}

export interface SdlField {
  readonly type: string;
  readonly line: number;
  readonly hasDefault: boolean;
  readonly defaultText: string;
  readonly isDeprecated: boolean;
  readonly directives: readonly string[];
  readonly args: ReadonlyMap<string, SdlArgument>;
}

export interface SdlArgument {
  readonly type: string;
  readonly line: number;
  readonly hasDefault: boolean;
  readonly defaultText: string;
}

interface Token {
  readonly text: string;
  readonly line: number;
}

const pattern =
  /#[^\n]*|"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*"?|[A-Za-z_]\w*|-?\d[\d.eE+-]*|\.\.\.|[{}()[\]:=!|&@$,]|\n/g;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [found] of text.matchAll(pattern)) {
    if (!/^[\n#,]/.test(found)) tokens.push({ text: found, line });
    for (const char of found) if (char === '\n') line += 1;
  }
  return tokens;
}

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
}

/** Reads the types of a GraphQL schema; operations and whatever else is not a type are skipped. */
export function readSdl(text: string): ReadonlyMap<string, SdlType> {
  const reading: Reading = { tokens: tokensOf(text), at: 0 };
  const types = new Map<string, SdlType>();
  while (reading.at < reading.tokens.length) {
    const start = reading.at;
    if (peek(reading) === 'extend') reading.at += 1;
    const kind = kindOf(peek(reading));
    const name = reading.tokens[reading.at + 1];
    if (kind === null || name === undefined || !/^\w+$/.test(name.text)) {
      skip(reading);
      continue;
    }
    reading.at += 2;
    const type = types.get(name.text) ?? {
      kind,
      line: name.line,
      fields: new Map(),
      members: new Map(),
      interfaces: new Set(),
      directives: new Set(),
    };
    types.set(name.text, type);
    definition(reading, type);
    if (reading.at === start) reading.at += 1;
  }
  return types;
}

function peek(reading: Reading): string {
  return reading.tokens[reading.at]?.text ?? '';
}

function kindOf(word: string): SdlType['kind'] | null {
  return word === 'type' ||
    word === 'interface' ||
    word === 'input' ||
    word === 'enum' ||
    word === 'union' ||
    word === 'scalar'
    ? word
    : null;
}

// One token, and the block it may open.
function skip(reading: Reading): void {
  const open = peek(reading);
  reading.at += 1;
  const close = open === '{' ? '}' : open === '(' ? ')' : open === '[' ? ']' : '';
  if (close === '') return;
  for (let depth = 1; depth > 0 && reading.at < reading.tokens.length; reading.at += 1) {
    if (peek(reading) === open) depth += 1;
    if (peek(reading) === close) depth -= 1;
  }
}

function definition(reading: Reading, type: SdlType): void {
  if (peek(reading) === 'implements') {
    reading.at += 1;
    for (; /^(?:&|\w+)$/.test(peek(reading)) && kindOf(peek(reading)) === null; reading.at += 1)
      if (peek(reading) !== '&') type.interfaces.add(peek(reading));
  }
  for (const one of directives(reading)) type.directives.add(one);
  if (type.kind === 'union' && peek(reading) === '=') {
    reading.at += 1;
    while (
      peek(reading) === '|' ||
      (/^\w+$/.test(peek(reading)) && reading.tokens[reading.at - 1]?.text.match(/^[|=]$/) !== null)
    ) {
      const token = reading.tokens[reading.at];
      if (token !== undefined && token.text !== '|') type.members.set(token.text, token.line);
      reading.at += 1;
    }
    return;
  }
  if (peek(reading) !== '{') return;
  reading.at += 1;
  while (reading.at < reading.tokens.length && peek(reading) !== '}') member(reading, type);
  reading.at += 1;
}

function directives(reading: Reading): readonly string[] {
  const found: string[] = [];
  while (peek(reading) === '@') {
    const start = reading.at;
    reading.at += 2;
    if (peek(reading) === '(') skip(reading);
    found.push(textFrom(reading, start));
  }
  return found;
}

function textFrom({ tokens, at }: Reading, start: number): string {
  return tokens
    .slice(start, at)
    .map(({ text }) => text)
    .join('');
}

function member(reading: Reading, type: SdlType): void {
  const name = reading.tokens[reading.at];
  reading.at += 1;
  if (name === undefined || !/^\w+$/.test(name.text)) return;
  if (type.kind === 'enum') {
    type.members.set(name.text, name.line);
    directives(reading);
    return;
  }
  const args = peek(reading) === '(' ? argumentsOf(reading) : new Map<string, SdlArgument>();
  if (peek(reading) !== ':') return;
  reading.at += 1;
  const wanted = typeRef(reading);
  const defaultText = defaultValue(reading);
  const own = directives(reading);
  type.fields.set(name.text, {
    type: wanted,
    line: name.line,
    hasDefault: defaultText !== '',
    defaultText,
    isDeprecated: own.some((one) => one.startsWith('@deprecated')),
    directives: own,
    args,
  });
}

function argumentsOf(reading: Reading): ReadonlyMap<string, SdlArgument> {
  const found = new Map<string, SdlArgument>();
  reading.at += 1;
  while (reading.at < reading.tokens.length && peek(reading) !== ')') {
    const name = reading.tokens[reading.at];
    reading.at += 1;
    if (name === undefined || peek(reading) !== ':') continue;
    reading.at += 1;
    const type = typeRef(reading);
    const defaultText = defaultValue(reading);
    directives(reading);
    const hasDefault = defaultText !== '';
    found.set(name.text, { type, line: name.line, hasDefault, defaultText });
  }
  reading.at += 1;
  return found;
}

function typeRef(reading: Reading): string {
  let text = '';
  while (peek(reading) === '[') {
    text += '[';
    reading.at += 1;
  }
  text += peek(reading);
  reading.at += 1;
  while (peek(reading) === ']' || peek(reading) === '!') {
    text += peek(reading);
    reading.at += 1;
  }
  return text;
}

function defaultValue(reading: Reading): string {
  if (peek(reading) !== '=') return '';
  const start = reading.at;
  reading.at += 1;
  skip(reading);
  return textFrom(reading, start);
}
