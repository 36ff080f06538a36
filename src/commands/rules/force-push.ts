import { hole } from '../command.ts';
import type { Place, Run } from '../command.ts';
import { gitCommand, isProtected } from '../git-command.ts';
import { readArgs, valuesOf } from '../read-args.ts';
import type { ReadArgs } from '../read-args.ts';
import type { Hit, Rule } from '../rule.ts';

const valued = ['-o', '--push-option', '--repo', '--receive-pack', '--exec'];

/** Pushes that throw away what others have. */
export const forcePush: Rule = {
  id: 'commands/force-push',
  title: 'Force push, and deleting branches on the server',
  why: 'A force push replaces commits that others may have built on, and skips what protects the branch.',
  decision: 'deny',
  loses: 'commits that are only on the server',
  instead:
    'Push to a branch of your own and open a pull request; take a bad commit back with git revert.',
  programs: ['git', 'hub'],
  caught: [
    'git push --force origin main',
    'git push -f origin main',
    'git push origin +main',
    'git push origin HEAD:main --force-with-lease',
    'git push --mirror backup',
    'git push origin --delete main',
    'git push origin :main',
    'git push -uf origin feature/x',
    'git push --force',
    'git -C ../shop push -f origin HEAD:refs/heads/main',
    'git push origin "+HEAD:$BRANCH"',
    'git push --delete origin feature/x',
    'git push --force-with-lease=main:abc origin main',
    'git push -f origin "$B"',
    'git push origin -d release',
    'git push --prune origin',
    'git push origin +refs/heads/*:refs/heads/*',
    'git push --no-force-with-lease --force origin main',
    'git checkout main && git push -f',
    'git -c alias.p="push --force origin main" p',
  ],
  passed: [
    'git push',
    'git push origin feature/x',
    'git push -u origin HEAD',
    'git push --tags',
    'git push origin main',
    'git push --dry-run --force origin main',
    'git push --follow-tags',
    'git log --format=+main',
    'git fetch --force',
    'git push --force-with-lease',
    'git push --force-with-lease origin feature/x',
    'git push --force-with-lease=feature/x:abc123 origin HEAD:feature/x',
    'git push --force-with-lease --force-if-includes -u origin HEAD',
    'git push --force-with-lease origin HEAD',
  ],
  look: (run, { place, runs }) => {
    const git = gitCommand(run);
    if (git?.verb !== 'push' && git?.verb !== 'send-pack') return [];
    const read = readArgs(git.rest, valued);
    if (read.flags.has('--dry-run') || read.flags.has('-n') || read.flags.has('--help')) return [];
    return pushHits(read, git.rest, { ...place, currentBranch: branchAt(runs, run, place) });
  },
};

// A branch that the command itself checks out before it pushes is the one that is pushed.
function branchAt(runs: readonly Run[], push: Run, { currentBranch }: Place): string | null {
  const before = runs.slice(0, runs.indexOf(push)).map(gitCommand);
  const last = before.findLast((git) => git?.verb === 'checkout' || git?.verb === 'switch');
  if (last === undefined || last === null || last.rest.includes('--')) return currentBranch;
  const [branch] = readArgs(last.rest).operands;
  return branch === undefined || branch.includes(hole) || branch === '-' ? null : branch;
}

function pushHits(read: ReadArgs, rest: readonly string[], place: Place): readonly Hit[] {
  if (read.flags.has('--mirror'))
    return [
      { says: 'It makes the server equal to this copy and deletes every branch that is not here.' },
    ];
  const flags = [...read.flags];
  const isForced = flags.some((flag) =>
    /^(?:--force|-f|--forc|--force-with-lease|--force-if-includes)$/.test(flag),
  );
  const isDelete = flags.some((flag) => /^(?:--delete|-d|--prune)$/.test(flag));
  const [, ...specs] = read.operands;
  const all =
    specs.length === 0
      ? read.operands.filter((word) => word.startsWith('+') || word.startsWith(':'))
      : specs;
  const marked = all.filter((spec) => spec.startsWith('+') || spec.startsWith(':'));
  if (!isForced && !isDelete && marked.length === 0) return unknownPush(rest);
  const meant = isForced || isDelete ? all : marked;
  if (flags.includes('--all') || flags.includes('--branches'))
    return [{ says: 'It force-pushes every branch.' }];
  const leased = valuesOf(read, '--force-with-lease').map((value) => value.split(':')[0] ?? '');
  const targets = [...(meant.length === 0 ? ['HEAD'] : meant), ...leased].map((spec) =>
    target(spec, place),
  );
  if (
    targets.some(
      (branch) =>
        branch !== null && (isProtected(branch, place.protectedBranches) || branch.includes('*')),
    )
  ) {
    const what =
      isDelete || meant.some((spec) => spec.startsWith(':')) ? 'deletes' : 'force-pushes';
    return [{ says: `It ${what} a protected branch on the server.` }];
  }
  const isKnown = targets.every((branch) => branch !== null && !branch.includes(hole));
  if (!isKnown)
    return [
      {
        decision: 'ask',
        says: 'It force-pushes to a branch that is only known when it runs; it may be a protected one.',
      },
    ];
  if (isLeased(read, meant)) return [];
  return [
    {
      decision: 'ask',
      says: isDelete ? 'It deletes a branch on the server.' : 'It force-pushes a branch.',
    },
  ];
}

// With a lease git refuses to replace what was not seen here; on a branch of one's own that is a rebase.
function isLeased({ flags }: ReadArgs, specs: readonly string[]): boolean {
  const others = ['--force', '-f', '--forc', '--delete', '-d', '--prune', '--tags'];
  return (
    flags.has('--force-with-lease') &&
    !others.some((flag) => flags.has(flag)) &&
    !specs.some((spec) => spec.startsWith('+') || spec.startsWith(':'))
  );
}

// An argument that is not known may be `--force` or `+main`.
function unknownPush(rest: readonly string[]): readonly Hit[] {
  return rest.some((arg) => arg.startsWith(hole)) && rest.length === 1
    ? [{ decision: 'ask', says: 'It pushes with options that are only known when it runs.' }]
    : [];
}

function target(spec: string, { currentBranch }: Place): string | null {
  const plain = spec.replace(/^\+/, '');
  const colon = plain.indexOf(':');
  const to = (colon < 0 ? plain : plain.slice(colon + 1))
    .replace(/^refs\/heads\//, '')
    .replace(/^heads\//, '');
  return to === 'HEAD' || to === '@' || to === '' ? currentBranch : to;
}
