import type { ChangedFile, Tree } from '../guard.ts';
import { grammarOf } from './grammar.ts';
import { nodeAt } from './node-at.ts';

/** A call as the text of an added line shows it, before anything is parsed. */
export interface AddedCall {
  /** What stands before the bracket on that line: `this.orders.save`, or `.save` where the chain is broken. */
  readonly callee: string;
  readonly name: string;
  readonly line: number;
  /** 0-based column of the last character of the callee. */
  readonly column: number;
  /** Nothing but blanks stand before it. */
  readonly startsLine: boolean;
}

const called = /(?<![\w$.:>?])[\w$.:>?-]*[\w$!](?=\s?(?:<[\w<>[\], ]{0,60}>)?\()/g;

/** Calls on the lines that a change added to a file; comment lines do not count. */
export function addedCalls(file: ChangedFile): readonly AddedCall[] {
  const { after } = file;
  if (after === null) return [];
  return [...file.added].flatMap((line) => {
    const text = (after.lines[line - 1] ?? '').slice(0, 1000);
    if (/^\s*(?:\/\/|#|\*|\/\*)/.test(text)) return [];
    return [...text.matchAll(called)].map((match) => {
      const callee = match[0].replaceAll('?.', '.').replaceAll('->', '.');
      return {
        callee,
        name: /[\w$!]+$/.exec(callee)?.[0] ?? callee,
        line,
        column: match.index + match[0].length - 1,
        startsLine: text.slice(0, match.index).trim() === '',
      };
    });
  });
}

/** The call's node; null when the text is no call there. */
export function nodeOf(file: ChangedFile, { line, column }: AddedCall): Tree | null {
  const grammar = grammarOf(file.language);
  const leaf = file.after === null ? null : nodeAt(file.after, { text: '', line, column });
  if (leaf === null || grammar === null) return null;
  return leaf.ancestors().find((node) => grammar.calls.includes(String(node.kind()))) ?? null;
}
