import type { GoScalar } from './go-yaml.ts';

/** What yaml.v2 takes a scalar for. `text` is also what a timestamp becomes for policy-bot's purposes. */
export type Resolved =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
  | { readonly kind: 'text'; readonly value: string; readonly timestamp: boolean }
  /** The explicit tag and the content do not fit. */
  | { readonly kind: 'unfit'; readonly why: string };

/** Guesses the type of a plain scalar by the YAML 1.1 rules of yaml.v2, and checks explicit tags. */
export function resolveScalar(node: GoScalar): Resolved {
  if (node.tag === '' && !node.implicit) return text(node.value);
  if (node.tag === '!!binary') return binary(node.value);
  if (node.tag !== '' && !resolvable.has(node.tag)) return text(node.value);
  if (node.tag === '!!str') return text(node.value);
  return checkTag(node.tag, guess(node.value, node.tag), node.value);
}

const resolvable: ReadonlySet<string> = new Set([
  '!!str',
  '!!bool',
  '!!int',
  '!!float',
  '!!null',
  '!!timestamp',
]);

const words: ReadonlyMap<string, Resolved> = new Map([
  ...spellings(['y', 'yes', 'true', 'on'], { kind: 'boolean', value: true }),
  ...spellings(['n', 'no', 'false', 'off'], { kind: 'boolean', value: false }),
  ...spellings(['null'], { kind: 'null' }),
  ['', { kind: 'null' }],
  ['~', { kind: 'null' }],
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, float(Number.NaN)] as const),
  ...infinity('.', Number.POSITIVE_INFINITY),
  ...infinity('+.', Number.POSITIVE_INFINITY),
  ...infinity('-.', Number.NEGATIVE_INFINITY),
]);

function spellings(list: readonly string[], value: Resolved): (readonly [string, Resolved])[] {
  return list
    .flatMap((word) => [word, word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()])
    .map((word) => [word, value] as const);
}

function infinity(prefix: string, value: number): (readonly [string, Resolved])[] {
  return ['inf', 'Inf', 'INF'].map((word) => [prefix + word, float(value)] as const);
}

function guess(value: string, tag: string): Resolved {
  const word = words.get(value);
  if (word !== undefined) return word;
  const first = value[0] ?? '';
  if (first === '.') return looksFloat(value) ? float(Number(value)) : text(value);
  if (!/[-+0-9]/.test(first)) return text(value);
  if ((tag === '' || tag === '!!timestamp') && looksTimestamp(value)) {
    return { kind: 'text', value, timestamp: true };
  }
  const digits = value.replaceAll('_', '');
  const whole = wholeNumber(digits);
  if (whole !== null) return { kind: 'number', value: whole, whole: true };
  return looksFloat(digits) ? float(Number(digits)) : text(value);
}

/** Go's ParseInt with base 0: decimal, 0x, 0o, 0b, and a leading 0 for octal. Null beyond 64 bits. */
function wholeNumber(digits: string): number | null {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(digits) ?? [];
  const octal = /^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body;
  const valid = /^(?:0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(octal);
  if (!valid) return null;
  const value = BigInt(octal.toLowerCase()) * (sign === '-' ? -1n : 1n);
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return null;
  return Number(value);
}

function looksFloat(digits: string): boolean {
  return /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits);
}

function looksTimestamp(value: string): boolean {
  const match =
    /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt ](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/.exec(
      value,
    );
  if (match === null) return false;
  const [, month, day, hour = '0', minute = '0', second = '0'] = match;
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, 31) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59)
  );
}

function inRange(digits: string | undefined, low: number, high: number): boolean {
  const value = Number(digits);
  return value >= low && value <= high;
}

function checkTag(tag: string, resolved: Resolved, value: string): Resolved {
  const found = tagOf(resolved);
  if (tag === '' || tag === found) return resolved;
  if (tag === '!!float' && resolved.kind === 'number') return float(resolved.value);
  return { kind: 'unfit', why: `cannot decode ${found} "${value}" as ${tag}` };
}

function tagOf(resolved: Resolved): string {
  switch (resolved.kind) {
    case 'null':
      return '!!null';
    case 'boolean':
      return '!!bool';
    case 'number':
      return resolved.whole ? '!!int' : '!!float';
    case 'text':
      return resolved.timestamp ? '!!timestamp' : '!!str';
    case 'unfit':
      return '';
  }
}

function binary(value: string): Resolved {
  const packed = value.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) {
    return { kind: 'unfit', why: '!!binary value contains invalid base64 data' };
  }
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.codePointAt(0) ?? 0);
  return text(new TextDecoder().decode(bytes));
}

function text(value: string): Resolved {
  return { kind: 'text', value, timestamp: false };
}

function float(value: number): Resolved {
  return { kind: 'number', value, whole: false };
}
