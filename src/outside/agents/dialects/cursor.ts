import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { json, refusal, say } from './answer.ts';
import type { Said } from './answer.ts';
import { silentCall } from './call.ts';
import type { ReadCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { replaceCall } from './edit-arguments.ts';
import { field, flag, list, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { guessCall } from './guess.ts';
import { parseJson } from './payload.ts';
import { shellCall } from './shell-arguments.ts';
import { readCall } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  preToolUse: 'pre-tool',
  beforeShellExecution: 'pre-tool',
  beforeMCPExecution: 'pre-tool',
  beforeReadFile: 'pre-tool',
  beforeTabFileRead: 'pre-tool',
  postToolUse: 'post-tool',
  postToolUseFailure: 'post-tool',
  afterShellExecution: 'post-tool',
  afterMCPExecution: 'post-tool',
  afterFileEdit: 'post-tool',
  afterTabFileEdit: 'post-tool',
  beforeSubmitPrompt: 'prompt',
  stop: 'turn-end',
  sessionStart: 'session-start',
  sessionEnd: 'session-end',
  subagentStart: 'subagent-start',
  subagentStop: 'subagent-end',
  preCompact: 'other',
  afterAgentResponse: 'other',
  afterAgentThought: 'other',
};

const kinds: ToolKinds = {
  Write: 'any-edit',
  StrReplace: 'loose-replace',
  MultiStrReplace: 'loose-replace',
  Edit: 'any-edit',
  MultiEdit: 'loose-replace',
  edit_file: 'sketch',
  search_replace: 'loose-replace',
  write: 'any-edit',
  Delete: 'delete',
  delete_file: 'delete',
  ApplyPatch: 'patch',
  apply_patch: 'patch',
  EditNotebook: 'notebook',
  NotebookEdit: 'notebook',
  Shell: 'shell',
  Bash: 'shell',
  run_terminal_cmd: 'shell',
  Read: 'read',
  Grep: 'read',
  read_file: 'read',
  ...Object.fromEntries(
    (
      'Glob LS SemanticSearch ReadLints TodoWrite Task WebSearch WebFetch AskQuestion SwitchMode ' +
      'FetchMcpResource ListMcpResources CreatePlan UpdatePlan AwaitShell GenerateImage'
    )
      .split(' ')
      .map((name) => [name, name === 'GenerateImage' ? 'hidden' : 'silent'] as const),
  ),
};

const frame: Frame = {
  agent: 'cursor',
  dialect: 'cursor/2',
  phases,
  nameIn: (fields) => word(fields, 'hook_event_name'),
  find,
};

/** Cursor's hooks. */
export const cursor: Dialect = {
  agent: 'cursor',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: true, context: true, failClosed: 'config', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const tool = toolEvent ? (word(fields, 'tool_name') ?? ownTools[name] ?? null) : null;
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'conversation_id', 'session_id'),
    tool,
    call: toolEvent ? callOf(fields, name) : silentCall,
    args: field(fields, 'tool_input') ?? field(fields, 'command') ?? field(fields, 'edits'),
    callId: word(fields, 'tool_use_id'),
    cwd: word(fields, 'cwd') ?? firstRoot(fields),
    rest: {
      agentVersion: word(fields, 'cursor_version'),
      turnId: word(fields, 'generation_id'),
      model: word(fields, 'model'),
      transcriptPath: word(fields, 'transcript_path'),
      succeeded: name === 'postToolUseFailure' ? false : phase === 'post-tool' ? true : null,
      ...(name === 'stop' && (field(fields, 'loop_count') ?? 0) !== 0 ? { again: true } : {}),
      ...(flag(fields, 'stop_hook_active') ? { again: true } : {}),
    },
  };
}

const ownTools: Readonly<Record<string, string>> = {
  beforeShellExecution: 'Shell',
  afterShellExecution: 'Shell',
  beforeReadFile: 'Read',
  beforeTabFileRead: 'Read',
  afterFileEdit: 'Edit',
  afterTabFileEdit: 'Tab',
};

function callOf(fields: Fields, name: string): ReadCall {
  switch (name) {
    case 'beforeShellExecution':
    case 'afterShellExecution':
      return shellCall(field(fields, 'command'), 'posix');
    case 'beforeReadFile':
    case 'beforeTabFileRead': {
      const path = word(fields, 'file_path');
      return path === null
        ? { malformed: 'the payload does not say which file is read' }
        : { ...silentCall, reads: [path] };
    }
    case 'afterFileEdit':
    case 'afterTabFileEdit':
      return replaceCall(fields, true);
    default:
      return toolCallOf(fields, name);
  }
}

function toolCallOf(fields: Fields, name: string): ReadCall {
  const tool = word(fields, 'tool_name');
  const sent = field(fields, 'tool_input');
  const args = typeof sent === 'string' ? (parseJson(sent) ?? sent) : sent;
  if (tool === null) return { malformed: 'the payload does not say which tool it is about' };
  // The name of a server's tool may be that of one of Cursor's own.
  if (name.endsWith('MCPExecution')) return guessCall(tool, args);
  return readCall({ name: tool, args }, kinds);
}

function firstRoot(fields: Fields): string | null {
  const [root] = list(field(fields, 'workspace_roots')) ?? [];
  return typeof root === 'string' && root !== '' ? root : null;
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const name = context.event?.eventName ?? null;
  const said = say(
    verdict,
    context,
    name === 'beforeShellExecution' || name === 'beforeMCPExecution',
  );
  if (said.asks) return json(permission('ask', said));
  if (said.refuses) return refused(said, context);
  if (said.context !== null && (name === 'postToolUse' || name === 'sessionStart'))
    return json({ additional_context: said.context });
  // With failClosed set, an answer that is no object counts as a broken hook.
  return said.context === null || context.event !== null
    ? json({})
    : { ...json({}), stderr: `${said.context}\n` };
}

function refused(said: Said, { event }: RenderContext): HookAnswer {
  switch (event?.phase) {
    case undefined:
    case 'pre-tool':
    case 'subagent-start':
      // Reading has no place for words.
      return /^before(?:TabFileRead|ReadFile)/.test(event?.eventName ?? '')
        ? refusal({ permission: 'deny' }, said.reason)
        : refusal(permission('deny', said), said.reason);
    case 'prompt':
      return json({ continue: false, user_message: said.reason });
    case 'post-tool':
      return event?.eventName === 'postToolUse'
        ? json({ additional_context: said.reason })
        : { ...json({}), stderr: `${said.reason}\n` };
    case 'turn-end':
    case 'subagent-end':
      return event?.again ? json({}) : json({ followup_message: said.reason });
    case 'session-start':
    case 'session-end':
    case 'other':
      return { ...json({}), stderr: `${said.reason}\n` };
  }
}

function permission(decision: string, { reason }: Said): object {
  return { permission: decision, user_message: reason, agent_message: reason };
}
