/** How firmly a name of an image says what is meant. */
export type Hold = 'digest' | 'version' | 'moving' | 'none' | 'unknown';

const moving =
  /^(?:latest|edge|nightly|main|master|develop|dev|stable|rolling|current|next|canary|unstable|lts)$/i;

/** How firmly `registry/name:tag@digest` says what is meant. */
export function holdOf(image: string): Hold {
  if (/[${}]/.test(image) || image === '') return 'unknown';
  if (image.includes('@sha256:')) return 'digest';
  const tag = tagOf(image);
  if (tag === null) return 'none';
  return moving.test(tag) ? 'moving' : 'version';
}

function tagOf(image: string): string | null {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? null : name.slice(colon + 1);
}

/** The image without its tag and digest. */
export function nameOfImage(image: string): string {
  const bare = image.replace(/@sha256:.*$/, '');
  const slash = bare.lastIndexOf('/');
  const colon = bare.indexOf(':', slash + 1);
  return colon < 0 ? bare : bare.slice(0, colon);
}

const ranks: Readonly<Record<Hold, number>> = {
  digest: 2,
  version: 1,
  moving: 0,
  none: 0,
  unknown: -1,
};

/** What is said when an image is held less firmly than before; null when it is not. */
export function looserThan(before: string, after: string): string | null {
  const [was, now] = [holdOf(before), holdOf(after)];
  if (was === 'unknown' || now === 'unknown' || ranks[now] >= ranks[was]) return null;
  if (now === 'version') return `drops the digest of ${nameOfImage(after)}`;
  return `takes whatever version of ${nameOfImage(after)} is newest`;
}
