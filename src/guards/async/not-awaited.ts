import { addedCode } from '../code/added-code.ts';
import { asyncNames } from '../code/async-names.ts';
import { callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { functionAround, isAsync } from '../code/node-at.ts';
import { excerpt } from '../code/nodes.ts';
import { unitsOf } from '../code/units.ts';
import type { Unit } from '../code/units.ts';
import { fateOf } from '../code/waiting.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
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
    scene.files
      .filter((file) => isProductionPath(file.path) && mayCall(file))
      .flatMap((file) => forgotten(file)),
});

function mayCall(file: ChangedFile): boolean {
  if (file.after === null || !codeLanguages.includes(file.language)) return false;
  return /\basync\b/.test(file.after.text) && /\w\s*\(/.test(addedCode(file));
}

function forgotten(file: ChangedFile): readonly Sighting[] {
  if (file.after === null) return [];
  const names = asyncNames(file.after);
  return unitsOf(file.after).flatMap((unit) =>
    callsOf(unit)
      .filter((call) => file.added.has(call.line) && names.get(call.name) === 'async')
      .filter((call) => isOwnFunction(call, file) && isNew(call, file))
      .filter((call) => fateOf(call.node, unit.grammar) === 'dropped')
      .flatMap((call) => sighting(file, unit, call)),
  );
}

// `save()`, `this.save()`, `self.save()`: another object may have a plain method of the same name.
function isOwnFunction({ callee, name }: Call, { language }: ChangedFile): boolean {
  if (callee === name) return language !== 'python' || !/^[A-Z]/.test(name);
  return callee === `this.${name}` || callee === `self.${name}`;
}

// A statement that stood there bare before, or one that lost its await, is not a new call.
function isNew(call: Call, { before, change }: ChangedFile): boolean {
  if (before === null) return true;
  const name = call.name.replaceAll('$', String.raw`\$`);
  const bare = new RegExp(`^\\s*(?:this\\.|self\\.)?${name}\\s*\\(`);
  const awaited = `await ${call.callee}(`;
  return (
    !before.lines.some((line) => bare.test(line)) &&
    !change.hunks.some((hunk) => hunk.removed.some((line) => line.includes(awaited)))
  );
}

function sighting(file: ChangedFile, unit: Unit, call: Call): readonly Sighting[] {
  const around = functionAround(call.node, unit.grammar);
  const severity = severityOf(file, call, isAsync(around));
  return [
    {
      path: file.path,
      line: call.line,
      says:
        file.language === 'python'
          ? `${excerpt(call.callee, 50)}() never runs: it is async and nothing awaits it`
          : `nothing waits for ${excerpt(call.callee, 50)}(), which is async`,
      subject: `not awaited ${call.callee}`,
      severity,
    },
  ];
}

function severityOf(file: ChangedFile, call: Call, insideAsync: boolean): Severity {
  if (file.language === 'python') return 'block';
  const text = file.after?.text ?? '';
  const others = text.includes(`await ${call.callee}(`);
  return insideAsync && others ? 'warn' : 'note';
}
