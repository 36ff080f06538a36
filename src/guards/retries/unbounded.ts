import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { raisedNumbers } from '../code/raised.ts';
import { endlessRetries } from './endless-loops.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './unbounded.examples.ts';

const says: Loss['says'] = ({ gone }) =>
  `retries for ever: ${excerpt(gone.replace(/^[,.]|[,;{]$/g, ''), 60)} is gone`;

const counter = '[\\w.]*(?:attempt|retr(?:y|ies)|tries|failures)\\w*';

const rows: readonly Loss[] = [
  {
    gone: /^,?stop=(?:tenacity\.)?stop_\w+\([^(){}]{0,60}\),?$/i,
    severity: 'warn',
    says,
  },
  {
    gone: new RegExp(
      `^(?:if|elif|unless)[ (]?\\(?(?:\\+\\+)?${counter}(?:\\+\\+)?(?:>=?|===?)[\\w.]{1,40}\\)?[:{]?(?:[\\w.]{0,40}\\([^{}]{0,120}\\);?)?(?:throw|raise|break|return)\\b[^{}]{0,160};?\\}?$`,
      'i',
    ),
    severity: 'warn',
    says,
  },
  {
    gone: new RegExp(
      `^(?:(?:&&|and )?\\(?${counter}(?:\\+\\+)?<=?[\\w.]{1,40}\\)?|(?:let |var |int )?\\w+(?::?=)0;${counter}<=?[\\w.]{1,40};${counter}(?:\\+\\+|\\+=1)|${counter}(?::?=)\\d+;${counter}<=?[\\w.]{1,40};${counter}(?:\\+\\+|\\+=1)|for ${counter} in range\\([\\w.]{1,40}\\))$`,
      'i',
    ),
    came: /^(?:true|True|while True|;;|1|while\(true\)|loop)?$/,
    severity: 'warn',
    says,
  },
];

/** A retry that has no end, or lost it. */
export const retryUnbounded: Guard = guard({
  id: 'retries/unbounded',
  severity: 'warn',
  protects: 'services in trouble, and the worker itself, from retries without end',
  breaks:
    'When the failure lasts, the loop never ends: it holds its worker and keeps the failing side under load.',
  fix: 'Give up after a number of attempts or a deadline, with a growing pause in between.',
  languages: codeLanguages,
  cwe: [835, 400],
  confidence: 0.65,
  caught,
  passed,
  look: (scene) => [
    ...lossesIn(scene, {
      rows,
      trace: /attempt|retr(?:y|ies)|tries|failures|stop_/i,
      back: /attempt|max_?retr|retries|tries|deadline|stop_|give_?up|\bmax[A-Z_]|limit/i,
    }),
    ...raised(scene),
    ...scene.files
      .filter((file) => isProductionPath(file.path))
      .flatMap((file) => endlessRetries(file)),
  ],
});

const named = /retr(?:y|ies)|attempts?\b|max_?tries/i;

function raised(scene: Scene): readonly Sighting[] {
  return raisedNumbers(scene, named)
    .filter(
      ({ from, to, name }) =>
        to >= Math.max(from, 1) * 10 &&
        !/delay|interval|after|wait|ms$|timeout|seconds/i.test(name),
    )
    .map(({ edit, name, from, to }) => ({
      path: edit.file.path,
      line: edit.line,
      says: `raises ${name} from ${from} to ${to === Infinity ? 'no limit' : to}`,
      subject: `raised ${name}`,
      severity: to === Infinity ? 'warn' : 'note',
    }));
}
