import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Alias, Document, Node, YAMLError } from 'yaml';
import { complain } from './problems.ts';
import type { Complaints, Place } from './problems.ts';

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: string | number | boolean | null;
  /** The value as text, without surrounding blanks. */
  readonly text: string;
}

interface LocatedList {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Located[];
}

export interface LocatedEntry {
  readonly key: string;
  readonly at: Place;
  readonly value: Located;
}

interface LocatedMap {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: readonly LocatedEntry[];
}

/** A piece of YAML with its place. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** Largest policy file that is read; a policy is written by people. */
const largestPolicyBytes = 262_144;

const deepest = 24;
const mostNodes = 20_000;
const mostAliases = 100;

/** Parses YAML into a tree in which everything has its place. Null when it is not usable YAML. */
export function locate(text: string, complaints: Complaints): Located | null {
  const start = { line: 1, column: 1 };
  if (text.length > largestPolicyBytes) {
    const message = `the file is larger than ${largestPolicyBytes / 1024} KiB`;
    complain(complaints, start, { message, suggestion: 'split the areas by wider patterns' });
    return null;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const reader: Reader = { lines, complaints, document, budget: { nodes: 0, aliases: 0 } };
  for (const error of document.errors) complainYaml(reader, error);
  for (const warning of document.warnings) complainYaml(reader, warning);
  const usable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  if (!usable) return null;
  if (document.contents === null) {
    complain(complaints, start, {
      message: 'the file is empty',
      suggestion: 'run "hallmonitor init"',
    });
    return null;
  }
  return placed(reader, document.contents, 0);
}

interface Reader {
  readonly lines: LineCounter;
  readonly complaints: Complaints;
  readonly document: Document.Parsed;
  /** What has been used up, so that aliases cannot multiply without bound. */
  readonly budget: { nodes: number; aliases: number };
}

function complainYaml({ lines, complaints }: Reader, error: YAMLError): void {
  const advice: Readonly<Record<string, string>> = {
    BAD_SCALAR_START: 'put it in quotes: "> 200"',
    BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes',
    TAB_AS_INDENT: 'indent with spaces',
    DUPLICATE_KEY: 'keep one of them',
    MULTIPLE_DOCS: 'remove the line ---',
    UNEXPECTED_TOKEN: 'values such as "> 200" need quotes',
    TAG_RESOLVE_FAILED: 'remove the !tag',
  };
  const message = error.code === 'DUPLICATE_KEY' ? 'the same key stands here twice' : error.message;
  const suggestion = advice[error.code] ?? null;
  complain(complaints, placeAt(lines, error.pos[0]), { message: firstLine(message), suggestion });
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).slice(0, 200);
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function placed(reader: Reader, node: Node | null, depth: number): Located | null {
  const at = placeAt(reader.lines, node?.range?.[0] ?? 0);
  reader.budget.nodes += 1;
  if (depth > deepest) return refuse(reader, at, 'this is nested too deeply');
  if (reader.budget.nodes > mostNodes) return refuse(reader, at, 'the file has too many values');
  if (node === null) return { kind: 'scalar', at, value: null, text: '' };
  if (isAlias(node)) return aliased(reader, node, { at, depth });
  if (isScalar(node)) return scalar(node.value, at);
  if (isSeq(node)) {
    const items: Located[] = [];
    for (const item of node.items) {
      const inner = placed(reader, asNode(item), depth + 1);
      if (inner === null) return null;
      items.push(inner);
    }
    return { kind: 'list', at, items };
  }
  return isMap(node)
    ? mapped(reader, node.items, { at, depth })
    : refuse(reader, at, 'not understood');
}

interface Spot {
  readonly at: Place;
  readonly depth: number;
}

function mapped(
  reader: Reader,
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  { at, depth }: Spot,
): Located | null {
  const entries: LocatedEntry[] = [];
  const seen = new Set<string>();
  for (const pair of pairs) {
    const key = asNode(pair.key);
    const place = placeAt(reader.lines, key?.range?.[0] ?? 0);
    if (!isScalar(key)) return refuse(reader, place, 'a key must be a plain word');
    const value = placed(reader, asNode(pair.value), depth + 1);
    if (value === null) return null;
    const name = String(key.value);
    // The parser has complained about the repetition; the first one stays.
    if (seen.has(name)) continue;
    seen.add(name);
    // An empty value has no place of its own.
    const here = pair.value === null ? { ...value, at: place } : value;
    entries.push({ key: name, at: place, value: here });
  }
  return { kind: 'map', at, entries };
}

function aliased(reader: Reader, alias: Alias, { at, depth }: Spot): Located | null {
  reader.budget.aliases += 1;
  if (reader.budget.aliases > mostAliases) return refuse(reader, at, 'too many aliases');
  const target = alias.resolve(reader.document);
  if (target === undefined) return refuse(reader, at, `the alias *${alias.source} has no anchor`);
  return placed(reader, target, depth + 1);
}

function scalar(value: unknown, at: Place): LocatedScalar {
  const plain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  return { kind: 'scalar', at, value: plain, text: plain === null ? '' : String(plain).trim() };
}

function refuse(reader: Reader, at: Place, message: string): null {
  complain(reader.complaints, at, { message });
  return null;
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

/** The value under a key of a map; null when absent, or when it is no map at all. */
export function under(located: Located | null, key: string): Located | null {
  if (located?.kind !== 'map') return null;
  return located.entries.find((entry) => entry.key === key)?.value ?? null;
}

/** Entries of a map; none for anything else, whose wrong kind has been complained about. */
export function entriesOf(located: Located | null): readonly LocatedEntry[] {
  return located?.kind === 'map' ? located.entries : [];
}

/** Items of a list; a single value stands for a list of one. */
export function itemsOf(located: Located | null): readonly Located[] {
  if (located === null) return [];
  return located.kind === 'list' ? located.items : [located];
}

/** Single values of a list or the value itself, with their places. */
export function scalarsOf(located: Located | null): readonly LocatedScalar[] {
  return itemsOf(located).filter((item) => item.kind === 'scalar');
}
