import type { Example } from '../guard.ts';
import type { Answers, PublishedVersion } from './registry.ts';

/** A package as an example tells of it. */
interface Told {
  readonly firstDaysAgo?: number | null;
  readonly latest?: string;
  readonly versions: Readonly<
    Record<string, Partial<PublishedVersion> & { readonly daysAgo?: number | null }>
  >;
}

const now = 1_800_000_000;

/** Answers of a registry that knows these packages, and no others. */
export function registryOf(packages: Readonly<Record<string, Told>>): Answers {
  return {
    now,
    of(_, name) {
      const told = packages[name];
      if (told === undefined) return { kind: 'absent' };
      const versions = Object.entries(told.versions).map(
        ([version, { daysAgo = 400, ...rest }]) =>
          [
            version,
            {
              isYanked: false,
              deprecated: null,
              licence: 'MIT',
              ...rest,
              publishedAt: secondsAgo(daysAgo),
            },
          ] as const,
      );
      const latest = told.latest ?? versions.at(-1)?.[0] ?? null;
      const { firstDaysAgo = 400 } = told;
      return {
        kind: 'known',
        firstAt: secondsAgo(firstDaysAgo),
        latest,
        versions: new Map(versions),
      };
    },
  };
}

function secondsAgo(days: number | null): number | null {
  return days === null ? null : now - days * 86_400;
}

/** A manifest of npm with one dependency, or none. */
export function oldPackage(name?: string, wanted?: string): string {
  const entry = name === undefined ? '' : `    "${name}": "${wanted}",\n`;
  return `{\n  "name": "shop",\n  "dependencies": {\n${entry}    "zod": "^4.0.0"\n  }\n}\n`;
}

/** A change of a manifest that asks for a package, or for another version of it. */
export function newPackage(
  name: string,
  wanted: string,
  was?: string,
): Pick<Example, 'after'> & { readonly before: Readonly<Record<string, string>> } {
  return {
    before: { 'package.json': was === undefined ? oldPackage() : oldPackage(name, was) },
    after: { 'package.json': oldPackage(name, wanted) },
  };
}
