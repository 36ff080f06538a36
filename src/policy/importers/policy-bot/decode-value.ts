import { isMerge, mergeSources, visit } from './decode.ts';
import type { Reading } from './decode.ts';
import { resolveScalar } from './go-scalar.ts';
import type { GoMapping, GoNode, GoScalar } from './go-yaml.ts';

/** A value of no fixed type: an entry of `policy.approval`. */
export type Loose =
  | { readonly kind: 'text'; readonly value: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Loose[]; readonly line: number }
  | {
      readonly kind: 'map';
      readonly entries: readonly (readonly [Loose, Loose])[];
      readonly line: number;
    }
  | { readonly kind: 'other'; readonly is: string; readonly line: number };

/** Decodes a node to whatever it looks like. */
export function readLoose(reading: Reading, value: GoNode): Loose | null {
  return visit<Loose>(reading, value, (node) => {
    switch (node.kind) {
      case 'scalar':
        return looseScalar(reading, node);
      case 'sequence': {
        const items = node.items.map((item) => readLoose(reading, item));
        return { kind: 'list', items: items.filter((item) => item !== null), line: node.line };
      }
      case 'mapping': {
        const entries = new Map<string, readonly [Loose, Loose]>();
        fill(reading, node, entries);
        return { kind: 'map', entries: [...entries.values()], line: node.line };
      }
    }
  });
}

function looseScalar(reading: Reading, node: GoScalar): Loose | null {
  const resolved = resolveScalar(node);
  const line = node.line;
  if (resolved.kind === 'unfit') {
    reading.problems.push(`line ${line}: ${resolved.why}`);
    return null;
  }
  if (resolved.kind === 'text') return { kind: 'text', value: resolved.value, line };
  const value = resolved.kind === 'null' ? 'nothing' : `the ${resolved.kind} ${node.value}`;
  return { kind: 'other', is: value, line };
}

function fill(
  reading: Reading,
  mapping: GoMapping,
  entries: Map<string, readonly [Loose, Loose]>,
): void {
  for (const [keyNode, valueNode] of mapping.pairs) {
    if (isMerge(keyNode)) {
      for (const source of mergeSources(reading, valueNode)) {
        visit(reading, source, (node) => {
          if (node.kind === 'mapping') fill(reading, node, entries);
          return null;
        });
      }
      continue;
    }
    const key = readLoose(reading, keyNode);
    const value = readLoose(reading, valueNode);
    if (key === null || value === null) continue;
    const id = key.kind === 'text' ? `text ${key.value}` : `${key.kind} ${keyNode.line}`;
    if (entries.has(id)) {
      reading.problems.push(`line ${keyNode.line}: the same key is set twice`);
      continue;
    }
    entries.set(id, [key, value]);
  }
}
