import { addedCode } from '../code/added-code.ts';
import { grammarOf } from '../code/grammar.ts';
import { compact, excerpt, fieldOf, lineOf, nodesOf } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting, Tree } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './assignment.examples.ts';

/** An assignment in the place of a comparison. */
export const assignment: Guard = guard({
  id: 'conditions/assignment',
  severity: 'block',
  protects: 'a decision from being made by an assignment',
  breaks:
    'The condition sets the value in place of asking for it, so that the branch always runs, or never.',
  fix: 'Write a comparison; where the assignment is meant, put it on a line of its own.',
  languages: ['typescript', 'tsx', 'javascript', 'php', 'ruby'],
  cwe: [481],
  confidence: 0.9,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter((file) => isProductionPath(file.path) && /\bif\b/.test(addedCode(file)))
      .flatMap((file) => assignments(file)),
});

function assignments(file: ChangedFile): readonly Sighting[] {
  const grammar = grammarOf(file.language);
  if (grammar === null || !/\bif\b[^=\n]*[^=!<>]=[^=>~]/.test(addedCode(file))) return [];
  const root = file.after?.tree() ?? null;
  if (root === null) return [];
  const old = compact(file.before?.text ?? '');
  return nodesOf(root, grammar.ifs).flatMap((statement) => {
    const assigned = assignedIn(statement);
    if (assigned === null || !file.added.has(lineOf(assigned))) return [];
    const value = fieldOf(assigned, 'right')?.text() ?? '';
    const text = compact(assigned.text());
    if (old.includes(`(${text})`) || !isFixed(value)) return [];
    return [
      {
        path: file.path,
        line: lineOf(assigned),
        says: `a condition assigns in place of comparing: ${excerpt(assigned.text(), 60)}`,
        subject: `assigns ${text}`,
      },
    ];
  });
}

// Only directly in the condition: a second pair of brackets says that the assignment is meant.
function assignedIn(statement: Tree): Tree | null {
  const condition = fieldOf(statement, 'condition');
  const inner =
    condition?.kind() === 'parenthesized_expression' ? condition.namedChildren()[0] : condition;
  return inner !== undefined &&
    inner !== null &&
    /^assignment(?:_expression)?$/.test(String(inner.kind()))
    ? inner
    : null;
}

// `if (match = find())` asks for what it found; a fixed value has nothing to ask for.
function isFixed(value: string): boolean {
  return /^(?:null|undefined|nil|true|false|-?\d[\w.]*|'[^']*'|"[^"]*"|:\w+|[A-Z][A-Z_]+|[A-Z]\w*(?:::|\.)[A-Z]\w*)$/i.test(
    value,
  );
}
