import type { Gap } from '../change/change.ts';
import { hole } from './command.ts';
import type { Place, Run } from './command.ts';
import { resolvePath } from './paths.ts';
import { readArgs, valuesOf } from './read-args.ts';
import { clients } from './rules/sql-hits.ts';

/** SQL that a command gives to a database although nobody could read it here. */
export function unreadData(runs: readonly Run[], read: Place['read']): readonly Gap[] {
  const isUnread = runs.some((run) => clients.includes(run.name) && takesUnread(run, read));
  return isUnread ? [{ what: 'the command', why: 'the SQL that it runs could not be read' }] : [];
}

function takesUnread({ args, cwd, stdin }: Run, read: Place['read']): boolean {
  const isHidden = stdin !== null && stdin.text.startsWith(hole) && !stdin.exact;
  if (isHidden || stdin?.text.trim() === hole)
    return !args.some((arg) => /^(?:-c|-e|--command|--execute)/.test(arg));
  if (args.some((arg) => arg === hole && args.length > 1 && args.at(-1) === arg)) return true;
  return valuesOf(readArgs(args, ['-f', '--file']), '-f', '--file').some((file) => {
    const path = file.includes(hole) ? null : resolvePath(file, cwd);
    return path === null || read(path) === null;
  });
}
