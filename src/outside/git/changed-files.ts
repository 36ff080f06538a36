import { isUtf8 } from 'node:buffer';
import type { Content, FileChange, FileStatus, Gap, Hunk } from '../../change/change.ts';
import { classify } from '../../change/classify.ts';
import type { PathAttributes } from '../../change/classify.ts';
import { decodeText, isBinary } from '../../change/decode.ts';
import { diffTexts, linesOf } from '../../change/diff.ts';
import type { PatchedFile, RawEntry } from '../../change/patch.ts';
import type { Blob } from './objects.ts';

/** One side of a file: what it held, or null where it does not exist. */
export type Side = Blob | null;

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** Object ids whose content an entry needs; none for zeros, submodules and files of the work tree. */
export function contentsOf(entries: readonly RawEntry[]): readonly string[] {
  return entries.flatMap((entry) =>
    [idOf(entry.oldMode, entry.oldId), idOf(entry.newMode, entry.newId)].filter(
      (id) => id !== null,
    ),
  );
}

/** Both sides of an entry out of what was read. */
export function sidesOf(entry: RawEntry, blobs: ReadonlyMap<string, Blob>): Sides {
  return {
    before: sideOf(entry.oldMode, entry.oldId, blobs),
    after: sideOf(entry.newMode, entry.newId, blobs),
  };
}

/** A path of the diff with its contents, as the rest of the program knows it. */
export function fileChange(
  file: PatchedFile,
  sides: Sides,
  attributes: PathAttributes | null,
): FileChange {
  const content = contentOf(file, sides);
  const unread = whyUnread(file, sides, content);
  const readable = content !== 'binary' && unread === null;
  const before = readable ? textOf(sides.before) : null;
  const after = readable ? textOf(sides.after) : null;
  const hunks = content === 'binary' ? [] : hunksOf(file, sides, { before, after });
  return {
    path: file.path,
    oldPath: file.oldPath,
    status: statusOf(file.letter),
    content,
    oldMode: file.oldMode,
    newMode: file.newMode,
    generated: classify({ path: file.path, before, after, attributes }),
    hunks,
    added: hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    deleted: hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
    before,
    after,
    unread,
    origins: [],
  };
}

/** One gap for each reason why files were not read. */
export function unreadGaps(files: readonly FileChange[]): readonly Gap[] {
  const byReason = new Map<string, string[]>();
  for (const { path, unread } of files) {
    if (unread === null) continue;
    const paths = byReason.get(unread);
    if (paths === undefined) byReason.set(unread, [path]);
    else paths.push(path);
  }
  return [...byReason].map(([why, paths]) => ({ what: nameSome(paths), why }));
}

const named = 3;

function nameSome(paths: readonly string[]): string {
  const first = paths.slice(0, named).join(', ');
  return paths.length <= named ? first : `${first} and ${paths.length - named} more files`;
}

function idOf(mode: string, id: string): string | null {
  return mode === '000000' || mode === '160000' || /^0+$/.test(id) ? null : id;
}

function sideOf(mode: string, id: string, blobs: ReadonlyMap<string, Blob>): Side {
  if (mode === '000000') return null;
  if (mode === '160000')
    return { kind: 'read', bytes: Buffer.from(`Subproject commit ${id}\n`, 'latin1') };
  return blobs.get(id) ?? { kind: 'unread', why: 'its content is missing from this clone' };
}

function contentOf(file: PatchedFile, { before, after }: Sides): Content {
  const mode = file.newMode === '000000' ? file.oldMode : file.newMode;
  if (mode === '160000') return 'submodule';
  if (mode === '120000') return 'symlink';
  // Attributes can call any text binary; only the bytes decide, where we have them.
  const read = [before, after].filter((side) => side?.kind === 'read');
  if (read.some(({ bytes }) => isBinary(bytes))) return 'binary';
  return read.length === 0 && file.binary ? 'binary' : 'text';
}

function whyUnread(file: PatchedFile, { before, after }: Sides, content: Content): string | null {
  if (content === 'binary' && file.binary) return null;
  for (const side of [after, before]) if (side?.kind === 'unread') return side.why;
  return null;
}

function textOf(side: Side): string | null {
  return side?.kind === 'read' ? decodeText(side.bytes) : null;
}

/** Git's own blocks where it showed them, otherwise ours. */
function hunksOf(
  file: PatchedFile,
  sides: Sides,
  { before, after }: { readonly before: string | null; readonly after: string | null },
): readonly Hunk[] {
  const wholly = before !== null || after !== null;
  if (wholly && (!file.shown || file.binary)) return diffTexts(before ?? '', after ?? '');
  const mixed = [sides.before, sides.after].some(
    (side) => side?.kind === 'read' && !isUtf8(side.bytes),
  );
  if (!mixed || !wholly) return file.hunks;
  // A block may be valid UTF-8 in a file that is not; its lines are then taken from the file.
  const [oldLines, newLines] = [linesOf(before ?? ''), linesOf(after ?? '')];
  return file.hunks.map(({ oldStart, newStart, removed, added }) => ({
    oldStart,
    newStart,
    removed: oldLines.slice(oldStart - 1, oldStart - 1 + removed.length),
    added: newLines.slice(newStart - 1, newStart - 1 + added.length),
  }));
}

function statusOf(letter: string): FileStatus {
  return statuses.get(letter) ?? 'modified';
}

const statuses: ReadonlyMap<string, FileStatus> = new Map<string, FileStatus>([
  ['A', 'added'],
  ['C', 'copied'],
  ['D', 'deleted'],
  ['M', 'modified'],
  ['R', 'renamed'],
  ['T', 'retyped'],
]);
