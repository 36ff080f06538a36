import { text } from 'node:stream/consumers';
import { commitMessage } from './gate-commit-msg.ts';
import { preCommit, prePush } from './gate-local.ts';
import { preReceive } from './gate-pre-receive.ts';

/** What the installed git hooks call. Says what it has to say on standard error, where git shows it. */
export async function gateHook(hook: string, rest: readonly string[]): Promise<number> {
  switch (hook) {
    case 'pre-commit':
      return preCommit();
    case 'commit-msg':
      return commitMessage(rest[0] ?? '');
    case 'pre-push':
      return prePush(await text(process.stdin));
    case 'pre-receive':
      return preReceive(await text(process.stdin));
    default:
      throw new Error(`no such hook: ${hook}`);
  }
}
