import { join } from 'node:path';
import { planAgents, type AgentWishes } from './init-agents.ts';
import { ciSnippet, type Forge } from './init-ci.ts';
import {
  clientHooks,
  hookMark,
  hookScript,
  runPath,
  runScript,
  type HookName,
  type Program,
} from './init-hooks.ts';
import { kept, moveAside, nothing, type Ground, type Plan, type Step } from './init-step.ts';

export interface Wishes {
  readonly hooks: boolean;
  readonly ci: Forge | null;
  readonly preReceive: boolean;
  readonly policyText: string;
  /** What is done for coding agents; null for none. */
  readonly agents: AgentWishes | null;
  readonly program: Program;
  readonly version: string;
}

/** What `init` would do; nothing that exists is overwritten. */
export function planInit(ground: Ground, wishes: Wishes): Plan {
  const parts = wishes.preReceive
    ? [hook('pre-receive', ground, wishes)]
    : [
        policy(ground, wishes),
        ...(wishes.hooks ? clientHooks.map((name) => hook(name, ground, wishes)) : []),
        ...(wishes.hooks && ground.hooksHome !== 'own' ? [runner(ground, wishes)] : []),
        ...(wishes.ci === null ? [] : [ci(ground, wishes, wishes.ci)]),
        ...(wishes.agents === null ? [] : [planAgents(ground, wishes.agents)]),
      ];
  return {
    steps: parts.flatMap(({ steps }) => steps),
    kept: parts.flatMap(({ kept }) => kept),
    next: parts.flatMap(({ next }) => next),
  };
}

function policy({ top, read }: Ground, { policyText }: Wishes): Plan {
  const path = join(top ?? '', '.hallmonitor/policy.yml');
  if (read(path) !== null) return kept(path);
  const why = 'the policy, with the default rules; it observes until you say enforce';
  return {
    ...nothing,
    steps: [{ kind: 'write', path, text: policyText, executable: false, why }],
    next: [
      'Read .hallmonitor/policy.yml and commit it; it counts once it is on the target branch.',
    ],
  };
}

function hook(name: HookName, ground: Ground, { program }: Wishes): Plan {
  const { hooksFolder, hooksHome, read, isUntouched } = ground;
  const path = join(hooksFolder, name);
  const text = hookScript(name, hooksHome, program);
  const there = read(path);
  if (there === text) return kept(path);
  const mine = there?.includes(hookMark) ?? false;
  if (mine && !isUntouched(path)) return kept(path, 'changed since init wrote it, so it is yours');
  const write: Step = { kind: 'write', path, text, executable: true, why: hookWhy[name] };
  const aside =
    there === null || mine ? [] : [moveAside(path, read, 'your own hook stays and runs first')];
  return { ...nothing, steps: [...aside, write] };
}

const hookWhy: Readonly<Record<HookName, string>> = {
  'pre-commit': 'judges what is staged; stops a commit only on a blocking finding',
  'commit-msg': 'reminds of the AI disclosure line; never stops a commit',
  'pre-push': 'judges what is pushed; stops a push only on a blocking finding',
  'post-commit': 'notes which lines of the commit an agent wrote; stops nothing',
  'post-rewrite': 'carries that over to the commits of an amend or rebase; stops nothing',
  'pre-receive': 'refuses pushes that may not land',
};

/** Hooks that others get too find the program of this machine by a file that nobody else sees. */
function runner({ gitDir, read }: Ground, { program }: Wishes): Plan {
  const path = join(gitDir, runPath);
  const text = runScript(program);
  if (read(path) === text) return kept(path);
  const why = 'tells the hooks where the program is on this machine';
  return {
    ...nothing,
    steps: [{ kind: 'write', path, text, executable: true, why }],
    next: [
      'The hooks lie in the work tree. Commit them, and add hallmonitor to devDependencies, so that everybody has both.',
    ],
  };
}

function ci({ top, read }: Ground, { version }: Wishes, forge: Forge): Plan {
  const snippet = ciSnippet(forge, version);
  const path = join(top ?? '', snippet.path);
  if (read(path) !== null) return kept(path);
  const why = `a CI job that judges every ${forge === 'github' ? 'pull' : 'merge'} request`;
  return {
    ...nothing,
    steps: [{ kind: 'write', path, text: snippet.text, executable: false, why }],
    next: [snippet.after],
  };
}
