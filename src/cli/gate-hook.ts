import { text } from 'node:stream/consumers';
import { commitMessage } from './gate-commit-msg.ts';
import { preCommit, prePush } from './gate-local.ts';
import { preReceive } from './gate-pre-receive.ts';
import { drainGate } from './gate-server.ts';

/** What the installed git hooks call. Says what it has to say on standard error, where git shows it. */
export async function gateHook(hook: string, rest: readonly string[]): Promise<number> {
  switch (hook) {
    case 'pre-commit':
      // The resident gate may still be writing down what an agent did just before.
      await drainGate();
      return preCommit();
    case 'commit-msg':
      return commitMessage(rest[0] ?? '');
    case 'post-commit': {
      await drainGate();
      const { postCommit } = await import('./gate-post-commit.ts');
      return postCommit(new Date());
    }
    case 'post-rewrite': {
      await drainGate();
      const { postRewrite } = await import('./gate-post-rewrite.ts');
      return postRewrite(await text(process.stdin), new Date());
    }
    case 'pre-push':
      return prePush(await text(process.stdin));
    case 'pre-receive':
      return preReceive(await text(process.stdin));
    default:
      throw new Error(`no such hook: ${hook}`);
  }
}
