/**
 * What a coding agent tells its hook, in one form for all agents. It was parsed at the edge (`outside/agents`); nothing
 * here is believed to be well meant.
 */

/** Agents whose hooks are understood; `generic` is the documented JSON for all others. */
export const agentNames = [
  'claude-code',
  'codex',
  'cursor',
  'copilot',
  'gemini-cli',
  'windsurf',
  'cline',
  'opencode',
  'generic',
] as const;

export type AgentName = (typeof agentNames)[number];

/** When in a session the agent calls. `pre-…` events can still be refused. */
export type Phase =
  | 'pre-tool'
  | 'post-tool'
  | 'prompt'
  | 'turn-end'
  | 'session-start'
  | 'session-end'
  | 'subagent-start'
  | 'subagent-end'
  | 'other';

/** One change to one file that a tool call asks for. Paths are as the agent said them, relative to `cwd` or absolute. */
export type ProposedEdit =
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | {
      readonly kind: 'replace';
      readonly path: string;
      readonly replacements: readonly Replacement[];
      /** The agent's own tool also takes text that is only nearly the same, so "not found" here proves nothing. */
      readonly loose?: boolean;
    }
  /** Lines put behind line `line` (0: at the top). */
  | {
      readonly kind: 'insert';
      readonly path: string;
      readonly line: number;
      readonly content: string;
    }
  | { readonly kind: 'append'; readonly path: string; readonly content: string }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  /** A patch in Codex's `*** Begin Patch` form, or a unified diff. */
  | { readonly kind: 'patch'; readonly form: 'begin-patch' | 'unified'; readonly text: string }
  | {
      readonly kind: 'notebook-cell';
      readonly path: string;
      readonly cell: string | null;
      readonly mode: 'replace' | 'insert' | 'delete';
      readonly source: string;
    };

export interface Replacement {
  readonly old: string;
  readonly new: string;
  readonly all: boolean;
}

/** One call of the hook. */
export interface HookEvent {
  readonly agent: AgentName;
  readonly agentVersion: string | null;
  /** The wire form it was parsed as, such as `claude-code/1`. */
  readonly dialect: string;
  readonly phase: Phase;
  /** The agent's own name of the event. */
  readonly eventName: string;
  readonly sessionId: string;
  readonly turnId: string | null;
  /** Made from the payload when the agent sends none, and then `callIdSynthetic`. */
  readonly callId: string;
  readonly callIdSynthetic: boolean;
  /** Id of the subagent that calls; null in the main thread. */
  readonly subagent: string | null;
  readonly model: string | null;
  readonly permissionMode: string | null;
  /** Absolute; where relative paths of the event start. */
  readonly cwd: string;
  readonly transcriptPath: string | null;
  /** The agent's own name of the tool; null outside tool calls. */
  readonly tool: string | null;
  readonly edits: readonly ProposedEdit[];
  readonly command: ProposedCommand | null;
  /** SQL that the tool would run, where its arguments hold any. */
  readonly statements?: readonly string[];
  /** Files that the tool wants to read. */
  readonly reads: readonly string[];
  /** After a tool call: whether it worked; null when the agent does not say. */
  readonly succeeded: boolean | null;
  /** After an edit: the person changed the proposal before it was written. */
  readonly userModified: boolean;
  /** Why the tool call may write something that is not in the fields above; null when all of it is understood. */
  readonly unseen: string | null;
  /** At a turn's end: the turn goes on only because a hook refused its end before. */
  readonly again?: boolean;
}

export interface ProposedCommand {
  readonly text: string;
  readonly shell: 'posix' | 'powershell' | 'unknown';
  /** Where it runs when that is not the event's `cwd`. */
  readonly cwd: string | null;
  /** The agent's own tool was told to leave it running in the background. */
  readonly background?: boolean;
}

/** What comes back to the agent. */
export interface Verdict {
  /** `pass`: nothing to say, the agent's own permission rules decide. */
  readonly decision: 'pass' | 'ask' | 'deny';
  /** One clear sentence with what to do instead; never empty for `ask` and `deny`. */
  readonly reason: string;
  /** What the agent should know although nothing is refused; shown only where the dialect has a place for it. */
  readonly context: string | null;
}

/** What the hook process does: the bytes and the exit code that the agent reads. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}
