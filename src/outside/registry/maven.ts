import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import type { Speaker } from './speaker.ts';

/** Versions of one artifact that are read. */
const mostVersions = 5_000;

/** Maven Central: the versions of an artifact. It says neither when they came out nor under which licence. */
export const maven: Speaker = {
  address: 'https://repo1.maven.org/maven2',
  paths: ({ name }) => {
    const [group = '', artifact = ''] = name.split(':');
    const folders = [...group.split('.'), artifact].map(encodeURIComponent).join('/');
    return [`/${folders}/maven-metadata.xml`];
  },
  read([text]) {
    if (text === null || text === undefined) return { kind: 'absent' };
    if (!text.includes('<metadata')) throw new SyntaxError('the answer is no metadata of Maven');
    const versions = new Map<string, PublishedVersion>();
    for (const [, version = ''] of text.matchAll(/<version>([^<]{1,100})<\/version>/g)) {
      if (versions.size >= mostVersions) break;
      versions.set(version.trim(), unknown);
    }
    const latest = /<(?:release|latest)>([^<]{1,100})<\/(?:release|latest)>/.exec(text)?.[1];
    return { kind: 'known', firstAt: null, latest: latest?.trim() ?? null, versions };
  },
};

const unknown: PublishedVersion = {
  publishedAt: null,
  isYanked: false,
  deprecated: null,
  licence: null,
};
