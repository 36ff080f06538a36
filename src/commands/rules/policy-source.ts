import { hole } from '../command.ts';
import type { Place, Run } from '../command.ts';
import { gitCommand, isProtected } from '../git-command.ts';
import type { GitCommand } from '../git-command.ts';
import { hasAny, readArgs, valuesOf } from '../read-args.ts';
import type { Hit, Rule } from '../rule.ts';

/** Moving what the policy is read from, without touching the policy itself. */
export const policySource: Rule = {
  id: 'commands/policy-source',
  title: 'Moving the branch that the policy is read from',
  why: 'The policy is read from the branch that changes are made for, so whoever moves that branch chooses the policy.',
  decision: 'ask',
  loses: 'the branch that the policy and every comparison start from',
  instead: 'Work on a branch of your own; git fetch moves what follows the server.',
  programs: ['git', 'hub'],
  caught: [
    'git update-ref refs/remotes/origin/main HEAD',
    'git update-ref refs/heads/main HEAD~5',
    'git update-ref -d refs/remotes/origin/main',
    'echo "update refs/remotes/origin/main $X" | git update-ref --stdin',
    'git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/mine',
    'git symbolic-ref -d refs/remotes/origin/HEAD',
    'git symbolic-ref refs/heads/main refs/heads/mine',
    'git remote remove origin',
    'git remote rm origin',
    'git remote rename origin old',
    'git remote set-head origin mine',
    'git remote set-url origin https://example.org/x',
    'git branch -m main old',
    'git branch -M main',
    'git branch -f main HEAD',
    'git branch -D main',
    'git checkout -B main HEAD~3',
    'git switch -C main',
    'git fetch . HEAD:refs/remotes/origin/main',
    'git fetch . +HEAD:main',
    'git fetch /tmp/x mine:refs/remotes/origin/main',
    'git push . HEAD:main',
    'git push . HEAD:refs/remotes/origin/main',
    'git push ./ +HEAD:refs/heads/main',
    'git config remote.origin.url /tmp/x',
    'git config branch.main.remote other',
    'git config --unset remote.origin.fetch',
    'git replace main mine',
    'git branch -dr origin/main',
    'git fetch origin mine:refs/remotes/origin/main',
    'git fetch origin +mine:main',
    'git update-ref "$REF" HEAD',
    'git pull . HEAD:refs/remotes/origin/main',
  ],
  passed: [
    'git fetch origin',
    'git fetch origin main',
    'git fetch origin main:refs/remotes/origin/main',
    'git fetch origin +refs/heads/*:refs/remotes/origin/*',
    'git update-ref refs/heads/mine HEAD',
    'git symbolic-ref HEAD',
    'git symbolic-ref refs/remotes/origin/HEAD',
    'git symbolic-ref --short refs/remotes/origin/HEAD',
    'git remote -v',
    'git remote add fork https://example.org/x',
    'git remote get-url origin',
    'git remote show origin',
    'git remote set-head origin --auto',
    'git remote prune origin',
    'git branch -m old mine',
    'git branch -m mine',
    'git branch -f mine HEAD~1',
    'git branch mine main',
    'git checkout -B mine origin/main',
    'git push origin HEAD:mine',
    'git config remote.origin.url',
    'git config --get branch.main.remote',
    'git checkout main',
    'git fetch origin main:main',
    'git fetch origin pull/3/head:pr-3',
    'git branch --merged | grep -v main | xargs git branch -d',
  ],
  look: (run, { place }) => {
    const git = gitCommand(run);
    return git === null || run.elsewhere ? [] : moves(git, { run, place });
  },
};

interface Around {
  readonly run: Run;
  readonly place: Place;
}

const direct: Hit = {
  decision: 'deny',
  says: 'It moves the branch that the policy is read from.',
};
const mild: Hit = { says: 'It moves the branch that the policy is read from.' };
const remote: Hit = { says: 'It changes the remote whose branch the policy is read from.' };

function moves(git: GitCommand, { run, place }: Around): readonly Hit[] {
  switch (git.verb) {
    case 'update-ref':
    case 'symbolic-ref':
      return byReference(git, { run, place });
    case 'remote':
      return byRemote(git.rest);
    case 'branch':
      return byBranch(git.rest, place);
    case 'checkout':
    case 'switch':
      return restarted(git.rest).some((name) => isSource(name, place)) ? [mild] : [];
    case 'fetch':
    case 'pull':
    case 'push':
      return bySpecs(git, place);
    case 'replace':
      return readArgs(git.rest).operands.some((name) => isSource(name, place)) ? [direct] : [];
    case 'config':
      return byConfig(git.rest, place);
    default:
      return [];
  }
}

