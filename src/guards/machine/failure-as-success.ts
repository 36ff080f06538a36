import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { compact, excerpt, lineOf, nodesOf } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting, Tree } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './failure-as-success.examples.ts';

/** The handler of an error reports success to whoever called. */
export const failureAsSuccess: Guard = guard({
  id: 'machine/failure-as-success',
  severity: 'warn',
  protects: 'callers that are told what happened',
  breaks:
    'The caller goes on as if the work were done: nothing is tried again, and nobody learns that it failed.',
  fix: 'Pass the error on, or answer with a failure that callers see.',
  languages: codeLanguages,
  cwe: [390, 393, 394],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayLie).flatMap(sightings),
});

const success =
  /["']?\b(?:success|succeeded|ok|isSuccess|is_success|sent|saved|paid|delivered)\b["']?\s*(?::|=>|=)\s*(?:true|True)\b|["']?\b(?:status|result|state)["']?\s*(?::|=>|=)\s*["'](?:ok|OK|success|succeeded|paid|sent|delivered|completed)["']|(?:res|response|reply|ctx|c|w)\.(?:status|sendStatus|code)\(\s*20[0-4]\s*\)/;

/** What says that the answer tells of the failure all the same. */
const honest =
  /\b(?:warnings?|partial|fallback|cached|stale|skipped|degraded|errors?|failed|failures?|retry\w*|queued|already|duplicate|idempoten\w*|not ?found|exists|ENOENT|conflict|gone|optimistic)\b/i;

function mayLie({ after, path, change }: ChangedFile): boolean {
  return (
    after !== null &&
    isProductionPath(path) &&
    change.hunks.some(({ added }) =>
      added.some(
        (text) =>
          text.length < 1000 &&
          (success.test(text) || /\bcatch\b|\bexcept\b|\brescue\b/.test(text)),
      ),
    )
  );
}

function sightings(file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  const grammar = after === null ? null : grammarOf(after.language);
  const root = after?.tree() ?? null;
  if (after === null || grammar === null || root === null) return [];
  const old = compact(before?.text ?? '');
  const kinds = after.language === 'ruby' ? ['rescue'] : grammar.catches;
  return nodesOf(root, kinds).flatMap((handler) => {
    const text = handler.text();
    if (!success.test(text) || old.includes(compact(text)) || !touches(file, handler)) return [];
    const answer = nodesOf(handler, returning(after.language)).find((node) =>
      success.test(node.text()),
    );
    if (
      answer === undefined ||
      isNested(answer, handler) ||
      honest.test(answer.text()) ||
      isExpected(text)
    )
      return [];
    return [
      {
        path: file.path,
        line: lineOf(answer),
        says: `reports success when it failed: ${excerpt(answer.text(), 60)}`,
        subject: excerpt(answer.text(), 120),
      },
    ];
  });
}

function returning(language: string): readonly string[] {
  if (language === 'ruby') return ['return', 'hash'];
  if (language === 'kotlin') return ['jump_expression'];
  if (language === 'rust' || language === 'go') return [];
  const calls = /^(?:typescript|tsx|javascript)$/.test(language) ? ['expression_statement'] : [];
  return ['return_statement', ...calls];
}

// Inside a function or a condition of its own the answer may be to something else.
function isNested(answer: Tree, handler: Tree): boolean {
  for (const node of answer.ancestors()) {
    if (node.id() === handler.id()) return false;
    if (
      /^(?:if_statement|switch_statement|match_statement|elif_clause|arrow_function|function_expression|if|unless|case|when|for_statement|while_statement|try_statement|call_expression|conditional_expression)$/.test(
        String(node.kind()),
      )
    )
      return true;
  }
  return false;
}

// An error that means that there is nothing to do.
function isExpected(text: string): boolean {
  const head = text.slice(0, 300).split('\n')[0] ?? '';
  return (
    /ENOENT|NotFound|DoesNotExist|AlreadyExists|Exists|Duplicate|IntegrityError|Conflict|AbortError|Cancel/i.test(
      head,
    ) || /\bthrow\b|\braise\b/.test(text)
  );
}

function touches({ added }: ChangedFile, node: Tree): boolean {
  for (let line = lineOf(node); line <= node.range().end.line + 1; line += 1)
    if (added.has(line)) return true;
  return false;
}
