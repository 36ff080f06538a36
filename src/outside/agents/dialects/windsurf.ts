import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { aside, nothing, refusal, say } from './answer.ts';
import { silentCall } from './call.ts';
import type { ReadCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { pathIn, replaceCall, writeCall } from './edit-arguments.ts';
import { asFields, field, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { guessCall } from './guess.ts';
import { shellCall } from './shell-arguments.ts';

const phases: Phases = {
  pre_write_code: 'pre-tool',
  pre_run_command: 'pre-tool',
  pre_read_code: 'pre-tool',
  pre_mcp_tool_use: 'pre-tool',
  post_write_code: 'post-tool',
  post_run_command: 'post-tool',
  post_read_code: 'post-tool',
  post_mcp_tool_use: 'post-tool',
  pre_user_prompt: 'prompt',
  post_cascade_response: 'turn-end',
  post_cascade_response_with_transcript: 'turn-end',
  post_setup_worktree: 'other',
};

const frame: Frame = {
  agent: 'windsurf',
  dialect: 'windsurf/1',
  phases,
  nameIn: (fields) => word(fields, 'agent_action_name'),
  find,
};

/** Windsurf's Cascade hooks: the exit code alone speaks. */
export const windsurf: Dialect = {
  agent: 'windsurf',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: false, failClosed: 'none', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const info = asFields(field(fields, 'tool_info'));
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'trajectory_id'),
    tool: toolEvent ? toolOf(name, info) : null,
    call: toolEvent ? callOf(info, name) : silentCall,
    args: info,
    cwd: info === null ? null : word(info, 'cwd'),
    rest: {
      // One execution is one turn of the agent, with as many actions as it likes.
      turnId: word(fields, 'execution_id'),
      model: word(fields, 'model_name'),
      transcriptPath: info === null ? null : word(info, 'transcript_path'),
      succeeded: phase === 'post-tool' ? true : null,
    },
  };
}

function toolOf(name: string, info: Fields | null): string {
  const own = info === null ? null : word(info, 'mcp_tool_name');
  return own ?? name.replace(/^(?:pre|post)_/, '');
}

function callOf(info: Fields | null, name: string): ReadCall {
  if (info === null) return { malformed: 'the payload does not say what the action is about' };
  const action = name.replace(/^(?:pre|post)_/, '');
  if (action === 'run_command') {
    const line = field(info, 'command_line') ?? field(info, 'command');
    return shellCall({ command: line, cwd: field(info, 'cwd') }, 'unknown');
  }
  if (action === 'mcp_tool_use')
    return guessCall(word(info, 'mcp_tool_name') ?? '', field(info, 'mcp_tool_arguments'));
  const path = pathIn(info);
  if (path === null) return { malformed: 'the payload does not say which file it is about' };
  if (action === 'read_code') return { ...silentCall, reads: [path] };
  if (field(info, 'edits') !== undefined) return replaceCall(info, true);
  const written = writeCall(info);
  // Some versions name only the file.
  return 'malformed' in written
    ? { ...silentCall, unseen: 'Windsurf did not say what it writes into the file.' }
    : written;
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  if (!said.refuses) return context.event === null ? aside(said.context) : nothing;
  switch (context.event?.phase) {
    case 'turn-end':
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'subagent-end':
    case 'other':
      return aside(said.reason);
    case undefined:
    case 'pre-tool':
    case 'post-tool':
    case 'prompt':
      return refusal(null, said.reason);
  }
}