function byReference({ verb, rest }: GitCommand, { run, place }: Around): readonly Hit[] {
  const read = readArgs(rest, ['-m']);
  const [name, ...values] = read.operands;
  const isDelete = hasAny(read, '-d', '--delete');
  if (hasAny(read, '--stdin')) {
    const lines = (run.stdin?.text ?? hole).split(/[\s\0]+/);
    return lines.some((word) => word.includes('refs/') && isSource(word, place)) ? [direct] : [];
  }
  // Without a value `symbolic-ref` only tells.
  if (name === undefined || (verb === 'symbolic-ref' && values.length === 0 && !isDelete))
    return [];
  if (name.startsWith(hole)) return [mild];
  return name.includes('refs/') && isSource(name, place) ? [direct] : [];
}

function byRemote(rest: readonly string[]): readonly Hit[] {
  const read = readArgs(rest);
  const [verb = ''] = read.operands;
  if (verb === 'set-head') return hasAny(read, '-a', '--auto') ? [] : [remote];
  return /^(?:remove|rm|rename|set-url|set-branches)$/.test(verb) ? [remote] : [];
}

function byBranch(rest: readonly string[], place: Place): readonly Hit[] {
  const read = readArgs(rest, ['-u', '--set-upstream-to']);
  const names = read.operands;
  const renames = hasAny(read, '-m', '-M', '--move', '-c', '-C', '--copy');
  const removes = hasAny(read, '-d', '-D', '--delete');
  const forces = hasAny(read, '-f', '--force', '-M', '-C');
  if (renames) {
    const from =
      names.length < 2 && !hasAny(read, '-c', '-C', '--copy') ? place.currentBranch : names[0];
    const to = names.at(-1) ?? '';
    const isMoved = hasAny(read, '-m', '-M', '--move') && isSource(from ?? hole, place);
    return isMoved || (forces && isSource(to, place)) ? [mild] : [];
  }
  if (removes) {
    const isRemote = hasAny(read, '-r', '--remotes');
    const gone = isRemote ? names.map((name) => `refs/remotes/${name}`) : names;
    return gone.some((name) => isSource(name, place)) ? [mild] : [];
  }
  return forces && isSource(names[0] ?? '', place) ? [mild] : [];
}

// `checkout -B main` starts the branch anew where one likes.
function restarted(rest: readonly string[]): readonly string[] {
  return valuesOf(readArgs(rest, ['-B', '-C', '--force-create']), '-B', '-C', '--force-create');
}

function bySpecs({ verb, rest }: GitCommand, place: Place): readonly Hit[] {
  const read = readArgs(rest, ['-o', '--upload-pack', '--depth', '--refmap', '--repo']);
  const [from = '', ...specs] = read.operands;
  const isHere = /^(?:\.{0,2}\/|\.{1,2}$|file:|~)/.test(from);
  if (!isHere) return verb !== 'push' && specs.some((spec) => isTwisted(spec, place)) ? [mild] : [];
  const targets = specs.flatMap((spec) => {
    const colon = spec.indexOf(':');
    const to = colon < 0 ? (verb === 'push' ? spec : '') : spec.slice(colon + 1);
    return to === '' ? [] : [to.replace(/^\+/, '')];
  });
  if (!targets.some((name) => isSource(name, place) || name.includes('*'))) return [];
  return targets.some((name) => name.startsWith('refs/remotes/')) ? [direct] : [mild];
}

// A branch that takes over another one of the server is not what the server has under that name.
function isTwisted(spec: string, place: Place): boolean {
  const [source = '', to = ''] = spec.replace(/^\+/, '').split(':');
  const name = to.replace(/^refs\/(?:heads|remotes\/[^/]{1,100})\//, '');
  return isSource(to, place) && source.replace(/^(?:refs\/)?heads\//, '') !== name;
}

const settings = /^(?:remote\.[^=]{1,200}\.(?:url|fetch|pushurl)|url\.[^=]{1,300}\.insteadof)$/i;

function byConfig(rest: readonly string[], place: Place): readonly Hit[] {
  const read = readArgs(rest, ['-f', '--file', '--type', '--default', '--blob']);
  const words = read.operands.filter((word) => !/^(?:set|unset|get|list|edit)$/.test(word));
  const [key = '', value] = words;
  const branch = /^branch\.(.{1,200})\.(?:remote|merge)$/i.exec(key)?.[1];
  const isKey = settings.test(key) || (branch !== undefined && isSource(branch, place));
  const isRead =
    [...read.flags].some((flag) => flag.startsWith('--get')) || read.operands[0] === 'get';
  const changes =
    value !== undefined ||
    read.operands[0] === 'unset' ||
    [...read.flags].some((flag) => /^--(?:unset|replace|add)/.test(flag));
  return isKey && changes && !isRead ? [remote] : [];
}

/** Whether a name is a branch that the policy may be read from: a protected one, or one as a server has it. */
function isSource(name: string, { protectedBranches }: Place): boolean {
  if (name === '') return false;
  if (name.startsWith('refs/remotes/')) return true;
  const plain = name.replace(/^\+?(?:refs\/)?(?:heads\/)?/, '');
  if (plain.includes(hole)) return name.startsWith('refs/');
  return isProtected(plain, protectedBranches);
}
