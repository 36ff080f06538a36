import type {
  AgentName,
  HookAnswer,
  HookEvent,
  Phase,
  Verdict,
} from '../../../suggestion/event.ts';

/** How one agent speaks to its hooks. */
export interface Dialect {
  readonly agent: AgentName;
  readonly parse: (raw: Uint8Array, options: ParseOptions) => Parsed;
  readonly render: (verdict: Verdict, context: RenderContext) => HookAnswer;
  readonly caps: Caps;
}

export interface ParseOptions {
  /** Where the hook runs; stands in for a working directory that the agent does not send. */
  readonly cwd: string;
  /** The event the hook was installed for, by the agent's own name; needed where the payload does not say. */
  readonly event?: string;
}

export type Parsed =
  | { readonly event: HookEvent }
  /** One sentence, and the phase as far as it is known. */
  | { readonly malformed: string; readonly phase: Phase | null };

export interface RenderContext {
  /** Null when the payload was not understood. */
  readonly event: HookEvent | null;
  readonly phase: Phase | null;
  /** The agent's version, where somebody knows it. */
  readonly version?: string;
}

/** What an agent's hooks can do; what they cannot is told to people, not papered over. */
export interface Caps {
  readonly ask: boolean;
  /** Has a place for words to the agent when nothing is refused. */
  readonly context: boolean;
  /** `config`: the installer can make a broken hook refuse. */
  readonly failClosed: 'config' | 'none';
  readonly blocksEdits: boolean;
}
