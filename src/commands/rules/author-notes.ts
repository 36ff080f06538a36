import type { Run } from '../command.ts';
import { gitCommand } from '../git-command.ts';
import { readArgs } from '../read-args.ts';
import type { Hit } from '../rule.ts';

/** What a git command does to the notes that say who wrote the code. */
export function byNotes(run: Run): readonly Hit[] {
  const git = gitCommand(run);
  if (git === null) return [];
  const said = git.rest.join(' ');
  const isOurs =
    /(?:refs\/notes\/|--ref[= ]|^|\s)(?:ai|hallmonitor|agent\S{0,40})\b|refs\/notes/.test(said);
  const read = readArgs(git.rest, ['--ref', '-m', '-F']);
  const [verb] = read.operands;
  if (git.verb === 'notes' && /^(?:remove|prune)$/.test(verb ?? ''))
    return [{ says: 'It deletes notes that say who wrote the code.' }];
  const rewrites =
    git.verb === 'notes' && /^(?:add|edit|append|copy|merge)$/.test(verb ?? '') && isOurs;
  if (rewrites) return [{ says: 'It changes notes that say who wrote the code.' }];
  if (git.verb === 'update-ref' && isOurs)
    return [{ says: 'It moves or deletes the notes that say who wrote the code.' }];
  if (
    git.verb === 'push' &&
    /(?:^|\s)\+?:refs\/notes|(?:--delete|-d).{0,200}refs\/notes/.test(said)
  )
    return [{ says: 'It deletes the notes that say who wrote the code on the server.' }];
  const isRead = /(?:^|\s)(?:--get\S{0,20}|get|--list|-l)(?:\s|$)/.test(said);
  const changes = /unset|remove-section/.test(said) || read.operands.length > 1;
  return git.verb === 'config' && /\bhallmonitor\b/.test(said) && changes && !isRead
    ? [{ says: 'It removes settings of the monitor.' }]
    : [];
}
