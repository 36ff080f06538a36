import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import { earliest, isFields, secondsOf, textOf } from './speaker.ts';
import type { Speaker } from './speaker.ts';

/** RubyGems: a list of the versions that were not yanked. */
export const rubygems: Speaker = {
  address: 'https://rubygems.org',
  paths: ({ name }) => [`/api/v1/versions/${encodeURIComponent(name)}.json`],
  read([text]) {
    if (text === null || text === undefined) return { kind: 'absent' };
    const listed: unknown = JSON.parse(text);
    if (!Array.isArray(listed)) throw new SyntaxError('the answer is not a list');
    const versions = new Map<string, PublishedVersion>();
    for (const one of listed.filter(isFields)) {
      const licences: readonly unknown[] = Array.isArray(one['licenses']) ? one['licenses'] : [];
      versions.set(String(one['number']), {
        publishedAt: secondsOf(one['created_at']),
        isYanked: false,
        deprecated: null,
        licence: licences.length === 0 ? null : licences.map(String).join(' OR '),
      });
    }
    const firstAt = earliest([...versions.values()].map(({ publishedAt }) => publishedAt));
    const [latest] = listed.filter(isFields).filter((one) => one['prerelease'] !== true);
    return { kind: 'known', firstAt, latest: textOf(latest?.['number']), versions };
  },
};
