import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import type {
  AgentFile,
  AgentInstall,
  HookProgram,
  HttpGate,
  InstalledAgent,
  InstallLevel,
  Places,
} from '../outside/agents/install/agent-install.ts';
import {
  agentMark,
  hookRunPath,
  hookRunnerText,
  hookScriptPath,
  hookScriptText,
} from '../outside/agents/install/hook-command.ts';
import { agentInstall } from '../outside/agents/install/install.ts';
import { kept, moveAside, nothing, type Ground, type Plan } from './init-step.ts';

/** What the person wants for coding agents. */
export interface AgentWishes {
  readonly agents: readonly InstalledAgent[];
  readonly level: InstallLevel;
  readonly places: Places;
  readonly program: HookProgram;
  /** The Node that runs now, for machines where an agent's hooks find none. */
  readonly node: string;
  readonly http: HttpWish | null;
}

/** The address at which the resident gate listens, and where that is kept. */
export interface HttpWish extends HttpGate {
  readonly settingsPath: string;
  /** Whether the settings are written now; they stay when they exist. */
  readonly isNew: boolean;
}

/** A new address for the gate: a port of its own and a token that only this user can read. */
export function newHttpAddress(): Pick<HttpGate, 'port' | 'token'> {
  return { port: randomInt(20_000, 60_000), token: randomBytes(24).toString('hex') };
}

/** What `init` would do for coding agents. Files that cannot be read are left alone and told. */
export function planAgents(ground: Ground, wishes: AgentWishes): Plan {
  if (wishes.agents.length === 0) return nothing;
  const installs = wishes.agents.map((agent) => agentInstall(agent, wishes));
  const parts = [
    ...(wishes.level === 'project' ? [script(ground, wishes), runner(ground, wishes)] : []),
    ...httpSettings(wishes),
    ...installs.map((install) => agentPlan(ground, install, wishes)),
  ];
  return {
    steps: parts.flatMap(({ steps }) => steps),
    kept: parts.flatMap((part) => part.kept),
    next: [
      ...parts.flatMap(({ next }) => next),
      'To see whether each agent is really stopped: hallmonitor doctor',
    ],
  };
}

function agentPlan(ground: Ground, install: AgentInstall, { places }: AgentWishes): Plan {
  const parts = install.files.map((file) => filePlan(ground, file, { install, places }));
  return {
    steps: parts.flatMap(({ steps }) => steps),
    kept: parts.flatMap((part) => part.kept),
    next: [...parts.flatMap(({ next }) => next), ...install.after],
  };
}

interface Whose {
  readonly install: AgentInstall;
  readonly places: Places;
}

function filePlan(ground: Ground, file: AgentFile, { install, places }: Whose): Plan {
  const { path, executable } = file;
  const odd = oddity(ground, path, places);
  if (odd !== null) return leftAlone(path, odd);
  const now = ground.read(path);
  const mine = now?.includes(agentMark) === true;
  const { agent, failClosed } = install;
  const why = `${agent} asks before each tool call. ${failClosed.sentence}`;
  if (file.whole && now !== null && !mine) {
    const done = file.install(null);
    if ('problem' in done || done.text === null) return leftAlone(path, 'it is not ours');
    const aside = moveAside(path, ground.read, 'your own hook stays; ours asks it first');
    const step = { kind: 'write', path, text: done.text, executable, why } as const;
    return { ...nothing, steps: [aside, step] };
  }
  const done = file.install(now);
  if ('problem' in done) return leftAlone(path, done.problem);
  if (done.text === null || done.text === now) return kept(path);
  const { text } = done;
  return {
    ...nothing,
    steps: [{ kind: 'merge', path, text, before: now, agent, executable, why }],
  };
}

/** Why a file cannot be changed. Links outside the repository are the user's own and are followed. */
function oddity(ground: Ground, path: string, { top }: Places): string | null {
  const kind = ground.kindOf(path);
  if (kind === 'other') return 'it is no file';
  if (kind === 'broken') return 'it is a link that leads nowhere';
  if (kind === 'link' && path.startsWith(join(top, '/'))) {
    return 'it is a symbolic link, and init writes through none';
  }
  return ground.read(path)?.includes('\ufffd') === true ? 'it is not UTF-8 text' : null;
}

function leftAlone(path: string, why: string): Plan {
  return { ...kept(path, why), next: [`${path} was left alone: ${why}.`] };
}

/** The script that the shared hooks call. It names nothing of this machine, so it is committed with them. */
function script(ground: Ground, { places, agents }: AgentWishes): Plan {
  const path = join(places.top, hookScriptPath);
  const odd = oddity(ground, path, places);
  if (odd !== null) return leftAlone(path, odd);
  const text = hookScriptText();
  const now = ground.read(path);
  if (now === text) return kept(path);
  if (now !== null && !now.includes(agentMark)) return leftAlone(path, 'it is not ours');
  const agent = agents[0] ?? 'claude-code';
  const why = 'finds the program on each machine; refuses when there is none';
  const step = { kind: 'merge', path, text, before: now, agent, executable: false, why } as const;
  return {
    ...nothing,
    steps: now === null ? [{ kind: 'write', path, text, executable: false, why }] : [step],
    next: [
      `Commit ${hookScriptPath} with the agents' files, and add hallmonitor to devDependencies, so that everybody has both.`,
    ],
  };
}

/** Tells the script where the program of this machine is. */
function runner({ gitDir, read }: Ground, { program, node }: AgentWishes): Plan {
  const path = join(gitDir, hookRunPath);
  const text = hookRunnerText(program.words, node);
  if (read(path) === text) return kept(path);
  const why = 'tells the hooks where the program is on this machine';
  return { ...nothing, steps: [{ kind: 'write', path, text, executable: true, why }] };
}

function httpSettings({ http }: AgentWishes): readonly Plan[] {
  if (http === null || !http.isNew) return [];
  const text = `${JSON.stringify({ port: http.port, token: http.token }, null, 2)}\n`;
  const why = 'the address of the gate, with a secret; readable by you alone';
  const step = { kind: 'write', path: http.settingsPath, text, executable: false, why } as const;
  const next = `${http.settingsPath} stays when this is taken back, since agents elsewhere may use it.`;
  return [{ ...nothing, steps: [{ ...step, secret: true }], next: [next] }];
}
