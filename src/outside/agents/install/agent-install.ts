import type { AgentName } from '../../../suggestion/event.ts';
import type { Edited } from './hooks-file.ts';

export type InstallLevel = 'project' | 'user';

/** Agents that `init` can install for; `generic` has no file of its own. */
export type InstalledAgent = Exclude<AgentName, 'generic'>;

/** Where things are, as absolute paths. */
export interface Places {
  /** Top of the work tree. */
  readonly top: string;
  readonly home: string;
}

/** How hooks of user level, which are nobody else's, start the program: words of a command line. */
export interface HookProgram {
  readonly words: readonly string[];
}

/** A running gate that speaks HTTP: its port and the secret part of the address. */
export interface HttpGate {
  readonly port: number;
  readonly token: string;
  /** Starts the gate at the beginning of a session: words of a command line. */
  readonly start: readonly string[];
}

export interface InstallWishes {
  readonly level: InstallLevel;
  readonly places: Places;
  readonly program: HookProgram;
  /** Only Claude Code can use it. */
  readonly http: HttpGate | null;
}

/** One file of an agent, and what becomes of its text. */
export interface AgentFile {
  readonly path: string;
  /** With our hooks in place; `now` is null where there is no file. */
  readonly install: (now: string | null) => Edited;
  /** Without our hooks; a text of null means that the file can go. */
  readonly remove: (now: string) => Edited;
  /** Whole files are ours alone: what stands there before is moved aside, not merged. */
  readonly whole: boolean;
  readonly executable: boolean;
}

/** What `init` does for one agent. */
export interface AgentInstall {
  readonly agent: InstalledAgent;
  readonly level: InstallLevel;
  readonly files: readonly AgentFile[];
  /** Whether the agent has a setting that refuses when its hook breaks; `init` sets it where there is one. */
  readonly failClosed: { readonly by: 'switch' | 'none'; readonly sentence: string };
  /** What the person must do before the hook runs. */
  readonly after: readonly string[];
}
