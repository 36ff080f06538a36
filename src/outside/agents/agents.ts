import type { AgentName } from '../../suggestion/event.ts';
import { claudeCode } from './dialects/claude-code.ts';
import { cline } from './dialects/cline.ts';
import { codex } from './dialects/codex.ts';
import { copilot } from './dialects/copilot.ts';
import { cursor } from './dialects/cursor.ts';
import type { Dialect } from './dialects/dialect.ts';
import { geminiCli } from './dialects/gemini-cli.ts';
import { generic } from './dialects/generic.ts';
import { opencode } from './dialects/opencode.ts';
import { windsurf } from './dialects/windsurf.ts';

export type { Dialect } from './dialects/dialect.ts';

const dialects: Readonly<Record<AgentName, Dialect>> = {
  'claude-code': claudeCode,
  codex,
  cursor,
  copilot,
  'gemini-cli': geminiCli,
  windsurf,
  cline,
  opencode,
  generic,
};

/** How an agent speaks to its hooks. The installer names the agent; nothing is guessed from a payload. */
export function dialectOf(agent: AgentName): Dialect {
  return dialects[agent];
}
