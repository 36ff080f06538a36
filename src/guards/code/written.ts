import type { Source } from '../guard.ts';
import { lexisOf } from './lexis.ts';
import type { Lexis, Quote } from './lexis.ts';

/** A string literal in the text, with the expressions that stand inside it. */
export interface Literal {
  /** Offsets of the whole literal, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly holes: readonly (readonly [number, number])[];
}

/** A file's text with comments and the insides of strings taken out; every character keeps its offset. */
export interface Written {
  readonly text: string;
  /** Without comments; strings stay. */
  readonly code: string;
  /** Without comments and without the insides of strings; expressions inside of strings stay. */
  readonly bare: string;
  /** In the order of their start. */
  readonly literals: readonly Literal[];
  /** Offset at which each line starts. */
  readonly starts: readonly number[];
}

/** Longer texts are not read this way. */
export const longestWritten = 400_000;
const deepest = 12;

const known = new WeakMap<Source, Written | null>();

/** Tells code from text in one file; null for languages and lengths we do not read. */
export function writtenOf(source: Source): Written | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  const lexis = lexisOf(source.language);
  const made =
    lexis === null || source.text.length > longestWritten ? null : read(source.text, lexis);
  known.set(source, made);
  return made;
}

/** The 1-based line of an offset. */
export function lineAt({ starts }: Written, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

interface Reading {
  readonly text: string;
  readonly lexis: Lexis;
  readonly code: string[];
  readonly bare: string[];
  readonly literals: Literal[];
  at: number;
  heredoc: string | null;
}

function read(text: string, lexis: Lexis): Written {
  const letters = text.split('');
  const reading: Reading = {
    text,
    lexis,
    code: letters,
    bare: [...letters],
    literals: [],
    at: 0,
    heredoc: null,
  };
  readCode(reading, '', 0);
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const literals = reading.literals.sort((a, b) => a.start - b.start);
  return { text, code: reading.code.join(''), bare: reading.bare.join(''), literals, starts };
}

// Reads code until the closing bracket of a hole, or to the end.
function readCode(reading: Reading, close: string, depth: number): void {
  const { text } = reading;
  let open = 0;
  while (reading.at < text.length) {
    const letter = text[reading.at] ?? '';
    if (close !== '' && letter === '}') {
      if (open === 0) return;
      open -= 1;
    } else if (letter === '{') open += 1;
    if (letter === '\n' && reading.heredoc !== null) readHeredoc(reading, depth);
    else if (!readComment(reading) && !readQuoted(reading, depth)) reading.at += 1;
  }
}

function readComment(reading: Reading): boolean {
  const { text, lexis, at } = reading;
  const starts = lexis.lineComments.some((mark) => text.startsWith(mark, at));
  // `https://…` outside of a string stands in markup; `#[attribute]` is PHP's annotation.
  if (starts && text[at - 1] !== ':' && !text.startsWith('#[', at)) {
    const end = text.indexOf('\n', at);
    return skip(reading, end < 0 ? text.length : end);
  }
  for (const [from, to] of lexis.blockComments) {
    if (!text.startsWith(from, at)) continue;
    const end = text.indexOf(to, at + from.length);
    return skip(reading, end < 0 ? text.length : end + to.length);
  }
  return false;
}

function skip(reading: Reading, end: number): boolean {
  for (let at = reading.at; at < end; at += 1) {
    if (reading.text[at] === '\n') continue;
    reading.code[at] = ' ';
    reading.bare[at] = ' ';
  }
  reading.at = end;
  return true;
}

function readQuoted(reading: Reading, depth: number): boolean {
  const { text, lexis } = reading;
  if (lexis.regexLiterals === true && readRegex(reading)) return true;
  if (lexis.heredocs !== undefined && text.startsWith('<<', reading.at)) {
    lexis.heredocs.lastIndex = reading.at;
    const word = lexis.heredocs.exec(text);
    if (word !== null) {
      reading.heredoc = word[2] ?? null;
      reading.at += word[0].length;
      return true;
    }
  }
  if (!/["'`%@$frbFRBuU]/.test(text[reading.at] ?? '')) return false;
  for (const quote of lexis.quotes) {
    quote.open.lastIndex = reading.at;
    const opened = quote.open.exec(text);
    if (opened === null) continue;
    readString(reading, { quote, opened: opened[0].length, depth });
    return true;
  }
  return false;
}

interface Opened {
  readonly quote: Quote;
  readonly opened: number;
  readonly depth: number;
}

function readString(reading: Reading, { quote, opened, depth }: Opened): void {
  const { text, bare } = reading;
  const start = reading.at;
  const holes: (readonly [number, number])[] = [];
  reading.at += opened;
  while (reading.at < text.length && !text.startsWith(quote.close, reading.at)) {
    const letter = text[reading.at] ?? '';
    if (letter === '\n' && !quote.spansLines) break;
    const hole = holeAt(reading, quote.hole);
    if (hole > 0 && depth < deepest) {
      holes.push(readHole(reading, hole, depth));
      continue;
    }
    const length = letter === '\\' && quote.escapes ? 2 : 1;
    for (let step = 0; step < length; step += 1) {
      if (reading.at + step < text.length && text[reading.at + step] !== '\n')
        bare[reading.at + step] = ' ';
    }
    reading.at += length;
  }
  if (text.startsWith(quote.close, reading.at)) reading.at += quote.close.length;
  reading.at = Math.min(reading.at, text.length);
  reading.literals.push({ start, end: reading.at, holes });
}

// Length of what opens a hole here; 0 where none opens.
function holeAt({ text, at }: Reading, form: Quote['hole']): number {
  if (form === undefined) return 0;
  if (form === '$') {
    if (text.startsWith('${', at) || text.startsWith('{$', at)) return text[at] === '$' ? 2 : 1;
    return text[at] === '$' && /[A-Za-z_]/.test(text[at + 1] ?? '') ? 1 : 0;
  }
  if (form !== '{') return text.startsWith(form, at) ? form.length : 0;
  return text[at] === '{' && text[at + 1] !== '{' && text[at - 1] !== '{' ? 1 : 0;
}

function readHole(reading: Reading, opener: number, depth: number): readonly [number, number] {
  const { text, bare } = reading;
  const isWord = opener === 1 && text[reading.at] === '$';
  if (!isWord) for (let step = 0; step < opener; step += 1) bare[reading.at + step] = ' ';
  reading.at += opener;
  const start = reading.at;
  if (isWord) {
    const word = /[\w]+(?:->\w+|\[[^\]\n]{0,60}\])?/y;
    word.lastIndex = start;
    reading.at += word.exec(text)?.[0].length ?? 1;
    return [start - 1, reading.at];
  }
  readCode(reading, '}', depth + 1);
  const end = reading.at;
  if (text[end] === '}') {
    bare[end] = ' ';
    reading.at += 1;
  }
  return [start, end];
}

function readHeredoc(reading: Reading, depth: number): void {
  const { text, lexis } = reading;
  const word = reading.heredoc ?? '';
  reading.heredoc = null;
  const last = new RegExp(`^[ \\t]*${word}\\b`, 'gm');
  last.lastIndex = reading.at + 1;
  const close = last.exec(text)?.index ?? text.length;
  const start = reading.at + 1;
  const holes: (readonly [number, number])[] = [];
  reading.at = start;
  while (reading.at < close) {
    const hole = holeAt(reading, lexis.heredocHole);
    if (hole > 0 && depth < deepest) holes.push(readHole(reading, hole, depth));
    else {
      if (text[reading.at] !== '\n') reading.bare[reading.at] = ' ';
      reading.at += 1;
    }
  }
  reading.literals.push({ start, end: close, holes });
}

const longestRegex = 300;

function readRegex(reading: Reading): boolean {
  const { text, at } = reading;
  if (text[at] !== '/' || /[/*\s=]/.test(text[at + 1] ?? ' ')) return false;
  const left = text.slice(Math.max(0, at - 12), at).trimEnd();
  if (left !== '' && !/[(,=:[!&|?{};~+]$|\b(?:return|case|typeof|when|if|unless)$/.test(left))
    return false;
  const rest = text.slice(at, at + longestRegex);
  const whole = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//.exec(rest);
  if (whole === null) return false;
  const end = at + whole[0].length;
  for (let step = at + 1; step < end - 1; step += 1) reading.bare[step] = ' ';
  reading.literals.push({ start: at, end, holes: [] });
  reading.at = end;
  return true;
}
