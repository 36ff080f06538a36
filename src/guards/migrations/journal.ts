import { at, itemsOf, dataOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import type { ChangedFile, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';

/** Entries of Drizzle's journal that are dated before one that may have run: Drizzle leaves those out. */
export function journalFaults(scene: Scene): readonly Sighting[] {
  return scene.files
    .filter(({ path }) => path.endsWith('/meta/_journal.json') && isProductionPath(path))
    .flatMap(faultsIn);
}

function faultsIn({ before, after, path }: ChangedFile): readonly Sighting[] {
  if (before === null || after === null) return [];
  const old = entriesOf(dataOf(before)?.[0] ?? null);
  const newest = Math.max(0, ...old.map(({ when }) => when));
  const known = new Set(old.map(({ tag }) => tag));
  return entriesOf(dataOf(after)?.[0] ?? null)
    .filter(({ tag, when }) => !known.has(tag) && when < newest)
    .map(({ tag, line }) => ({
      path,
      line,
      says: `dates ${tag} before a migration that is there; Drizzle leaves it out where that one ran`,
      subject: tag,
    }));
}

interface Entry {
  readonly tag: string;
  readonly when: number;
  readonly line: number;
}

function entriesOf(data: Data | null): readonly Entry[] {
  return itemsOf(at(data, 'entries')).flatMap((item) => {
    const [tag, when] = [scalarAt(item, 'tag'), scalarAt(item, 'when')];
    return typeof tag === 'string' && typeof when === 'number'
      ? [{ tag, when, line: item.line }]
      : [];
  });
}
