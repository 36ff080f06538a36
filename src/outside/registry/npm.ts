import type { PublishedVersion } from '../../guards/dependencies/registry.ts';
import { isFields, objectIn, secondsOf, textOf } from './speaker.ts';
import type { Fields, Speaker } from './speaker.ts';

/** The npm registry: one document a package, with every version and when it came out. */
export const npm: Speaker = {
  address: 'https://registry.npmjs.org',
  paths: ({ name }) => [
    `/${name.startsWith('@') ? `@${encodeURIComponent(name.slice(1))}` : encodeURIComponent(name)}`,
  ],
  read([text]) {
    if (text === null || text === undefined) return { kind: 'absent' };
    const document = objectIn(text);
    const time = isFields(document['time']) ? document['time'] : {};
    const listed = isFields(document['versions']) ? document['versions'] : {};
    // Of a package that was taken away whole, only the times remain.
    if (Object.keys(listed).length === 0) return { kind: 'absent' };
    const tags = isFields(document['dist-tags']) ? document['dist-tags'] : {};
    return {
      kind: 'known',
      firstAt: secondsOf(time['created']),
      latest: textOf(tags['latest']),
      versions: versionsOf(listed, time),
    };
  },
};

function versionsOf(listed: Fields, time: Fields): ReadonlyMap<string, PublishedVersion> {
  const versions = new Map<string, PublishedVersion>();
  for (const [version, value] of Object.entries(listed)) {
    const fields = isFields(value) ? value : {};
    versions.set(version, {
      publishedAt: secondsOf(time[version]),
      isYanked: false,
      deprecated: textOf(fields['deprecated']),
      licence: licenceOf(fields),
    });
  }
  // A version with a time and no content was unpublished.
  for (const version of Object.keys(time)) {
    if (!/^\d/.test(version) || versions.has(version)) continue;
    const publishedAt = secondsOf(time[version]);
    versions.set(version, { publishedAt, isYanked: true, deprecated: null, licence: null });
  }
  return versions;
}

function licenceOf(fields: Fields): string | null {
  const licence = fields['license'] ?? fields['licence'];
  if (isFields(licence)) return textOf(licence['type']);
  const [first]: readonly unknown[] = Array.isArray(fields['licenses']) ? fields['licenses'] : [];
  return textOf(licence) ?? (isFields(first) ? textOf(first['type']) : null);
}
