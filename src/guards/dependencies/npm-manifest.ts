import { dataOf } from '../data.ts';
import type { Data, DataMap } from '../data.ts';
import type { Source } from '../guard.ts';
import type { Dependency, Use } from './dependency.ts';

const uses: Readonly<Record<string, Use>> = {
  dependencies: 'run',
  optionalDependencies: 'run',
  devDependencies: 'build',
  peerDependencies: 'peer',
};

/** What a `package.json` asks for. */
export function npmDependencies(source: Source): readonly Dependency[] {
  const root = rootOf(source);
  if (root === null) return [];
  return Object.entries(uses).flatMap(([section, use]) =>
    entriesOf(root, section).map(({ name, wanted, line }) => ({
      registry: 'npm' as const,
      name,
      wanted,
      line,
      use,
    })),
  );
}

/** A text value of a manifest, with its line. */
export interface Entry {
  readonly name: string;
  readonly wanted: string;
  readonly line: number;
}

/** Scripts that npm runs by itself while somebody installs. */
export function installScripts(source: Source): readonly Entry[] {
  const root = rootOf(source);
  return root === null
    ? []
    : entriesOf(root, 'scripts').filter(({ name }) => /^(?:pre|post)?install$/.test(name));
}

/** The entries of one section whose values are texts. */
export function entriesOf(root: DataMap, section: string): readonly Entry[] {
  const map = root.entries.get(section)?.value;
  if (map?.kind !== 'map') return [];
  return [...map.entries].flatMap(([name, { value, line }]) =>
    value.kind === 'scalar' && typeof value.value === 'string'
      ? [{ name, wanted: value.value, line }]
      : [],
  );
}

/** The object a JSON file holds; null when it holds none. */
export function rootOf(source: Source): DataMap | null {
  const root: Data | undefined = dataOf(source)?.[0];
  return root?.kind === 'map' ? root : null;
}
