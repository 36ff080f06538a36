import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { aside, json, nothing, say } from './answer.ts';
import { silentCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { asFields, field, flag, isBlank, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { parseJson } from './payload.ts';
import { readCall } from './tool-kinds.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  preToolUse: 'pre-tool',
  PreToolUse: 'pre-tool',
  permissionRequest: 'pre-tool',
  PermissionRequest: 'pre-tool',
  postToolUse: 'post-tool',
  PostToolUse: 'post-tool',
  postToolUseFailure: 'post-tool',
  PostToolUseFailure: 'post-tool',
  userPromptSubmitted: 'prompt',
  UserPromptSubmit: 'prompt',
  agentStop: 'turn-end',
  Stop: 'turn-end',
  sessionStart: 'session-start',
  SessionStart: 'session-start',
  sessionEnd: 'session-end',
  SessionEnd: 'session-end',
  subagentStart: 'subagent-start',
  SubagentStart: 'subagent-start',
  subagentStop: 'subagent-end',
  SubagentStop: 'subagent-end',
  userPromptTransformed: 'other',
  errorOccurred: 'other',
  ErrorOccurred: 'other',
  preCompact: 'other',
  PreCompact: 'other',
  notification: 'other',
  Notification: 'other',
};

const kinds: ToolKinds = {
  create: 'write',
  edit: 'any-edit',
  str_replace_editor: 'editor',
  str_replace: 'loose-replace',
  insert: 'insert',
  apply_patch: 'patch',
  bash: 'shell',
  powershell: 'powershell',
  write_bash: 'typing',
  write_powershell: 'typing',
  view: 'read',
  grep: 'read',
  rg: 'read',
  Grep: 'read',
  show_file: 'read',
  // Names of Claude Code, which stand for Copilot's own tools in the other form of the payload.
  Write: 'write',
  Edit: 'editor',
  MultiEdit: 'loose-replace',
  NotebookEdit: 'notebook',
  Bash: 'shell',
  Read: 'read',
  // What the editor calls its tools when it runs the same hook files.
  create_file: 'write',
  replace_string_in_file: 'loose-replace',
  multi_replace_string_in_file: 'loose-replace',
  insert_edit_into_file: 'sketch',
  edit_notebook_file: 'notebook',
  run_in_terminal: 'shell',
  create_and_run_task: 'hidden',
  run_notebook_cell: 'hidden',
  read_file: 'read',
  ...silentTools(
    'ask_user glob task read_agent list_agents web_fetch web_search report_intent update_todo ' +
      'store_memory skill read_bash stop_bash list_bash read_powershell stop_powershell list_powershell ' +
      'exit_plan_mode fetch_copilot_cli_documentation list_dir file_search grep_search semantic_search ' +
      'get_errors fetch_webpage manage_todo_list create_directory get_terminal_output sql think ' +
      'Glob LS WebFetch WebSearch AskUserQuestion TodoWrite Agent Task',
  ),
};

const frame: Frame = {
  agent: 'copilot',
  dialect: 'copilot/1',
  phases,
  nameIn: (fields) => word(fields, 'hook_event_name', 'hookEventName') ?? nameByShape(fields),
  find,
};

// The camel-case form carries no event; a tool without a result is one that is about to run.
function nameByShape(fields: Fields): string | null {
  if (isBlank(field(fields, 'toolName')) && isBlank(field(fields, 'toolArgs'))) return null;
  if (field(fields, 'toolResult') !== undefined) return 'postToolUse';
  return field(fields, 'error') === undefined ? 'preToolUse' : 'postToolUseFailure';
}

/** The form of the editor's older, local hooks: it alone sends an id of the tool call. */
const editorDialect = 'copilot/editor';

/**
 * Copilot's command hooks, in both forms of their payload. JSON with exit code 0 is heard by every version; other exit
 * codes were skipped by older ones. A hook that crashes refuses, one that takes too long lets through.
 */
export const copilot: Dialect = {
  agent: 'copilot',
  parse: (raw, options) => {
    const parsed = parseBy(frame, raw, options);
    if ('malformed' in parsed) return parsed;
    const { event } = parsed;
    // A permission request looks like a tool call that is about to run, and is of the same phase.
    const named = options.event !== undefined && phases[options.event] === event.phase;
    const editor = !event.callIdSynthetic && /^P(?:re|ost)ToolUse$/.test(event.eventName);
    return {
      event: {
        ...event,
        ...(named && options.event !== undefined ? { eventName: options.event } : {}),
        ...(editor ? { dialect: editorDialect } : {}),
      },
    };
  },
  render,
  caps: { ask: true, context: true, failClosed: 'config', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const tool = toolEvent ? word(fields, 'toolName', 'tool_name') : null;
  const sent =
    field(fields, 'toolArgs') ?? field(fields, 'tool_input') ?? field(fields, 'toolInput');
  const args = typeof sent === 'string' ? (parseJson(sent) ?? sent) : sent;
  const result = asFields(field(fields, 'toolResult') ?? field(fields, 'tool_result'));
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'sessionId', 'session_id'),
    tool,
    call: !toolEvent
      ? silentCall
      : tool === null
        ? { malformed: 'the payload does not say which tool it is about' }
        : readCall({ name: tool, args }, kinds),
    args,
    callId: word(fields, 'toolCallId', 'tool_use_id'),
    cwd: word(fields, 'cwd', 'workingDirectory'),
    rest: {
      transcriptPath: word(fields, 'transcriptPath', 'transcript_path'),
      succeeded: succeeded(name, result),
      ...(flag(fields, 'stopHookActive', 'stop_hook_active') ? { again: true } : {}),
    },
  };
}

