import type { Span } from './text-calls.ts';
import type { Literal, Written } from './written.ts';

/** A string that is put together where it stands. */
export interface Built {
  /** Expressions that go into it, as written. */
  readonly values: readonly string[];
}

const operatorsAfter = /^\s*(?:\+(?!\+)|\.(?=\s*[$\w(])|%(?=\s*[\w(]))/;
const operatorsBefore = /(?:(?<!\+)\+|[\w)\]]\s*\.)\s*$/;
const formatting =
  /(?:\b(?:[Ss]tring\.(?:[Ff]ormat|Concat|Join)|fmt\.(?:Sprintf|Sprint|Sprintln|Appendf)|sprintf|vsprintf|util\.format|format)\s*\(|\bformat!\s*\(|\.(?:format|formatted|concat|append|Append)\s*\()/;

const namedFormat = /(?:[sS]tring\.[fF]ormat|fmt\.Sprintf|\bsprintf)\(\s*\w+\s*,/;

/** Reads an expression as a string made of parts; null when it is a plain literal or no string. */
export function builtText(written: Written, span: Span): Built | null {
  const bare = written.bare.slice(span.start, span.end);
  const literals = literalsIn(written, span).filter((one) => !isTagged(written, one));
  const values: string[] = [];
  for (const literal of literals) {
    for (const [from, to] of literal.holes) values.push(written.text.slice(from, to).trim());
  }
  if (literals.length > 0 && isJoined(bare, span, literals)) values.push(...operands(bare));
  if (formatting.test(bare) && literals.length > 0) {
    values.push(...formatted(bare), ...captured(written, literals, bare));
  } else if (namedFormat.test(bare)) values.push(...formatted(bare).slice(1));
  const moving = values.filter((value) => value !== '' && !isConstant(value));
  return moving.length === 0 ? null : { values: moving };
}

/** The outermost literals of a stretch of text. */
export function literalsIn({ literals }: Written, { start, end }: Span): readonly Literal[] {
  let low = 0;
  let high = literals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((literals[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Literal[] = [];
  for (let at = low; at < literals.length; at += 1) {
    const literal = literals[at];
    if (literal === undefined || literal.start >= end) break;
    if (literal.start >= (found.at(-1)?.end ?? 0)) found.push(literal);
  }
  return found;
}

// sql`…${id}` hands its values to the function in front of it.
function isTagged({ text }: Written, { start }: Literal): boolean {
  return text[start] === '`' && /[\w$)>\]]/.test(text[start - 1] ?? '');
}

// Rust's format!("{name}") names what it takes inside of the text.
function captured(written: Written, literals: readonly Literal[], bare: string): readonly string[] {
  if (!bare.includes('format!')) return [];
  return literals.flatMap(({ start, end }) =>
    [...written.text.slice(start, end).matchAll(/\{([a-z_]\w*)/g)].map((match) => match[1] ?? ''),
  );
}

function isJoined(bare: string, span: Span, literals: readonly Literal[]): boolean {
  return literals.some(({ start, end }) => {
    const after = bare.slice(end - span.start, end - span.start + 40);
    const before = bare.slice(Math.max(0, start - span.start - 40), start - span.start);
    return operatorsAfter.test(after) || operatorsBefore.test(before);
  });
}

// What stands between the operators and is no literal itself.
function operands(bare: string): readonly string[] {
  return bare
    .replace(/["'`]\s*["'`]/g, ' ')
    .split(/\s\.\s|\.(?=\s*\$)|(?<=["'`])\s*\.|\.(?=\s*["'`])|[+%]/)
    .map((part) => part.replace(/["'`\s]+/g, ' ').trim())
    .filter((part) => /[A-Za-z_$]/.test(part) && !/^(?:[fFrRbBu]{1,2}|new)$/.test(part));
}

function formatted(bare: string): readonly string[] {
  const at = formatting.exec(bare);
  if (at === null) return [];
  return bare
    .slice(at.index + at[0].length)
    .split(',')
    .map((part) => part.replace(/["'`\s)]+/g, ' ').trim())
    .filter((part) => /[A-Za-z_$]/.test(part));
}

/** Names in capitals, numbers, and what only turns one of them into text: nobody outside can choose them. */
export function isConstant(value: string): boolean {
  const plain = value.replace(/^(?:self|this|cls|[A-Z]\w*)(?:\.|::)/, '').replace(/\s+/g, ' ');
  return /^(?:[A-Z][A-Z0-9_]*|-?[\d_.]+|[A-Z]\w*(?:\.|::)[A-Z][A-Z0-9_]*|true|false|None|null|nil|["'`])$/.test(
    plain,
  );
}
