import { asyncKind } from '../code/async-names.ts';
import { productionEdits } from '../code/edits.ts';
import type { Edit } from '../code/edits.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import type { Grammar } from '../code/grammar.ts';
import { isRemovedSomewhere } from '../code/losses.ts';
import { callFrom, functionAround, isAsync, nodeAt } from '../code/node-at.ts';
import { compact, excerpt, fieldOf } from '../code/nodes.ts';
import { catchesOf } from '../code/shields.ts';
import { fateOf, isWaitedLater, keptAs } from '../code/waiting.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting, Source, Tree } from '../guard.ts';
import { caught, passed } from './await-dropped.examples.ts';

/** So many dropped awaits of one function at once mean that the function needs none any more. */
const many = 4;

/** `await` went from a call that stays. */
export const awaitDropped: Guard = guard({
  id: 'async/await-dropped',
  severity: 'block',
  protects: 'work that must be finished, and its errors, from being forgotten',
  breaks:
    'The code goes on before the work is done: it reads a promise in place of a value, and an error of the call is lost or ends the process.',
  fix: 'Put the await back, or keep the promise and wait for it before the function ends.',
  languages: codeLanguages,
  cwe: [362, 391],
  confidence: 0.85,
  caught,
  passed,
  look: (scene) => {
    if (!isRemovedSomewhere(scene, /\bawait\b/)) return [];
    const seen = productionEdits(scene, /\bawait\b/).flatMap((edit) => dropped(scene, edit));
    return seen.filter(
      ({ subject }) => seen.filter((other) => other.subject === subject).length < many,
    );
  },
});

function dropped(scene: Scene, edit: Edit): readonly Sighting[] {
  const { after } = edit.file;
  const grammar = grammarOf(edit.file.language);
  const suffix = /^\.await(?:\(\))?\??$/.test(edit.gone);
  const prefix = /^\(?await$/.test(edit.gone);
  if ((!suffix && !prefix) || edit.came !== '' || after === null || grammar === null) return [];
  const call = suffix ? callBefore(after, edit) : callAfter(after, edit);
  if (call === null || !isAsync(functionAround(call, grammar))) return [];
  const callee = calleeOf(call);
  const name = /[\w$]+$/.exec(callee)?.[0] ?? '';
  const kind = asyncKind(scene, name);
  if (
    name === '' ||
    /^(?:then|catch|finally)$/.test(name) ||
    kind === 'plain' ||
    isNowPlain(scene, name)
  )
    return [];
  if (prefix && !wasAwaited(edit, call)) return [];
  const fate = fateOf(call, grammar);
  const escapes = fate === 'passed on' && isInTry(call, grammar);
  if (fate === 'waited for' || (fate === 'passed on' && !escapes)) return [];
  if (fate === 'kept' && !isForgotten(call, edit)) return [];
  return [
    {
      path: edit.file.path,
      line: edit.line,
      says: escapes
        ? `returns ${excerpt(callee, 50)}() without await, so that the catch around it hears no error`
        : `no longer waits for ${excerpt(callee, 50)}()${fate === 'dropped' ? '' : ', whose result is used'}`,
      subject: `await ${callee}`,
      severity: escapes ? 'warn' : severityOf(edit, name, kind === 'async'),
    },
  ];
}

// In the guarded block of a try with a catch: the error of a promise that is only returned passes it by.
function isInTry(call: Tree, grammar: Grammar): boolean {
  let inside = call;
  for (const node of call.ancestors()) {
    const kind = String(node.kind());
    if (grammar.functions.includes(kind)) return false;
    if (grammar.tries.includes(kind))
      return catchesOf(node, grammar).length > 0 && grammar.blocks.includes(String(inside.kind()));
    inside = node;
  }
  return false;
}

function severityOf({ file }: Edit, name: string, isKnown: boolean): Severity {
  if (isKnown || file.language === 'python') return 'block';
  if (file.language === 'csharp' && name.endsWith('Async')) return 'block';
  return 'warn';
}

function callAfter(after: Source, { run, file }: Edit): Tree | null {
  const grammar = grammarOf(file.language);
  return run.right === null || grammar === null ? null : callFrom(after, run.right, grammar);
}

function callBefore(after: Source, { run, file }: Edit): Tree | null {
  const grammar = grammarOf(file.language);
  const leaf = run.left === null ? null : nodeAt(after, run.left);
  if (leaf === null || grammar === null) return null;
  const end = leaf.range().end.index;
  return (
    leaf
      .ancestors()
      .find(
        (node) => grammar.calls.includes(String(node.kind())) && node.range().end.index === end,
      ) ?? null
  );
}

function calleeOf(call: Tree): string {
  const called = fieldOf(call, 'function') ?? call.child(0);
  return compact(called?.text() ?? '').slice(-120);
}

// The very call was awaited before, word for word: not another one that took its place.
function wasAwaited({ file, lineBefore }: Edit, call: Tree): boolean {
  const text = call.text();
  const count = text.split('\n').length + 2;
  const lines = file.before?.lines.slice(lineBefore - 1, lineBefore - 1 + count) ?? [];
  return compact(lines.join('')).includes(`await${compact(text)}`);
}

function isForgotten(call: Tree, { file }: Edit): boolean {
  const grammar = grammarOf(file.language);
  const name = keptAs(call);
  if (name === null || grammar === null) return false;
  const around = functionAround(call, grammar);
  return around !== null && !isWaitedLater(around.text(), name);
}

// The called function lost its `async` in this very change.
function isNowPlain(scene: Scene, name: string): boolean {
  const word = name.replaceAll('$', String.raw`\$`);
  const was = new RegExp(
    `(?:async|suspend)\\b[^\\n]{0,80}\\b${word}\\b|\\b${word}\\b[^\\n]{0,60}\\b(?:async|Promise)\\b`,
  );
  return scene.files.some((file) =>
    file.change.hunks.some((hunk) =>
      hunk.removed.some((line) => was.test(line) && !/\bawait\b/.test(line)),
    ),
  );
}
