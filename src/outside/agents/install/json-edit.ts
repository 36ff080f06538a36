import { triviaEnd, type JsonNode } from './json-text.ts';

/** A piece of a text and what stands there instead. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Makes edits that do not overlap. Those at one place are made in the order given. */
export function edited(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, order) => ({ ...edit, order }));
  ordered.sort((a, b) => a.from - b.from || a.order - b.order);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** How a file is laid out, so that what is added looks like the rest. */
export interface Layout {
  readonly lineEnd: '\n' | '\r\n';
  readonly indent: string;
}

/** Line ends and indentation, from the first line end and the first indented member. */
export function layoutOf(text: string, root: JsonNode): Layout {
  const lineEnd = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  const first = itemsOf(root)[0];
  const indent = first === undefined ? '' : indentAt(text, first.start);
  return { lineEnd, indent: indent === '' ? '  ' : indent };
}

type Container = Extract<JsonNode, { kind: 'object' | 'array' }>;

interface Item {
  readonly start: number;
  readonly end: number;
}

/** Edits that put an item at the end of an object or array; for an object, with its key. */
export function appended(
  text: string,
  node: Container,
  added: { readonly key?: string; readonly value: unknown; readonly layout: Layout },
): readonly Edit[] {
  const { layout } = added;
  const items = itemsOf(node);
  const last = items.at(-1);
  const inLine = last !== undefined && !text.slice(node.start, node.end).includes('\n');
  const name = added.key === undefined ? '' : `${JSON.stringify(added.key)}:${inLine ? '' : ' '}`;
  if (inLine) {
    const comma = node.trailingComma ? '' : ',';
    const item = `${name}${JSON.stringify(added.value)}${node.trailingComma ? ',' : ''}`;
    const at = afterComma(text, node, last);
    return [{ from: at, to: at, text: `${comma}${item}` }];
  }
  if (last === undefined) return [intoEmpty(text, node, { ...added, name })];
  const indent = indentAt(text, last.start);
  const value = laidOut(added.value, layout, indent);
  const comma = afterComma(text, node, last);
  const at = sameLineEnd(text, comma, node.end - 1);
  const item = `${layout.lineEnd}${indent}${name}${value}${node.trailingComma ? ',' : ''}`;
  return [
    ...(node.trailingComma ? [] : [{ from: last.end, to: last.end, text: ',' }]),
    { from: at, to: at, text: item },
  ];
}

/** A whole text for a file that holds only this value. */
export function freshText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** An edit that writes another value in the place of one. */
export function replaced(
  text: string,
  node: JsonNode,
  { value, layout }: { readonly value: unknown; readonly layout: Layout },
): Edit {
  const inLine = node.kind !== 'scalar' && !text.slice(node.start, node.end).includes('\n');
  const written = inLine
    ? JSON.stringify(value)
    : laidOut(value, layout, indentAt(text, lineStartOf(text, node.start)));
  return { from: node.start, to: node.end, text: written };
}

/** Edits that take items out of an object or array, by their place in it; the inverse of `appended`. */
export function removed(text: string, node: Container, gone: ReadonlySet<number>): readonly Edit[] {
  const items = itemsOf(node);
  const stays = items.flatMap((_, at) => (gone.has(at) ? [] : [at]));
  if (gone.size === 0) return [];
  if (stays.length === 0) return [emptied(text, node, items)];
  const edits: Edit[] = [];
  const lastStaying = stays.at(-1) ?? 0;
  for (const [at, item] of items.entries()) {
    if (!gone.has(at)) continue;
    const next = items[at + 1];
    const before = items[at - 1];
    if (before === undefined || at < (stays[0] ?? 0)) {
      if (next !== undefined) edits.push({ from: item.start, to: next.start, text: '' });
      continue;
    }
    const comma = commaEnd(text, before.end);
    const from = gone.has(at - 1) ? comma : sameLineEnd(text, comma, item.start);
    const isLast = next === undefined;
    const to = isLast && !node.trailingComma ? item.end : commaEnd(text, item.end);
    edits.push({ from, to, text: '' });
  }
  const keeper = items[lastStaying];
  if (keeper !== undefined && lastStaying < items.length - 1 && !node.trailingComma) {
    edits.push({ from: keeper.end, to: commaEnd(text, keeper.end), text: '' });
  }
  return edits;
}

function itemsOf(node: JsonNode): readonly Item[] {
  if (node.kind === 'array') return node.elements;
  if (node.kind === 'scalar') return [];
  return node.members.map(({ start, value }) => ({ start, end: value.end }));
}

function intoEmpty(
  text: string,
  node: Container,
  { name, value, layout }: { name: string; value: unknown; layout: Layout },
): Edit {
  const outer = indentAt(text, lineStartOf(text, node.start));
  const inner = outer + layout.indent;
  const item = `${layout.lineEnd}${inner}${name}${laidOut(value, layout, inner)}`;
  const inside = text.slice(node.start + 1, node.end - 1);
  // A comment in an otherwise empty object stays before what is put in.
  const kept = inside.trimEnd();
  const from = node.start + 1 + kept.length;
  return { from, to: node.end - 1, text: `${item}${layout.lineEnd}${outer}` };
}

function emptied(text: string, node: Container, items: readonly Item[]): Edit {
  const first = items[0]?.start ?? node.end - 1;
  const last = items.at(-1)?.end ?? node.start + 1;
  const kept = text.slice(node.start + 1, first).trimEnd();
  const from = node.start + 1 + kept.length;
  const end = node.trailingComma ? commaEnd(text, last) : last;
  const rest = text.slice(end, node.end - 1);
  // Behind a comment the line end stays: it may be what ends the comment.
  return { from, to: node.end - 1, text: kept === '' && rest.trim() === '' ? '' : rest };
}

function laidOut(value: unknown, layout: Layout, indent: string): string {
  const lines = JSON.stringify(value, null, layout.indent).split('\n');
  return lines.join(`${layout.lineEnd}${indent}`);
}

/** Behind the comma that follows an item, or behind the item when none does. */
function commaEnd(text: string, end: number): number {
  const at = triviaEnd(text, end);
  return text[at] === ',' ? at + 1 : end;
}

function afterComma(text: string, node: Container, last: Item): number {
  return node.trailingComma ? commaEnd(text, last.end) : last.end;
}

/** Behind the comments that follow on the same line: they belong to what stands before them. */
function sameLineEnd(text: string, at: number, limit: number): number {
  for (let end = at; ;) {
    while (text[end] === ' ' || text[end] === '\t') end++;
    if (text.startsWith('//', end)) {
      const lineEnd = text.indexOf('\n', end);
      if (lineEnd < 0 || lineEnd > limit) return at;
      return text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
    }
    if (!text.startsWith('/*', end)) {
      return text[end] === '\n' || text.startsWith('\r\n', end) ? end : at;
    }
    const close = text.indexOf('*/', end + 2);
    if (close < 0 || close > limit || text.slice(end, close).includes('\n')) return at;
    end = close + 2;
  }
}

/** White space in front of an offset, when nothing else stands before it on its line. */
function indentAt(text: string, at: number): string {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(before) ? before : '';
}

/** Where the first word of the line starts that an offset lies on. */
function lineStartOf(text: string, at: number): number {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const white = /^[ \t\ufeff]*/.exec(text.slice(from, at))?.[0].length ?? 0;
  return from + white;
}
