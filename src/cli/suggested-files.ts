import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import { decodeText, isBinary } from '../change/decode.ts';
import { placeOf, type WorkPlace } from '../outside/git/place.ts';
import { resolveEdits, type EditProblem } from '../suggestion/edits/resolve-edits.ts';
import type { ProposedEdit } from '../suggestion/event.ts';
import type { SuggestedFile } from '../suggestion/suggestion.ts';

/** Larger files are not judged at the moment of suggestion; the commit is. */
export const largestFileBytes = 5_000_000;

/** Folders looked at on the way to where a file really is, and links followed. */
const mostSteps = 200;
const mostLinks = 40;

/** Files that a suggestion changes in one repository, or outside of any. */
export interface SuggestedPlace {
  /** Null for files outside of any repository; their paths are then absolute without the first slash. */
  readonly place: WorkPlace | null;
  readonly files: readonly SuggestedFile[];
}

export interface SuggestedFiles {
  readonly places: readonly SuggestedPlace[];
  readonly problems: readonly EditProblem[];
}

/** Works out what edits would make of the files on the disk, each in the repository that it really lies in. */
export function suggestedFiles(edits: readonly ProposedEdit[], cwd: string): SuggestedFiles {
  // Everything is worked out from the root, so that files outside the repository are judged as well.
  const { root } = parse(cwd);
  const resolved = resolveEdits(edits, { cwd, top: root, read: readText });
  const groups = new Map<string, { place: WorkPlace | null; files: SuggestedFile[] }>();
  function groupOf(real: string): { place: WorkPlace | null; top: string; files: SuggestedFile[] } {
    const place = placeOf(dirname(gitFolderOf(real) ?? real));
    const top = place?.top ?? root;
    const group = groups.get(top) ?? { place, files: [] };
    groups.set(top, group);
    return { ...group, top };
  }
  for (const { absolute, before, after, movedFrom } of resolved.files) {
    const real = realPath(absolute);
    const { files, top } = groupOf(real);
    const path = within(top, real);
    const old = movedFrom === undefined ? null : realPath(join(root, movedFrom));
    const from = old === null ? null : groupOf(old);
    if (old === null || from === null) files.push({ path, before, after });
    else if (from.top === top) files.push({ path, oldPath: within(top, old), before, after });
    else {
      // For the repository that it leaves it is gone, and for the other it is new.
      from.files.push({ path: within(from.top, old), before, after: null });
      files.push({ path, before: null, after });
    }
  }
  return { places: [...groups.values()], problems: resolved.problems };
}

/** Text of a file that a tool would change: null where there is none, a reason where it cannot be read as text. */
export function readText(absolute: string): string | null | { readonly unread: string } {
  const there = statSync(absolute, { throwIfNoEntry: false });
  if (there === undefined) return null;
  if (!there.isFile()) return { unread: 'it is not a regular file' };
  if (there.size > largestFileBytes) return { unread: 'it is larger than 5 MB' };
  const bytes = readFileSync(absolute);
  return isBinary(bytes) ? { unread: 'it is not text' } : decodeText(bytes);
}

/** Where a path really leads: links are followed wherever they stand, also those that lead to nothing yet. */
export function realPath(path: string, links = 0): string {
  const rest: string[] = [];
  let folder = path;
  for (let step = 0; step < mostSteps; step += 1) {
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (there?.isSymbolicLink() === true && links < mostLinks) {
      return realPath(join(resolve(dirname(folder), readlinkSync(folder)), ...rest), links + 1);
    }
    if (there !== undefined) break;
    rest.unshift(basename(folder));
    folder = dirname(folder);
  }
  try {
    return join(realpathSync(folder), ...rest);
  } catch {
    return path; // a folder that vanished meanwhile, or links in a circle, stand for themselves
  }
}

/** The `.git` that a path lies in: writing there counts to that repository. */
function gitFolderOf(path: string): string | null {
  const at = `${path}${sep}`.indexOf(`${sep}.git${sep}`);
  return at < 0 ? null : join(path.slice(0, at), '.git');
}

function within(top: string, path: string): string {
  return relative(top, path).split(sep).join('/');
}
