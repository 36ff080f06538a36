import { quotable } from '../change/redact.ts';
import { toolNamed } from './agents.ts';
import type { Evidence } from './provenance.ts';

/** The variables of a process, as the operating system hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface EnvironmentSign {
  readonly tool: string;
  readonly variable: string;
  /** What the value must be; anything but empty, `0` and `false` when absent. */
  readonly value?: RegExp;
  readonly source: string;
}

/**
 * What agents set for the processes they start. Not here: `CURSOR_TRACE_ID` (a person's terminal has it too) and
 * the Copilot command line's `traceparent`, which any traced process has.
 */
export const environmentSigns: readonly EnvironmentSign[] = [
  { tool: 'claude-code', variable: 'CLAUDECODE', source: 'claude-code#37817' },
  { tool: 'claude-code', variable: 'CLAUDE_CODE_SESSION_ID', source: 'Claude Code 2.1.132' },
  { tool: 'claude-code', variable: 'CLAUDE_CODE_REMOTE', source: 'git-ai' },
  { tool: 'codex', variable: 'CODEX_SANDBOX', source: 'git-ai' },
  { tool: 'codex', variable: 'CODEX_SANDBOX_NETWORK_DISABLED', source: 'git-ai' },
  { tool: 'codex', variable: 'CODEX_THREAD_ID', source: 'git-ai' },
  {
    tool: 'codex',
    variable: 'CODEX_INTERNAL_ORIGINATOR_OVERRIDE',
    value: /^codex_/i,
    source: 'git-ai',
  },
  { tool: 'cursor', variable: 'CURSOR_AGENT', source: 'git-ai' },
  { tool: 'gemini', variable: 'GEMINI_CLI', source: 'git-ai' },
  { tool: 'opencode', variable: 'OPENCODE', source: 'git-ai' },
];

/** Files whose presence says that this machine belongs to an agent. */
export const environmentFiles: Readonly<Record<string, string>> = {
  '/opt/.devin/devin_id': 'devin',
};

/**
 * What the environment of this process says about what is not committed yet: an agent runs it. It says nothing of
 * earlier commits, and its absence says nothing at all. `present` are those of `environmentFiles` that exist.
 */
export function readEnvironment(
  environment: Environment,
  present: readonly string[] = [],
): readonly Evidence[] {
  const signs = environmentSigns.filter(
    ({ variable, value }) =>
      isSet(environment[variable]) && (value?.test(environment[variable] ?? '') ?? true),
  );
  const found: readonly Sign[] = [
    ...signs.map(({ tool, variable, source }) => ({ tool, text: `${variable} is set`, source })),
    ...cloudAgent(environment),
    ...selfNamed(environment),
    ...present.flatMap((file) => {
      const tool = Object.hasOwn(environmentFiles, file) ? environmentFiles[file] : undefined;
      return tool === undefined ? [] : [{ tool, text: `${file} exists`, source: 'git-ai' }];
    }),
  ];
  const byTool = new Map(found.toReversed().map((sign) => [sign.tool, sign]));
  return [...byTool.values()].reverse().map(({ tool, text, source }, index) => ({
    id: `environment:${index}`,
    kind: 'environment',
    claim: 'ai',
    tool,
    model: null,
    confidence: 'high',
    commit: null,
    covers: { kind: 'change' },
    text: quotable(text, 120),
    source: `environment (${source})`,
  }));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(?:|0|false|no|off)$/i.test(value.trim());
}

interface Sign {
  readonly tool: string | null;
  readonly text: string;
  readonly source: string;
}

/** `CLOUD_AGENT_…` of background agents, which names no tool. */
function cloudAgent(environment: Environment): readonly Sign[] {
  const name = Object.keys(environment).find(
    (key) => /^CLOUD_AGENT_[A-Z]/.test(key) && isSet(environment[key]),
  );
  return name === undefined ? [] : [{ tool: null, text: `${name} is set`, source: 'git-ai' }];
}

/** `AI_AGENT=<name>_<version>_agent`, the generic form. */
function selfNamed(environment: Environment): readonly Sign[] {
  const value = environment['AI_AGENT'];
  if (value === undefined || !isSet(value)) return [];
  const name = value
    .slice(0, 80)
    .replace(/_agent$/i, '')
    .replace(/[_/@ ]v?\d[\w.-]*$/i, '');
  return [{ tool: toolNamed(name), text: `AI_AGENT=${value}`, source: 'AI_AGENT' }];
}
