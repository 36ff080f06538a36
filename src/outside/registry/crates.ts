import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import { earliest, isFields, objectIn, secondsOf, textOf } from './speaker.ts';
import type { Speaker } from './speaker.ts';

/** crates.io: a document a crate, with all versions. */
export const crates: Speaker = {
  address: 'https://crates.io',
  paths: ({ name }) => [`/api/v1/crates/${encodeURIComponent(name)}`],
  read([text]) {
    if (text === null || text === undefined) return { kind: 'absent' };
    const document = objectIn(text);
    const crate = isFields(document['crate']) ? document['crate'] : {};
    const listed: readonly unknown[] = Array.isArray(document['versions'])
      ? document['versions']
      : [];
    const versions = new Map<string, PublishedVersion>();
    for (const one of listed.filter(isFields)) {
      versions.set(String(one['num']), {
        publishedAt: secondsOf(one['created_at']),
        isYanked: one['yanked'] === true,
        deprecated: null,
        licence: textOf(one['license']),
      });
    }
    const firstAt =
      secondsOf(crate['created_at']) ??
      earliest([...versions.values()].map(({ publishedAt }) => publishedAt));
    const latest = textOf(crate['max_stable_version']) ?? textOf(crate['max_version']);
    return { kind: 'known', firstAt, latest, versions };
  },
};
