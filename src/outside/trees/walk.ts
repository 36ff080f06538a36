import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Gap } from '../../change/change.ts';

/** One file or symbolic link of a tree. */
export interface Leaf {
  /** Relative to the root, with `/` between folders. */
  readonly path: string;
  readonly link: boolean;
}

/** More files than this in one tree are not looked at. */
export const maxFiles = 200_000;

/** Lists a folder's files in a fixed order. Links are not followed; what is neither file nor link is a gap. */
export function walk(root: string, gaps: Gap[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '.git') folders.push(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        leaves.push({ path, link: entry.isSymbolicLink() });
      } else {
        gaps.push({ what: path, why: 'it is neither a file nor a link' });
      }
      if (leaves.length > maxFiles) {
        gaps.push({ what: root, why: `it has more than ${maxFiles} files; the rest was not read` });
        return leaves.slice(0, maxFiles);
      }
    }
  }
  return leaves.sort((a, b) => (a.path < b.path ? -1 : 1));
}
