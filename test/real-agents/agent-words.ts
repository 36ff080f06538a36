import { join } from 'node:path';
import type { ToolCall } from './fake-model/script.ts';
import type { RealAgent } from './install.ts';

/** How an agent's model writes a new file. */
export function writes(agent: RealAgent, repository: string, file: NewFile): ToolCall {
  switch (agent) {
    case 'codex':
      return { tool: 'apply_patch', input: {}, text: addition(file) };
    case 'claude-code':
      return {
        tool: 'Write',
        input: { file_path: join(repository, file.path), content: file.text },
      };
    case 'gemini-cli':
      return { tool: 'write_file', input: { file_path: file.path, content: file.text } };
  }
}

/** How an agent's model runs a command. */
export function runs(agent: RealAgent, command: string): ToolCall {
  const description = 'Runs a command';
  switch (agent) {
    case 'codex':
      return { tool: 'exec_command', input: { cmd: command } };
    case 'claude-code':
      return { tool: 'Bash', input: { command, description } };
    case 'gemini-cli':
      return { tool: 'run_shell_command', input: { command, description } };
  }
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

function addition({ path, text }: NewFile): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    '*** Begin Patch',
    `*** Add File: ${path}`,
    ...lines.map((line) => `+${line}`),
    '*** End Patch',
  ].join('\n');
}
