import { UserError } from '../../change/problems.ts';

/** There is no repository where one was looked for. */
export function noRepository(folder: string): UserError {
  return new UserError(
    `${folder} is not in a git repository`,
    'Run this inside one, or name one with --repo DIR.',
  );
}

/** Git refuses, mostly because the folder belongs to somebody else; its own words say it best. */
export function gitRefuses(folder: string, said: string): UserError {
  return new UserError(`git does not open ${folder}: ${firstLine(said)}`, adviceIn(said));
}

/** There is no git on this machine. */
export function noGit(): UserError {
  return new UserError('git was not found', 'Install git 2.31 or newer and put it on the PATH.');
}

/** A name that git does not know here, usually because CI cloned too little. */
export function noSuchRevision(name: string): UserError {
  return new UserError(
    `git knows no commit "${name}" here`,
    'Check the name, or fetch it: CI clones are often shallow (fetch-depth: 0 gets everything).',
  );
}

/** HEAD names a branch that nobody has committed to. */
export function noCommitYet(branch: string): UserError {
  const name = branch.replace(/^refs\/heads\//, '');
  return new UserError(
    `there is no commit yet on ${name}`,
    'Commit something first, or name a commit that is there.',
  );
}

/** A name that git would read as an option, or that cannot be a revision at all. */
export function notARevision(name: string): UserError {
  return new UserError(
    `${JSON.stringify(name)} cannot be a commit`,
    'Name a commit (HEAD~1), or a range (main..HEAD).',
  );
}

/** The work tree was asked for where there is none. */
export function noWorkTree(folder: string): UserError {
  return new UserError(
    `${folder} is a bare repository: it has no work tree and no index`,
    'Name a range (main..HEAD) instead.',
  );
}

/** Git has no blame for a file: it is not there, or is no file. */
export function noBlame(path: string, revision: string, said: string): UserError {
  if (/^fatal: no such path /m.test(said)) {
    return new UserError(
      `git knows no file ${path} at ${revision}`,
      'Name a file that is committed there, or another commit with --revision.',
    );
  }
  return new UserError(
    `git gives no blame for ${path} at ${revision}: ${firstLine(withoutHints(said))}`,
    'Name a file that this revision has.',
  );
}

/** Without what git says besides, such as that a file in its directory is of an old form. */
function withoutHints(said: string): string {
  return said.replace(/^hint:.*\n?/gm, '');
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/^fatal: /, '') ?? '';
}

function adviceIn(said: string): string {
  const advice = /git config --global --add safe\.directory .+/.exec(said)?.[0];
  return advice === undefined
    ? 'Run `git status` there to see more.'
    : `If you trust it: ${advice}`;
}
