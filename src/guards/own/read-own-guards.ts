import type { Guard } from '../guard.ts';
import { isRuleFile } from './own.ts';
import type { OwnFile, OwnGuards, RuleProblem } from './own.ts';
import { readOwnRule } from './read-rule.ts';
import { guardOfRule } from './rule.ts';

/** Reads guards written in YAML, one a file. A file with a fault gives a problem and no guard. */
export function readOwnGuards(files: readonly OwnFile[]): OwnGuards {
  const guards = new Map<string, Guard>();
  const problems: RuleProblem[] = [];
  for (const file of files.filter(({ path }) => isRuleFile(path))) {
    const read = readOwnRule(file);
    if ('problems' in read) problems.push(...read.problems);
    else if (guards.has(read.rule.id))
      problems.push({
        path: file.path,
        line: 1,
        message: `another file has the id ${read.rule.id}`,
      });
    else guards.set(read.rule.id, guardOfRule(read.rule));
  }
  return { guards: [...guards.values()], problems };
}
