import { Alias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, Scalar } from 'yaml';
import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml';

/** A node of a YAML text, the way Go's yaml.v2 (which policy-bot reads its file with) sees it. */
export type GoNode = GoScalar | GoMapping | GoSequence | GoAlias;

interface Placed {
  /** Explicit tag in short form (`!!bool`), empty when there is none. */
  readonly tag: string;
  /** 1-based. */
  readonly line: number;
}

export interface GoScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: string;
  /** True for plain text, whose type is guessed from its look. */
  readonly implicit: boolean;
}

export interface GoMapping extends Placed {
  readonly kind: 'mapping';
  readonly pairs: readonly (readonly [key: GoNode, value: GoNode])[];
}

export interface GoSequence extends Placed {
  readonly kind: 'sequence';
  readonly items: readonly GoNode[];
}

export interface GoAlias extends Placed {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: () => GoNode;
}

/** The first document of the text (null when empty), or why it is not YAML. */
export type GoDocument = { readonly root: GoNode | null } | { readonly problem: string };

/** A policy is a page or two; GitHub itself gives out no file beyond this size through its contents API. */
const MAX_TEXT_LENGTH = 1_000_000;

const longTagPrefix = 'tag:yaml.org,2002:';

/** Reads YAML with the rules of yaml.v2: YAML 1.1, first document only, stricter about a few characters. */
export function readGoYaml(text: string): GoDocument {
  if (text.length > MAX_TEXT_LENGTH) return { problem: 'the file is larger than 1 MB' };
  const forbidden = forbiddenCharacter(text);
  if (forbidden !== null) return { problem: forbidden };
  const lines = new LineCounter();
  const parsed = firstDocument(text, lines);
  if ('problem' in parsed) return parsed;
  const document = parsed.document;
  if (document === null || document.contents === null) return { root: null };
  return convertDocument(document, { text, lines });
}

type First = { readonly document: Document.Parsed | null } | { readonly problem: string };

function firstDocument(text: string, lines: LineCounter): First {
  try {
    // Failsafe: every scalar stays text, because its type depends on where it stands.
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      version: '1.1',
      uniqueKeys: false,
      merge: false,
      logLevel: 'silent',
      lineCounter: lines,
    });
    const document = Array.isArray(documents) ? (documents[0] ?? null) : null;
    const error = document?.errors[0];
    if (error !== undefined) return { problem: error.message.split('\n')[0] ?? error.message };
    return { document };
  } catch (error) {
    // The parser recurses; a text that is nothing but brackets exhausts the stack.
    if (error instanceof RangeError) return { problem: 'the file is nested too deeply' };
    throw error;
  }
}

interface Source {
  readonly text: string;
  readonly lines: LineCounter;
}

interface Converter extends Source {
  readonly problems: string[];
  /** What was anchored last under each name, for the aliases that follow. */
  readonly anchors: Map<string, Anchored>;
}

interface Anchored {
  /** Null while the anchored node itself is being read. */
  node: GoNode | null;
}

interface Spot {
  /** Inside brackets or braces. */
  readonly inFlow: boolean;
  readonly line: number;
}

function convertDocument(document: Document.Parsed, source: Source): GoDocument {
  const converter: Converter = { ...source, problems: [], anchors: new Map() };
  const root = convert(converter, document.contents, { inFlow: false, line: 1 });
  const problem = converter.problems[0];
  return problem === undefined ? { root } : { problem };
}

function convert(converter: Converter, node: unknown, spot: Spot): GoNode {
  if (node instanceof Alias) return convertAlias(converter, node);
  if (!isScalar(node) && !isSeq(node) && !isMap(node)) return emptyScalar(spot.line);
  const anchored: Anchored = { node: null };
  if (node.anchor !== undefined) converter.anchors.set(node.anchor, anchored);
  anchored.node = isScalar(node)
    ? convertScalar(converter, node, spot)
    : convertCollection(converter, node, spot);
  return anchored.node;
}

function convertCollection(converter: Converter, node: YAMLSeq | YAMLMap, spot: Spot): GoNode {
  const line = lineOf(converter, node);
  const inside = { inFlow: spot.inFlow || node.flow === true, line };
  const tag = shortTag(node.tag);
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(converter, item, inside));
    return { kind: 'sequence', tag, line, items };
  }
  const pairs = node.items.map(({ key, value }) => {
    const first = convert(converter, key, inside);
    return [first, convert(converter, value, { ...inside, line: first.line })] as const;
  });
  return { kind: 'mapping', tag, line, pairs };
}

function convertScalar(converter: Converter, node: Scalar, { inFlow }: Spot): GoScalar {
  const line = lineOf(converter, node);
  const value = typeof node.value === 'string' ? node.value : '';
  const plain = node.type === undefined || node.type === Scalar.PLAIN;
  if (plain && inFlow && value.includes('?')) {
    // libyaml ends a plain text at `?` inside brackets and then finds a key where none may be.
    converter.problems.push(`line ${line}: "?" inside brackets needs quotes`);
  }
  const raw = converter.text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
  if (node.type === Scalar.QUOTE_DOUBLE && /(?<!\\)(?:\\\\)*\\\//.test(raw)) {
    converter.problems.push(`line ${line}: "\\/" is no known escape`);
  }
  // A lone `!` says no more than no tag at all, and lets even quoted text be guessed.
  const unspecific = node.tag === '!';
  const tag = unspecific ? '' : shortTag(node.tag);
  const implicit = unspecific || (plain && node.tag === undefined);
  return { kind: 'scalar', tag, value, implicit, line };
}

function convertAlias(converter: Converter, node: Alias): GoNode {
  const line = lineOf(converter, node);
  const name = node.source;
  const target = converter.anchors.get(name);
  if (target === undefined) {
    converter.problems.push(`line ${line}: unknown anchor "${name}"`);
    return emptyScalar(line);
  }
  return { kind: 'alias', tag: '', line, name, target: () => target.node ?? emptyScalar(line) };
}

function emptyScalar(line: number): GoScalar {
  return { kind: 'scalar', tag: '', value: '', implicit: true, line };
}

function lineOf({ lines }: Source, node: Node): number {
  return lines.linePos(node.range?.[0] ?? 0).line;
}

function shortTag(tag: string | undefined): string {
  if (tag === undefined) return '';
  return tag.startsWith(longTagPrefix) ? `!!${tag.slice(longTagPrefix.length)}` : tag;
}

function forbiddenCharacter(text: string): string | null {
  const body = text.startsWith('\u{feff}') ? text.slice(1) : text;
  const found =
    /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.exec(body);
  if (found !== null) return 'control characters are not allowed';
  const version = /^%YAML[ \t]+(\S+)/m.exec(body);
  if (version !== null && version[1] !== '1.1') return 'found incompatible YAML document';
  return null;
}
