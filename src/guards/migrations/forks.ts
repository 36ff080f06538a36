import type { ChangedFile, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';

interface Tool {
  /** A file of the tool's migrations. */
  readonly is: RegExp;
  /** The parents a migration names. */
  readonly parents: (text: string, path: string) => readonly string[];
  /** Whether a line of another file names this parent as its own. */
  readonly names: (line: string, parent: string) => boolean;
  readonly leaf: string;
}

const tools: readonly Tool[] = [
  {
    is: /(?:^|\/)migrations\/\d{4}_\w+\.py$/,
    parents: djangoParents,
    names: (line, parent) =>
      new RegExp(String.raw`\(\s*["']\w+["']\s*,\s*["']${parent}["']`).test(line),
    leaf: 'Django then finds two leaves and refuses to migrate',
  },
  {
    is: /(?:^|\/)versions\/\w+\.py$/,
    parents: alembicParents,
    names: (line, parent) => /^down_revision\b/.test(line) && line.includes(parent),
    leaf: 'Alembic then finds two heads and refuses to upgrade',
  },
];

/** Migrations that share a parent with another, where no migration brings the two together. */
export function forks(scene: Scene): readonly Sighting[] {
  return tools.flatMap((tool) => {
    const fresh = scene.files.filter(
      ({ path, change, after }) =>
        after !== null &&
        tool.is.test(path) &&
        isProductionPath(path) &&
        (change.status === 'added' || change.status === 'renamed'),
    );
    if (fresh.some((file) => parentsOf(tool, file).length > 1)) return [];
    return fresh.flatMap((file) => forkOf(file, tool, scene));
  });
}

function forkOf(file: ChangedFile, tool: Tool, scene: Scene): readonly Sighting[] {
  const [parent] = parentsOf(tool, file);
  if (parent === undefined || !/^\w{4,120}$/.test(parent)) return [];
  const folder = file.path.slice(0, file.path.lastIndexOf('/'));
  const sibling = (path: string): boolean =>
    path !== file.path && path.slice(0, path.lastIndexOf('/')) === folder && tool.is.test(path);
  const here = scene.files.find(
    (other) => sibling(other.path) && parentsOf(tool, other).includes(parent),
  );
  const gone = new Set(scene.files.filter(({ after }) => after === null).map(({ path }) => path));
  const elsewhere = (scene.search?.(parent) ?? []).find(
    ({ path, text }) => sibling(path) && !gone.has(path) && tool.names(text, parent),
  );
  const other = here?.path ?? elsewhere?.path;
  if (other === undefined) return [];
  const line = 1 + Math.max(0, file.after?.lines.findIndex((text) => text.includes(parent)) ?? 0);
  const says = `follows ${parent}, as ${other.slice(other.lastIndexOf('/') + 1)} does; ${tool.leaf}`;
  return [{ path: file.path, line, says, subject: `${parent} ${file.path}` }];
}

function parentsOf({ parents }: Tool, { after, path }: ChangedFile): readonly string[] {
  return after === null ? [] : parents(after.text.slice(0, 40_000), path);
}

// A dependency on another app is no parent: the app's own migrations form the chain.
function djangoParents(text: string, path: string): readonly string[] {
  const list = /\bdependencies\s*=\s*\[([^\]]{0,4000})\]/.exec(text)?.[1] ?? '';
  const app = /([^/]+)\/migrations\/[^/]+$/.exec(path)?.[1] ?? '';
  return [...list.matchAll(/\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']/g)].flatMap(
    ([, of, name = '']) => (of === app ? [name] : []),
  );
}

function alembicParents(text: string): readonly string[] {
  const said =
    /^down_revision\b[^=\n]*=\s*([^\n]*(?:\n[^\n)]*){0,3}?(?=\n|$))/m.exec(text)?.[1] ?? '';
  const list =
    said.startsWith('(') || said.startsWith('[') ? said : (/^["']\w+["']/.exec(said)?.[0] ?? '');
  return [...list.matchAll(/["'](\w+)["']/g)].map(([, name = '']) => name);
}
