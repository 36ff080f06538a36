import type { HookAnswer, Verdict } from '../../../suggestion/event.ts';
import { aside, json, nothing, refusal, say } from './answer.ts';
import type { Said } from './answer.ts';
import { parseBy } from './compose.ts';
import type { Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { word } from './fields.ts';
import { snakeFound } from './snake-fields.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  PreToolUse: 'pre-tool',
  PermissionRequest: 'pre-tool',
  PostToolUse: 'post-tool',
  UserPromptSubmit: 'prompt',
  Stop: 'turn-end',
  SubagentStart: 'subagent-start',
  SubagentStop: 'subagent-end',
  SessionStart: 'session-start',
  SessionEnd: 'session-end',
  PreCompact: 'other',
  PostCompact: 'other',
  Interrupt: 'other',
};

const kinds: ToolKinds = {
  apply_patch: 'patch',
  // Names that matchers know apply_patch by.
  Write: 'patch',
  Edit: 'patch',
  Bash: 'shell',
  shell: 'shell',
  shell_command: 'shell',
  local_shell: 'shell',
  exec_command: 'shell',
  unified_exec: 'shell',
  'container.exec': 'shell',
  write_stdin: 'typing',
  // Code Mode runs a program that calls tools of its own.
  exec: 'hidden',
  read_file: 'read',
  view_image: 'read',
  ...silentTools(
    'update_plan list_dir grep_files web_search list_mcp_resources list_mcp_resource_templates ' +
      'read_mcp_resource request_user_input spawn_agent send_input wait wait_agent close_agent resume_agent ' +
      'list_agents tool_search get_memory',
  ),
};

const frame: Frame = {
  agent: 'codex',
  dialect: 'codex/1',
  phases,
  nameIn: (fields) => word(fields, 'hook_event_name'),
  find: (fields, event) => snakeFound(fields, event, kinds),
};

/** Codex's command hooks, by the JSON schemas inside its program: any field that is not in them undoes a refusal. */
export const codex: Dialect = {
  agent: 'codex',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: true, failClosed: 'none', blocksEdits: true },
};

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  const name = context.event?.eventName ?? null;
  if (name === null) {
    if (!said.refuses)
      return said.context === null || context.phase === 'session-end'
        ? aside(said.context)
        : json({ systemMessage: said.context });
    // Without an event's name only the form without JSON is surely legal.
    return context.phase === 'pre-tool' ? denied('PreToolUse', said) : refusal(null, said.reason);
  }
  if (!said.refuses) return withContext(said, name);
  switch (context.event?.phase) {
    case 'pre-tool':
      return denied(name, said);
    case 'post-tool':
    case 'prompt':
      return json({ decision: 'block', reason: said.reason });
    case 'turn-end':
    case 'subagent-end':
      return context.event.again ? nothing : json({ decision: 'block', reason: said.reason });
    case 'session-end':
      return aside(said.reason);
    case undefined:
    case 'session-start':
    case 'subagent-start':
    case 'other':
      return Object.hasOwn(phases, name)
        ? json({ systemMessage: said.reason })
        : aside(said.reason);
  }
}

function denied(hookEventName: string, { reason }: Said): HookAnswer {
  const inner =
    hookEventName === 'PermissionRequest'
      ? { decision: { behavior: 'deny', message: reason } }
      : { permissionDecision: 'deny', permissionDecisionReason: reason };
  return refusal({ hookSpecificOutput: { hookEventName, ...inner } }, reason);
}

const contextEvents: ReadonlySet<string> = new Set([
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'SessionStart',
  'SubagentStart',
]);

function withContext({ context }: Said, hookEventName: string): HookAnswer {
  return context !== null && contextEvents.has(hookEventName)
    ? json({ hookSpecificOutput: { hookEventName, additionalContext: context } })
    : nothing;
}
