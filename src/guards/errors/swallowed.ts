import { isAddedSomewhere, removedCode } from '../code/added-code.ts';
import { callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { discardsIn } from '../code/discards.ts';
import { compact, excerpt } from '../code/nodes.ts';
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
import { caughtElsewhere } from './swallowed.more.examples.ts';
import { passedElsewhere } from './swallowed.more.passed.examples.ts';

const trace =
  /\b(?:catch|except|then|rescue|runCatching)\b|\.ok\(\)|\blet _ =|@\$?\w+[(-]|\b\w*[eE]rr\w* != nil|_ = |noop|\breturn\s*(?:nil|null|None|undefined|false)?;?$|\bpass$/m;

/** A new handler, or one that got weaker, takes an error and does nothing with it. */
export const swallowed: Guard = guard({
  id: 'errors/swallowed',
  severity: 'warn',
  gravest: 'block',
  protects: 'the news that something failed',
  breaks:
    'The failure leaves no trace: work is lost or wrong data is served while everything looks healthy.',
  fix: 'Handle the error, pass it on, or say in a comment why it may be ignored.',
  languages: codeLanguages,
  cwe: [390, 391],
  confidence: 0.7,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => {
    const isRelevant =
      isAddedSomewhere(scene, trace) ||
      scene.files.some((file) => !file.isTest && rising.test(removedCode(file)));
    if (!isRelevant) return [];
    const { pairs, fresh } = matchUnits(scene);
    return [
      ...pairs.map((pair) => ({ unit: pair.after, file: pair.file, pair })),
      ...fresh.map(({ unit, file }) => ({ unit, file, pair: null })),
    ]
      .filter((place) => isProductionPath(place.file.path))
      .flatMap((place) => [
        ...(mayHide(place) ? [...swallowing(scene, place), ...discarded(place)] : []),
        ...quieted(place),
      ]);
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
  // Kotlin's name for an error is often dropped later.
  const text = compact(node.text()).replace(/^catch\(\w+:/, 'catch(_:');
  return `${text} ${calls[0]?.callee ?? ''}`;
}

function swallowing(scene: Scene, place: Place): readonly Sighting[] {
  return handlersOf(place.unit).flatMap((handler) => {
    if (!isTouched(handler, place.file) || handler.isExplained) return [];
    const severity = severityOf(handler, formerly(handler, place.pair));
    if (severity === null || stoodBefore(scene, handler)) return [];
    return [sightingOf(handler, place.file, severity)];
  });
}

function sightingOf(handler: Handler, file: ChangedFile, severity: Severity): Sighting {
  const call = handler.calls.find(isWrite) ?? handler.calls.find(isRisky);
  const what = call === undefined ? 'the code before it' : `${excerpt(call.written, 50)}()`;
  return {
    path: file.path,
    line: handler.line,
    endLine: handler.endLine,
    says: `${verbs[handler.kind] ?? 'hides'} an error of ${what} (${handler.form})`,
    subject: `${handler.form} ${call?.callee ?? ''} ${handler.kind}`,
    severity,
    confidence: severity === 'note' ? 0.5 : 0.7,
  };
}

const rising = /\b(?:throw|raise)\b/;

// The `throw` went and the log stayed: no line was added, and the error ends here now.
function quieted({ pair, file }: Place): readonly Sighting[] {
  if (pair === null || pair.alike < 0.5 || !pair.gone.some((line) => rising.test(line))) return [];
  if (pair.fresh.some((line) => rising.test(line))) return [];
  return handlersOf(pair.after).flatMap((handler) => {
    if (isTouched(handler, file) || handler.isExplained || !(handler.kind in verbs)) return [];
    const risky = handler.calls.filter((call) => isRisky(call) && !isProbing(call));
    const was = handlersOf(pair.before).find(
      (other) =>
        (other.kind === 'raises' || other.kind === 'passes-on') &&
        risky.some((call) => other.calls.some(({ callee }) => callee === call.callee)) &&
        isWithin(pair.from.removed, other),
    );
    if (was === undefined || risky.every(isCleanup)) return [];
    return [sightingOf(handler, file, 'warn')];
  });
}

function isWithin(lines: ReadonlySet<number>, { line, endLine }: Handler): boolean {
  for (let at = line; at <= endLine; at += 1) if (lines.has(at)) return true;
  return false;
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
  return isWithin(file.added, handler);
}

// Go's `_ = err`, Rust's `let _ = save()` and `save().ok();`, PHP's `@save()`.
function discarded({ unit, file, pair }: Place): readonly Sighting[] {
  return discardsIn(unit).flatMap(({ line, says, subject, call }) => {
    if (!file.added.has(line)) return [];
    const severity = discardSeverity(call, pair);
    return severity === null ? [] : [{ path: file.path, line, says, subject, severity }];
  });
}

// Where the call stood before and its failure was heard, somebody chose silence; a new call is only worth a note.
function discardSeverity(call: Call | null, pair: Pair | null): Severity | null {
  if (call === null) return 'warn';
  if (isCleanup(call) || isProbing(call) || !isRisky(call)) return null;
  const isOld = pair !== null && callsOf(pair.before).some(({ callee }) => callee === call.callee);
  const wasDropped =
    pair !== null && discardsIn(pair.before).some((one) => one.call?.callee === call.callee);
  if (wasDropped) return null;
  if (isOld) return pair.alike >= 0.5 ? 'warn' : 'note';
  return isWrite(call) ? 'note' : null;
}
