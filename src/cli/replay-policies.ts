import { defaultPolicyName, defaultPolicyText } from '../policy/default-policy.ts';
import type { Candidate } from '../replay/policies-result.ts';
import type { HouseFiles } from './house-files.ts';
import { policyPath, usablePolicy } from './policy-file.ts';
import { readNamed } from './print.ts';

/** A candidate with the text it was read from. */
export interface WrittenCandidate extends Candidate {
  readonly text: string;
  /** Nobody wrote it for this repository. */
  readonly builtIn: boolean;
}

const usualPeople = `who:
  senior:
    level: L5+
    if_nobody: expert
  expert:
    any: [ changed the file at least 1 time, reviewed the file at least 3 times ]
    within: 12 months
    covering: 50% of changed lines
    if_nobody: anyone
`;

/** Only what evidence says AI wrote is AI's here: otherwise these would ask about nearly everything. */
const builtIns: readonly {
  readonly name: string;
  readonly text: string;
  readonly aiAlone?: boolean;
}[] = [
  {
    name: 'senior reviews all AI changes',
    aiAlone: true,
    text: `version: 1
${usualPeople}humans: { whole_repository: true }
rules:
  - name: Everything gets one reviewer
    require: { approvals: 1 }
  - name: Seniors review all AI-assisted changes
    when: { ai: assisted }
    require: { approvals: 1, from: senior }
`,
  },
  {
    name: 'everything gets one reviewer',
    text: `version: 1
humans: { whole_repository: true }
rules:
  - name: Everything gets one reviewer
    require: { approvals: 1 }
`,
  },
];

const searchable = `version: 1
${usualPeople}humans: { whole_repository: true }
rules:
  - name: Everything gets one reviewer
    require: { approvals: 1 }
  - name: Risky changes need somebody who knows the code
    when: { risk: top 20% }
    require: { approvals: 1, from: expert }
  - name: Big changes need somebody who knows the code
    when: { lines: "> 600" }
    require: { approvals: 1, from: expert }
  - name: AI-assisted changes that are not harmless need somebody who knows the code
    when: { ai: assisted, risk: top 50% }
    require: { approvals: 1, from: expert }
goal:
  may_change: [ "risk: top 20%", "lines: > 600", "risk: top 50%" ]
`;

/** Where a search starts in a repository without a policy: the default asks nearly everywhere, whatever its numbers. */
export function searchStart(): WrittenCandidate {
  return written('a plain policy to start from', searchable, true);
}

/** The policies that were named; else the repository's own or the default, beside two to compare with. */
export async function candidatesFor(
  named: readonly string[],
  { policyText }: Pick<HouseFiles, 'policyText'>,
): Promise<readonly WrittenCandidate[]> {
  if (named.length > 0) {
    const texts = await Promise.all(named.map(readNamed));
    return texts.map((text, at) => written(named[at] ?? '', text, false));
  }
  return [ownPolicy(policyText), ...comparisons()];
}

/** The repository's own policy, or the default where it has none. */
export function ownPolicy(policyText: string | null): WrittenCandidate {
  return policyText === null
    ? written(defaultPolicyName, defaultPolicyText, true)
    : written(policyPath, policyText, false);
}

/** What people propose first, to compare with. */
export function comparisons(): readonly WrittenCandidate[] {
  return builtIns.map(({ name, text, aiAlone = false }) => ({
    ...written(name, text, true),
    aiAlone,
  }));
}

function written(name: string, text: string, builtIn: boolean): WrittenCandidate {
  return { name, text, builtIn, policy: usablePolicy(text, name) };
}
