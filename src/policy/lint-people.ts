import type { Remark } from './lint.ts';
import type { Policy } from './policy.ts';
import type { WhoEntry } from './who.ts';

/** What of people.yml matters for whether a policy can be satisfied. */
export interface LintPeople {
  readonly name: string;
  readonly emails: readonly string[];
  readonly logins: readonly string[];
  readonly level: number | null;
  readonly teams: readonly string[];
  readonly duties: readonly string[];
}

/** Kinds of people that nobody in people.yml is. */
export function peopleProblems(policy: Policy, members: readonly LintPeople[]): readonly Remark[] {
  const kinds = [...policy.who.values()].filter(
    (entry) =>
      entry.ifNobody === null && needsFile(entry) && !members.some((one) => isOne(one, entry)),
  );
  const doors = (policy.breakGlass?.who ?? []).filter(
    (kind) => !policy.who.has(kind) && !members.some(({ duties }) => duties.includes(kind)),
  );
  const at = policy.breakGlass?.at;
  return [
    ...kinds.map((entry) => ({
      at: entry.at,
      message: `nobody in people.yml is "${entry.name}", so what asks for one waits for ever`,
      suggestion: 'name somebody there, or say here who will do: "if_nobody: expert"',
    })),
    ...(at
      ? doors.map((kind) => ({
          at,
          message: `nobody in people.yml has the duty "${kind}", so nobody can open the emergency door by it`,
        }))
      : []),
  ];
}

function needsFile({ levels, teams, duties }: WhoEntry): boolean {
  return levels !== null || teams !== null || duties !== null;
}

function isOne(member: LintPeople, { levels, teams, duties, people }: WhoEntry): boolean {
  const ids = [...member.emails, ...member.logins.map((login) => `@${login}`), member.name].map(
    (id) => id.toLowerCase(),
  );
  return (
    (levels === null ||
      (member.level !== null && member.level >= levels.least && member.level <= levels.most)) &&
    (teams === null || teams.some((team) => member.teams.includes(team))) &&
    (duties === null || duties.some((duty) => member.duties.includes(duty))) &&
    (people === null || people.some((id) => ids.includes(id.toLowerCase())))
  );
}
