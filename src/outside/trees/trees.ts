import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Change, FileChange, Gap } from '../../change/change.ts';
import { classify } from '../../change/classify.ts';
import { decodeText, isBinary } from '../../change/decode.ts';
import { hunksBetween } from '../../change/diff.ts';
import { UserError } from '../../change/problems.ts';
import { pairMoves, type Lone } from './pair-moves.ts';
import { walk, type Leaf } from './walk.ts';

/** Larger files are not read. */
const maxFileBytes = 5_000_000;
/** Together; what comes after is not read. */
const maxTotalBytes = 256_000_000;

/** One side of a file. `text` is null for what is not text or was not read. */
interface Side {
  readonly mode: string;
  readonly content: FileChange['content'];
  readonly text: string | null;
  readonly bytes: Buffer | null;
  readonly unread: string | null;
}

/** What turns one folder into another, as a change. Needs no git; neither folder's links are followed. */
export function readTrees(beforeFolder: string, afterFolder: string): Change {
  const gaps: Gap[] = [];
  const budget = { bytes: maxTotalBytes };
  const before = readTree(folder(beforeFolder), gaps, budget);
  const after = readTree(folder(afterFolder), gaps, budget);
  const moves = pairMoves(lone(before, after), lone(after, before));
  const moved = new Set(moves.values());
  const files: FileChange[] = [];
  for (const [path, side] of after) {
    const oldPath = before.has(path) ? path : (moves.get(path) ?? path);
    const old = before.get(oldPath) ?? null;
    if (old === null || oldPath !== path || differs(old, side)) {
      files.push(fileChange({ path, oldPath, old, side }));
    }
  }
  for (const [path, old] of before) {
    if (after.has(path) || moved.has(path)) continue;
    files.push(fileChange({ path, oldPath: path, old, side: null }));
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { base: null, head: 'after', commits: [], files, gaps };
}

/** Reads files of a folder that the change did not touch; never outside of it. */
export function treeReader(folderPath: string): (path: string) => string | null {
  const root = realpathSync(folder(folderPath));
  return (path) => {
    const place = join(root, path);
    if (!existsSync(place) || !lstatSync(place).isFile()) return null;
    if (!realpathSync(place).startsWith(`${root}${sep}`)) return null;
    if (statSync(place).size > maxFileBytes) return null;
    return decodeText(readFileSync(place));
  };
}

function folder(path: string): string {
  if (existsSync(path) && statSync(path).isDirectory()) return path;
  throw new UserError(`${path} is not a folder`, 'Name two folders; the first may be empty.');
}

type Tree = ReadonlyMap<string, Side>;

function readTree(root: string, gaps: Gap[], budget: { bytes: number }): Tree {
  return new Map(walk(root, gaps).map((leaf) => [leaf.path, readSide(root, leaf, budget)]));
}

function readSide(root: string, { path, link }: Leaf, budget: { bytes: number }): Side {
  const place = join(root, path);
  if (link)
    return {
      mode: '120000',
      content: 'symlink',
      text: readlinkSync(place),
      bytes: null,
      unread: null,
    };
  const { size, mode: bits } = statSync(place);
  const mode = (bits & 0o111) === 0 ? '100644' : '100755';
  const why =
    size > maxFileBytes
      ? 'it is larger than 5 MB'
      : budget.bytes < size
        ? 'the trees are too large together'
        : null;
  if (why !== null) return { mode, content: 'text', text: null, bytes: null, unread: why };
  budget.bytes -= size;
  const bytes = readFileSync(place);
  const content = isBinary(bytes) ? 'binary' : 'text';
  return {
    mode,
    content,
    text: content === 'text' ? decodeText(bytes) : null,
    bytes,
    unread: null,
  };
}

function differs(old: Side, side: Side): boolean {
  if (old.mode !== side.mode || old.content !== side.content || old.text !== side.text) return true;
  // Two files that were both too large to read may differ; saying nothing would call them the same.
  if (old.unread !== null || side.unread !== null) return true;
  return old.bytes !== null && side.bytes !== null && !old.bytes.equals(side.bytes);
}

function lone(tree: Tree, other: Tree): readonly Lone[] {
  return [...tree].flatMap(([path, { text, content }]) =>
    other.has(path) || text === null || content !== 'text' ? [] : [{ path, text }],
  );
}

interface Pair {
  readonly path: string;
  readonly oldPath: string;
  readonly old: Side | null;
  readonly side: Side | null;
}

function fileChange({ path, oldPath, old, side }: Pair): FileChange {
  const content = side?.content ?? old?.content ?? 'text';
  const unread = side?.unread ?? old?.unread ?? null;
  const before = content === 'text' ? (old?.text ?? null) : null;
  const after = content === 'text' ? (side?.text ?? null) : null;
  const hunks = content === 'text' && unread === null ? hunksBetween(before, after) : [];
  return {
    path,
    oldPath,
    status: statusOf({ path, oldPath, old, side }),
    content,
    oldMode: old?.mode ?? '000000',
    newMode: side?.mode ?? '000000',
    generated: classify({ path, before, after, attributes: null }),
    hunks,
    added: hunks.reduce((sum, { added }) => sum + added.length, 0),
    deleted: hunks.reduce((sum, { removed }) => sum + removed.length, 0),
    before,
    after,
    unread,
    origins: [],
  };
}

function statusOf({ path, oldPath, old, side }: Pair): FileChange['status'] {
  if (old === null) return 'added';
  if (side === null) return 'deleted';
  if (old.content !== side.content && (old.content === 'symlink' || side.content === 'symlink'))
    return 'retyped';
  return path === oldPath ? 'modified' : 'renamed';
}
