import { grammarOf } from '../code/grammar.ts';
import { nodesOf } from '../code/nodes.ts';
import type { ChangedFile } from '../guard.ts';

/** A comment that the change added or touched, without its marks. */
export interface Comment {
  readonly line: number;
  readonly text: string;
  /** Nothing but the comment stands on the line. */
  readonly isAlone: boolean;
}

const marks = /^\s*(?:\/\/+|#+|--+|\/\*+|\*+\/?|<!--|;+|%+|\{\/\*)\s?(.*?)\s*(?:\*\/\}?|-->)?\s*$/;

/** Comment lines among the added lines: by the syntax tree where there is one, otherwise by how a line begins. */
export function addedComments(file: ChangedFile): readonly Comment[] {
  const { after } = file;
  if (after === null) return [];
  const grammar = grammarOf(after.language);
  const root = grammar === null ? null : after.tree();
  if (grammar === null || root === null) return byLine(file);
  return nodesOf(root, grammar.comments).flatMap((node) => {
    const { start } = node.range();
    const before = (after.lines[start.line] ?? '').slice(0, start.column).trim();
    return node
      .text()
      .split('\n')
      .map((text, index) => ({
        line: start.line + 1 + index,
        text: stripped(text),
        isAlone: before === '' || before === '{',
      }))
      .filter((comment) => file.added.has(comment.line));
  });
}

function byLine({ change }: ChangedFile): readonly Comment[] {
  return change.hunks.flatMap((hunk) =>
    hunk.added.flatMap((text, index) =>
      marks.test(text)
        ? [{ line: hunk.newStart + index, text: stripped(text), isAlone: true }]
        : [],
    ),
  );
}

function stripped(text: string): string {
  return (marks.exec(text)?.[1] ?? text).trim();
}
