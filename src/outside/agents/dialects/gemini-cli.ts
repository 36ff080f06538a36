import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { json, nothing, refusal, say } from './answer.ts';
import { parseBy } from './compose.ts';
import type { Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { asFields, field, flag, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { snakeFound } from './snake-fields.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  BeforeTool: 'pre-tool',
  AfterTool: 'post-tool',
  BeforeAgent: 'prompt',
  AfterAgent: 'turn-end',
  SessionStart: 'session-start',
  SessionEnd: 'session-end',
  Notification: 'other',
  PreCompress: 'other',
  BeforeModel: 'other',
  AfterModel: 'other',
  BeforeToolSelection: 'other',
};

const kinds: ToolKinds = {
  write_file: 'write',
  replace: 'loose-replace',
  edit: 'loose-replace',
  run_shell_command: 'shell',
  read_file: 'read',
  grep_search: 'read',
  read_many_files: 'read',
  ...silentTools(
    'glob search_file_content list_directory google_web_search web_fetch write_todos ' +
      'activate_skill ask_user enter_plan_mode exit_plan_mode update_topic complete_task get_internal_docs ' +
      'read_mcp_resource list_mcp_resources invoke_agent tracker_create_task tracker_update_task ' +
      'tracker_get_task tracker_list_tasks tracker_add_dependency tracker_visualize',
  ),
  // Writes one file of the user's, outside any repository.
  save_memory: 'silent',
};

const frame: Frame = {
  agent: 'gemini-cli',
  dialect: 'gemini-cli/1',
  phases,
  nameIn: (fields) => word(fields, 'hook_event_name'),
  find: (fields, event) => {
    const found = snakeFound(fields, event, kinds);
    const input = asFields(field(fields, 'tool_input')) ?? {};
    const rest = {
      ...found.rest,
      succeeded: succeeded(fields, event.phase),
      userModified: event.phase === 'post-tool' && flag(input, 'modified_by_user'),
    };
    return { ...found, rest };
  },
};

function succeeded(fields: Fields, phase: Phase): boolean | null {
  if (phase !== 'post-tool') return null;
  const answer = asFields(field(fields, 'tool_response'));
  return answer === null ? null : (field(answer, 'error') ?? null) === null;
}

/** Gemini CLI's command hooks. Its `ask` is young, and a version that does not know it lets the call through. */
export const geminiCli: Dialect = {
  agent: 'gemini-cli',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: true, failClosed: 'none', blocksEdits: true },
};

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  const { event } = context;
  if (!said.refuses) {
    const heard = event !== null && contextEvents.has(event.eventName);
    if (said.context !== null && heard)
      return json({
        hookSpecificOutput: { hookEventName: event.eventName, additionalContext: said.context },
      });
    if (said.context !== null && event === null) return json({ systemMessage: said.context });
    return event?.phase === 'turn-end' ? nothing : json({});
  }
  const denied = { decision: 'deny', reason: said.reason };
  switch (event?.phase) {
    case undefined:
    case 'pre-tool':
      return refusal(denied, said.reason);
    case 'post-tool':
    case 'prompt':
      return json(denied);
    case 'turn-end':
      return event?.again ? nothing : json(denied);
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'subagent-end':
    case 'other':
      return json({ systemMessage: said.reason });
  }
}

const contextEvents: ReadonlySet<string> = new Set(['AfterTool', 'BeforeAgent', 'SessionStart']);
