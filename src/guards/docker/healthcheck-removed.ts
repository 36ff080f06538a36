import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { dockerfiles, finalStage, lineage } from './dockerfile.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';

const image = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  Dockerfile: `FROM node:22-slim\nCOPY . /app\n${lines.map((line) => `${line}\n`).join('')}CMD ["node", "."]\n`,
});
const check = 'HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/health || exit 1';

/** An image no longer says how to tell whether its program works. */
export const healthcheckRemoved: Guard = guard({
  id: 'docker/healthcheck-removed',
  severity: 'warn',
  protects: 'that a program that hangs is noticed and started again',
  breaks:
    'A program that hangs counts as healthy, so that it is neither restarted nor taken out of rotation.',
  fix: 'Keep the check, or say in the change what checks the program instead.',
  languages: ['dockerfile'],
  cwe: [693],
  confidence: 0.75,
  caught: [
    { name: 'the check is removed', before: image(check), after: image() },
    { name: 'the check is turned off', before: image(check), after: image('HEALTHCHECK NONE') },
    {
      name: 'the check always succeeds',
      before: image(check),
      after: image('HEALTHCHECK --interval=30s CMD exit 0'),
    },
  ],
  passed: [
    {
      name: 'the check asks another address',
      before: image(check),
      after: image(check.replace('health', 'ready')),
    },
    { name: 'there was none', before: image(), after: image('RUN true') },
    { name: 'a check is added', before: image(), after: image(check) },
    { name: 'the image is gone', before: image(check), after: {} },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return dockerfiles(scene).flatMap(({ file, was, now }) => {
    const old = was === null ? null : checkOf(was);
    if (old === null || isEmpty(old)) return [];
    const check = checkOf(now);
    if (check !== null && !isEmpty(check)) return [];
    const line = check?.line ?? lineAfter(file, old.line);
    const says =
      check === null
        ? 'removes the health check of the image'
        : 'empties the health check of the image';
    return [{ path: file.path, line, says, subject: 'healthcheck' }];
  });
}

function checkOf(dockerfile: Dockerfile): Instruction | null {
  const last = finalStage(dockerfile);
  if (last === null) return null;
  for (const { instructions } of lineage(dockerfile, last)) {
    const check = instructions.findLast(({ name }) => name === 'HEALTHCHECK');
    if (check !== undefined) return check;
  }
  return null;
}

function isEmpty({ text }: Instruction): boolean {
  return (
    /^NONE$/i.test(text.trim()) ||
    /\bCMD\s+(?:\[?"?(?:true|exit 0|\/bin\/true)"?\]?)\s*$/i.test(text)
  );
}
