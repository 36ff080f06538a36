import type { Place } from '../command.ts';
import { baseName, isBuilt, isTemporary, isWithin } from '../paths.ts';
import type { Hit } from '../rule.ts';

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

/** Files outside the repository that nothing brings back: keys, and what is known by them. */
const keyFile =
  /\/(?:\.ssh\/(?:id_[^/]{1,60}|authorized_keys|[^/]{1,60}(?:\.pem|_(?:rsa|ed25519|ecdsa)))|\.aws\/(?:credentials|config)|\.gnupg(?:\/.{1,200})?|\.kube\/config|\.netrc|\.git-credentials|\.docker\/config\.json)$/;

/** Whether a path is a file with keys of the person whose machine it is. */
export function isKeyFile(full: string, { home }: Place): boolean {
  if (!isWithin(full, home)) return false;
  return keyFile.test(full) || /\/\.(?:ssh|aws|gnupg)\/[^/]{0,40}\*[^/]{0,40}$/.test(full);
}

interface Manner {
  readonly recursive: boolean;
  /** Writes over what it deletes, so that no tool brings it back. */
  readonly shreds: boolean;
}

export function outsideHits(
  full: string,
  { recursive, shreds }: Manner,
  place: Place,
): readonly Hit[] {
  if (isKeyFile(full, place) && !recursive)
    return [{ says: 'It deletes keys of the user.', loses: 'keys that are in no other place' }];
  if (shreds && !recursive)
    return [
      {
        says: 'It overwrites and deletes a file outside the repository.',
        loses: 'the file, beyond any recovery',
      },
    ];
  const isSystem = system.some((folder) => isWithin(full, folder)) && !isWithin(full, place.home);
  if (!recursive) {
    return isSystem && !/^\/(?:home|Users|mnt|media|Volumes)\//.test(full)
      ? [
          {
            decision: 'ask',
            says: 'It deletes a file of the system.',
            loses: 'the deleted file of the system',
          },
        ]
      : [];
  }
  if (isCache(full, place.home))
    return [
      {
        decision: 'ask',
        says: 'It deletes a cache outside the repository.',
        loses: 'the cache, for every project on this machine',
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

export function elsewhere(full: string, recursive: boolean): readonly Hit[] {
  if (!recursive || isTemporary(full)) return [];
  const isRoot = full === '/' || system.includes(full);
  return [
    isRoot
      ? { says: 'It deletes the system of another machine or container.' }
      : { decision: 'ask', says: 'It deletes a folder on another machine or in a container.' },
  ];
}
