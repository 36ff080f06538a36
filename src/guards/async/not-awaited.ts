import { addedCalls, nodeOf } from '../code/added-calls.ts';
import type { AddedCall } from '../code/added-calls.ts';
import { addedCode } from '../code/added-code.ts';
import { asyncNames } from '../code/async-names.ts';
import { grammarOf } from '../code/grammar.ts';
import { functionAround, isAsync } from '../code/node-at.ts';
import { excerpt } from '../code/nodes.ts';
import { fateOf } from '../code/waiting.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting, Tree } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './not-awaited.examples.ts';

/** A new call of a function that the same file defines as async, with nobody waiting for it. */
export const notAwaited: Guard = guard({
  id: 'async/not-awaited',
  severity: 'block',
  protects: 'work that must be finished, and its errors, from being forgotten',
  breaks:
    'The work runs on its own, or in Python not at all: the code goes on before it is done, and its error is lost or ends the process.',
  fix: 'Await the call, return its promise, or write void in front of it and handle its error.',
  languages: ['typescript', 'tsx', 'javascript', 'python', 'csharp'],
  cwe: [362, 391],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter((file) => isProductionPath(file.path) && mayCall(file))
        .flatMap((file) => forgotten(file)),
    ),
});

function mayCall(file: ChangedFile): boolean {
  if (file.after === null || grammarOf(file.language) === null) return false;
  return /\basync\b/.test(file.after.text) && /^\s*[\w$.]+\(/m.test(addedCode(file));
}

function forgotten(file: ChangedFile): readonly Sighting[] {
  const grammar = grammarOf(file.language);
  if (file.after === null || grammar === null) return [];
  const names = asyncNames(file.after);
  return addedCalls(file)
    .filter((call) => call.startsLine && names.get(call.name) === 'async')
    .filter((call) => isOwnFunction(call) && isNew(call, file))
    .flatMap((call) => {
      const node = nodeOf(file, call);
      if (node === null || fateOf(node, grammar) !== 'dropped') return [];
      return sighting(file, call, functionAround(node, grammar));
    });
}

// `save()`, `this.save()`, `self.save()`: another object may have a plain method of the same name.
function isOwnFunction({ callee, name }: AddedCall): boolean {
  return callee === name || callee === `this.${name}` || callee === `self.${name}`;
}

// A statement that stood there bare before, or one that lost its await, is not a new call.
function isNew(call: AddedCall, { before, change }: ChangedFile): boolean {
  if (before === null) return true;
  const name = call.name.replaceAll('$', String.raw`\$`);
  const bare = new RegExp(`^\\s*(?:this\\.|self\\.)?${name}\\s*\\(`);
  const awaited = `await ${call.callee}(`;
  return (
    !before.lines.some((line) => bare.test(line)) &&
    !change.hunks.some((hunk) => hunk.removed.some((line) => line.includes(awaited)))
  );
}

function sighting(file: ChangedFile, call: AddedCall, around: Tree | null): readonly Sighting[] {
  const severity = severityOf(file, call, isAsync(around));
  if (severity === null) return [];
  const what = excerpt(call.callee, 50);
  return [
    {
      path: file.path,
      line: call.line,
      says:
        file.language === 'python'
          ? `${what}() never runs: it is async and nothing awaits it`
          : `nothing waits for ${what}(), which is async`,
      subject: `not awaited ${call.callee}`,
      severity,
    },
  ];
}

function severityOf(file: ChangedFile, call: AddedCall, insideAsync: boolean): Severity | null {
  if (file.language === 'python') return 'block';
  const text = file.after?.text ?? '';
  return insideAsync && text.includes(`await ${call.callee}(`) ? 'warn' : null;
}
