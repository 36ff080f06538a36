import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node } from 'yaml';

/** Something wrong with people.yml. An `error` makes it unusable, a `warning` deserves a look. */
export interface PeopleProblem {
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly suggestion: string | null;
}

/** A file being read: where things stand and what is wrong so far. */
export interface PeopleFile {
  readonly name: string;
  readonly lines: LineCounter;
  readonly problems: PeopleProblem[];
}

/** A YAML value; nothing where there is none. */
export type Value = Node | null | undefined;

const MAX_TEXT_LENGTH = 5_000_000;
const MAX_PROBLEMS = 100;

/** Parses YAML strictly. The root is null when the text is empty or not usable. */
export function openPeopleFile(text: string, name: string): { file: PeopleFile; root: Value } {
  const file: PeopleFile = { name, lines: new LineCounter(), problems: [] };
  if (text.length > MAX_TEXT_LENGTH) {
    complain(file, null, { message: 'the file is larger than 5 MB' });
    return { file, root: null };
  }
  try {
    const document = parseDocument(text, {
      lineCounter: file.lines,
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: true,
    });
    for (const { message, pos } of [...document.errors, ...document.warnings]) {
      complainAt(file, pos[0], { message: message.split('\n')[0] ?? message });
    }
    return { file, root: file.problems.length > 0 ? null : document.contents };
  } catch (error) {
    // The parser recurses and gives up on a text that is nothing but brackets.
    if (!(error instanceof RangeError)) throw error;
    complain(file, null, { message: 'the file is nested too deeply' });
    return { file, root: null };
  }
}

interface Said {
  readonly message: string;
  readonly suggestion?: string | null;
  readonly level?: 'error' | 'warning';
}

/** Notes a problem at a value, or at the top of the file. */
export function complain(file: PeopleFile, value: Value, said: Said): void {
  complainAt(file, value?.range?.[0] ?? 0, said);
}

function complainAt(file: PeopleFile, offset: number, said: Said): void {
  if (file.problems.length >= MAX_PROBLEMS) return;
  const { line, col } = file.lines.linePos(offset);
  const place = { line: Math.max(1, line), column: Math.max(1, col) };
  const { message, suggestion = null, level = 'error' } = said;
  file.problems.push({ level, file: file.name, ...place, message, suggestion });
}

/** The entries of a mapping with their keys; a problem for anything else. */
export function entriesOf(
  file: PeopleFile,
  value: Value,
  what: string,
): readonly { readonly key: string; readonly keyNode: Node; readonly value: Value }[] {
  if (isEmpty(value)) return [];
  if (!isMap(value)) {
    complain(file, value, { message: `${what} should be keys with values` });
    return [];
  }
  return value.items.flatMap(({ key, value: inner }) => {
    if (!isScalar(key)) {
      complain(file, value, { message: `a key of ${what} is not a word` });
      return [];
    }
    return [{ key: String(key.value), keyNode: key, value: nodeOf(file, inner) }];
  });
}

/** The known fields of a mapping; an unknown key is a problem with a suggestion. */
export function fieldsOf(
  file: PeopleFile,
  value: Value,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  for (const { key, keyNode, value: inner } of entriesOf(file, value, what)) {
    if (known.includes(key)) fields.set(key, inner);
    else
      complain(file, keyNode, {
        message: `unknown key "${short(key)}"`,
        suggestion: meant(key, known),
      });
  }
  return fields;
}

/** The items of a list, or a single value in place of a list of one. */
export function itemsOf(file: PeopleFile, value: Value, what: string): readonly Node[] {
  if (isEmpty(value)) return [];
  if (isScalar(value)) return [value];
  if (!isSeq(value)) {
    complain(file, value, { message: `${what} should be a list` });
    return [];
  }
  return value.items.flatMap((item) => nodeOf(file, item) ?? []);
}

/** Plain text without blanks around it; null, with a problem, for anything else. */
export function textOf(file: PeopleFile, value: Value, what: string): string | null {
  const plain = isScalar(value) ? value.value : null;
  const text = typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : '';
  if (text !== '' && text.length <= 200) return text;
  complain(file, value, { message: `${what} should be a short text` });
  return null;
}

function isEmpty(value: Value): value is null | undefined {
  return value === null || value === undefined || (isScalar(value) && value.value === null);
}

function nodeOf(file: PeopleFile, value: unknown): Value {
  if (isMap(value) || isSeq(value) || isScalar(value)) return value;
  // Aliases would let a few lines stand for billions of values; nobody needs them for a list of people.
  if (isAlias(value)) complain(file, value, { message: 'an alias is not understood here' });
  return null;
}

/** "did you mean X?" when something known is close, else what is known. */
export function meant(word: string, known: readonly string[]): string | null {
  const near = known
    .map((each) => ({ each, far: distance(word.slice(0, 60), each) }))
    .sort((one, other) => one.far - other.far)[0];
  if (near !== undefined && near.far <= Math.max(1, Math.floor(near.each.length / 2))) {
    return `did you mean "${near.each}"?`;
  }
  return known.length === 0 || known.length > 12 ? null : `known: ${known.join(', ')}`;
}

/** How many letters must be changed, added or dropped. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const same = from[at - 1] === to[other - 1];
      const replaced = (row[other - 1] ?? 0) + (same ? 0 : 1);
      next.push(Math.min(replaced, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** A text cut to what fits into a message. */
export function short(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
}
