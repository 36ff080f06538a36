import { existsSync, readFileSync } from 'node:fs';
import { guards } from '../guards/guards.ts';
import { readRoster, peopleFile } from '../people/roster.ts';
import { lintPolicy as remarksOn } from '../policy/lint.ts';
import { readPolicy } from '../policy/policy.ts';
import type { Problem } from '../policy/problems.ts';
import { count } from './plain.ts';
import { findPolicy, problemText } from './policy-file.ts';
import { printJson } from './print.ts';

/** `policy lint`: every error and doubtful place; exit 1 when there is an error. */
export async function lintPolicy(
  path: string | undefined,
  { format }: { readonly format: string },
): Promise<number> {
  const found = await findPolicy(path);
  const { policy, problems } = readPolicy(found.text, found.path);
  const all = policy === null ? problems : [...problems, ...remarksOn(policy, around())];
  const errors = all.filter(({ level }) => level === 'error').length;
  if (format === 'json') {
    printJson({
      schema: 'hallmonitor/policy-lint/v1',
      file: found.path,
      usable: policy !== null,
      problems: all,
    });
  } else {
    process.stdout.write(`${lintText(all, found.path, policy?.rules.length ?? 0)}\n`);
  }
  return errors === 0 ? 0 : 1;
}

/** What the remarks can be held against: guards that exist, and people, where there is a file of them. */
function around(): Parameters<typeof remarksOn>[1] {
  const members = existsSync(peopleFile)
    ? { members: readRoster(readFileSync(peopleFile, 'utf8')).roster.members }
    : {};
  return { guards: guards.map(({ id }) => id), ...members };
}

function lintText(problems: readonly Problem[], path: string, rules: number): string {
  if (problems.length === 0) return `${path}: no problems in ${count(rules, 'rule')}`;
  return problems.map((problem) => `${problem.level}  ${problemText(problem)}`).join('\n');
}
