import type { AgentInstall, InstalledAgent, InstallWishes } from './agent-install.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { geminiCli } from './gemini-cli.ts';
import { opencode } from './opencode.ts';
import { windsurf } from './windsurf.ts';

const installs: Readonly<Record<InstalledAgent, (wishes: InstallWishes) => AgentInstall>> = {
  'claude-code': claudeCode,
  codex,
  cursor,
  copilot,
  'gemini-cli': geminiCli,
  windsurf,
  cline,
  opencode,
};

/** Agents that `init` can install for, by the names that `--agents` takes. */
export const installedAgents: readonly InstalledAgent[] = Object.keys(installs) as InstalledAgent[];

/** What installing for an agent takes: its files, how it fails, what the person does after. */
export function agentInstall(agent: InstalledAgent, wishes: InstallWishes): AgentInstall {
  return installs[agent](wishes);
}
