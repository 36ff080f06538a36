import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { json, say } from './answer.ts';
import { silentCall } from './call.ts';
import type { ReadCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { asFields, field, list, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { parseJson } from './payload.ts';
import { readCall } from './tool-kinds.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  PreToolUse: 'pre-tool',
  tool_call: 'pre-tool',
  PostToolUse: 'post-tool',
  tool_result: 'post-tool',
  UserPromptSubmit: 'prompt',
  prompt_submit: 'prompt',
  TaskStart: 'session-start',
  TaskResume: 'session-start',
  agent_start: 'session-start',
  agent_resume: 'session-start',
  TaskComplete: 'turn-end',
  agent_end: 'turn-end',
  TaskCancel: 'session-end',
  TaskError: 'session-end',
  SessionShutdown: 'session-end',
  agent_abort: 'session-end',
  agent_error: 'session-end',
  session_shutdown: 'session-end',
  PreCompact: 'other',
  pre_compact: 'other',
  Notification: 'other',
};

const kinds: ToolKinds = {
  write_to_file: 'write',
  new_rule: 'write',
  replace_in_file: 'search-replace',
  editor: 'any-edit',
  apply_patch: 'patch',
  execute_command: 'commands',
  run_commands: 'commands',
  read_file: 'read',
  search_files: 'read',
  read_files: 'read',
  use_mcp_tool: 'server',
  browser_action: 'silent',
  ...silentTools(
    'ask_followup_question attempt_completion list_files list_code_definition_names ' +
      'access_mcp_resource load_mcp_documentation new_task plan_mode_respond act_mode_respond focus_chain ' +
      'web_fetch web_search condense summarize_task report_bug use_skill use_subagents search_codebase ' +
      'fetch_web_content skills ask_question submit_and_exit spawn_agent team_status team_list_runs ' +
      'team_await_runs team_send_message team_task team_run_task team_cancel_run team_spawn_teammate ' +
      'team_shutdown_teammate',
  ),
};

const frame: Frame = {
  agent: 'cline',
  dialect: 'cline/1',
  phases,
  nameIn: (fields) => word(fields, 'hookName'),
  find,
};

/** Cline's hook files, of the editor's extension and of the command line. Their JSON counts whatever the exit code. */
export const cline: Dialect = {
  agent: 'cline',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: true, failClosed: 'none', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const asked = toolEvent ? askedIn(fields, phase) : null;
  const model = asFields(field(fields, 'model'));
  const parent = word(fields, 'parent_agent_id');
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'taskId'),
    tool: asked?.tool ?? null,
    call: toolEvent ? callOf(asked) : silentCall,
    args: asked?.args,
    callId: asked?.id ?? null,
    cwd: firstRoot(fields),
    rest: {
      agentVersion: word(fields, 'clineVersion'),
      subagent: parent === null ? null : word(fields, 'agent_id'),
      model:
        model === null
          ? null
          : [word(model, 'provider'), word(model, 'slug')].filter(Boolean).join('/') || null,
      succeeded: asked?.succeeded ?? null,
    },
  };
}

interface Asked {
  readonly tool: string;
  readonly args: unknown;
  readonly id: string | null;
  readonly succeeded: boolean | null;
}

// The command line sends the arguments as they are, beside the older form that has every value as a text.
function askedIn(fields: Fields, phase: Phase): Asked | null {
  const whole = asFields(field(fields, phase === 'pre-tool' ? 'tool_call' : 'tool_result'));
  const flat = asFields(field(fields, phase === 'pre-tool' ? 'preToolUse' : 'postToolUse'));
  const tool = (whole && word(whole, 'name')) ?? (flat && word(flat, 'toolName', 'tool'));
  const success = flat === null ? undefined : field(flat, 'success');
  if (tool === null) return null;
  return {
    tool,
    args: (whole && field(whole, 'input')) ?? unflatten(flat && field(flat, 'parameters')),
    id: whole && word(whole, 'id'),
    succeeded: typeof success === 'boolean' ? success : null,
  };
}

// Lists were made texts; the text of a file is never taken for one.
const lists: ReadonlySet<string> = new Set([
  'commands',
  'edits',
  'files',
  'paths',
  'file_paths',
  'args',
]);

function unflatten(parameters: unknown): unknown {
  const fields = asFields(parameters);
  if (fields === null) return parameters;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      lists.has(name) && typeof value === 'string'
        ? [name, parseJson(value) ?? value]
        : [name, value],
    ),
  );
}

function callOf(asked: Asked | null): ReadCall {
  return asked === null
    ? { malformed: 'the payload does not say which tool it is about' }
    : readCall({ name: asked.tool, args: asked.args }, kinds);
}

function firstRoot(fields: Fields): string | null {
  const [root] = list(field(fields, 'workspaceRoots')) ?? [];
  return typeof root === 'string' && root !== '' ? root : null;
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  const phase = context.event?.phase ?? context.phase;
  const stops = phase === null || phase === 'pre-tool' || phase === 'prompt';
  if (said.refuses && stops)
    return {
      ...json({ cancel: true, errorMessage: said.reason, contextModification: '' }),
      stderr: `${said.reason}\n`,
    };
  // To cancel behind a tool call would end the whole task; words reach the model all the same.
  const words = said.refuses ? said.reason : (said.context ?? '');
  return json({ cancel: false, contextModification: words, errorMessage: '' });
}
