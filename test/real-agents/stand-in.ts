import { join } from 'node:path';
import { write, type Place } from './drive.ts';
import type { RealAgent } from './install.ts';

/** Why the stand-in refuses; what the model must get to read. */
export const standInReason = 'Running instances still read this column: keep it for one release.';

// The smallest gate there is: it refuses what drops a column, in the words that all three agents understand best.
const gate = `let text = '';
for await (const part of process.stdin) text += part;
if (/DROP COLUMN/i.test(text)) {
  const reason = ${JSON.stringify(standInReason)};
  console.log(JSON.stringify(
    process.argv[2] === 'gemini-cli'
      ? { decision: 'deny', reason }
      : { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } },
  ));
  console.error(reason);
  process.exitCode = 2;
}
`;

/** Puts a gate into a project that knows one thing only, to prove the agent and the driver apart from Hallmonitor. */
export function standIn(agent: RealAgent): (place: Place) => void {
  return ({ repository, home }) => {
    write(home, { 'gate.mjs': gate });
    const command = [process.execPath, join(home, 'gate.mjs'), agent].map(quoted).join(' ');
    write(repository, settings(agent, command));
  };
}

function settings(agent: RealAgent, command: string): Record<string, string> {
  const hook = { type: 'command', command };
  switch (agent) {
    case 'codex':
      return { '.codex/hooks.json': hooks('PreToolUse', { ...hook, timeout: 20 }) };
    case 'claude-code':
      return {
        '.claude/settings.json': hooks('PreToolUse', { ...hook, timeout: 20, onFailure: 'block' }),
      };
    case 'gemini-cli':
      return {
        '.gemini/settings.json': hooks('BeforeTool', { ...hook, name: 'gate', timeout: 20_000 }),
      };
  }
}

function hooks(event: string, hook: object): string {
  return JSON.stringify({ hooks: { [event]: [{ matcher: '.*', hooks: [hook] }] } });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
