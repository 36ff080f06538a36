import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonDirectory, type Repository } from '../outside/git/git.ts';
import { readPolicy } from '../policy/policy.ts';
import type { DoctorCheck } from './doctor-report.ts';
import { hooksFolderOf } from './init-ground.ts';
import { clientHooks, hookMark, runPath, type HooksHome } from './init-hooks.ts';
import { policyPath } from './policy-file.ts';

/** Whether git runs our hooks here, and whether they find the program. */
export function gitHooksCheck(repository: Repository): DoctorCheck {
  const base = { subject: 'git-hooks', advice: 'Run: hallmonitor init', notChecked: [] };
  const { folder, home } = hooksFolderOf(repository);
  const wrong = clientHooks.flatMap((name) => {
    const why = wrongHook(join(folder, name), home, repository);
    return why === null ? [] : [`${name} ${why}`];
  });
  if (wrong.length === 0) {
    const says = `${clientHooks.join(', ')} are installed and find the program.`;
    return { ...base, standing: 'good', result: 'installed', says, advice: '' };
  }
  const result = wrong.length === clientHooks.length ? 'no-hook' : 'incomplete';
  return { ...base, standing: 'bad', result, says: `${wrong.join(', ')}.` };
}

function wrongHook(path: string, home: HooksHome, repository: Repository): string | null {
  if (!existsSync(path)) return 'is missing';
  const text = readFileSync(path, 'utf8');
  if (!text.includes(hookMark)) return 'is not ours';
  if (home !== 'husky' && !isExecutable(path)) return 'is not executable';
  return findsProgram(text, repository) ? null : 'does not find the program';
}

function findsProgram(text: string, repository: Repository): boolean {
  const named = ['node', 'script'].map((name) => valueIn(text, name));
  if (named.every((path) => path !== null && existsSync(path))) return true;
  const top = repository.workTree ?? repository.gitDir;
  return (
    existsSync(join(top, 'node_modules/.bin/hallmonitor')) ||
    existsSync(join(commonDirectory(repository), runPath))
  );
}

/** What a line such as `node='…'` of our own hook says; null when there is none. */
function valueIn(text: string, name: string): string | null {
  const line = text.split('\n').find((one) => one.startsWith(`${name}='`) && one.endsWith("'"));
  return line?.slice(name.length + 2, -1).replaceAll(String.raw`'\''`, "'") ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // the bit is missing, or the file is not ours to run
  }
}

/** Whether the policy of the work tree can be read, and what it does to agents. */
export function policyCheck({ workTree }: Repository): DoctorCheck {
  const base = { subject: 'policy', advice: '', notChecked: [] };
  const path = join(workTree ?? '', policyPath);
  if (!existsSync(path)) {
    const says = `There is no ${policyPath}, so the default policy counts.`;
    return { ...base, standing: 'unused', result: 'default', says };
  }
  const { policy, problems } = readPolicy(readFileSync(path, 'utf8'), policyPath);
  if (policy === null) {
    const [first] = problems;
    const says = `${policyPath} cannot be used: ${first?.message ?? 'it has errors'}.`;
    return {
      ...base,
      standing: 'bad',
      result: 'broken',
      says,
      advice: 'Run: hallmonitor policy lint',
    };
  }
  if (policy.agents !== 'enforce') {
    const says = `${policyPath} can be read, but says agents: ${policy.agents}, so agents are refused nothing.`;
    return {
      ...base,
      standing: 'bad',
      result: policy.agents,
      says,
      advice: 'Say agents: enforce.',
    };
  }
  const says = `${policyPath} can be read; agents are refused what it blocks.`;
  return { ...base, standing: 'good', result: 'readable', says };
}
