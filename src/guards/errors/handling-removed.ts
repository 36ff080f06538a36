import { codeLanguages } from '../code/grammar.ts';
import { isCalleeChanged, isHandledAround, isReplaced } from '../code/handled-elsewhere.ts';
import { isShortLived, lostCleanups } from '../code/lost-cleanup.ts';
import type { LostCleanup } from '../code/lost-cleanup.ts';
import { lostErrorChecks } from '../code/lost-error-checks.ts';
import { lostResults } from '../code/lost-results.ts';
import { lostTries } from '../code/lost-tries.ts';
import type { LostHandling } from '../code/lost-tries.ts';
import { excerpt } from '../code/nodes.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { removedCode } from '../code/added-code.ts';
import { isRisky } from '../code/risky.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught } from './handling-removed.caught.examples.ts';
import { passed } from './handling-removed.passed.examples.ts';
import { caughtElsewhere, passedElsewhere } from './handling-removed.more.examples.ts';

/** Less in common than this means that a unit was rewritten, and nothing can be said. */
const leastAlike = 0.5;

const trace =
  /\b(?:try|catch|except|finally|defer|rescue|ensure|begin|runCatching|match|Err)\b|\bnil\b|\?|map_err|unwrap_or/;

/** A handler or a `finally` went, and what it protected stayed. */
export const handlingRemoved: Guard = guard({
  id: 'errors/handling-removed',
  severity: 'warn',
  gravest: 'block',
  protects: 'requests and jobs from errors that used to be dealt with',
  breaks:
    'An error that was dealt with here now ends the request, the job or the process, or leaves work half done.',
  fix: 'Put the handler back around the call, or handle the error in the caller in the same change.',
  languages: codeLanguages,
  cwe: [755, 248],
  confidence: 0.7,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => {
    if (!scene.files.some((file) => !file.isTest && trace.test(removedCode(file)))) return [];
    return matchUnits(scene)
      .pairs.filter(
        (pair) => pair.alike >= leastAlike && pair.gone.some((line) => trace.test(line)),
      )
      .filter((pair) => isProductionPath(pair.file.path))
      .flatMap((pair) => [...handlers(scene, pair), ...cleanups(pair)]);
  },
});

function handlers(scene: Scene, pair: Pair): readonly Sighting[] {
  return [...lostTries(pair), ...lostErrorChecks(pair), ...lostResults(pair)].flatMap((lost) => {
    const severity = severityOf(pair, lost);
    if (severity === null || isHandledAround(scene, pair, lost.call)) return [];
    if (lost.form === 'error check' && isCalleeChanged(scene, lost.call.name)) return [];
    const what = excerpt(lost.call.written, 50);
    const line = placeOf(pair.file, lost.call.line, lost.line);
    return [
      {
        path: pair.file.path,
        line,
        says:
          lost.form === 'error check' && pair.before.source.language === 'rust'
            ? `ends the process when ${what}() fails, which was passed on before`
            : `removes the ${lost.form} around ${what}(), which stays`,
        subject: `${lost.form} ${lost.call.callee}`,
        severity,
        confidence: severity === 'block' ? 0.85 : severity === 'warn' ? 0.7 : 0.5,
      },
    ];
  });
}

// Nothing but the handler went and the call reaches outside: that is what stops a change. The rest is for a look.
function severityOf(pair: Pair, { call, did, form }: LostHandling): Severity | null {
  const isPure = pair.fresh.length === 0;
  if (form === 'error check') return isPure ? 'block' : pair.fresh.length <= 2 ? 'warn' : 'note';
  if (did === 'passes-on') return null;
  if (did === 'raises') return isPure ? 'note' : null;
  if (isReplaced(pair)) return null;
  // A promise nobody waits for ends the whole process when it fails unheard.
  if (!isRisky(call) && form !== '.catch()') return isPure ? 'note' : null;
  if (isPure) return did === 'handles' || did === 'defaults' ? 'block' : 'warn';
  return pair.alike >= 0.7 && pair.fresh.length <= 3 ? 'warn' : 'note';
}

function cleanups(pair: Pair): readonly Sighting[] {
  if (
    isShortLived(pair.file) ||
    pair.fresh.some((line) => /\b(?:finally|defer|using|with|synchronized)\b|\btry\s*\(/.test(line))
  )
    return [];
  return lostCleanups(pair).map((lost) => sightingOf(pair, lost));
}

function sightingOf(pair: Pair, lost: LostCleanup): Sighting {
  const { what, gives, stays, line, form, onlyOnSuccess } = lost;
  const how = onlyOnSuccess ? 'runs only when nothing fails now' : 'does not run any more';
  const told = excerpt(what, 50);
  return {
    path: pair.file.path,
    line: placeOf(pair.file, stays.line, line),
    says: `removes the ${form}: ${told} ${how}`,
    subject: `${form} ${what}`,
    severity: onlyOnSuccess || !gives || pair.fresh.length > 3 ? 'note' : 'warn',
    confidence: 0.6,
    breaks: gives
      ? 'When the work in between fails, the connection, lock, file or timer is never given back.'
      : 'When the work in between fails, what had to follow in any case does not, and the state stays as it was.',
    fix: `Keep ${told} in ${form === 'finally' ? 'a finally block' : 'a defer'}, or use a form that closes by itself.`,
  };
}
