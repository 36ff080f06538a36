import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const here = import.meta.dirname;
const installTimeoutMs = 280_000;

/** The agents that are run, by package, with what starts them; each is a program for Node. */
const starters = {
  codex: '@openai/codex/bin/codex.js',
  'gemini-cli': '@google/gemini-cli/bundle/gemini.js',
  'claude-code': '@anthropic-ai/claude-code/cli-wrapper.cjs',
} as const;

export type RealAgent = keyof typeof starters;

/** Installs the agents of this folder's lock file, without their install scripts, unless they are here already. */
export function installAgents(): void {
  if (upToDate()) return;
  const { status, stderr, error } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: here, env: npmEnvironment(), encoding: 'utf8', timeout: installTimeoutMs },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(whyNot(stderr));
}

/** The command line that starts an agent, or null when its package is not here. */
export function starterOf(agent: RealAgent): readonly string[] | null {
  const program = join(here, 'node_modules', starters[agent]);
  return existsSync(program) && hasBinary(agent) ? [process.execPath, program] : null;
}

// The wrapper of Claude Code is always there; its binary is an optional package of each platform.
function hasBinary(agent: RealAgent): boolean {
  if (agent !== 'claude-code') return true;
  const { version } = installed().packages['node_modules/@anthropic-ai/claude-code'] ?? {};
  const name = `node_modules/@anthropic-ai/claude-code-${process.platform}-${process.arch}`;
  return version !== undefined && installed().packages[name]?.version === version;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

function upToDate(): boolean {
  const wanted = lockAt('package-lock.json').packages;
  const found = installed().packages;
  return (['@openai/codex', '@google/gemini-cli'] as const).every((name) => {
    const place = `node_modules/${name}`;
    return found[place]?.version !== undefined && found[place].version === wanted[place]?.version;
  });
}

function installed(): Lock {
  return lockAt(join('node_modules', '.package-lock.json'));
}

function lockAt(path: string): Lock {
  const file = join(here, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Lock) : { packages: {} };
}

function whyNot(stderr: string): string {
  const cutOff = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|_CERT_/.test(
    stderr,
  );
  return cutOff
    ? `The npm registry cannot be reached, so no real agent was run. This is not a pass.\n${stderr}`
    : `The real agents could not be installed.\n${stderr}`;
}

// Without what an npm around the tests left behind; npm runs on the Node that runs the tests.
function npmEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:npm_(?!config_(?:registry|cache|userconfig)$)|INIT_CWD$|NODE_(?!EXTRA_CA_CERTS$))/i.test(
        name,
      ),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  };
}
