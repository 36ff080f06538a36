import { addedCode } from '../code/added-code.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import type { Grammar } from '../code/grammar.ts';
import { nodeAt } from '../code/node-at.ts';
import { compact, excerpt, lineOf, nodesOf } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting, Tree } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './always.examples.ts';

const fixed =
  /\b(?:if|elif|elsif|unless)\s*\(?\s*(?:true|false|True|False|1|0)\s*\)?\s*(?:\{|:|then\b|$)|(?:\|\|\s*true|&&\s*false|\bor\s+True|\band\s+False)\s*(?:[);{:]|\)|$)/;

/** A condition that always has the same answer, or code that is not reached any more, new in this change. */
export const always: Guard = guard({
  id: 'conditions/always',
  severity: 'warn',
  protects: 'checks and code from being switched off by mistake',
  breaks:
    'The check no longer decides anything, or the code behind it never runs: often a trace of debugging that was left in.',
  fix: 'Restore the condition, or remove the code that never runs.',
  languages: codeLanguages,
  cwe: [570, 571, 561],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter((file) => isProductionPath(file.path) && file.after !== null)
      .flatMap((file) => [...fixedConditions(file), ...unreached(file)]),
});

function fixedConditions(file: ChangedFile): readonly Sighting[] {
  const { after, before, language } = file;
  const grammar = grammarOf(language);
  if (after === null || grammar === null || !fixed.test(addedCode(file))) return [];
  const old = compact(before?.text ?? '');
  return [...file.added].flatMap((line) => {
    const text = after.lines[line - 1] ?? '';
    const match = fixed.exec(text);
    if (
      match === null ||
      old.includes(compact(match[0])) ||
      /constexpr|#if|defined|import\.meta|process\.env/.test(text)
    )
      return [];
    const node = nodeAt(after, { text: '', line, column: match.index + 1 });
    if (node === null || isText(node, grammar)) return [];
    return [
      {
        path: file.path,
        line,
        says: `a condition always has the same answer: ${excerpt(text, 70)}`,
        subject: `always ${compact(text)}`,
      },
    ];
  });
}

function isText(node: Tree, grammar: Grammar): boolean {
  return [node, ...node.ancestors()].some(
    (one) =>
      grammar.strings.includes(String(one.kind())) || grammar.comments.includes(String(one.kind())),
  );
}

const leaving = /^[ \t]*(?:return|throw|raise|continue|break)\b/m;

// A statement that leaves, with more statements of the same block behind it that were there before.
function unreached(file: ChangedFile): readonly Sighting[] {
  const grammar = grammarOf(file.language);
  if (grammar === null || file.before === null || !leaving.test(addedCode(file))) return [];
  const root = file.after?.tree() ?? null;
  if (root === null) return [];
  return nodesOf(root, grammar.exits).flatMap((exit) => {
    const line = lineOf(exit);
    if (!file.added.has(line)) return [];
    const statement = statementOf(exit, grammar);
    const next = statement === null ? null : behind(statement, grammar);
    if (next === null || file.added.has(lineOf(next))) return [];
    return [
      {
        path: file.path,
        line,
        says: `the code behind ${excerpt(exit.text(), 40)} is not reached any more: ${excerpt(next.text(), 50)}`,
        subject: `unreached ${compact(exit.text()).slice(0, 80)}`,
      },
    ];
  });
}

const blockKinds = /^(?:statement_list|statements|body_statement|then|program|block_body)$/;

function statementOf(exit: Tree, grammar: Grammar): Tree | null {
  const parent = exit.parent();
  const whole = parent?.kind() === 'expression_statement' ? parent : exit;
  const block = String(whole.parent()?.kind() ?? '');
  return grammar.blocks.includes(block) || blockKinds.test(block) ? whole : null;
}

const harmless =
  /^(?:comment|line_comment|block_comment|function_declaration|function_definition|class_declaration|type_alias_declaration|interface_declaration|labeled_statement|label|break_statement|return_statement|empty_statement|empty_statement|rescue|ensure|else|local_function_statement|macro_invocation|\W|end|function_item|unreachable|ERROR|throw_statement|jump_expression|text_interpolation|preproc\w*)$/;

function behind(statement: Tree, grammar: Grammar): Tree | null {
  let next = statement.next();
  while (next !== null && grammar.comments.includes(String(next.kind()))) next = next.next();
  if (next !== null && next.text() === ';') next = next.next();
  if (next === null || harmless.test(String(next.kind())) || !next.isNamed()) return null;
  return next;
}
