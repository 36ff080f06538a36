import { isOurs, isOurCommand } from './hooks-file.ts';
import { readJsonText, valueOf } from './json-text.ts';
import type { InstalledAgent } from './agent-install.ts';
import type { Probe } from './probe.ts';

/** One of our hooks as an agent's file holds it, that the agent runs for a probe. */
export interface InstalledHook {
  readonly command: string | null;
  /** Address of an HTTP hook; then there is no command. */
  readonly url: string | null;
  readonly timeoutMs: number;
  readonly failClosed: boolean;
  /** Place in the list of its event, and in its group: Codex keeps trust by them. */
  readonly group: number;
  readonly index: number;
}

/** What a file of hooks says to its agent. */
export interface HooksInFile {
  readonly hooks: readonly InstalledHook[];
  /** Why the agent runs none of them although they are there. */
  readonly off: string | null;
}

const usualTimeoutMs = 60_000;

/** Our hooks that an agent would run for a probe, as its file and its matchers say. */
export function hooksFor(
  agent: InstalledAgent,
  text: string,
  { event, tools }: Probe,
): HooksInFile | { readonly problem: string } {
  const root = readJsonText(text);
  if ('problem' in root) return { problem: `line ${root.problem.line}: ${root.problem.message}` };
  const settings = fields(valueOf(root));
  const list = fields(settings['hooks'])[event];
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const hooks = entries.flatMap((entry, group) => {
    const outer = fields(entry);
    if (!matches(agent, outer['matcher'], tools)) return [];
    const inner: readonly unknown[] = Array.isArray(outer['hooks']) ? outer['hooks'] : [entry];
    return inner.flatMap((hook, index) =>
      isOurs(hook) ? [hookOf(agent, fields(hook), { group, index })] : [],
    );
  });
  return { hooks, off: switchedOff(agent, settings) };
}

function hookOf(
  agent: InstalledAgent,
  hook: Fields,
  at: { readonly group: number; readonly index: number },
): InstalledHook {
  const line = hook['command'] ?? hook['bash'];
  const given = Number(hook['timeout'] ?? hook['timeoutSec']);
  const unitMs = agent === 'gemini-cli' ? 1 : 1000;
  const url = hook['url'];
  return {
    command: typeof line === 'string' ? line : null,
    url: typeof url === 'string' && isOurCommand(url) ? url : null,
    timeoutMs: given > 0 ? Math.min(given * unitMs, usualTimeoutMs) : usualTimeoutMs,
    failClosed: hook['onFailure'] === 'block' || hook['failClosed'] === true,
    ...at,
  };
}

/** Plain names are compared whole, with bars between them; anything else would be a pattern, and ours never is. */
function matches(agent: InstalledAgent, matcher: unknown, tools: readonly string[]): boolean {
  if (typeof matcher !== 'string' || matcher === '' || matcher === '*') return true;
  if (agent === 'gemini-cli' && matcher === '.*') return true;
  return matcher.split('|').some((name) => tools.includes(name.trim()));
}

function switchedOff(agent: InstalledAgent, settings: Fields): string | null {
  if (agent === 'claude-code' && settings['disableAllHooks'] === true) {
    return 'disableAllHooks is set';
  }
  if (agent === 'copilot' && settings['disableAllHooks'] === true) return 'disableAllHooks is set';
  if (agent !== 'gemini-cli') return null;
  const config = fields(settings['hooksConfig']);
  if (config['enabled'] === false) return 'hooksConfig.enabled is false';
  const names: readonly unknown[] = Array.isArray(config['disabled']) ? config['disabled'] : [];
  return names.some((name) => typeof name === 'string' && name.startsWith('hallmonitor-'))
    ? 'hooksConfig.disabled names our hook'
    : null;
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}
