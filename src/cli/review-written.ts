import { join } from 'node:path';
import { languagesIn } from '../guards/guards.ts';
import { openRepository, readFilesAt } from '../outside/git/git.ts';
import type { WorkPlace } from '../outside/git/place.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { treeReader } from '../outside/trees/trees.ts';
import type { Verdict } from '../suggestion/event.ts';
import { tamperings } from '../suggestion/monitor-settings.ts';
import { changeOf, judgeSuggestion, type SuggestedFile } from '../suggestion/suggestion.ts';
import { readText } from './suggested-files.ts';
import { houseAt } from './suggestion-house.ts';

/** A command that writes more files than these made a build or an install; the commit is judged. */
const mostFiles = 200;

/**
 * Looks at files that a tool call wrote by a road nobody could judge before. It is too late to refuse them, so the
 * agent is told to take them back, and the commit is stopped by its own hook.
 */
export async function reviewWritten(place: WorkPlace, paths: readonly string[]): Promise<Verdict> {
  if (paths.length === 0 || paths.length > mostFiles) return nothing;
  const files = await sidesOf(place, paths);
  const { verdict } = await judgeSuggestion({
    files,
    objections: tamperings(files),
    parsers: await loadParsers(languagesIn(changeOf(files))),
    readAfter: treeReader(place.top),
    gaps: [],
    ownGuards: (await houseAt(place)).ownGuards,
    house: () => houseAt(place),
  });
  if (verdict.decision === 'pass') return { ...verdict, context: null };
  return {
    decision: 'deny',
    reason: `It is written already, so take it back now. ${verdict.reason}`,
    context: null,
  };
}

const nothing: Verdict = { decision: 'pass', reason: '', context: null };

async function sidesOf(
  place: WorkPlace,
  paths: readonly string[],
): Promise<readonly SuggestedFile[]> {
  const repository = await openRepository(place.top);
  const before = await readFilesAt(repository, 'HEAD', paths);
  return paths.flatMap((path) => {
    const now = readText(join(place.top, path));
    const after = typeof now === 'string' ? now : null;
    const old = before.get(path) ?? null;
    return typeof now === 'object' && now !== null ? [] : [{ path, before: old, after }];
  });
}
