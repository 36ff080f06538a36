import { existsSync } from 'node:fs';
import { UserError } from '../change/problems.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/policy.ts';
import { type Problem, problemLine } from '../policy/problems.ts';
import { plain } from './plain.ts';
import { readNamed } from './print.ts';

/** Where a repository keeps its policy. */
export const policyPath = '.hallmonitor/policy.yml';

export interface PolicyText {
  readonly path: string;
  readonly text: string;
}

/** The policy file that was named, or the one of the current folder. */
export async function findPolicy(path: string | undefined): Promise<PolicyText> {
  if (path === undefined && !existsSync(policyPath)) {
    throw new UserError(
      `there is no ${policyPath} here`,
      'Name a file, run from the top of the repository, or write one with: hallmonitor init',
    );
  }
  const named = path ?? policyPath;
  return { path: named, text: await readNamed(named) };
}

/** A policy that must be usable; its errors become one message. */
export function usablePolicy(text: string, name: string): Policy {
  const { policy, problems } = readPolicy(text, name);
  if (policy) return policy;
  throw new UserError(
    [`the policy cannot be used`, ...problems.map(problemText)].join('\n'),
    'hallmonitor policy lint shows this again.',
  );
}

/** One problem of a policy as a line. */
export function problemText(problem: Problem): string {
  return plain(problemLine(problem));
}
