import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../change/problems.ts';
import { commonDirectory, openRepository, setting, type Repository } from '../outside/git/git.ts';
import { defaultPolicyText } from '../policy/default-policy.ts';
import { agreed } from './init-ask.ts';
import { forgeOf, type Forge } from './init-ci.ts';
import { groundOf, withoutLinks } from './init-ground.ts';
import { agentWishes, type AgentOptions } from './init-agent-wishes.ts';
import { planInit } from './init-plan.ts';
import { planText } from './init-plan-text.ts';
import type { Plan } from './init-step.ts';
import { carryOut, looked } from './init-carry-out.ts';
import { hereOf } from './init-place.ts';
import { undo } from './init-undo.ts';
import { plainLines } from './plain.ts';
import { version } from './version.ts';

export interface InitOptions extends AgentOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** The plan shows every line of what is written. */
  readonly verbose?: boolean;
  readonly undo?: boolean;
  readonly hooks: boolean;
  readonly ci?: Forge | 'none';
  readonly preReceive?: boolean;
  readonly repo: string;
}

/** `init`: shows what it will do, asks, does it; `--undo` takes it back. */
export async function init(options: InitOptions): Promise<number> {
  const repository = await openRepository(options.repo);
  const record = join(commonDirectory(repository), 'hallmonitor');
  if (options.undo === true) return undo(record, repository);
  const plan = looked(() => planFor(repository, options, record));
  looked(() => withoutLinks(plan.steps, repository));
  process.stdout.write(`${planText(plan, repository, options)}\n`);
  if (plan.steps.length === 0 || options.dryRun === true) return 0;
  if (
    options.yes !== true &&
    !(await agreed('Do this?', { input: process.stdin, output: process.stdout }))
  ) {
    process.stdout.write('Nothing was changed.\n');
    return 0;
  }
  carryOut(plan.steps, record, hereOf(repository));
  process.stdout.write(`${doneText(plan)}\n`);
  return 0;
}

function planFor(repository: Repository, options: InitOptions, record: string): Plan {
  if (options.preReceive === true && repository.workTree !== null) {
    throw new UserError(
      'a pre-receive hook belongs on the server, in a bare repository',
      'Run this there, or leave out --pre-receive to install the hooks of a developer.',
    );
  }
  if (options.preReceive !== true && repository.workTree === null) {
    throw new UserError(
      'this is a bare repository, so it has no files to set up',
      'On a git server, use: hallmonitor init --pre-receive',
    );
  }
  const asked = options.ci ?? forgeOf(setting(repository, 'remote.origin.url'));
  return planInit(groundOf(repository, record, options.hooks), {
    hooks: options.hooks,
    ci: asked === 'none' ? null : asked,
    preReceive: options.preReceive === true,
    policyText: defaultPolicyText,
    agents: options.preReceive === true ? null : agentWishes(repository, options),
    program: { node: process.execPath, script: realpathSync(process.argv[1] ?? '') },
    version: version(),
  });
}

function doneText({ next }: Plan): string {
  return plainLines(
    [
      'Done. Next:',
      ...next.map((line) => `  · ${line}`),
      '  · To take it back: hallmonitor init --undo',
    ].join('\n'),
  );
}
