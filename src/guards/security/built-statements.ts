import { builtText } from '../code/built-text.ts';
import { wasThere } from '../code/faults.ts';
import { followOf, isSent, statementAround } from '../code/origin.ts';
import type { ChangedFile, Scene, Sighting } from '../guard.ts';
import { lineAt } from '../code/written.ts';

const opening =
  /^[\w$@]{0,3}["'`]{1,3}\s*(?:select\b[\s\S]{1,200}\b(?:from|where)\b|insert\s+into\b|update\b[\s\S]{1,100}\bset\b|delete\s+from\b|(?:drop|alter|create|truncate)\s+(?:table|database|user)\b)/i;
const mostStatements = 200;
// What is only shown to somebody is not run.
const shown =
  /(?:\bprint\w*!?|\bputs|\blog\w*|\becho|Println|info|debug|warn|error|raise \w+|Error)\s*\(?\s*$/;

/** Statements on added lines that are visibly put together from a request, whoever runs them. */
export function builtStatements(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const follow = file.after === null ? null : followOf(file.after);
  if (follow === null || !/\b(?:select|insert|update|delete|drop)\b/i.test(follow.written.code))
    return [];
  const { written } = follow;
  const found = written.literals.filter((literal) =>
    opening.test(written.text.slice(literal.start, Math.min(literal.end, literal.start + 400))),
  );
  return found.slice(0, mostStatements).flatMap((literal) => {
    const line = lineAt(written, literal.start);
    if (!file.added.has(line)) return [];
    const span = statementAround(written, literal.start);
    if (shown.test(written.bare.slice(Math.max(0, span.start - 30), span.start))) return [];
    if (builtText(written, span) === null || !isSent(follow, span)) return [];
    const text = (file.after?.lines[line - 1] ?? '').trim();
    if (wasThere(scene, file, text)) return [];
    return [
      {
        path: file.path,
        line,
        endLine: lineAt(written, span.end),
        says: 'builds a statement for the database from what a request sends',
        subject: text,
        severity: 'warn' as const,
      },
    ];
  });
}
