import { hole } from '../command.ts';
import type { Place, Run } from '../command.ts';
import { some } from '../found-files.ts';
import { inRepository, isBuilt, isTemporary, isWithin, resolvePath } from '../paths.ts';
import type { Hit, Rule } from '../rule.ts';
import { findsIn } from './find-reach.ts';
import { targetsOf, withoutStar } from './delete-targets.ts';
import type { Target } from './delete-targets.ts';
import { elsewhere, outsideHits } from './outside-hits.ts';

/** Deleting folders that are not this task's. */
export const recursiveDelete: Rule = {
  id: 'commands/recursive-delete',
  title: 'Deleting outside the repository, or the repository itself',
  why: 'Deleted files do not go to a bin, and outside the repository git cannot bring them back.',
  decision: 'deny',
  loses: 'everything below the deleted folder',
  instead: 'Name the single file or build folder inside the repository that should go.',
  programs: [
    'rm',
    'rimraf',
    'del-cli',
    'find',
    'fd',
    'rmdir',
    'unlink',
    'shred',
    'rsync',
    'trash',
    'srm',
    'mv',
    'git',
  ],
  caught: [
    'rm -rf /',
    'rm -rf ~',
    'rm -rf ..',
    'rm -fr /etc',
    'rm -r --force /home/ann',
    'rm -rf .git',
    'rm -rf .',
    'rm -rf *',
    'rm -rf ./*',
    'rm -rf "$DIR"',
    'rm -rf $DIR/*',
    'rm -rf /*',
    'rm -rf ~/*',
    'sudo rm -rf /var/lib/postgresql',
    'find / -delete',
    'find . -delete',
    'find ~ -name "*.log" -delete',
    'find .. -exec rm -rf {} +',
    'rm -rf ../other',
    'cd / && rm -rf home',
    'rm -rf $HOME',
    'X=/; rm -rf $X',
    'rm -rf "${UNSET:-/}"',
    'ls | xargs rm -rf',
    'rm -rf --no-preserve-root /',
    'rm${IFS}-rf${IFS}/',
    'rm -rf /home/ann/shop',
    'shred -u .git/config',
    'rsync -a --delete empty/ /home/ann/',
    'python3 -c "import shutil; shutil.rmtree(\'/\')"',
    'node -e "fs.rmSync(\'/home/ann\', {recursive:true})"',
    'rm -rf /home/ann/shop/../other',
    'rm -r "$(cat list)"',
    'rm -rf src/../..',
    'cd "$X" && rm -rf src',
    'rm -rf {/etc,/usr}',
    'for d in / /etc; do rm -rf "$d"; done',
    'mv .git /tmp/x',
    'rm -rf ~/.ssh',
    'rm /etc/passwd',
    'rm -rf .git/objects',
    'docker exec web rm -rf /',
    'rm -Rf /usr/local',
    'rm -rf -- /',
    'rm -rf "/"',
    'rm -rf ///',
    'rm -rf /./',
    'rm -rf //home',
    'rm -rf ~/../..',
    'rm -rf /home/*',
    'rm ~/.ssh/id_ed25519',
    'rm -f ~/.aws/credentials',
    'rm ~/.gnupg/pubring.kbx',
    'unlink ~/.ssh/id_rsa',
    'shred -u ~/notes.txt',
    'srm ../other/a.txt',
    'shred /etc/passwd',
    "perl -MFile::Path -e 'rmtree($ENV{HOME})'",
    'perl -MFile::Path=remove_tree -e \'remove_tree("/home/ann")\'',
  ],
  passed: [
    'rm -rf node_modules',
    'rm -rf dist build',
    'rm -rf ./target',
    'rm -rf /tmp/x',
    'rm -rf "$TMPDIR/x"',
    'd=$(mktemp -d); rm -rf "$d"',
    'rm file.txt',
    'rm -f a b',
    'rm -rf src/old',
    'find . -name "*.pyc" -delete',
    'find . -name node_modules -type d | xargs rm -rf',
    'find . -name __pycache__ -exec rm -rf {} +',
    'rm -rf /home/ann/shop/dist',
    'cd /tmp && rm -rf x',
    'rm -rf coverage/*',
    'rm -rf "$ROOT/node_modules"',
    'rm "$f"',
    'find . -type d -empty -delete',
    'rm -f .git/index.lock',
    'cd web && rm -rf dist',
    'rm -rf $(pwd)/dist',
    'rsync -a --delete src/ dist/',
    'git rm -r src/old',
    'rm -rf .next .turbo',
    'rm --help',
    'shred -u secret.txt',
    'shred -u /tmp/x',
    'rm ~/.ssh/known_hosts',
    'rm ~/notes.txt',
    'perl -MFile::Path -e \'rmtree("build")\'',
    'python3 -c "import shutil; shutil.rmtree(\'build\')"',
  ],
  look: (run, scene) =>
    [
      ...targetsOf(run)
        .map((target) => throughLink(target, scene.runs))
        .flatMap((target) => judged(target, run, scene.place)),
      ...findsIn(run, scene, 'data'),
    ].slice(0, 1),
};

