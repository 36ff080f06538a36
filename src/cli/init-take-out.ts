import type { InstalledAgent } from '../outside/agents/install/agent-install.ts';
import { agentInstall } from '../outside/agents/install/install.ts';

/**
 * A shared file's text without our hooks: null when nothing else is in it, undefined when it cannot be read, and must
 * be left alone. Only the agent decides how; where its files lie does not matter here.
 */
export function takeOut(
  agent: InstalledAgent,
  path: string,
  now: string,
): string | null | undefined {
  const install = agentInstall(agent, {
    level: 'project',
    places: { top: '/', home: '/' },
    program: { words: [] },
    http: null,
  });
  const files = install.files;
  const file = files.find((known) => path.endsWith(known.path)) ?? files[0];
  // A file of our own that somebody changed is theirs now.
  if (file?.whole === true) return undefined;
  const done = file?.remove(now);
  return done === undefined || 'problem' in done ? undefined : done.text;
}
