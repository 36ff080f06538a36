import { LineCounter, isMap, isNode, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import type { CatalogueFile, CatalogueProblem } from './services.ts';

/** A YAML file taken apart, with a way to complain about a place in it. */
export interface Reading {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly CatalogueProblem[];
  readonly problemAt: (node: unknown, message: string) => CatalogueProblem;
}

const mostCharacters = 2_000_000;

/** Parses a catalogue file. Syntax errors become problems; documents with errors are left out. */
export function readYaml(file: CatalogueFile): Reading {
  const lines = new LineCounter();
  if (file.text.length > mostCharacters) {
    const message = `is longer than ${mostCharacters} characters and was not read`;
    return { documents: [], problems: [problemAtOffset(0, message)], problemAt };
  }
  const parsed = parseAllDocuments(file.text, { lineCounter: lines, uniqueKeys: true });
  const all = Array.isArray(parsed) ? parsed : [];
  const problems = all.flatMap((document) =>
    document.errors.map((error) => problemAtOffset(error.pos[0], plainMessage(error.message))),
  );
  return { documents: all.filter((document) => document.errors.length === 0), problems, problemAt };

  function problemAtOffset(offset: number, message: string): CatalogueProblem {
    const { line, col } = lines.linePos(offset);
    return { path: file.path, line: Math.max(1, line), column: Math.max(1, col), message };
  }

  function problemAt(node: unknown, message: string): CatalogueProblem {
    return problemAtOffset(isNode(node) ? (node.range?.[0] ?? 0) : 0, message);
  }
}

/** The parser repeats the place and a picture of it after the sentence. */
function plainMessage(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

/** The map under a key, or null. */
export function mapAt(map: YAMLMap | null, key: string): YAMLMap | null {
  const node: unknown = map?.get(key, true);
  return isMap(node) ? node : null;
}

/** Text of a scalar under a key; null when it is absent or something else. */
export function textAt(map: YAMLMap | null, key: string): string | null {
  return scalarText(map?.get(key, true));
}

/** Texts of a list under a key; entries that are not scalars are left out. */
export function textsAt(map: YAMLMap | null, key: string): readonly string[] {
  const node: unknown = map?.get(key, true);
  if (!isSeq(node)) return [];
  return node.items.map((item) => scalarText(item)).filter((text) => text !== null);
}

/** Text of a scalar node, of a number or boolean too; null for anything else. Aliases are not followed. */
export function scalarText(node: unknown): string | null {
  const value: unknown = isScalar(node) ? node.value : null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}
