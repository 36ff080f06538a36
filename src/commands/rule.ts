import type { Place, Run } from './command.ts';

/** What a rule says about one program that a command would start. */
export interface Hit {
  /** Milder or stricter than the rule; absent, the rule's own. */
  readonly decision?: 'deny' | 'ask';
  readonly says: string;
  readonly loses?: string;
  readonly instead?: string;
}

/** One family of dangerous commands, with the examples that test and explain it. */
export interface Rule {
  /** Such as `commands/database-drop`. */
  readonly id: string;
  readonly title: string;
  /** Why it is stopped, in one sentence. */
  readonly why: string;
  readonly decision: 'deny' | 'ask';
  readonly loses: string;
  readonly instead: string;
  /** Programs it looks at; null for all. */
  readonly programs: readonly string[] | null;
  readonly caught: readonly string[];
  readonly passed: readonly string[];
  readonly look: (run: Run, scene: Scene) => readonly Hit[];
}

/** What a rule may look at besides the program itself. */
export interface Scene {
  readonly place: Place;
  /** All programs of the command. */
  readonly runs: readonly Run[];
  /** The text of a file, as the command would find it. */
  readonly read: Place['read'];
  /** Where an absolute path leads, through links on the disk and those that the command makes. */
  readonly lead: (absolutePath: string) => string;
}
