import { blankPattern, compilePattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { resolveScalar } from './go-scalar.ts';
import type { GoAlias, GoMapping, GoNode, GoScalar, GoSequence } from './go-yaml.ts';

/** Collects what is wrong while a file is decoded, and counts the work, as yaml.v2 does against alias bombs. */
export interface Reading {
  readonly problems: string[];
  readonly open: Set<GoAlias>;
  readonly work: { decoded: number; aliased: number };
}

/** The nodes that set one value, in order: more than one where a merge key (`<<`) brings others in. */
export type Values = readonly GoNode[] | undefined;

/** The fields of a mapping that a struct in Go would take. */
export interface Fields {
  /** False when the value is absent or null. */
  readonly present: boolean;
  readonly of: (key: string) => Values;
}

type Plain = GoScalar | GoMapping | GoSequence;

/** A fresh account for one file. */
export function startReading(): Reading {
  return { problems: [], open: new Set(), work: { decoded: 0, aliased: 0 } };
}

/** Gives the node behind an alias to `read`, unless the file aliases without end or measure. */
export function visit<T>(
  reading: Reading,
  node: GoNode,
  read: (node: Plain) => T | null,
): T | null {
  const { work, open, problems } = reading;
  work.decoded += 1;
  if (open.size > 0) work.aliased += 1;
  if (isExcessive(work)) {
    problems.push('document contains excessive aliasing');
    return null;
  }
  if (node.kind !== 'alias') return read(node);
  if (open.has(node)) {
    problems.push(`anchor "${node.name}" contains itself`);
    return null;
  }
  open.add(node);
  const result = visit(reading, node.target(), read);
  open.delete(node);
  return result;
}

/** The limits of yaml.v2: up to 99 % of a small document may come from aliases, 10 % of a large one. */
function isExcessive({ decoded, aliased }: Reading['work']): boolean {
  if (aliased <= 100 || decoded <= 1000) return false;
  const scale = Math.min(1, Math.max(0, (decoded - 400_000) / 3_600_000));
  return aliased / decoded > 0.99 - 0.89 * scale;
}

/** What yaml.v2 leaves out before it looks at types: no pointer is made, no reader called. */
export function isBlank(node: Plain): boolean {
  if (node.tag === '!!null') return true;
  if (node.kind !== 'scalar' || node.tag !== '') return false;
  return node.value === 'null' || node.value === '~' || (node.value === '' && node.implicit);
}

/** Notes a value of the wrong type. */
export function wrongType(reading: Reading, node: Plain, wanted: string): null {
  const found = node.kind === 'scalar' ? `"${node.value.slice(0, 40)}"` : `a ${node.kind}`;
  reading.problems.push(`line ${node.line}: expected ${wanted}, found ${found}`);
  return null;
}

/** Text; every scalar will do, and is taken as it is written. */
export function readText(reading: Reading, values: Values): string {
  return last(reading, values, (node) => textOf(reading, node)) ?? '';
}

/** Text of one node, null when it is none. */
function textOf(reading: Reading, node: Plain): string | null {
  if (node.kind !== 'scalar') return wrongType(reading, node, 'text');
  const resolved = resolveScalar(node);
  if (resolved.kind === 'null') return '';
  if (resolved.kind === 'unfit') return unfit(reading, node, resolved.why);
  return resolved.kind === 'text' ? resolved.value : node.value;
}

/** A switch: `true`, `yes`, `on` and their opposites, never a quoted word. */
export function readSwitch(reading: Reading, values: Values): boolean {
  return readOptionalSwitch(reading, values) ?? false;
}

/** A switch whose absence means something of its own. */
export function readOptionalSwitch(reading: Reading, values: Values): boolean | null {
  return last(reading, values, (node) => {
    if (node.kind !== 'scalar') return wrongType(reading, node, 'true or false');
    const resolved = resolveScalar(node);
    if (resolved.kind === 'boolean') return resolved.value;
    // A blank leaves the switch unset; `Null`, which only the later look recognises, sets it to false.
    if (resolved.kind === 'null') return isBlank(node) ? null : false;
    return wrongType(reading, node, 'true or false');
  });
}

/** A whole number; a fraction is cut off, as yaml.v2 does. */
export function readWhole(reading: Reading, values: Values): number {
  const read = last(reading, values, (node) => {
    if (node.kind !== 'scalar') return wrongType(reading, node, 'a number');
    const resolved = resolveScalar(node);
    if (resolved.kind === 'null') return 0;
    if (resolved.kind !== 'number' || Number.isNaN(resolved.value)) {
      return wrongType(reading, node, 'a number');
    }
    if (resolved.value >= 2 ** 63) return wrongType(reading, node, 'a number of 64 bits');
    return Math.trunc(resolved.value);
  });
  return read ?? 0;
}

/** A list, null when absent or blank. */
export function readList<T>(
  reading: Reading,
  values: Values,
  item: (node: GoNode) => T | null,
): readonly T[] | null {
  return last(reading, values, (node) => {
    if (node.kind === 'sequence') return node.items.map(item).filter((read) => read !== null);
    if (node.kind === 'scalar' && resolveScalar(node).kind === 'null') return null;
    return wrongType(reading, node, 'a list');
  });
}

/** A list of texts, null when absent or blank. */
export function readTexts(reading: Reading, values: Values): readonly string[] | null {
  return readList(reading, values, (node) => visit(reading, node, (to) => textOf(reading, to)));
}

/** A list of RE2 patterns. */
export function readPatterns(reading: Reading, values: Values): readonly Pattern[] {
  return readList(reading, values, (node) => patternOf(reading, node)) ?? [];
}

/** One RE2 pattern; a blank matches nothing. */
export function readPattern(reading: Reading, values: Values): Pattern {
  return (
    values?.reduce<Pattern>((_, node) => patternOf(reading, node), blankPattern) ?? blankPattern
  );
}

function patternOf(reading: Reading, value: GoNode): Pattern {
  const compiled = visit<Pattern>(reading, value, (node) => {
    if (isBlank(node)) {
      // Quoted, "null" and "~" are neither left out nor read as a pattern.
      if (node.kind === 'scalar' && (node.implicit || node.tag === '!!null')) return blankPattern;
      return wrongType(reading, node, 'a pattern');
    }
    const source = textOf(reading, node);
    if (source === null) return null;
    const pattern = compilePattern(source);
    return 'problem' in pattern ? unfit(reading, node, pattern.problem) : pattern;
  });
  return compiled ?? blankPattern;
}

/** Reads a mapping strictly: unknown and repeated keys are problems; merge keys bring in their fields. */
export function readFields(reading: Reading, values: Values, known: readonly string[]): Fields {
  const fields = new Map<string, GoNode[]>();
  const state = { present: false };

  function take(node: Plain): true | null {
    if (node.kind === 'mapping') {
      state.present = true;
      takeMapping(node);
      return true;
    }
    if (node.kind === 'scalar' && resolveScalar(node).kind === 'null') {
      state.present = !isBlank(node);
      fields.clear();
      return true;
    }
    return wrongType(reading, node, 'keys with values');
  }

  function takeMapping(mapping: GoMapping): void {
    const seen = new Set<string>();
    for (const [keyNode, value] of mapping.pairs) {
      if (isMerge(keyNode)) {
        mergeSources(reading, value).forEach((source) => visit(reading, source, take));
        continue;
      }
      const key = visit(reading, keyNode, (node) => textOf(reading, node));
      if (key === null) continue;
      if (!known.includes(key)) {
        const hint = known.length > 0 ? `; known here: ${known.join(', ')}` : '';
        reading.problems.push(`line ${keyNode.line}: unknown key "${key}"${hint}`);
      } else if (seen.has(key)) {
        reading.problems.push(`line ${keyNode.line}: key "${key}" is set twice`);
      } else {
        seen.add(key);
        fields.set(key, [...(fields.get(key) ?? []), value]);
      }
    }
  }

  values?.forEach((node) => visit(reading, node, take));
  return { present: state.present, of: (key) => fields.get(key) };
}

/** Whether the key is the merge key of YAML 1.1. */
export function isMerge(node: GoNode): boolean {
  return node.kind === 'scalar' && node.value === '<<' && (node.implicit || node.tag === '!!merge');
}

/** The mappings a merge key brings in, in the order they are laid over each other. */
export function mergeSources(reading: Reading, value: GoNode): readonly GoNode[] {
  const sources = value.kind === 'sequence' ? value.items.toReversed() : [value];
  const fit = sources.every((source) => {
    return (source.kind === 'alias' ? source.target() : source).kind === 'mapping';
  });
  if (fit) return sources;
  reading.problems.push(`line ${value.line}: "<<" wants a mapping or a list of mappings`);
  return [];
}

function unfit(reading: Reading, node: Plain, why: string): null {
  reading.problems.push(`line ${node.line}: ${why}`);
  return null;
}

function last<T>(reading: Reading, values: Values, read: (node: Plain) => T | null): T | null {
  return values?.reduce<T | null>((_, node) => visit(reading, node, read), null) ?? null;
}
