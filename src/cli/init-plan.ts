import { join } from 'node:path';
import { ciSnippet, type Forge } from './init-ci.ts';
import {
  clientHooks,
  hookMark,
  hookScript,
  previousSuffix,
  type HookName,
  type Program,
} from './init-hooks.ts';

/** What is on disk now, as far as the plan needs it. Texts are null where there is no file. */
export interface Ground {
  /** Top of the work tree; null in a bare repository. */
  readonly top: string | null;
  readonly hooksFolder: string;
  readonly read: (path: string) => string | null;
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
  /** What is already as it should be. */
  readonly kept: readonly string[];
  /** What the person does next. */
  readonly next: readonly string[];
}

/** What `init` would do; nothing that exists is overwritten. */
export function planInit(ground: Ground, wishes: Wishes): Plan {
  const parts = [
    ...(wishes.preReceive ? [hook('pre-receive', ground, wishes)] : []),
    ...(ground.top !== null && !wishes.preReceive ? [policy(ground, wishes)] : []),
    ...(ground.top !== null && wishes.hooks && !wishes.preReceive
      ? clientHooks.map((name) => hook(name, ground, wishes))
      : []),
    ...(ground.top !== null && wishes.ci !== null && !wishes.preReceive
      ? [ci(ground, wishes, wishes.ci)]
      : []),
  ];
  return {
    steps: parts.flatMap(({ steps }) => steps),
    kept: parts.flatMap(({ kept }) => kept),
    next: parts.flatMap(({ next }) => next),
  };
}

const nothing: Plan = { steps: [], kept: [], next: [] };

function policy({ top, read }: Ground, { policyText }: Wishes): Plan {
  const path = join(top ?? '', '.hallmonitor/policy.yml');
  if (read(path) !== null) return { ...nothing, kept: [path] };
  const why = 'the policy, with the default rules; it observes until you say enforce';
  return {
    ...nothing,
    steps: [{ kind: 'write', path, text: policyText, executable: false, why }],
    next: [
      'Read .hallmonitor/policy.yml and commit it; it counts once it is on the target branch.',
    ],
  };
}

function hook(name: HookName, { hooksFolder, read }: Ground, { program }: Wishes): Plan {
  const path = join(hooksFolder, name);
  const text = hookScript(name, program);
  const there = read(path);
  if (there === text) return { ...nothing, kept: [path] };
  const mine = there?.includes(hookMark) ?? false;
  const aside: readonly Step[] =
    there === null || mine
      ? []
      : [
          {
            kind: 'move',
            from: path,
            to: `${path}${previousSuffix}`,
            why: 'your own hook stays and runs first',
          },
        ];
  return {
    ...nothing,
    steps: [...aside, { kind: 'write', path, text, executable: true, why: hookWhy[name] }],
  };
}

const hookWhy: Readonly<Record<HookName, string>> = {
  'pre-commit': 'judges what is staged; stops a commit only on a blocking finding',
  'commit-msg': 'reminds of the AI disclosure line; never stops a commit',
  'pre-push': 'judges what is pushed; stops a push only on a blocking finding',
  'pre-receive': 'refuses pushes that may not land',
};

function ci({ top, read }: Ground, { version }: Wishes, forge: Forge): Plan {
  const snippet = ciSnippet(forge, version);
  const path = join(top ?? '', snippet.path);
  if (read(path) !== null) return { ...nothing, kept: [path] };
  const why = `a CI job that judges every ${forge === 'github' ? 'pull' : 'merge'} request`;
  return {
    ...nothing,
    steps: [{ kind: 'write', path, text: snippet.text, executable: false, why }],
    next: [snippet.after],
  };
}
