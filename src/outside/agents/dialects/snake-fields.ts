import type { HookEvent } from '../../../suggestion/event.ts';
import { silentCall } from './call.ts';
import type { ReadCall } from './call.ts';
import type { Found } from './compose.ts';
import { asFields, field, flag, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { readCall } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

/** Fields as Claude Code names them; Codex, Gemini CLI and one form of Copilot took the names over. */
export function snakeFound(
  fields: Fields,
  event: { readonly name: string; readonly phase: HookEvent['phase'] },
  kinds: ToolKinds,
): Found {
  const tool = word(fields, 'tool_name');
  const toolEvent = event.phase === 'pre-tool' || event.phase === 'post-tool';
  const call: ReadCall =
    tool !== null && toolEvent
      ? readCall({ name: tool, args: field(fields, 'tool_input') }, kinds)
      : toolEvent
        ? { malformed: 'the payload does not say which tool it is about' }
        : silentCall;
  return {
    eventName: event.name,
    phase: event.phase,
    sessionId: word(fields, 'session_id'),
    tool: toolEvent ? tool : null,
    call,
    args: field(fields, 'tool_input'),
    callId: word(fields, 'tool_use_id'),
    cwd: word(fields, 'cwd'),
    rest: {
      turnId: word(fields, 'turn_id', 'prompt_id'),
      subagent: word(fields, 'agent_id'),
      model: word(fields, 'model'),
      permissionMode: word(fields, 'permission_mode'),
      transcriptPath: word(fields, 'transcript_path'),
      userModified: flag(asFields(field(fields, 'tool_response')) ?? {}, 'userModified'),
      ...(flag(fields, 'stop_hook_active') ? { again: true } : {}),
    },
  };
}
