import { join } from 'node:path';
import { UserError } from '../change/problems.ts';
import { ciSnippet, type Forge } from './init-ci.ts';
import {
  clientHooks,
  hookMark,
  hookScript,
  previousSuffix,
  runPath,
  runScript,
  type HookName,
  type HooksHome,
  type Program,
} from './init-hooks.ts';

/** What is on disk now, as far as the plan needs it. */
export interface Ground {
  /** Top of the work tree; null in a bare repository. */
  readonly top: string | null;
  readonly hooksFolder: string;
  readonly hooksHome: HooksHome;
  /** The git directory that all work trees share. */
  readonly gitDir: string;
  /** Text of what stands at a path, null where there is nothing. */
  readonly read: (path: string) => string | null;
  /** Whether a file is as an earlier `init` wrote it. */
  readonly isUntouched: (path: string) => boolean;
}

export interface Wishes {
  readonly hooks: boolean;
  readonly ci: Forge | null;
  readonly preReceive: boolean;
  readonly policyText: string;
  readonly program: Program;
  readonly version: string;
}

/** One thing `init` does to one file. */
export type Step =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly text: string;
      readonly executable: boolean;
      readonly why: string;
    }
  | { readonly kind: 'move'; readonly from: string; readonly to: string; readonly why: string };

export interface Plan {
  readonly steps: readonly Step[];
  /** What stays as it is, and why. */
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  /** What the person does next. */
  readonly next: readonly string[];
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
      ];
  return {
    steps: parts.flatMap(({ steps }) => steps),
    kept: parts.flatMap(({ kept }) => kept),
    next: parts.flatMap(({ next }) => next),
  };
}

const nothing: Plan = { steps: [], kept: [], next: [] };

function kept(path: string, why = 'already there'): Plan {
  return { ...nothing, kept: [{ path, why }] };
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
  const aside = there === null || mine ? [] : [moveAside(path, read)];
  return { ...nothing, steps: [...aside, write] };
}

function moveAside(path: string, read: Ground['read']): Step {
  const to = `${path}${previousSuffix}`;
  if (read(to) !== null) {
    throw new UserError(
      `${path} would be kept as ${to}, but that exists`,
      'Look at both, remove the one that is not needed, and run init again.',
    );
  }
  return { kind: 'move', from: path, to, why: 'your own hook stays and runs first' };
}

const hookWhy: Readonly<Record<HookName, string>> = {
  'pre-commit': 'judges what is staged; stops a commit only on a blocking finding',
  'commit-msg': 'reminds of the AI disclosure line; never stops a commit',
  'pre-push': 'judges what is pushed; stops a push only on a blocking finding',
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