// A link that the command itself makes leads to where it points.
function throughLink(target: Target, runs: readonly Run[]): Target {
  for (const { name, args } of runs) {
    const [to, link] = name === 'ln' ? args.filter((arg) => !arg.startsWith('-')) : [];
    if (to !== undefined && link !== undefined && target.path.startsWith(`${link}/`)) {
      return { ...target, path: `${to === '/' ? '' : to}/${target.path.slice(link.length + 1)}` };
    }
  }
  return target;
}

const unknownTarget: Hit = {
  decision: 'ask',
  says: 'It deletes folders whose names are only known when it runs.',
  loses: 'the folder that the name turns out to be, with all that is in it',
  instead: 'Write the path out, inside the repository or in a temporary folder.',
};

function judged({ path, recursive }: Target, run: Run, place: Place): readonly Hit[] {
  if (path === '') return [];
  if (path.includes(hole)) return holed(path, recursive);
  const { folder, isAll } = withoutStar(path);
  const full = resolvePath(folder === '' ? '.' : folder, run.cwd);
  if (full === null) return recursive && !isBuilt(path) ? [unknownTarget] : [];
  if (run.elsewhere) return elsewhere(full, recursive);
  const inside = inRepository(full, place);
  if (inside !== null) return insideHits(inside, { recursive, isAll, path });
  if (isTemporary(full) && !isCounted(full, place)) return [];
  const isMany = recursive || isAll || full.endsWith(`/${some}`);
  return outsideHits(full, { recursive: isMany, shreds: /^(?:shred|srm)$/.test(run.name) }, place);
}

// A home folder or a repository below a temporary folder is counted on all the same.
function isCounted(full: string, { home, top }: Place): boolean {
  return isWithin(home, full) || isWithin(top, full) || full.startsWith(`${home}/.`);
}

// An unknown part may be empty, `/` or `..`; only a path that ends in a build folder is harmless with any of them.
function holed(path: string, recursive: boolean): readonly Hit[] {
  const known = path.split(hole).at(-1) ?? '';
  const isHarmless = known.startsWith('/') && isBuilt(known) && !known.includes('..');
  const isBelowTemporary =
    isTemporary(path) && !path.includes('..') && path.split(hole)[0]?.endsWith('/') !== true;
  const isMade = path.startsWith('/tmp/') && !path.includes('..');
  return recursive && !isHarmless && !isBelowTemporary && !isMade ? [unknownTarget] : [];
}

function insideHits(
  inside: string,
  {
    recursive,
    isAll,
    path,
  }: { readonly recursive: boolean; readonly isAll: boolean; readonly path: string },
): readonly Hit[] {
  if (inside === '') {
    if (!recursive && !isAll) return [];
    return [
      {
        says: 'It deletes the whole working tree.',
        loses: 'every file of the repository, committed or not',
      },
    ];
  }
  const isGit = inside === '.git' || inside.startsWith('.git/');
  if (!isGit || isHarmlessGit(inside, path)) return [];
  return [
    {
      says: "It deletes git's own data.",
      loses: 'commits, branches and stashes that are only in this copy',
    },
  ];
}

// A lock that a crashed git left behind, and hooks, which have their own rule.
function isHarmlessGit(inside: string, path: string): boolean {
  return (
    inside.endsWith('.lock') ||
    /^\.git\/(?:hooks|hallmonitor|COMMIT_EDITMSG|MERGE_MSG|rebase-\w{1,10}|gc\.(?:log|pid))/.test(
      inside,
    ) ||
    /\.sw[op]$/.test(path)
  );
}
