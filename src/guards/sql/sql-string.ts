import type { Parsers } from '../guard.ts';
import { nodeOperations } from './node-operations.ts';
import type { Operation, RawStep } from './operation.ts';
import { wordOperations } from './word-operations.ts';

/** A string that stands in code. */
export interface SqlString {
  readonly text: string;
  /** 1-based line on which it starts. */
  readonly line: number;
  /** False where parts of it are put in at run time. */
  readonly isWhole: boolean;
}

const statementHead =
  /^\s{0,200}(?:(?:--[^\n]*\n|\/\*[^*]{0,400}\*\/)\s{0,200}){0,20}(?:alter|create|drop|truncate|delete|update|rename|do|grant|reindex|vacuum|cluster|refresh|if|exec|execute|begin|set)\s/i;

/** The statements of a string, if it speaks SQL. */
export function sqlSteps({ text, line, isWhole }: SqlString, parsers: Parsers): readonly RawStep[] {
  if (!statementHead.test(text)) return [];
  return (parsers.sql(text) ?? []).flatMap((statement) => {
    const read =
      statement.node === null ? wordOperations(statement.text) : nodeOperations(statement.node);
    const operations = isWhole ? read : read.filter(isCertainInParts);
    if (operations.length === 0) return [];
    return [
      {
        line: statement.line + line - 1,
        endLine: statement.endLine + line - 1,
        text: statement.text,
        operations,
      },
    ];
  });
}

// A WHERE may hide in the part of a statement that is put together at run time; a name that is, is filled with x.
function isCertainInParts(operation: Operation): boolean {
  const isNameless = Object.values(operation).some((value) => /^x{2,}$/.test(String(value)));
  return operation.kind !== 'write' && !isNameless;
}
