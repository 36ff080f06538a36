import type { ChangedFile, Scene } from '../guard.ts';

/** Whether others may rely on a file from outside the repository, as far as its place and neighbours tell. */
export function isPublic(scene: Scene, file: ChangedFile): boolean {
  const path = file.change.oldPath;
  if (
    /(?:^|\/)(?:internal|_internal|private|cmd|scripts?|tools?|bin|generated|__generated__)\//.test(
      path,
    )
  )
    return false;
  if (file.language === 'go') return true;
  if (file.language === 'java')
    return (
      /(?:^|\/)src\/main\/java\//.test(path) &&
      !/(?:^|\/)(?:smoke-test|buildSrc|build-plugin)/.test(path)
    );
  if (file.language === 'python') return isPythonPackage(scene, path);
  return isEntry(scene, path);
}

function after(scene: Scene, path: string): string | null {
  const changed = scene.files.find((file) => file.path === path);
  return changed === undefined ? scene.readAfter(path) : (changed.after?.text ?? null);
}

// A package passes its names on in `__init__.py`.
function isPythonPackage(scene: Scene, path: string): boolean {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const module = path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '');
  if (module === '__init__') return true;
  const text = folder === '' ? null : after(scene, `${folder}/__init__.py`);
  return text !== null && new RegExp(`from\\s+(?:\\.|[\\w.]+\\.)${module}\\s+import`).test(text);
}

/** How many folders up an entry is looked for. */
const mostSteps = 4;

// The index of a package that is published, or what that index passes on.
function isEntry(scene: Scene, path: string): boolean {
  const parts = path.split('/');
  let target = path.replace(/\.\w+$/, '');
  for (
    let length = parts.length - 1, steps = 0;
    length >= 0 && steps < mostSteps;
    length -= 1, steps += 1
  ) {
    const folder = parts.slice(0, length).join('/');
    const inside = folder === '' ? '' : `${folder}/`;
    const manifest = after(scene, `${inside}package.json`);
    if (manifest !== null) return !/"private"\s*:\s*true/.test(manifest) && target === '';
    const index = ['index.ts', 'index.tsx', 'index.js']
      .map((name) => `${inside}${name}`)
      .find((one) => after(scene, one) !== null);
    if (index === undefined) continue;
    const isIndex = index.replace(/\.\w+$/, '') === target;
    const written = `./${target.slice(inside.length)}`;
    const text = after(scene, index) ?? '';
    if (
      !isIndex &&
      target !== '' &&
      !new RegExp(
        `export[^;]*from\\s*['"]${written.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?:\\.js|/index(?:\\.js)?)?['"]`,
      ).test(text)
    )
      return false;
    // From here on the question is whether the folder itself is passed on; `src` is where packages begin.
    target = /(?:^|\/)(?:src|lib)$/.test(folder) ? '' : folder;
  }
  return false;
}
