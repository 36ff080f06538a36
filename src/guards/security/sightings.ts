import { faultsOf } from '../code/faults.ts';
import type { Fault } from '../code/faults.ts';
import type { Flow } from '../code/flows.ts';
import { lostProtections } from '../code/protections.ts';
import type { LostProtection, Protection } from '../code/protections.ts';
import type { ChangedFile, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';

/** The changed files that may run in production. */
export function productionFiles(scene: Scene): readonly ChangedFile[] {
  return scene.files.filter(({ path, after }) => after !== null && runs(path));
}

const asides =
  /(?:^|\/)(?:scripts?|tools?|hack|ci|\.github|\.circleci|dev|seeds?|factories|spec|cypress|e2e|evals?|mocks?)\/|(?:^|\/)(?:Rakefile|Gruntfile|gulpfile|webpack|vite|rollup|jest|vitest|eslint|setup)\b/i;

function runs(path: string): boolean {
  return isProductionPath(path) && !/\.min\.[cm]?js$/.test(path);
}

/** Scripts for people who have the machine already: what they are given comes from a colleague. */
export function isAside(path: string): boolean {
  return asides.test(path);
}

/** Sightings of lines that are faults by themselves; aside from what serves others they are only noted. */
export function faultSightings(scene: Scene, faults: readonly Fault[]): readonly Sighting[] {
  return productionFiles(scene).flatMap((file) =>
    faultsOf(scene, file, faults).map(({ fault, line, text }) => ({
      path: file.path,
      line,
      says: fault.says,
      subject: text,
      severity: isAside(file.path) ? ('note' as const) : fault.severity,
      ...(fault.fix === undefined ? {} : { fix: fault.fix }),
    })),
  );
}

/** Sightings of protections that went, each once a file. */
export function lossSightings(
  scene: Scene,
  protections: readonly Protection[],
  tell: (lost: LostProtection) => string = ({ protection, what }) =>
    `${protection.says}: ${what} went`,
): readonly Sighting[] {
  return productionFiles(scene).flatMap((file) =>
    lostProtections(scene, file, protections).map((lost) => ({
      path: file.path,
      line: lost.line,
      says: tell(lost),
      subject: lost.what,
      severity: isAside(file.path) ? ('note' as const) : lost.protection.severity,
    })),
  );
}

/** The sighting of a call that gets what it should not. */
export function flowSighting(flow: Flow, says: string, severity: Severity): Sighting {
  return {
    path: flow.file.path,
    line: flow.line,
    endLine: flow.endLine,
    says,
    subject: flow.text.slice(0, 200),
    severity: isAside(flow.file.path) ? 'note' : severity,
    confidence: severity === 'block' ? 0.9 : severity === 'warn' ? 0.75 : 0.4,
  };
}
