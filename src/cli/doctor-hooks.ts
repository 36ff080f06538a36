import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type {
  AgentFile,
  AgentInstall,
  InstalledAgent,
  InstallLevel,
  Places,
} from '../outside/agents/install/agent-install.ts';
import { codexTrust } from '../outside/agents/install/codex-trust.ts';
import {
  agentMark,
  hookScriptPath,
  hookScriptText,
} from '../outside/agents/install/hook-command.ts';
import { agentInstall } from '../outside/agents/install/install.ts';
import { hooksFor, type InstalledHook } from '../outside/agents/install/installed-hooks.ts';
import type { Probe } from '../outside/agents/install/probe.ts';
import { httpSettings } from '../server/gate-http.ts';
import type { Startable } from './doctor-drive.ts';
import { gateStart, hookProgram } from './init-agent-wishes.ts';

/** A hook of ours that an agent would run now. */
export interface FoundHook {
  readonly path: string;
  readonly start: Startable;
  readonly timeoutMs: number;
  readonly failClosed: boolean;
}

/** What an agent's own files say about our hooks. */
export interface AgentHooks {
  readonly hooks: readonly FoundHook[];
  /** Files of the repository with hooks of ours that are not what `init` writes; nothing of them is run. */
  readonly outdated: readonly string[];
  /** Why the agent does not run hooks that are there. */
  readonly off: readonly string[];
  readonly problems: readonly string[];
  readonly notChecked: readonly string[];
}

const usualTimeoutMs = 60_000;

/** Looks our hooks up where an agent does: in its files of the project and of the user. */
export function hooksOf(agent: InstalledAgent, places: Places, probe: Probe): AgentHooks {
  const parts = installsOf(agent, places).flatMap((install) =>
    install.files.map((file) => hooksIn(file, { install, places, probe })),
  );
  return {
    hooks: parts.flatMap(({ hooks }) => hooks),
    outdated: parts.flatMap(({ outdated }) => outdated),
    off: parts.flatMap(({ off }) => off),
    problems: parts.flatMap(({ problems }) => problems),
    notChecked: [...new Set(parts.flatMap(({ notChecked }) => notChecked))],
  };
}

/** All ways of installing: hooks of each of them count together. */
function installsOf(agent: InstalledAgent, places: Places): readonly AgentInstall[] {
  const program = hookProgram();
  const known = httpSettings();
  const levels: readonly InstallLevel[] = ['project', 'user'];
  const plain = levels.map((level) => agentInstall(agent, { level, places, program, http: null }));
  if (agent !== 'claude-code') return plain;
  // Without an address of a gate, hooks by HTTP are read all the same: they may be switched off there.
  const address = known ?? { port: 1, token: 'none' };
  const http = { ...address, start: gateStart() };
  return [...plain, agentInstall(agent, { level: 'project', places, program, http })];
}

interface Around {
  readonly install: AgentInstall;
  readonly places: Places;
  readonly probe: Probe;
}

const none: AgentHooks = { hooks: [], outdated: [], off: [], problems: [], notChecked: [] };

function hooksIn(file: AgentFile, around: Around): AgentHooks {
  const now = textAt(file.path);
  if (now === null) return none;
  return file.whole ? wholeFile(file, now, around) : listFile(file, now, around);
}

function wholeFile(file: AgentFile, now: string, { install, places, probe }: Around): AgentHooks {
  if (!now.includes(agentMark)) return none;
  const written = file.install(null);
  if ('problem' in written || written.text !== now || !scriptIsOurs(places, install.level)) {
    return { ...none, outdated: [file.path] };
  }
  if (install.agent === 'opencode') {
    return { ...none, hooks: [found(file.path, { kind: 'plugin', text: now }, null)] };
  }
  if (!file.path.endsWith(`/${probe.event}`)) return none;
  const runs = (statSync(file.path).mode & 0o111) !== 0;
  return {
    ...none,
    hooks: [found(file.path, { kind: 'file', path: file.path }, null)],
    off: runs ? [] : [`${file.path} is not executable`],
    notChecked: ['whether hooks are enabled in the settings of Cline in the editor'],
  };
}

