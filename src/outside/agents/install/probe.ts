import { join } from 'node:path';
import type { InstalledAgent } from './agent-install.ts';
import { probeSession } from './probe-session.ts';

/** An edit that a hook is asked about without anybody doing it. */
export interface ProbeEdit {
  /** From the top of the work tree. */
  readonly path: string;
  readonly content: string;
}

/** How one agent would ask about a new file: the event, the tool, and the payload that its hook reads. */
export interface Probe {
  readonly event: string;
  /** Names by which matchers know the tool. */
  readonly tools: readonly string[];
  readonly payload: object;
  /** What the agent sets for its hooks. */
  readonly env: Readonly<Record<string, string>>;
}

/** When probes say they were made: they are the same each time. */
const timestamp = '2026-01-01T00:00:00.000Z';

/** Asks as an agent does before it writes a new file. */
export function probeOf(agent: InstalledAgent, top: string, edit: ProbeEdit): Probe {
  const path = join(top, edit.path);
  return probes[agent]({ top, path, relative: edit.path, content: edit.content });
}

interface Asked {
  readonly top: string;
  readonly path: string;
  readonly relative: string;
  readonly content: string;
}

const probes: Readonly<Record<InstalledAgent, (asked: Asked) => Probe>> = {
  'claude-code': ({ top, path, content }) => ({
    event: 'PreToolUse',
    tools: ['Write'],
    env: { CLAUDE_PROJECT_DIR: top, CLAUDECODE: '1' },
    payload: {
      ...claudeLike(top, 'PreToolUse'),
      tool_name: 'Write',
      tool_input: { file_path: path, content },
    },
  }),
  codex: ({ top, relative, content }) => ({
    event: 'PreToolUse',
    tools: ['apply_patch', 'Edit', 'Write'],
    env: {},
    payload: {
      ...claudeLike(top, 'PreToolUse'),
      turn_id: 'turn-1',
      model: 'none',
      tool_name: 'apply_patch',
      tool_input: { command: addingPatch(relative, content) },
    },
  }),
  cursor: ({ top, path, content }) => ({
    event: 'preToolUse',
    tools: ['Write'],
    env: {},
    payload: {
      conversation_id: probeSession,
      generation_id: 'turn-1',
      model: 'none',
      hook_event_name: 'preToolUse',
      cursor_version: '2.0.0',
      workspace_roots: [top],
      user_email: null,
      transcript_path: null,
      cwd: top,
      tool_name: 'Write',
      tool_use_id: 'call-1',
      tool_input: { file_path: path, content },
    },
  }),
  copilot: ({ top, path, content }) => ({
    event: 'preToolUse',
    tools: ['create'],
    env: {},
    payload: {
      sessionId: probeSession,
      timestamp: Date.parse(timestamp),
      cwd: top,
      toolName: 'create',
      toolArgs: JSON.stringify({ path, file_text: content }),
    },
  }),
  'gemini-cli': ({ top, path, content }) => ({
    event: 'BeforeTool',
    tools: ['write_file'],
    env: { GEMINI_PROJECT_DIR: top, GEMINI_CWD: top, CLAUDE_PROJECT_DIR: top },
    payload: {
      session_id: probeSession,
      transcript_path: '',
      cwd: top,
      hook_event_name: 'BeforeTool',
      timestamp,
      tool_name: 'write_file',
      tool_input: { file_path: path, content },
    },
  }),
  windsurf: ({ path, content }) => ({
    event: 'pre_write_code',
    tools: [],
    env: {},
    payload: {
      agent_action_name: 'pre_write_code',
      trajectory_id: probeSession,
      execution_id: 'call-1',
      timestamp,
      model_name: 'none',
      tool_info: { file_path: path, edits: [{ old_string: '', new_string: content }] },
    },
  }),
  cline: ({ top, relative, content }) => ({
    event: 'PreToolUse',
    tools: [],
    env: {},
    payload: {
      clineVersion: '3.0.0',
      hookName: 'tool_call',
      timestamp: String(Date.parse(timestamp)),
      taskId: probeSession,
      workspaceRoots: [top],
      userId: 'doctor',
      model: { provider: 'none', slug: 'none' },
      preToolUse: { toolName: 'write_to_file', parameters: { path: relative, content } },
    },
  }),
  opencode: ({ top, path, content }) => ({
    event: 'tool.execute.before',
    tools: [],
    env: {},
    payload: {
      hook: 'tool.execute.before',
      sessionID: probeSession,
      callID: 'call-1',
      cwd: top,
      tool: 'write',
      args: { filePath: path, content },
    },
  }),
};

function claudeLike(top: string, event: string): object {
  return {
    session_id: probeSession,
    transcript_path: null,
    cwd: top,
    permission_mode: 'default',
    hook_event_name: event,
    tool_use_id: 'call-1',
  };
}

function addingPatch(path: string, content: string): string {
  const lines = content.replace(/\n$/, '').split('\n');
  const added = lines.map((line) => `+${line}`);
  return ['*** Begin Patch', `*** Add File: ${path}`, ...added, '*** End Patch', ''].join('\n');
}
