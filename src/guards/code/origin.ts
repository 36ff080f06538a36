import type { Language, Source } from '../guard.ts';
import { builtText } from './built-text.ts';
import type { Built } from './built-text.ts';
import { isRequestData, madeHarmless, requestParameters } from './request-data.ts';
import type { Span } from './text-calls.ts';
import { lineAt, writtenOf } from './written.ts';
import type { Written } from './written.ts';

/** Where the value of an expression comes from, as far as the lines above it tell. */
export interface Origin {
  /** The string is put together from moving parts. */
  readonly built: Built | null;
  /** It visibly holds what somebody outside sent. */
  readonly sent: boolean;
  /** It is a plain literal or a constant. */
  readonly fixed: boolean;
  /** The expression it was followed back to, comments taken out. */
  readonly text: string;
  /** Line on which it was put together, where that is another one. */
  readonly line: number | null;
}

const deepest = 3;
const linesBack = 60;
const charactersBack = 6_000;
const mostNames = 8;

/** A file whose expressions can be followed back. */
export interface Follow {
  readonly written: Written;
  readonly language: Language;
  readonly parameters: ReadonlySet<string>;
  /** What was followed already, by place. */
  readonly sent: Map<string, boolean>;
}

const known = new WeakMap<Source, Follow | null>();

/** Prepares a file; null when its language is not read. */
export function followOf(source: Source): Follow | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  const written = writtenOf(source);
  const { language } = source;
  const made =
    written === null
      ? null
      : {
          written,
          language,
          parameters: requestParameters(written.code, language),
          sent: new Map<string, boolean>(),
        };
  known.set(source, made);
  return made;
}

/** Follows an expression back through the assignments above it. */
export function originOf(follow: Follow, span: Span, depth = 0): Origin {
  const { written } = follow;
  const code = written.code.slice(span.start, span.end);
  const bare = written.bare.slice(span.start, span.end);
  const parts = builtText(written, span);
  const built = parts === null ? null : withoutHarmless(follow, parts, span);
  const name = /^[\w$.@]+$/.exec(bare.trim())?.[0];
  if (built === null && name !== undefined && depth < deepest) {
    const given = assignmentOf(follow, name, span.start);
    if (given !== null) {
      const origin = originOf(follow, given, depth + 1);
      return { ...origin, line: origin.line ?? lineAt(written, given.start) };
    }
  }
  return {
    built,
    sent: isSent(follow, span, depth),
    fixed: built === null && (parts !== null || isFixed(code, bare, null)),
    text: `${code}${formatOf(follow, bare, span)}`,
    line: null,
  };
}

