import { UserError } from '../change/problems.ts';
import type { InstalledAgent } from '../outside/agents/install/agent-install.ts';
import { previousSuffix, type HooksHome } from './init-hooks.ts';

/** One thing `init` does to one file. A `write` never meets a file of somebody else. */
export type Step =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly text: string;
      readonly executable: boolean;
      readonly why: string;
      /** Readable by this user alone, and not shown. */
      readonly secret?: boolean;
    }
  /** A file that belongs to others too: taking it back takes out only what is ours. */
  | {
      readonly kind: 'merge';
      readonly path: string;
      readonly text: string;
      readonly before: string | null;
      readonly agent: InstalledAgent;
      readonly executable: boolean;
      readonly why: string;
    }
  | { readonly kind: 'move'; readonly from: string; readonly to: string; readonly why: string };

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
  /** What stands at a path; `broken` is a link that leads nowhere. */
  readonly kindOf: (path: string) => 'nothing' | 'file' | 'link' | 'broken' | 'other';
  /** Whether a file is as an earlier `init` wrote it. */
  readonly isUntouched: (path: string) => boolean;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** What stays as it is, and why. */
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  /** What the person does next. */
  readonly next: readonly string[];
}

export const nothing: Plan = { steps: [], kept: [], next: [] };

/** A plan that leaves one file alone. */
export function kept(path: string, why = 'already there'): Plan {
  return { ...nothing, kept: [{ path, why }] };
}

/** Puts somebody's own hook beside ours, which calls it. */
export function moveAside(path: string, read: Ground['read'], why: string): Step {
  const to = `${path}${previousSuffix}`;
  if (read(to) !== null) {
    throw new UserError(
      `${path} would be kept as ${to}, but that exists`,
      'Look at both, remove the one that is not needed, and run init again.',
    );
  }
  return { kind: 'move', from: path, to, why };
}
