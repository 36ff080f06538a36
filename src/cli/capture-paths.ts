import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { placeOf } from '../outside/git/place.ts';
import type { HookEvent, ProposedEdit } from '../suggestion/event.ts';
import type { Place } from '../outside/journal/place.ts';

/** Files of one call that are recorded; an agent names a handful. */
const mostPaths = 500;

/** The files an event names, from the top of the work tree; what lies outside is left out. */
export function pathsOf(event: HookEvent, place: Place): readonly string[] {
  const named = event.edits.slice(0, mostPaths).flatMap(pathsIn);
  const inPlace = named.flatMap((path) => {
    const absolute = resolve(event.cwd, path);
    // A repository within this one (a submodule, a linked work tree) has a record of its own.
    return holds(place, dirname(absolute)) ? (inTree(place, absolute) ?? []) : [];
  });
  return [...new Set(inPlace)];
}

/** Whether the agent itself stands in a work tree: what its commands write without saying where is looked for there. */
export function isHome(place: Place, { cwd, command }: HookEvent): boolean {
  const runsAt = command?.cwd ?? null;
  return holds(place, cwd) || (runsAt !== null && holds(place, resolve(cwd, runsAt)));
}

function holds(place: Place, folder: string): boolean {
  const top = placeOf(real(folder))?.top;
  return top !== undefined && real(top) === real(place.top);
}

/** The files that a patch names are known when it is judged; here only what an edit says by itself. */
function pathsIn(edit: ProposedEdit): readonly string[] {
  if (edit.kind === 'move') return [edit.path, edit.to];
  if (edit.kind === 'patch') {
    const lines = edit.text.split('\n');
    return lines.slice(0, 100_000).flatMap((line) => {
      const begun = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/.exec(line)?.[1];
      const moved = /^\*\*\* Move to: (.+)$/.exec(line)?.[1];
      const unified = /^\+\+\+ b\/([^\t]+)/.exec(line)?.[1];
      return begun ?? moved ?? unified ?? [];
    });
  }
  return [edit.path];
}

/** A place on the disk as a path of the work tree with `/`; null when it is not in it, or in the git directory. */
export function inTree(place: Place, path: string): string | null {
  for (const [top, file] of [
    [place.top, path],
    [real(place.top), join(real(dirname(path)), basename(path))],
  ] as const) {
    const way = relative(top, file).split(sep).join('/');
    const inside = way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
    if (inside && !/^\.git(\/|$)/i.test(way)) return way;
  }
  return null;
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder; // it is not there yet
  }
}