const namedFormat = /(?:[sS]tring\.[fF]ormat|Sprintf|\bsprintf)\(\s*(\w+)\s*,/;

// The text that `String.format(query, name)` fills, where it stands above under a name.
function formatOf(follow: Follow, bare: string, span: Span): string {
  const name = namedFormat.exec(bare)?.[1];
  const given = name === undefined ? null : assignmentOf(follow, name, span.start);
  return given === null ? '' : ` ${follow.written.code.slice(given.start, given.end)}`;
}

// Numbers, escaped values and names from a fixed list cannot say anything but themselves.
function withoutHarmless(follow: Follow, { values }: Built, span: Span): Built | null {
  const { written } = follow;
  const left = values.filter((value) => {
    if (madeHarmless.test(value)) return false;
    const name = /^[$@]?[A-Za-z_]\w*$/.exec(value)?.[0];
    const given = name === undefined ? null : assignmentOf(follow, name, span.start);
    if (given === null) return true;
    const code = written.code.slice(given.start, given.end);
    const bare = written.bare.slice(given.start, given.end);
    return !madeHarmless.test(bare) && !isFixed(code, bare, builtText(written, given));
  });
  return left.length === 0 ? null : { values: left };
}

function isFixed(code: string, bare: string, built: Built | null): boolean {
  if (built !== null) return false;
  return (
    !/[A-Za-z_$]/.test(bare.replace(/\b[rRbBuUfF](?=["'])/g, '')) ||
    /^[A-Z][A-Z0-9_.]+$/.test(code.trim())
  );
}

/** Whether an expression visibly holds what somebody outside sent. */
export function isSent(follow: Follow, span: Span, depth = 0): boolean {
  const key = `${span.start}-${span.end}-${depth}`;
  const found = follow.sent.get(key) ?? readSent(follow, span, depth);
  follow.sent.set(key, found);
  return found;
}

function readSent(follow: Follow, span: Span, depth: number): boolean {
  const { written, language, parameters } = follow;
  const code = written.code.slice(span.start, span.end);
  const bare = written.bare.slice(span.start, span.end);
  if (madeHarmless.test(bare)) return false;
  if (isRequestData(code, language)) return true;
  const names = [...new Set(bare.match(/(?<![\w.>$])[$@]?[A-Za-z_]\w*/g) ?? [])].slice(
    0,
    mostNames,
  );
  return names.some((name) => {
    const assigned = depth < deepest ? assignmentOf(follow, name, span.start) : null;
    if (assigned !== null) return isSent(follow, assigned, depth + 1);
    return parameters.has(name);
  });
}

/** The value last given to a name above a place, within the same stretch of lines. */
export function assignmentOf({ written }: Follow, name: string, before: number): Span | null {
  const first = Math.max(
    before - charactersBack,
    written.starts[Math.max(0, lineAt(written, before) - linesBack)] ?? 0,
  );
  const above = written.bare.slice(first, before);
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(
    `(?<![\\w$.@>-])${plain}\\b(?:\\s*:\\s*[\\w<>\\[\\]. |?]{1,40})?\\s*(?::=|\\+=|\\.=|=)(?![=>~])|[{,(\\[]\\s*(?:\\w+\\s*:\\s*)?${plain}\\s*(?:,[^{}=;]{0,200})?[}\\])]\\s*=(?![=>])|(?<![\\w$.])${plain}\\s*,\\s*\\w+\\s*:?=(?![=>])`,
    'g',
  );
  let last: number | null = null;
  for (const match of above.matchAll(pattern)) last = match.index + match[0].length;
  return last === null ? null : expressionAt(written, first + last);
}

const longestExpression = 4_000;

// To the end of the statement: a semicolon, a closing bracket, or a line that does not go on.
function expressionAt({ bare }: Written, from: number): Span {
  let depth = 0;
  let start = from;
  while (/\s/.test(bare[start] ?? '')) start += 1;
  const last = Math.min(bare.length, from + longestExpression);
  for (let at = start; at < last; at += 1) {
    const letter = bare[at] ?? '';
    if (/[([{]/.test(letter)) depth += 1;
    else if (/[)\]}]/.test(letter)) {
      if (depth === 0) return { start, end: at };
      depth -= 1;
    } else if (depth === 0 && letter === ';') return { start, end: at };
    else if (depth === 0 && letter === '\n' && !goesOn(bare, at)) return { start, end: at };
  }
  return { start, end: last };
}

/** The expression that a place belongs to: back to what opens it or assigns it, on to where it ends. */
export function statementAround(written: Written, at: number): Span {
  const { bare } = written;
  let start = at;
  const first = Math.max(0, at - 600);
  let depth = 0;
  while (start > first) {
    const letter = bare[start - 1] ?? '';
    if (/[)\]}]/.test(letter)) depth += 1;
    else if (/[([{]/.test(letter)) {
      if (depth === 0 && !isFormatting(bare, start - 1)) break;
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && /[;=,]/.test(letter)) break;
    else if (depth === 0 && letter === '\n' && !goesOn(bare, start - 1)) break;
    start -= 1;
  }
  return expressionAt(written, start);
}

// `String.format(` and its like belong to the expression.
function isFormatting(bare: string, open: number): boolean {
  return /(?:[fF]ormat!?|S?printf|[cC]oncat|[jJ]oin|append)\s*$/.test(
    bare.slice(Math.max(0, open - 20), open),
  );
}

function goesOn(bare: string, at: number): boolean {
  return (
    /[+\-*/%.,=(&|?:\\]\s*$/.test(bare.slice(Math.max(0, at - 20), at)) ||
    /^\s*(?:[+%?:&|)\]]|\.\s*[\w$"'])/.test(bare.slice(at, at + 60))
  );
}
