import type { Guard } from '../guard.ts';

/** Where a team keeps its own guards. */
export const ownGuardsFolder = '.hallmonitor/guards';

/** A file of that folder, as it was read from the target branch. */
export interface OwnFile {
  readonly path: string;
  readonly text: string;
}

/** Guards that a team wrote, and what is wrong with their files. */
export interface OwnGuards {
  readonly guards: readonly Guard[];
  readonly problems: readonly RuleProblem[];
}

/** Something in a rule file that keeps its guard from being asked. */
export interface RuleProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** Whether a path is a guard written in YAML. */
export function isRuleFile(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

/** Whether a path is a guard written in TypeScript or JavaScript. */
export function isCodeFile(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) && !/\.(?:test|spec|d)\.[cm]?ts$/.test(path);
}
