import { faultsOf } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { removedCode } from '../code/added-code.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { caught, passed } from './weak-crypto.examples.ts';
import { loweredStrength } from './lowered-strength.ts';
import { isAside, productionFiles } from './sightings.ts';
import { weakForms } from './weak-forms.ts';
import type { WeakForm } from './weak-forms.ts';

/** What keeps secrets, passwords or signatures got weaker. */
export const weakCrypto: Guard = guard({
  id: 'security/weak-crypto',
  severity: 'warn',
  protects: 'passwords, tokens, signatures and encrypted data',
  breaks:
    'What was to be kept secret or genuine can be guessed, forged or read with an ordinary computer.',
  fix: 'Use SHA-256 or better for signatures, bcrypt, scrypt or Argon2 for passwords, AES-GCM for data, and the system’s random source for tokens.',
  languages: writtenLanguages,
  cwe: [327, 328, 330, 326, 916],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) =>
    productionFiles(scene).flatMap((file) => [...weakened(scene, file), ...loweredStrength(file)]),
});

function weakened(scene: Scene, file: ChangedFile): readonly Sighting[] {
  return faultsOf(scene, file, weakForms).map(({ fault, line, text }) => ({
    path: file.path,
    line,
    says: fault.says,
    subject: text,
    severity: isAside(file.path) ? 'note' : severityOf(fault as WeakForm, file),
    ...(fault.fix === undefined ? {} : { fix: fault.fix }),
  }));
}

// A strong form that went from the same file makes it a step back.
function severityOf(form: WeakForm, file: ChangedFile): Severity {
  const isStepBack = form.instead !== undefined && form.instead.test(removedCode(file));
  return isStepBack ? 'warn' : form.severity;
}