function succeeded(name: string, result: Fields | null): boolean | null {
  if (name.endsWith('Failure')) return false;
  const type = result === null ? null : word(result, 'resultType', 'result_type');
  return type === null ? null : type === 'success';
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const name = context.event?.eventName ?? null;
  const asking = name === null || /^preToolUse$/i.test(name) || /^permissionRequest$/i.test(name);
  const said = say(verdict, context, asking);
  if (name !== null && /^permissionRequest$/i.test(name)) {
    // A question put while the user is being asked already is that question.
    return said.refuses ? told({ behavior: 'deny', message: said.reason }, said.reason) : nothing;
  }
  if (said.asks) return json(decision('ask', said.reason, context));
  if (!said.refuses) return withContext(said.context, context);
  const text = said.reason;
  switch (context.event?.phase) {
    case undefined:
    case 'pre-tool':
      return told(decision('deny', text, context), text);
    case 'post-tool':
      return isEditor(context)
        ? json({ decision: 'block', reason: text })
        : json({ additionalContext: text });
    case 'turn-end':
    case 'subagent-end':
      return context.event?.again ? nothing : json({ decision: 'block', reason: text });
    case 'prompt':
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'other':
      return aside(text);
  }
}

function isEditor({ event }: RenderContext): boolean {
  return event?.dialect === editorDialect;
}

function decision(permissionDecision: string, reason: string, context: RenderContext): object {
  const inner = { permissionDecision, permissionDecisionReason: reason };
  return isEditor(context)
    ? { hookSpecificOutput: { hookEventName: 'PreToolUse', ...inner } }
    : inner;
}

// Older versions log any other exit code than 0 and skip the answer with it.
function told(value: object, reason: string): HookAnswer {
  return { ...json(value), stderr: `${reason}\n` };
}

function withContext(text: string | null, { event }: RenderContext): HookAnswer {
  const heard = event !== null && contextPhases.has(event.phase) && event.dialect !== editorDialect;
  if (text === null) return nothing;
  return heard ? json({ additionalContext: text }) : aside(event === null ? text : null);
}

const contextPhases: ReadonlySet<Phase> = new Set(['post-tool', 'session-start', 'subagent-start']);
