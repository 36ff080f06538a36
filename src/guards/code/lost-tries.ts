import type { ChangedFile, Language, Tree } from '../guard.ts';
import { callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { handlerKind } from './handlers.ts';
import type { HandlerKind } from './handlers.ts';
import { endLineOf, lineOf, nodesOf } from './nodes.ts';
import type { Pair } from './pairs.ts';
import { isHarmless, isRisky } from './risky.ts';
import { catchesOf, guardedParts, handledPromise, isShielded } from './shields.ts';
import type { Unit } from './units.ts';

/** A handler that went while a call it protected stayed. */
export interface LostHandling {
  /** The riskiest call that stands without it now, as it is after the change. */
  readonly call: Call;
  /** What the handler did. */
  readonly did: HandlerKind;
  /** 1-based line before the change where the handler stood. */
  readonly line: number;
  /** The words for it: `try/catch`, `.catch()`. */
  readonly form: 'try/catch' | 'try/except' | 'rescue' | '.catch()' | 'error check';
}

/** Handlers of a unit that the change took away from calls that are still there. */
export function lostTries(pair: Pair): readonly LostHandling[] {
  return [...attemptsOf(pair.before, pair.from), ...chainsOf(pair.before, pair.from)].flatMap(
    (shield) => {
      const exposed = shield.calls.flatMap((call) => exposedIn(pair, call));
      const call = exposed.find(isRisky) ?? exposed[0];
      const { did, line, form } = shield;
      return call === undefined ? [] : [{ call, did, line, form }];
    },
  );
}

interface Shield {
  readonly calls: readonly Call[];
  readonly did: HandlerKind;
  readonly line: number;
  readonly form: LostHandling['form'];
}

function attemptsOf(unit: Unit, file: ChangedFile): readonly Shield[] {
  const { grammar } = unit;
  return nodesOf(unit.node, grammar.tries).flatMap((attempt) => {
    const catches = catchesOf(attempt, grammar);
    const body = guardedParts(attempt, grammar);
    const [line] = [attempt, ...catches]
      .map(lineOf)
      .filter((at, index) => file.removed.has(at) && (index > 0 || hasOwnLine(attempt)));
    if (catches.length === 0 || body.length === 0 || !isOwn(unit, attempt)) return [];
    if (catches.every(isProbe)) return [];
    if (line === undefined) return [];
    const did = strongest(catches.map((clause) => handlerKind(blockOf(clause, unit), grammar)));
    const form = forms[unit.source.language] ?? 'try/catch';
    return [{ calls: body.flatMap((part) => callsIn(part, unit)), did, line, form }];
  });
}

// Ruby's body of a method may be rescued without a `begin`: then its first line is just its first statement.
function hasOwnLine(attempt: Tree): boolean {
  return attempt.kind() !== 'body_statement';
}

const forms: Readonly<Partial<Record<Language, LostHandling['form']>>> = {
  python: 'try/except',
  ruby: 'rescue',
};

function chainsOf(unit: Unit, file: ChangedFile): readonly Shield[] {
  if (!/^(?:typescript|tsx|javascript)$/.test(unit.source.language)) return [];
  return callsOf(unit).flatMap((call) => {
    const promise = handledPromise(call.node);
    if (promise === null) return [];
    const line = endLineOf(promise);
    const last = endLineOf(call.node);
    if (![...file.removed].some((removed) => removed >= line && removed <= last)) return [];
    const handler = nodesOf(call.node, unit.grammar.blocks).at(-1);
    const did = handler === undefined ? 'handles' : handlerKind(handler, unit.grammar);
    const calls = callsIn(promise, unit).slice(0, 1);
    return [{ calls, did, line, form: '.catch()' as const }];
  });
}

/** Whether a handler only asks whether something exists in this environment. */
export function isProbe(clause: Tree): boolean {
  const head = clause.text().slice(0, 200).split('\n')[0] ?? '';
  return /NoSuch(?:Method|Field)|ClassNotFound|NoClassDef|ImportError|ModuleNotFound|UnsupportedOperation|NotImplementedError/.test(
    head,
  );
}

/** The block of a catch clause; the clause itself where it has none. */
export function blockOf(clause: Tree, unit: Unit): Tree {
  return (
    clause.children().find((child) => unit.grammar.blocks.includes(String(child.kind()))) ?? clause
  );
}

function strongest(kinds: readonly HandlerKind[]): HandlerKind {
  const order: readonly HandlerKind[] = [
    'handles',
    'defaults',
    'logs',
    'ends loop',
    'empty',
    'raises',
    'passes-on',
  ];
  return order.find((kind) => kinds.includes(kind)) ?? 'empty';
}

// The same call may stand elsewhere in the unit without protection already: only one more counts as exposed.
function exposedIn(pair: Pair, call: Call): readonly Call[] {
  if (isHarmless(call)) return [];
  const after = bareCalls(pair.after, call.callee);
  if (after.length <= bareCalls(pair.before, call.callee).length) return [];
  const same = after.find((other) => other.given === call.given);
  return [same ?? after[0] ?? call];
}

function bareCalls(unit: Unit, callee: string): readonly Call[] {
  return callsOf(unit).filter(
    (call) => call.callee === callee && !isShielded(call.node, unit.grammar),
  );
}
