import type { Registry } from './dependency.ts';
import { popular } from './popular.ts';

/** A popular name that another one may be taken for, and how they differ in words: "is one letter away from react". */
export interface Resemblance {
  readonly popular: string;
  readonly says: string;
}

/** Shorter names have too many honest neighbours. */
const shortest = 5;

/** The popular name this one may be taken for; null when it is popular itself or like none. */
export function resemblanceOf(registry: Registry, name: string): Resemblance | null {
  const known = popular[registry];
  if (known.has(name) || isHonestFamily(registry, name)) return null;
  const plain = squeezed(registry, name);
  for (const other of known) {
    const like = squeezed(registry, other);
    if (Math.abs(plain.length - like.length) > 1 || like.length < shortest) continue;
    if (plain === like) return { popular: other, says: `is ${other} but for its separators` };
    if (isOneEditApart(plain, like))
      return { popular: other, says: `is one letter away from ${other}` };
  }
  return registry === 'npm' ? scopeResemblance(name, known) : null;
}

// Go's major versions and .v3 endings, npm's own type packages, languages' plural families.
function isHonestFamily(registry: Registry, name: string): boolean {
  if (registry === 'go')
    return [...popular.go].some(
      (one) => root(one) === root(name) || name.startsWith(`${root(one)}/`),
    );
  if (registry === 'npm')
    return name.startsWith('@types/') && (popular.npm.has(name.slice(7)) || name.length < 12);
  if (registry === 'maven')
    return (
      !name.includes(':') ||
      [...popular.maven].some((one) => one.split(':')[0] === name.split(':')[0])
    );
  return honest.has(name);
}

// Well-known names that stand one letter from another well-known one.
const honest = new Set([
  'mock',
  'faker',
  'flask',
  'nose2',
  'pytz',
  'tox',
  'trio',
  'types',
  'pymysql',
  'torchx',
  'dash',
  'dask',
  'tomli-w',
  'jsonschema2',
  'asyncpg',
  'aiohttp',
  'tempfile',
  'sha3',
  'axum',
  'num',
  'numpy',
  'http',
  'time',
  'regress',
  'hashers',
  'httpx2',
]);

function root(name: string): string {
  return name.replace(/\/v\d+$/, '').replace(/\.v\d+$/, '');
}

// npm and crates tell `-`, `_` and `.` apart, PyPI does not: there the squeezed forms of one package are equal anyway.
function squeezed(registry: Registry, name: string): string {
  if (registry === 'go') return root(name).toLowerCase();
  return registry === 'maven' ? name.toLowerCase() : name.toLowerCase().replace(/[-_.]/g, '');
}

/** Whether one insertion, deletion, replacement or swap of neighbours turns one text into the other. */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length !== long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return (
    short[at] === long[at + 1] &&
    short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2)
  );
}

// `babel-core` for `@babel/core` is an honest old name; `@lodash/lodash` and `types-node` are not known to be.
function scopeResemblance(name: string, known: ReadonlySet<string>): Resemblance | null {
  const scoped = /^@([^/]+)\/(.+)$/.exec(name);
  if (scoped === null) {
    const [, scope, rest] = /^([a-z0-9]+(?:-ai|-sdk)?)-(.+)$/.exec(name) ?? [];
    const asScoped = scope === undefined ? '' : `@${scope}/${rest ?? ''}`;
    return known.has(asScoped)
      ? { popular: asScoped, says: `is ${asScoped} without the signs of a scope` }
      : null;
  }
  const [, scope = '', rest = ''] = scoped;
  for (const other of known) {
    const [, otherScope, otherRest] = /^@([^/]+)\/(.+)$/.exec(other) ?? [];
    if (otherScope === undefined || otherRest !== rest || otherScope.length < shortest) continue;
    if (
      isOneEditApart(scope, otherScope) ||
      (scope.replace(/[-_.]/g, '') === otherScope.replace(/[-_.]/g, '') && scope !== otherScope)
    )
      return { popular: other, says: `is ${other} in a scope that is one letter off` };
  }
  return null;
}
