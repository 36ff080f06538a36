import { lineAt } from './written.ts';
import type { Written } from './written.ts';

/** A stretch of a file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A call found in the text, whatever the language. */
export interface TextCall extends Span {
  /** `db.query`, as the pattern matched it. */
  readonly callee: string;
  readonly given: readonly Span[];
  /** 1-based. */
  readonly line: number;
  readonly endLine: number;
}

/** Longer argument lists are left alone. */
const longestCall = 6_000;
const mostCalls = 400;

/** Calls whose callee the pattern matches (global, ending where the arguments begin). */
export function textCalls(written: Written, callee: RegExp): readonly TextCall[] {
  const calls: TextCall[] = [];
  const search = new RegExp(callee.source, callee.flags.includes('i') ? 'gi' : 'g');
  for (const match of written.bare.matchAll(search)) {
    const receiver = receiverBefore(written.bare, match.index, match[0]);
    const start = match.index - receiver.length;
    const open = afterBlanks(written.bare, match.index + match[0].length);
    const given = argumentsAt(written.bare, open);
    if (given === null) continue;
    calls.push({
      callee: `${receiver}${match[0].trim()}`,
      given: given.list,
      start,
      end: given.end,
      line: lineAt(written, start),
      endLine: lineAt(written, given.end - 1),
    });
    if (calls.length >= mostCalls) break;
  }
  return calls;
}

const longestReceiver = 60;

// A pattern that begins with a dot matches the method alone; what it is called on stands in front.
function receiverBefore(bare: string, at: number, matched: string): string {
  if (!/^(?:\?\.|\.|->|::)/.test(matched)) return '';
  return (
    /(?:[\w$@]|\.|->|::|\(\))+$/.exec(bare.slice(Math.max(0, at - longestReceiver), at))?.[0] ?? ''
  );
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}

interface Given {
  readonly list: readonly Span[];
  readonly end: number;
}

// In brackets; or, as Ruby allows, without them to the end of the line.
function argumentsAt(bare: string, open: number): Given | null {
  const bracketed = bare[open] === '(' || bare[open] === '[';
  if (!bracketed && (open === 0 || !/[ \t]/.test(bare[open - 1] ?? ''))) return null;
  if (!bracketed && !/["'`\w@$:*#\\/]/.test(bare[open] ?? '')) return null;
  const list: Span[] = [];
  let from = bracketed ? open + 1 : open;
  let depth = 0;
  const last = Math.min(bare.length, open + longestCall);
  for (let at = from; at < last; at += 1) {
    const letter = bare[at] ?? '';
    if (/[([{]/.test(letter)) depth += 1;
    else if (/[)\]}]/.test(letter)) {
      if (depth === 0) return close(list, { bare, from, to: at, end: bracketed ? at + 1 : at });
      depth -= 1;
    } else if (letter === ',' && depth === 0) {
      list.push(trim(bare, from, at));
      from = at + 1;
    } else if (!bracketed && depth === 0 && /[\n;]/.test(letter)) {
      if (!/,\s*$/.test(bare.slice(Math.max(open, at - 3), at)))
        return close(list, { bare, from, to: at, end: at });
    }
  }
  return bracketed ? null : close(list, { bare, from, to: last, end: last });
}

interface Closing {
  readonly bare: string;
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

function close(list: readonly Span[], { bare, from, to, end }: Closing): Given {
  const rest = trim(bare, from, to);
  return { list: rest.end > rest.start ? [...list, rest] : list, end };
}

function trim(bare: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(bare[start] ?? '')) start += 1;
  while (end > start && /\s/.test(bare[end - 1] ?? '')) end -= 1;
  return { start, end };
}
