import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { contractsOf, contractForms } from './contracts.ts';
import type { Contract } from './contracts.ts';
import { lackingImplementors } from './implementors.ts';
import { caught, passed } from './implementor-missing.examples.ts';

/** An interface asks for more, and somebody who implements it does not have it. */
export const implementorMissing: Guard = guard({
  id: 'api/implementor-missing',
  severity: 'warn',
  protects: 'classes that promise to do what an interface says',
  breaks:
    'The build fails, or, where nothing is built, the call of the new member throws for this class only.',
  fix: 'Give every implementor the member, or give it a default.',
  languages: ['typescript', 'tsx', 'python', 'go', 'java', 'kotlin', 'csharp', 'rust'],
  cwe: [439, 1061],
  confidence: 0.85,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayPromise).flatMap((file) => lookAt(scene, file)),
});

function mayPromise({ before, after, path, change }: ChangedFile): boolean {
  if (before === null || after === null || !isProductionPath(path) || path.endsWith('.d.ts'))
    return false;
  const form = contractForms[after.language];
  return (
    form !== undefined &&
    form.trace.test(after.text) &&
    change.hunks.some(({ added }) => added.some((text) => form.member.test(text)))
  );
}

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const was = new Map(
    (file.before === null ? [] : contractsOf(file.before)).map((one) => [one.name, one]),
  );
  return (file.after === null ? [] : contractsOf(file.after))
    .flatMap((now) => {
      const old = was.get(now.name);
      if (old === undefined) return [];
      const fresh = [...now.members].filter(([name]) => !old.members.has(name));
      return fresh.flatMap(([member, line]) =>
        file.added.has(line) ? told(scene, file, { contract: now, member, line }) : [],
      );
    })
    .slice(0, 5);
}

interface Fresh {
  readonly contract: Contract;
  readonly member: string;
  readonly line: number;
}

function told(
  scene: Scene,
  file: ChangedFile,
  { contract, member, line }: Fresh,
): readonly Sighting[] {
  const lacking = lackingImplementors(scene, file, { contract: contract.name, member });
  const [first] = lacking;
  if (first === undefined) return [];
  const more = lacking.length > 1 ? ` and ${lacking.length - 1} more` : '';
  const says = `asks for ${contract.name}.${member}, which ${first.name} in ${first.path}:${first.line}${more} does not have`;
  return [{ path: file.path, line, says, subject: `${contract.name}.${member}` }];
}
