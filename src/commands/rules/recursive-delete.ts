import { hole } from '../command.ts';
import type { Place, Run } from '../command.ts';
import { baseName, inRepository, isBuilt, isTemporary, isWithin, resolvePath } from '../paths.ts';
import type { Hit, Rule } from '../rule.ts';
import { targetsOf, withoutStar } from './delete-targets.ts';
import type { Target } from './delete-targets.ts';

/** Deleting folders that are not this task's. */
export const recursiveDelete: Rule = {
  id: 'commands/recursive-delete',
  title: 'Deleting outside the repository, or the repository itself',
  why: 'Deleted files do not go to a bin, and outside the repository git cannot bring them back.',
  decision: 'deny',
  loses: 'everything below the deleted folder',
  instead: 'Name the single file or build folder inside the repository that should go.',
  programs: ['rm', 'find', 'fd', 'rmdir', 'unlink', 'shred', 'rsync', 'trash', 'srm', 'mv', 'git'],
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
    'python3 -c "import shutil; shutil.rmtree(\'build\')"',
  ],
  look: (run, { place }) =>
    targetsOf(run)
      .flatMap((target) => judged(target, run, place))
      .slice(0, 1),
};

const unknownTarget: Hit = {
  decision: 'ask',
  says: 'It deletes folders whose names are only known when it runs.',
  loses: 'whatever that name turns out to be',
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
  if (isTemporary(full)) return [];
  return outsideHits(
    full,
    recursive || (isAll && !run.elsewhere) || full.endsWith('/*-some'),
    place,
  );
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
        loses: 'every file of the repository, also what is not committed',
      },
    ];
  }
  const isGit = inside === '.git' || inside.startsWith('.git/');
  if (!isGit || isHarmlessGit(inside, path)) return [];
  return [
    {
      says: "It deletes git's own data.",
      loses: 'commits, branches and stashes that are only here',
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

const system = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/srv',
  '/sys',
  '/usr',
  '/var',
  '/System',
  '/Library',
  '/Applications',
  '/home',
  '/Users',
  '/mnt',
  '/media',
  '/Volumes',
];

function outsideHits(full: string, recursive: boolean, place: Place): readonly Hit[] {
  const isSystem = system.some((folder) => isWithin(full, folder)) && !isWithin(full, place.home);
  if (!recursive) {
    return isSystem && !/^\/(?:home|Users|mnt|media|Volumes)\//.test(full)
      ? [{ decision: 'ask', says: 'It deletes a file of the system.', loses: 'the file' }]
      : [];
  }
  if (isCache(full, place.home))
    return [
      {
        decision: 'ask',
        says: 'It deletes a cache outside the repository.',
        loses: 'what is cached there, for every project',
      },
    ];
  if (full === '/' || isWithin(place.home, full))
    return [
      {
        says: 'It deletes the whole system or home folder.',
        loses: 'everything on this machine that the user may delete',
      },
    ];
  if (isWithin(place.top, full))
    return [{ says: 'It deletes a folder that contains the repository.' }];
  return [{ says: 'It deletes a folder outside the repository.' }];
}

function isCache(full: string, home: string): boolean {
  if (!isWithin(full, home) || full === home) return false;
  const below = full.slice(home.length + 1);
  return (
    /^(?:\.cache|Library\/Caches|\.npm\/_\w{1,20}|\.gradle\/caches|\.cargo\/registry|\.m2\/repository|\.local\/share\/pnpm|\.pnpm-store|Library\/Developer\/Xcode\/DerivedData)(?:\/|$)/.test(
      below,
    ) || isBuilt(baseName(full))
  );
}

function elsewhere(full: string, recursive: boolean): readonly Hit[] {
  if (!recursive || isTemporary(full)) return [];
  const isRoot = full === '/' || system.includes(full);
  return [
    isRoot
      ? { says: 'It deletes the system of another machine or container.' }
      : { decision: 'ask', says: 'It deletes a folder on another machine or in a container.' },
  ];
}
