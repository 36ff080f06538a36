import type { InstallWishes } from './agent-install.ts';
import { agentMark, hookScriptPath } from './hook-command.ts';

/**
 * The plug-in's text. It has one export, since opencode takes every export for a plug-in, and no imports but Node's,
 * so that nothing has to be installed for it.
 */
export function opencodePlugin({ level, program }: InstallWishes): string {
  const words =
    level === 'user'
      ? [...program.words, '--agent', 'opencode', '--event']
      : ['sh', hookScriptPath, 'opencode'];
  return `// @ts-nocheck
// ${agentMark}
import { spawn } from 'node:child_process';

const words = ${JSON.stringify(words)};
const timeoutMs = 30000;
const longestAnswer = 1000000;

export const Hallmonitor = async ({ directory, worktree }) => {
  const folder = worktree && worktree !== '/' ? worktree : directory;
  const models = new Map();

  const call = (event, payload) =>
    new Promise((resolve, reject) => {
      const [program, ...args] = [...words, event];
      const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('Hallmonitor took too long to answer, so this is refused.'));
      }, timeoutMs);
      let answer = '';
      let complaint = '';
      child.stdout.on('data', (part) => {
        if (answer.length < longestAnswer) answer += part;
      });
      child.stderr.on('data', (part) => {
        if (complaint.length < 2000) complaint += part;
      });
      child.stdin.on('error', () => {});
      child.on('error', (error) => {
        clearTimeout(timer);
        reject(new Error('Hallmonitor cannot be started, so this is refused: ' + error.message));
      });
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ code, answer, complaint });
      });
      child.stdin.end(JSON.stringify({ hook: event, cwd: directory, ...payload }));
    });

  // What only tells can fail without harm: the next tool call is asked about all the same.
  const tell = (event, payload) => call(event, payload).catch(() => undefined);

${hooks}`;
}

const hooks = `  return {
    'tool.execute.before': async (input, output) => {
      const { code, answer, complaint } = await call('tool.execute.before', {
        sessionID: input.sessionID,
        callID: input.callID,
        tool: input.tool,
        args: output.args,
        model: models.get(input.sessionID),
      });
      let verdict = null;
      try {
        verdict = JSON.parse(answer);
      } catch {
        verdict = null;
      }
      if (verdict !== null && typeof verdict === 'object') {
        if (verdict.decision === 'deny' || verdict.decision === 'ask') {
          throw new Error(String(verdict.reason || 'Hallmonitor refused this without a reason.'));
        }
        if (code === 0 && (verdict.decision === 'pass' || verdict.decision === 'allow')) return;
      }
      throw new Error(
        complaint.trim() || 'Hallmonitor gave no answer that can be understood, so this is refused.',
      );
    },
    'tool.execute.after': async (input, output) => {
      await tell('tool.execute.after', {
        sessionID: input.sessionID,
        callID: input.callID,
        tool: input.tool,
        args: input.args,
        model: models.get(input.sessionID),
        metadata: output?.metadata,
      });
    },
    'chat.message': async (input) => {
      if (input.model) models.set(input.sessionID, input.model.providerID + '/' + input.model.modelID);
      await tell('chat.message', { sessionID: input.sessionID, model: models.get(input.sessionID) });
    },
    event: async ({ event }) => {
      const names = ['session.created', 'session.idle', 'session.deleted', 'session.error'];
      if (!names.includes(event?.type)) return;
      const properties = event.properties ?? {};
      await tell(event.type, {
        sessionID: properties.sessionID ?? properties.info?.id,
        parentID: properties.info?.parentID,
      });
    },
  };
};
`;
