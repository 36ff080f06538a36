import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import { objectIn, secondsOf, textOf } from './speaker.ts';
import type { Speaker } from './speaker.ts';

/** The Go module proxy: the list of versions, and when the wanted one was made. It knows no licence. */
export const go: Speaker = {
  address: 'https://proxy.golang.org',
  paths: ({ name, version }) => [
    `/${escaped(name)}/@v/list`,
    `/${escaped(name)}/@latest`,
    ...(version === null ? [] : [`/${escaped(name)}/@v/${escaped(version)}.info`]),
  ],
  read([list, latest, wanted]) {
    const newest = latest === null || latest === undefined ? null : objectIn(latest);
    if (typeof list !== 'string' && newest === null) return { kind: 'absent' };
    const versions = new Map<string, PublishedVersion>();
    for (const name of (list ?? '').split('\n').filter((line) => line !== ''))
      versions.set(name, unknownTime);
    for (const text of [latest, wanted]) {
      if (text === null || text === undefined) continue;
      const one = objectIn(text);
      const name = textOf(one['Version']);
      if (name !== null)
        versions.set(name, { ...unknownTime, publishedAt: secondsOf(one['Time']) });
    }
    if (versions.size === 0) return { kind: 'absent' };
    // A module with one version is as old as that; of others only the newest is dated.
    const [only] = versions.size === 1 ? versions.values() : [];
    return {
      kind: 'known',
      firstAt: only?.publishedAt ?? null,
      latest: newest === null ? null : textOf(newest['Version']),
      versions,
    };
  },
};

const unknownTime: PublishedVersion = {
  publishedAt: null,
  isYanked: false,
  deprecated: null,
  licence: null,
};

// The proxy writes capital letters as an exclamation mark and the small letter.
function escaped(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%21', '!'))
    .join('/');
}
