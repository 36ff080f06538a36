import { entriesIn, at, scalarAt } from '../data.ts';
import type { Scene } from '../guard.ts';
import { readJson } from '../json-data.ts';
import { fileAfter, folderOf, joined } from './files-after.ts';

/** How many folders up a configuration is looked for. */
const mostSteps = 8;

/** Places in the repository that an import such as `@/lib/money` may mean by the nearest tsconfig. */
export function aliased(scene: Scene, from: string, written: string): readonly string[] {
  if (!/^[@~#$\w]/.test(written)) return [];
  let folder = folderOf(from);
  for (let step = 0; step < mostSteps; step += 1) {
    const found = configured(scene, folder, written);
    if (found !== null) return found;
    if (folder === '') return [];
    folder = folderOf(folder);
  }
  return [];
}

// Null where no configuration in this folder says anything of paths.
function configured(scene: Scene, folder: string, written: string): readonly string[] | null {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const text = fileAfter(scene, folder === '' ? name : `${folder}/${name}`)?.text;
    const data = text === undefined ? null : readJson(text);
    const paths = entriesIn(at(data, 'compilerOptions', 'paths'));
    if (paths.length === 0) continue;
    const base = scalarAt(data, 'compilerOptions', 'baseUrl');
    const start = joined(folder, typeof base === 'string' ? base : '.');
    return start === null
      ? []
      : paths.flatMap(([pattern, { value }]) => {
          const rest = matched(pattern, written);
          if (rest === null || value.kind !== 'list') return [];
          return value.items.flatMap((item) => {
            const target =
              item.kind === 'scalar'
                ? joined(
                    start,
                    String(item.value).replace('*', () => rest),
                  )
                : null;
            return target === null ? [] : [target];
          });
        });
  }
  return null;
}

// What the star stands for; null when the pattern does not fit. A lone star says nothing.
function matched(pattern: string, written: string): string | null {
  const [head = '', tail] = pattern.split('*');
  if (tail === undefined) return pattern === written ? '' : null;
  if (head === '' || !written.startsWith(head) || !written.endsWith(tail)) return null;
  return written.slice(head.length, written.length - tail.length);
}
