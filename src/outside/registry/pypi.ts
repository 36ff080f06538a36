import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import { earliest, isFields, objectIn, secondsOf, textOf } from './speaker.ts';
import type { Fields, Speaker } from './speaker.ts';

/** PyPI: one document a project, with the files of every version. */
export const pypi: Speaker = {
  address: 'https://pypi.org',
  paths: ({ name }) => [`/pypi/${encodeURIComponent(name)}/json`],
  read([text]) {
    if (text === null || text === undefined) return { kind: 'absent' };
    const document = objectIn(text);
    const info = isFields(document['info']) ? document['info'] : {};
    const releases = isFields(document['releases']) ? document['releases'] : {};
    const latest = textOf(info['version']);
    const versions = new Map<string, PublishedVersion>();
    for (const [version, files] of Object.entries(releases)) {
      // A version without files was announced and never came, or was taken away.
      if (!Array.isArray(files) || files.length === 0) continue;
      versions.set(version, versionOf(files.filter(isFields), info));
    }
    const firstAt = earliest([...versions.values()].map(({ publishedAt }) => publishedAt));
    return { kind: 'known', firstAt, latest, versions };
  },
};

function versionOf(files: readonly Fields[], info: Fields): PublishedVersion {
  const reason = files.map((file) => textOf(file['yanked_reason'])).find((text) => text !== null);
  return {
    publishedAt: earliest(
      files.map((file) => secondsOf(file['upload_time_iso_8601'] ?? file['upload_time'])),
    ),
    isYanked: files.every((file) => file['yanked'] === true),
    deprecated: reason ?? null,
    licence: licenceOf(info),
  };
}

// The project's page knows the licence of its newest version alone.
function licenceOf(info: Fields): string | null {
  const expression = textOf(info['license_expression']);
  if (expression !== null) return expression;
  const classifiers: readonly unknown[] = Array.isArray(info['classifiers'])
    ? info['classifiers']
    : [];
  const classified = classifiers
    .map(String)
    .filter((text) => text.startsWith('License :: ') && text !== 'License :: OSI Approved')
    .map((text) => text.split(' :: ').at(-1) ?? text);
  // Some put the whole text of the licence into the field.
  const written = textOf(info['license'])?.split('\n')[0]?.slice(0, 80) ?? null;
  return classified.length > 0 ? classified.join(' OR ') : written;
}