function listFile(file: AgentFile, now: string, { install, places, probe }: Around): AgentHooks {
  const read = hooksFor(install.agent, now, probe);
  if ('problem' in read) {
    return { ...none, problems: [`${file.path} cannot be read (${read.problem})`] };
  }
  const off = read.off === null ? [] : [`${read.off} (${file.path})`];
  const removed = file.remove(now);
  if ('problem' in removed || removed.text === now) return { ...none, off };
  if (install.level === 'project' && !isCurrent(file, now, { install, places, read: read.hooks })) {
    return { ...none, off, outdated: [file.path] };
  }
  const trust = read.hooks.map((hook) => distrust(file.path, hook, { install, places, probe }));
  return {
    ...none,
    off: [...off, ...trust.flatMap((part) => part.off)],
    notChecked: trust.flatMap((part) => part.notChecked),
    hooks: read.hooks.flatMap((hook) => {
      const start = startOf(hook);
      return start === null ? [] : [found(file.path, start, hook)];
    }),
  };
}

/**
 * A cloned repository's hooks are run only when they are, to the letter, what this version of `init` writes: whoever
 * asks whether a repository is safe must not run what it brings along.
 */
function isCurrent(
  file: AgentFile,
  now: string,
  {
    install,
    places,
    read,
  }: { install: AgentInstall; places: Places; read: readonly InstalledHook[] },
): boolean {
  const written = file.install(now);
  const same = !('problem' in written) && written.text === now;
  return (
    same && (read.every(({ command }) => command === null) || scriptIsOurs(places, install.level))
  );
}

function scriptIsOurs({ top }: Places, level: InstallLevel): boolean {
  return level === 'user' || textAt(join(top, hookScriptPath)) === hookScriptText();
}

function startOf({ command, url }: InstalledHook): Startable | null {
  if (url !== null) return { kind: 'http', url };
  return command === null ? null : { kind: 'command', command };
}

function found(path: string, start: Startable, hook: InstalledHook | null): FoundHook {
  return {
    path,
    start,
    timeoutMs: hook?.timeoutMs ?? usualTimeoutMs,
    failClosed: hook?.failClosed ?? false,
  };
}

/** Codex runs only what its person trusted. */
function distrust(
  path: string,
  { group, index }: InstalledHook,
  { install, places }: Around,
): Pick<AgentHooks, 'off' | 'notChecked'> {
  if (
    install.level === 'project' &&
    (install.agent === 'gemini-cli' || install.agent === 'copilot')
  ) {
    return {
      off: [],
      notChecked: ['whether this folder is trusted; without that its hooks do not run'],
    };
  }
  if (install.agent !== 'codex') return { off: [], notChecked: [] };
  const home = process.env['CODEX_HOME'] ?? join(homedir(), '.codex');
  const trust = codexTrust(textAt(join(home, 'config.toml')), {
    top: places.top,
    file: path,
    inProject: install.level === 'project',
    key: `pre_tool_use:${group}:${index}`,
  });
  if (trust === 'untrusted') {
    return {
      off: [`Codex does not trust the hook in ${path} yet: open codex and run /hooks`],
      notChecked: [],
    };
  }
  if (trust === 'project untrusted') {
    return {
      off: [
        'Codex does not trust this project, so it does not read its hooks: open codex here and trust it',
      ],
      notChecked: [],
    };
  }
  const what =
    trust === 'trusted'
      ? 'whether the hook was changed since Codex was told to trust it'
      : 'whether Codex trusts the hook';
  return { off: [], notChecked: [what] };
}

function textAt(path: string): string | null {
  if (!existsSync(path) || !statSync(path).isFile()) return null;
  return readFileSync(path, 'utf8');
}
