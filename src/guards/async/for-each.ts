import { addedCode } from '../code/added-code.ts';
import { callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { excerpt, fieldOf } from '../code/nodes.ts';
import { unitsOf } from '../code/units.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './for-each.examples.ts';

const method = /\.(?:forEach|filter|some|every|find|findIndex|sort|flatMap|map)$/;
const trace = /(?:forEach|filter|some|every|find|findIndex|sort|map|flatMap)\s*\(\s*async\b/;

/** A new async callback for an array method that does not wait for it. */
export const asyncForEach: Guard = guard({
  id: 'async/for-each',
  severity: 'warn',
  protects: 'work that must be finished, and its errors, from being forgotten',
  breaks:
    'Array methods do not wait for promises: the code after the loop runs first, errors are lost, and a test that returns a promise is always true.',
  fix: 'Use for…of with await, or await Promise.all(list.map(async …)).',
  languages: ['typescript', 'tsx', 'javascript'],
  cwe: [362],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter((file) => isProductionPath(file.path) && trace.test(addedCode(file)))
        .flatMap((file) => unwaited(file)),
    ),
});

function unwaited(file: ChangedFile): readonly Sighting[] {
  if (file.after === null) return [];
  const old = file.before?.text ?? '';
  return unitsOf(file.after).flatMap((unit) =>
    callsOf(unit).flatMap((call) => {
      const callback = fieldOf(call.node, 'arguments')?.namedChildren()[0];
      const at = callback === undefined ? call.line : callback.range().start.line + 1;
      if (!method.test(call.callee) || callback === undefined || !file.added.has(at)) return [];
      if (!/^async\b/.test(callback.text()) || !isLost(call)) return [];
      if (old.replace(/\s+/g, '').includes(`.${call.name}(async`)) return [];
      return [
        {
          path: file.path,
          line: at,
          says: saysOf(call),
          subject: `async ${call.callee}`,
          severity: call.name === 'forEach' && !/\bawait\b/.test(callback.text()) ? 'note' : 'warn',
        } as const,
      ];
    }),
  );
}

function saysOf({ name, callee }: Call): string {
  const what = excerpt(callee, 50);
  if (name === 'forEach') return `${what}() does not wait for its async callback`;
  if (name === 'map' || name === 'flatMap')
    return `nothing waits for the promises that ${what}() makes`;
  return `${what}() sees a promise, which is always true, in place of its callback's answer`;
}

// The promises of `map` may be gathered; the answers of the others are lost at once.
function isLost(call: Call): boolean {
  if (!/^(?:map|flatMap)$/.test(call.name))
    return !/(?:^|\.)(?:pMap|p|stream|cursor|qb|async\w*)\.\w+$/.test(call.callee);
  const parent = call.node.parent();
  const kind = String(parent?.kind() ?? '');
  return kind === 'expression_statement' || kind === 'await_expression';
}
