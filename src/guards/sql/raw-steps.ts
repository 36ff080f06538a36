import type { Language, Scene, Source } from '../guard.ts';
import { codeSteps } from './code-steps.ts';
import { isChangeLog, liquibaseSteps } from './liquibase.ts';
import { nodeOperations } from './node-operations.ts';
import type { RawStep } from './operation.ts';
import { downLines } from './sql-file.ts';
import { wordOperations } from './word-operations.ts';
import { writtenSteps } from './written-steps.ts';

const isWritten: ReadonlySet<Language> = new Set<Language>(['ruby', 'php', 'csharp']);

/** What one file does, in order, without what takes a migration back. */
export function rawSteps(source: Source, scene: Scene): readonly RawStep[] {
  if (isChangeLog(source)) return liquibaseSteps(source);
  if (isWritten.has(source.language)) return writtenSteps(source, scene.parsers);
  if (source.language !== 'sql') return codeSteps(source, scene.parsers);
  const isDown = downLines(source);
  const statements = scene.parsers.sql(source.text) ?? [];
  return statements
    .filter((statement) => !isDown(statement.line))
    .map(({ line, endLine, text, node }) => ({
      line,
      endLine,
      text,
      operations: node === null ? wordOperations(text) : nodeOperations(node),
    }));
}
