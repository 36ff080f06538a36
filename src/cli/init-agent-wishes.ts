import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { UserError } from '../change/problems.ts';
import type {
  HookProgram,
  InstalledAgent,
  InstallLevel,
  Places,
} from '../outside/agents/install/agent-install.ts';
import { detectAgents, type MachineFacts } from '../outside/agents/install/detect.ts';
import { installedAgents } from '../outside/agents/install/install.ts';
import type { Repository } from '../outside/git/git.ts';
import { httpSettings, httpSettingsPath } from '../server/gate-http.ts';
import { newHttpAddress, type AgentWishes, type HttpWish } from './init-agents.ts';

export interface AgentOptions {
  /** Names with commas between, `all` or `none`; by default the agents that are found. */
  readonly agents?: string;
  readonly agentsLevel?: InstallLevel;
  readonly http?: boolean;
}

/** What the person wants for coding agents, as far as the options and the machine say. */
export function agentWishes(repository: Repository, options: AgentOptions): AgentWishes | null {
  if (repository.workTree === null) return null;
  const places: Places = { top: repository.workTree, home: homedir() };
  const agents = chosen(options.agents, places);
  const program = hookProgram();
  const http = options.http === true ? httpWish() : null;
  if (http !== null && !agents.includes('claude-code')) throw noHttpAgent();
  if (agents.length === 0) return null;
  const level = options.agentsLevel ?? 'project';
  return { agents, level, places, program, node: process.execPath, http };
}

/** What this machine has, for finding agents. */
export const machineFacts: MachineFacts = { exists: existsSync, onPath };

/** How this machine starts the hook: the small client beside this program, or the program itself. */
export function hookProgram(): HookProgram {
  const script = realpathSync(process.argv[1] ?? '');
  const client = join(dirname(script), 'hallmonitor-hook');
  return { words: existsSync(client) ? [client] : [process.execPath, script, 'hook'] };
}

/** How this machine starts the resident gate. */
export function gateStart(): readonly string[] {
  return [process.execPath, realpathSync(process.argv[1] ?? ''), 'gate-server', 'start'];
}

function chosen(asked: string | undefined, places: Places): readonly InstalledAgent[] {
  if (asked === undefined) return detectAgents(machineFacts, places).map(({ agent }) => agent);
  if (asked === 'all') return installedAgents;
  if (asked === 'none') return [];
  return asked.split(',').map((word) => named(word.trim()));
}

function named(word: string): InstalledAgent {
  const agent = installedAgents.find((known) => known === word);
  if (agent !== undefined) return agent;
  throw new UserError(
    `init knows no agent ${word}`,
    `Pass names with commas between: ${installedAgents.join(', ')}; or all, or none.`,
  );
}

function noHttpAgent(): UserError {
  return new UserError(
    'only Claude Code can call its hooks by HTTP, and it is not among the agents',
    'Leave out --http, or pass --agents claude-code.',
  );
}

function httpWish(): HttpWish {
  const known = httpSettings();
  return {
    ...(known ?? newHttpAddress()),
    settingsPath: httpSettingsPath(),
    isNew: known === null,
    start: gateStart(),
  };
}

function onPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return folders.some((folder) => isProgram(join(folder, program)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run
  }
}
