import { z } from 'zod';
import { defaultPolicyName, defaultPolicyText } from '../policy/default-policy.ts';
import { guards } from '../guards/guards.ts';
import { lintPolicy } from '../policy/lint.ts';
import { readPolicy, type Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problems.ts';
import { openRepository, readChange } from '../outside/git/git.ts';
import { readHouseFiles, type HouseFiles } from './house-files.ts';
import { mcpTool, type McpAnswer, type McpTool } from './mcp-tool.ts';
import { count, plain, shortRevision } from './plain.ts';
import { policyPath, problemText } from './policy-file.ts';

/** `policy`: the policy a change of this branch would be judged by. */
export const policyTool: McpTool = mcpTool({
  name: 'policy',
  title: 'The policy in force',
  description:
    'Shows the policy that judges changes of this branch, always that of the branch they are to land on: where it ' +
    'comes from, its mode (observe, warn or enforce), its text, and what is wrong with it.',
  args: z.strictObject({}),
  async answer(_, folder) {
    const repository = await openRepository(folder);
    const change = await readChange(repository, { kind: 'default' });
    const home = change.target ?? change.base;
    const house = await readHouseFiles(repository, change, home);
    return answerOf(policyIn(house, home), house);
  },
});

interface InForce {
  readonly name: string;
  readonly builtIn: boolean;
  readonly text: string;
}

function policyIn({ policyText }: HouseFiles, home: string | null): InForce {
  return policyText === null
    ? { name: defaultPolicyName, builtIn: true, text: defaultPolicyText }
    : { name: `${policyPath} at ${shortRevision(home)}`, builtIn: false, text: policyText };
}

function answerOf(inForce: InForce, { roster }: HouseFiles): McpAnswer {
  const { name, builtIn, text } = inForce;
  const { policy, problems } = readPolicy(text, name);
  const around = {
    guards: guards.map(({ id }) => id),
    ...('unknown' in roster ? {} : { members: roster.members }),
  };
  const all = policy === null ? problems : [...problems, ...lintPolicy(policy, around)];
  // As in check: where nobody wrote a policy, nobody asked to be only observed.
  const mode = builtIn ? 'enforce' : (policy?.mode ?? null);
  return {
    text: textOf({ ...inForce, mode, policy, problems: all }),
    data: {
      schema: 'hallmonitor/policy/v1',
      name,
      builtIn,
      mode,
      usable: policy !== null,
      rules: policy?.rules.map((rule) => rule.name) ?? [],
      problems: all,
      text,
    },
  };
}

interface Told extends InForce {
  readonly mode: string | null;
  readonly policy: Policy | null;
  readonly problems: readonly Problem[];
}

function textOf({ name, builtIn, mode, policy, problems, text }: Told): string {
  const source = builtIn
    ? `Nobody wrote a policy for the branch changes land on, so ${plain(name)} judges, mode ${mode}.`
    : `${plain(name)} judges, mode ${mode ?? 'unknown'}.`;
  const state =
    policy === null
      ? 'It has errors and cannot be used: no change may land but the one that repairs it.'
      : `It has ${count(policy.rules.length, 'rule')}.`;
  const remarks = problems.map((problem) => `  ${problem.level}  ${problemText(problem)}`);
  return [
    `${source} ${state}`,
    '',
    ...(remarks.length === 0 ? [] : ['Problems', ...remarks, '']),
    text,
  ].join('\n');
}
