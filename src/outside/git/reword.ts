import type { Commit } from '../../change/change.ts';
import { readCommitObject } from './objects.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Why the last commit cannot be given another message by us; null when it can. */
export async function whyNotReword(repository: Repository, commit: string): Promise<string | null> {
  const stored = await readCommitObject(repository.objects, commit);
  const head = stored?.toString('latin1').split('\n\n', 1)[0] ?? '';
  if (/^gpgsig/m.test(head)) return 'it is signed, and a new message would need a new signature';
  const { stdout } = await runGit(repository, [
    'for-each-ref',
    '--count=1',
    `--contains=${commit}`,
    '--format=%(refname)',
    'refs/remotes',
  ]);
  const remote = stdout.toString('utf8').trim();
  return remote === '' ? null : `it is on ${remote} already`;
}

/** Gives the last commit another message: same tree, parents, author and times; the branch moves only from `commit`. */
export async function reword(
  repository: Repository,
  commit: Commit,
  message: string,
): Promise<string | null> {
  const stored = await readCommitObject(repository.objects, commit.sha);
  const zone = /^author .*> \d+ ([+-]\d{4})$/m.exec(stored?.toString('latin1') ?? '')?.[1];
  const place = {
    ...repository,
    environment: {
      ...repository.environment,
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: `@${commit.authoredAt} ${zone ?? '+0000'}`,
    },
  };
  const made = await runGit(
    place,
    [
      'commit-tree',
      `${commit.sha}^{tree}`,
      ...commit.parents.flatMap((parent) => ['-p', parent]),
      '-F',
      '-',
    ],
    { input: message },
  );
  const fresh = made.stdout.toString('latin1').trim();
  if (made.code !== 0 || fresh === '') return null;
  const moved = await runGit(repository, [
    'update-ref',
    '-m',
    'hallmonitor record trailers',
    'HEAD',
    fresh,
    commit.sha,
  ]);
  return moved.code === 0 ? fresh : null;
}
