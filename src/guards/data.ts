import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import type { Source } from './guard.ts';
import { readJson } from './json-data.ts';

/** A value of a configuration file, with its place: YAML and JSON. */
export type Data = DataMap | DataList | DataScalar;

export interface DataMap {
  readonly kind: 'map';
  readonly line: number;
  readonly endLine: number;
  readonly entries: ReadonlyMap<string, DataEntry>;
}

export interface DataEntry {
  /** Line of the key. */
  readonly line: number;
  readonly value: Data;
}

export interface DataList {
  readonly kind: 'list';
  readonly line: number;
  readonly endLine: number;
  readonly items: readonly Data[];
}

export interface DataScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly endLine: number;
  readonly value: string | number | boolean | null;
}

/** Longest file read as data, in characters. */
const longest = 500_000;
/** Values of one file we build; aliases could make it endless. */
const most = 50_000;

const known = new WeakMap<Source, readonly Data[] | null>();

/** Documents of a YAML or JSON file, each file read once; null when it is not well-formed or too long. */
export function dataOf(source: Source): readonly Data[] | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  const read = source.text.length > longest ? null : documentsOf(source);
  known.set(source, read);
  return read;
}

function documentsOf({ language, text }: Source): readonly Data[] | null {
  if (language === 'json') {
    const data = readJson(text);
    return data === null ? null : [data];
  }
  try {
    return readYaml(text);
  } catch (error) {
    // Nested deeper than the stack reaches, which nobody writes by hand.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Building {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  left: number;
}

function readYaml(text: string): readonly Data[] | null {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(parsed)) return [];
  if (parsed.some((document) => document.errors.length > 0)) return null;
  const documents = parsed.map((document) => {
    const building: Building = { document, lines, left: most };
    const data = document.contents === null ? null : build(document.contents, building);
    return building.left < 0 ? null : (data ?? emptyAt(1));
  });
  return documents.every((data) => data !== null) ? documents : null;
}

function build(node: ParsedNode, building: Building): Data {
  building.left -= 1;
  const range = node.range;
  const line = building.lines.linePos(range[0]).line;
  const endLine = Math.max(line, building.lines.linePos(Math.max(range[0], range[1] - 1)).line);
  if (building.left < 0) return emptyAt(line);
  if (isAlias(node)) {
    const target = node.resolve(building.document) as ParsedNode | undefined;
    return target === undefined ? emptyAt(line) : { ...build(target, building), line, endLine };
  }
  if (isMap(node)) return { kind: 'map', line, endLine, entries: entriesOf(node.items, building) };
  if (isSeq(node)) {
    return {
      kind: 'list',
      line,
      endLine,
      items: node.items.map((item) => build(item, building)),
    };
  }
  return { kind: 'scalar', line, endLine, value: isScalar(node) ? plain(node.value) : null };
}

type Pairs = readonly { readonly key: unknown; readonly value: unknown }[];

function entriesOf(pairs: Pairs, building: Building): ReadonlyMap<string, DataEntry> {
  const entries = new Map<string, DataEntry>();
  for (const { key, value } of pairs) {
    const at = key as ParsedNode;
    const line = building.lines.linePos(at.range[0]).line;
    const data = value === null ? emptyAt(line) : build(value as ParsedNode, building);
    const name = isScalar(at) ? String(at.value) : '';
    if (name !== '<<') entries.set(name, { line, value: data });
    else if (data.kind === 'map') merge(entries, data);
    else if (data.kind === 'list')
      for (const item of data.items) if (item.kind === 'map') merge(entries, item);
  }
  return entries;
}

function merge(entries: Map<string, DataEntry>, from: DataMap): void {
  for (const [name, entry] of from.entries) if (!entries.has(name)) entries.set(name, entry);
}

function emptyAt(line: number): DataScalar {
  return { kind: 'scalar', line, endLine: line, value: null };
}

function plain(value: unknown): DataScalar['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** The value at a path of keys; null when the path leads nowhere. */
export function at(data: Data | null, ...path: readonly string[]): Data | null {
  return entryAt(data, ...path)?.value ?? (path.length === 0 ? data : null);
}

/** The entry at a path of keys, with the line of its key. */
export function entryAt(data: Data | null, ...path: readonly string[]): DataEntry | null {
  let value = data;
  let entry: DataEntry | null = null;
  for (const key of path) {
    entry = value?.kind === 'map' ? (value.entries.get(key) ?? null) : null;
    value = entry?.value ?? null;
  }
  return entry;
}

/** The scalar at a path of keys; undefined when there is none. */
export function scalarAt(
  data: Data | null,
  ...path: readonly string[]
): DataScalar['value'] | undefined {
  const value = at(data, ...path);
  return value?.kind === 'scalar' ? value.value : undefined;
}

/** Items of a list, or nothing. */
export function itemsOf(data: Data | null): readonly Data[] {
  return data?.kind === 'list' ? data.items : [];
}

/** Entries of a map in order, or nothing. */
export function entriesIn(data: Data | null): readonly (readonly [string, DataEntry])[] {
  return data?.kind === 'map' ? [...data.entries] : [];
}
