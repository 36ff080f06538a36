import { baselinePath, emptyBaseline, readBaseline } from '../guards/baseline.ts';
import { defaultBranch, openRepository, readFilesAt } from '../outside/git/git.ts';
import type { WorkPlace } from '../outside/git/place.ts';
import { readPolicy } from '../policy/policy.ts';
import type { House } from '../suggestion/suggestion.ts';
import { policyPath } from './policy-file.ts';

/** What a repository says about suggestions on the branch that work lands on. What cannot be read loosens nothing. */
export async function houseAt(place: WorkPlace | null): Promise<House> {
  if (place === null) return strict;
  const repository = await openRepository(place.top);
  const landed = await defaultBranch(repository);
  if (landed === null) return strict;
  const files = await readFilesAt(repository, landed.commit, [policyPath, baselinePath]);
  const text = files.get(policyPath) ?? null;
  const policy = text === null ? null : readPolicy(text, policyPath).policy;
  return {
    mode: policy?.agents ?? 'enforce',
    baseline: readBaseline(files.get(baselinePath) ?? null),
  };
}

const strict: House = { mode: 'enforce', baseline: emptyBaseline };
