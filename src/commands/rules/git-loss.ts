import { hole } from '../command.ts';
import { gitCommand } from '../git-command.ts';
import type { GitCommand } from '../git-command.ts';
import { readArgs } from '../read-args.ts';
import type { Rule } from '../rule.ts';

/** Git commands that throw away work nobody else has. */
export const gitLoss: Rule = {
  id: 'commands/git-loss',
  title: 'Throwing away work that is only in this copy',
  why: 'Uncommitted changes and unreachable commits are in no other place.',
  decision: 'ask',
  loses: 'uncommitted changes, stashes or commits of this copy',
  instead: 'Commit or stash first, or name exactly the files that should go back.',
  programs: ['git'],
  caught: [
    'git reset --hard HEAD~3',
    'git clean -fdx',
    'git checkout -- .',
    'git checkout .',
    'git restore .',
    'git stash drop',
    'git stash clear',
    'git branch -D old',
    'git reflog expire --expire=now --all',
    'git gc --prune=now',
    'git filter-branch --tree-filter x',
    'git filter-repo --path a',
    'git checkout -f main',
    'git switch --discard-changes main',
    'git worktree remove --force ../x',
    'git update-ref -d refs/heads/x',
    'git reset --merge',
    'git rebase --onto main a b && git reset --hard',
    'git read-tree -u --reset HEAD',
  ],
  passed: [
    'git reset HEAD~1',
    'git reset --soft HEAD~1',
    'git clean -n',
    'git clean -ndx',
    'git checkout -b feature',
    'git checkout main',
    'git restore --staged .',
    'git stash',
    'git stash pop',
    'git branch -d merged',
    'git gc',
    'git checkout -- src/a.ts',
    'git restore src/a.ts',
    'git rebase main',
    'git commit -m "git reset --hard"',
    'git switch -c x',
  ],
  look: (run) => {
    const git = gitCommand(run);
    const says = git === null ? null : losing(git);
    return says === null ? [] : [{ says }];
  },
};

function losing({ verb, rest }: GitCommand): string | null {
  const { flags, operands } = readArgs(rest, ['-s', '--source', '--expire', '-e', '--exclude']);
  const isWide = operands.some(
    (path) => /^(?:\.|\.\/|:\/|\*|:\(top\).{0,20})$/.test(path) || path.startsWith(hole),
  );
  switch (verb) {
    case 'reset':
      return flags.has('--hard') || flags.has('--merge')
        ? 'It throws away uncommitted changes of the whole working tree.'
        : null;
    case 'clean':
      return (flags.has('-f') || flags.has('--force')) &&
        !flags.has('-n') &&
        !flags.has('--dry-run')
        ? 'It deletes every file that git does not know.'
        : null;
    case 'checkout':
      if (flags.has('-f') || flags.has('--force')) return 'It throws away uncommitted changes.';
      return isWide && !flags.has('-b') && !flags.has('-B')
        ? 'It throws away uncommitted changes of a whole folder.'
        : null;
    case 'switch':
      return flags.has('--discard-changes') || flags.has('-f') || flags.has('--force')
        ? 'It throws away uncommitted changes.'
        : null;
    case 'restore':
      return isWide && (!flags.has('--staged') || flags.has('--worktree')) && !flags.has('-S')
        ? 'It throws away uncommitted changes of a whole folder.'
        : null;
    case 'stash':
      return /^(?:drop|clear)$/.test(operands[0] ?? '') ? 'It deletes stashed changes.' : null;
    case 'branch':
      return flags.has('-D') || flags.has('-f') || (flags.has('--delete') && flags.has('--force'))
        ? 'It deletes a branch that may not be merged.'
        : null;
    case 'worktree':
      return operands[0] === 'remove' && (flags.has('-f') || flags.has('--force'))
        ? 'It deletes a working tree with its uncommitted changes.'
        : null;
    default:
      return history(verb, { rest, flags, operands });
  }
}

function history(
  verb: string,
  {
    rest,
    flags,
    operands,
  }: {
    readonly rest: readonly string[];
    readonly flags: ReadonlySet<string>;
    readonly operands: readonly string[];
  },
): string | null {
  switch (verb) {
    case 'reflog':
      return /^(?:expire|delete)$/.test(operands[0] ?? '')
        ? 'It deletes the record from which lost commits are found.'
        : null;
    case 'gc':
      return rest.some((arg) => /^--prune=(?:now|all)/.test(arg))
        ? 'It deletes unreachable commits for good.'
        : null;
    case 'prune':
      return flags.has('-n') || flags.has('--dry-run')
        ? null
        : 'It deletes unreachable commits for good.';
    case 'filter-branch':
    case 'filter-repo':
      return flags.has('--analyze') || flags.has('--dry-run')
        ? null
        : 'It rewrites the history of the repository.';
    case 'update-ref':
      return flags.has('-d') || flags.has('--stdin')
        ? 'It deletes or moves a reference directly.'
        : null;
    case 'read-tree':
      return flags.has('--reset') ? 'It throws away uncommitted changes.' : null;
    default:
      return null;
  }
}
