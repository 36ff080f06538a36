import { callsIn, callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { isRemovedSomewhere } from '../code/losses.ts';
import { excerpt, nodesOf } from '../code/nodes.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { isWrite } from '../code/risky.ts';
import type { Unit } from '../code/units.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting, Tree } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './transaction-split.examples.ts';

const opens =
  /(?:^|[.$:])(?:\$?transaction|with_?[tT]ransaction|inTransaction|runInTransaction|transactional|atomic)$/;

/** A write that was in a transaction is outside of it now, and the transaction is still there. */
export const transactionSplit: Guard = guard({
  id: 'locks/transaction-split',
  severity: 'warn',
  protects: 'data that must change together or not at all',
  breaks:
    'When the process ends or the second step fails in between, one half of the change is kept and the other is not.',
  fix: 'Move the write back into the transaction, or make it safe to repeat.',
  languages: codeLanguages,
  cwe: [362, 460],
  confidence: 0.65,
  caught,
  passed,
  look: (scene) => {
    if (!scene.files.some((file) => /transaction|atomic/i.test(file.after?.text ?? ''))) return [];
    if (!isRemovedSomewhere(scene, /\w\s*\(/)) return [];
    return matchUnits(scene)
      .pairs.filter(
        ({ file, before }) =>
          isProductionPath(file.path) && /transaction|atomic/i.test(before.node.text()),
      )
      .flatMap((pair) => movedOut(pair));
  },
});

function movedOut(pair: Pair): readonly Sighting[] {
  const { before, after, file } = pair;
  const was = heldBy(before);
  const now = heldBy(after);
  if (was.length === 0 || now.length === 0) return [];
  const inside = new Set(now.map(lastParts));
  const held = new Set(was.map(lastParts));
  const outsideBefore = new Set(outside(before, was).map(lastParts));
  return outside(after, now)
    .filter((call) => isWrite(call) && file.added.has(call.line))
    .filter(
      (call) =>
        held.has(lastParts(call)) &&
        !inside.has(lastParts(call)) &&
        !outsideBefore.has(lastParts(call)),
    )
    .slice(0, 1)
    .map((call) => ({
      path: file.path,
      line: placeOf(file, call.line, call.line),
      says: `moves ${excerpt(call.callee, 50)}() out of the transaction`,
      subject: `split ${lastParts(call)}`,
    }));
}

/** `tx.orders.update` and `db.orders.update` are the same write: the object may change with the transaction. */
function lastParts({ callee }: Call): string {
  const parts = callee.split(/\.|->|::/);
  return parts.slice(parts.length > 2 ? -2 : -1).join('.');
}

function heldBy(unit: Unit): readonly Call[] {
  return blocksOf(unit).flatMap((block) => callsIn(block, unit));
}

function outside(unit: Unit, held: readonly Call[]): readonly Call[] {
  const starts = new Set(held.map(({ node }) => node.range().start.index));
  return callsOf(unit).filter(({ node }) => !starts.has(node.range().start.index));
}

// The function given to `transaction(…)`, or the body of `with transaction.atomic():`.
function blocksOf(unit: Unit): readonly Tree[] {
  if (unit.source.language === 'python') {
    return nodesOf(unit.node, ['with_statement']).filter((node) =>
      /^(?:async )?with [^\n]*(?:transaction|atomic|\.begin\()/.test(node.text().slice(0, 200)),
    );
  }
  return callsOf(unit)
    .filter(({ callee }) => opens.test(callee))
    .flatMap(({ node }) => nodesOf(node, unit.grammar.functions).slice(0, 1));
}
