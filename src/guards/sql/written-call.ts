import type { TextCall } from '../code/text-calls.ts';
import type { Written } from '../code/written.ts';
import type { Operation } from './operation.ts';

/** A call of a migration framework, with its arguments as they are written. */
export interface WrittenCall {
  readonly name: string;
  readonly callee: string;
  readonly positional: readonly string[];
  readonly keywords: ReadonlyMap<string, string>;
  /** Table whose block the call stands in. */
  readonly around: string | null;
  readonly text: string;
}

/** What one function of a framework does. */
export type WrittenForm = (call: WrittenCall) => readonly Operation[];

/** Reads a call's name and arguments. */
export function callOf(call: TextCall, written: Written, around: string | null): WrittenCall {
  const given = call.given.map(({ start, end }) => written.code.slice(start, end).trim());
  const keywords = new Map<string, string>();
  const positional: string[] = [];
  for (const one of given) {
    const pair = /^(?::?["']?(\w+)["']?\s*=>|(\w+):(?!:))\s*([\s\S]*)$/.exec(one);
    if (pair === null) positional.push(withoutBlock(one));
    else keywords.set(pair[1] ?? pair[2] ?? '', withoutBlock(pair[3] ?? ''));
  }
  const callee = call.callee.replace(/<.*$/, '');
  const name = /\w+$/.exec(callee)?.[0] ?? callee;
  return {
    name,
    callee,
    positional,
    keywords,
    around,
    text: written.code.slice(call.start, call.end),
  };
}

function withoutBlock(text: string): string {
  return text.replace(/(?<=\S)\s+(?:do\b|if\s|unless\s)[\s\S]*$/, '').trim();
}

/** The name that a symbol or a string says; null for anything that is not written out. */
export function nameIn(text: string | undefined): string | null {
  return (
    /^(?::["']?([\w.]+)["']?|@?["']([\w.$~ -]+)["'])$/
      .exec(text ?? '')
      ?.slice(1)
      .find(Boolean)
      ?.split('.')
      .at(-1) ?? null
  );
}

/** The names in a symbol, a string, or a list of them. */
export function namesIn(text: string | undefined): readonly string[] {
  const one = nameIn(text);
  if (one !== null) return [one];
  const words = /^%[iw][[({]([^\])}]*)[\])}]$/.exec(text ?? '')?.[1];
  if (words !== undefined) return words.split(/\s+/).filter(Boolean);
  const list = /^(?:\[|array\(|new\s*(?:string)?\[\]\s*\{)([\s\S]*)[\])}]$/.exec(text ?? '')?.[1];
  return (list ?? '').split(',').flatMap((part) => nameIn(part.trim()) ?? []);
}

/** Drops of columns, for frameworks that name the table in or around the call. */
export function droppedColumns(
  table: string | null,
  columns: readonly string[],
): readonly Operation[] {
  return table === null ? [] : columns.map((column) => ({ kind: 'drop-column', table, column }));
}
