import { adjustmentsPath, noAdjustments } from '../guards/adjust.ts';
import { baselinePath, emptyBaseline, readBaseline } from '../guards/baseline.ts';
import { defaultBranch, openRepository, readFilesAt } from '../outside/git/git.ts';
import { markOfBranches, type WorkPlace } from '../outside/git/place.ts';
import { readPolicy } from '../policy/policy.ts';
import type { House } from '../suggestion/suggestion.ts';
import { adjustmentsIn } from './house-files.ts';
import { ownGuardsAt } from './own-guards.ts';
import { policyPath } from './policy-file.ts';

/** Repositories whose answers a resident gate remembers. */
const mostRemembered = 100;

/** What was read before, by repository, with the state of the branches it was read from. */
const remembered = new Map<
  string,
  { readonly mark: string; readonly house: Omit<House, 'today'> }
>();

/** What a repository says about suggestions on the branch that work lands on. What cannot be read loosens nothing. */
export async function houseAt(place: WorkPlace | null): Promise<House> {
  const today = new Date().toISOString().slice(0, 10);
  if (place === null) return { ...strict, today };
  // Taken before reading: a branch that moves meanwhile makes the answer stale, not wrong for good.
  const mark = markOfBranches(place);
  const known = remembered.get(place.commonDir);
  if (known?.mark === mark) return { ...known.house, today };
  const house = await readHouse(place);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(place.commonDir, { mark, house });
  return { ...house, today };
}

async function readHouse(place: WorkPlace): Promise<Omit<House, 'today'>> {
  const repository = await openRepository(place.top);
  const landed = await defaultBranch(repository);
  if (landed === null) return strict;
  const files = await readFilesAt(repository, landed.commit, [
    policyPath,
    baselinePath,
    adjustmentsPath,
  ]);
  const text = files.get(policyPath) ?? null;
  const policy = text === null ? null : readPolicy(text, policyPath).policy;
  return {
    mode: policy?.agents ?? 'enforce',
    baseline: readBaseline(files.get(baselinePath) ?? null),
    adjustments: await adjustmentsIn(files.get(adjustmentsPath) ?? null),
    ownGuards: (await ownGuardsAt(repository, landed.commit)).guards,
  };
}

const strict: Omit<House, 'today'> = {
  mode: 'enforce',
  baseline: emptyBaseline,
  ownGuards: [],
  adjustments: noAdjustments,
};
