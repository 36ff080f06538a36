import { isAddedSomewhere } from '../code/added-code.ts';
import { callsOf } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { compact, excerpt, lineOf, nodesOf } from '../code/nodes.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { handlersOf } from '../code/quiet-handlers.ts';
import type { Handler } from '../code/quiet-handlers.ts';
import { isCleanup, isProbing, isRisky, isWrite } from '../code/risky.ts';
import { isShielded } from '../code/shields.ts';
import type { Unit } from '../code/units.ts';
import { unitsOf } from '../code/units.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './swallowed.examples.ts';

const trace =
  /\b(?:catch|except|then)\b|\b\w*[eE]rr\w* != nil|_ = |noop|\breturn\s*(?:nil|null|None|undefined|false)?;?$|\bpass$/m;

/** A new handler, or one that got weaker, takes an error and does nothing with it. */
export const swallowed: Guard = guard({
  id: 'errors/swallowed',
  severity: 'warn',
  protects: 'the news that something failed',
  breaks:
    'The failure leaves no trace: work is lost or wrong data is served while everything looks healthy.',
  fix: 'Handle the error, pass it on, or say in a comment why it may be ignored.',
  languages: codeLanguages,
  cwe: [390, 391],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) => {
    if (!isAddedSomewhere(scene, trace)) return [];
    const { pairs, fresh } = matchUnits(scene);
    return [
      ...pairs.map((pair) => ({ unit: pair.after, file: pair.file, pair })),
      ...fresh.map(({ unit, file }) => ({ unit, file, pair: null })),
    ]
      .filter((place) => isProductionPath(place.file.path) && mayHide(place))
      .flatMap((place) => [...swallowing(scene, place), ...discarded(place)]);
  },
});

interface Place {
  readonly unit: Unit;
  readonly file: ChangedFile;
  readonly pair: Pair | null;
}

function mayHide({ unit, file }: Place): boolean {
  return [...file.added].some(
    (line) =>
      unit.line <= line && line <= unit.endLine && trace.test(unit.source.lines[line - 1] ?? ''),
  );
}

// A handler that stood somewhere before the change has only moved.
function stoodBefore(scene: Scene, handler: Handler): boolean {
  const key = keyOf(handler);
  const called = handler.calls[0]?.name ?? '';
  return scene.files.some(
    ({ before }) =>
      before !== null &&
      before.text.includes(called) &&
      unitsOf(before).some((unit) => handlersOf(unit).some((other) => keyOf(other) === key)),
  );
}

function keyOf({ node, calls }: Handler): string {
  return `${compact(node.text())} ${calls[0]?.callee ?? ''}`;
}

function swallowing(scene: Scene, place: Place): readonly Sighting[] {
  return handlersOf(place.unit).flatMap((handler) => {
    if (!isTouched(handler, place.file) || handler.isExplained) return [];
    const severity = severityOf(handler, formerly(handler, place.pair));
    if (severity === null || stoodBefore(scene, handler)) return [];
    const call = handler.calls.find(isWrite) ?? handler.calls.find(isRisky);
    const what = call === undefined ? 'the code before it' : `${excerpt(call.callee, 50)}()`;
    return [
      {
        path: place.file.path,
        line: handler.line,
        endLine: handler.endLine,
        says: `${verbs[handler.kind] ?? 'hides'} an error of ${what} (${handler.form})`,
        subject: `${handler.form} ${call?.callee ?? ''} ${handler.kind}`,
        severity,
        confidence: severity === 'note' ? 0.5 : 0.7,
      },
    ];
  });
}

const verbs: Readonly<Partial<Record<Handler['kind'], string>>> = {
  empty: 'silently ignores',
  logs: 'only logs',
  defaults: 'answers with an empty value to',
};

/** What happened to the error before the change: new code, it rose, or a handler dealt with it. */
type Formerly = 'new' | 'rose' | 'dealt with';

function formerly(handler: Handler, pair: Pair | null): Formerly {
  const call = handler.calls.find(isRisky);
  if (pair === null || call === undefined || pair.alike < 0.5) return 'new';
  const earlier = handlersOf(pair.before).find((other) =>
    other.calls.some((guarded) => guarded.callee === call.callee),
  );
  if (earlier !== undefined) {
    return earlier.kind === 'handles' || earlier.kind === 'raises' || earlier.kind === 'passes-on'
      ? 'dealt with'
      : 'new';
  }
  const stood = callsOf(pair.before).find((other) => other.callee === call.callee);
  return stood !== undefined && !isShielded(stood.node, pair.before.grammar) ? 'rose' : 'new';
}

function severityOf(handler: Handler, formerly: Formerly): Severity | null {
  const { kind, calls } = handler;
  if (kind !== 'empty' && kind !== 'logs' && kind !== 'defaults') return null;
  const risky = calls.filter(isRisky);
  if (risky.every((call) => isCleanup(call) || isProbing(call))) return null;
  if (!handler.isBroad && formerly !== 'dealt with') return null;
  const work = risky.some((call) => isWrite(call) && !isCleanup(call));
  if (kind === 'empty') {
    if (work && formerly !== 'new') return 'block';
    if (work || formerly !== 'new') return 'warn';
    return handler.form === '.catch()' || handler.isFallback ? 'note' : 'warn';
  }
  if (formerly === 'dealt with') return kind === 'defaults' && work ? 'warn' : 'note';
  return kind === 'defaults' && work ? 'note' : null;
}

function isTouched(handler: Handler, file: ChangedFile): boolean {
  for (let line = handler.line; line <= handler.endLine; line += 1)
    if (file.added.has(line)) return true;
  return false;
}

// Go: `_ = err`, which says in so many words that nobody shall hear of it.
function discarded({ unit, file }: Place): readonly Sighting[] {
  if (unit.source.language !== 'go') return [];
  return nodesOf(unit.node, ['assignment_statement']).flatMap((statement) => {
    const line = lineOf(statement);
    if (!file.added.has(line) || !/^_\s*=\s*\w*[eE]rr\w*$/.test(statement.text())) return [];
    if (
      /\/\//.test(unit.source.lines[line - 1] ?? '') ||
      /^\s*\/\//.test(unit.source.lines[line - 2] ?? '')
    )
      return [];
    return [
      { path: file.path, line, says: 'throws an error away with `_ =`', subject: statement.text() },
    ];
  });
}
