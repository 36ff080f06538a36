import { removedCode } from '../code/added-code.ts';
import { codeLanguages } from '../code/grammar.ts';
import { lostChecks } from '../code/lost-checks.ts';
import type { LostCheck } from '../code/lost-checks.ts';
import type { NullCheck } from '../code/null-checks.ts';
import { lostOptionals } from '../code/lost-optional.ts';
import type { LostOptional } from '../code/lost-optional.ts';
import { excerpt } from '../code/nodes.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { guard } from '../guard.ts';
import type { Guard, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './check-removed.examples.ts';
import { caughtElsewhere, passedElsewhere } from './check-removed.more.examples.ts';

const trace =
  /\?\.|\?\?|&\.|\?->|\bmatch\b|unwrap_or|\b(?:if|elif|and|unless)\b|&&|\?|requireNonNull/;

/** A null or bounds check went, and the dereference or index it made safe stayed. */
export const checkRemoved: Guard = guard({
  id: 'nulls/check-removed',
  severity: 'warn',
  protects: 'code from values that are missing',
  breaks:
    'The first time the value is missing, the request or job ends with a null dereference or an index out of range.',
  fix: 'Keep the check, or make the value impossible to be missing where it comes from, in the same change.',
  languages: codeLanguages,
  cwe: [476, 125],
  confidence: 0.6,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => {
    if (!scene.files.some((file) => !file.isTest && trace.test(removedCode(file)))) return [];
    return matchUnits(scene)
      .pairs.filter((pair) => pair.alike >= 0.5 && pair.gone.some((line) => trace.test(line)))
      .filter((pair) => isProductionPath(pair.file.path))
      .flatMap((pair) => [
        ...unlike(lostChecks(scene, pair)).map((lost) => checkSighting(pair, lost)),
        ...lostOptionals(pair).map((lost) => optionalSighting(pair, lost)),
      ]);
  },
});

// One finding a subject is enough.
function unlike(lost: readonly LostCheck[]): readonly LostCheck[] {
  return lost.filter(
    (one, index) => lost.findIndex((other) => other.check.subject === one.check.subject) === index,
  );
}

function checkSighting(pair: Pair, { check, reach, line }: LostCheck): Sighting {
  const subject = excerpt(check.subject, 40);
  const test = check.what === 'bounds' ? `the length of ${subject}` : `that ${subject} is there`;
  return {
    path: pair.file.path,
    line: placeOf(pair.file, line, check.line),
    says: `no longer checks ${test}, but still uses ${excerpt(reach.endsWith('[') ? `${reach}…]` : reach, 50)}`,
    subject: `${check.what} ${check.subject}`,
    severity: severityOf(pair, check),
    confidence: pair.fresh.length === 0 ? 0.7 : 0.5,
  };
}

// Nullable types of C# are only a warning, and often switched off.
const typed = /^(?:typescript|tsx|kotlin)$/;

// A strict TypeScript compiler refuses most dereferences of what may be null, but not an index out of range.
function severityOf(pair: Pair, { what, form }: NullCheck): Severity {
  const { language } = pair.after.source;
  if (language === 'kotlin' && what === 'null') return 'note';
  if (typed.test(language) && what === 'null' && form === 'branch') return 'note';
  return pair.fresh.length === 0 ? 'warn' : 'note';
}

function optionalSighting(pair: Pair, lost: LostOptional): Sighting {
  const { form, spelling, subject, line, lostAt } = lost;
  const what = excerpt(subject, 40);
  const isTyped = typed.test(pair.after.source.language);
  return {
    path: pair.file.path,
    line: placeOf(pair.file, line, lostAt),
    says:
      form === 'force'
        ? `insists with ${spelling} that ${what} is there, which was not taken for granted before`
        : form === '?.'
          ? `reads from ${what} without the ${spelling} it had`
          : `drops the ${spelling} default of ${what}`,
    subject: `${form} ${subject}`,
    severity:
      (isTyped && form !== 'force') || form === '??' || pair.fresh.length > 2 ? 'note' : 'warn',
    confidence: isTyped ? 0.4 : 0.6,
  };
}
