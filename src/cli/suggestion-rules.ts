import { rules as commandRules } from '../commands/rules/rules.ts';
import { guardById } from '../guards/guards.ts';

/** A rule that a suggestion can be refused for and that is neither a guard nor of the policy. */
export interface SuggestionRule {
  readonly id: string;
  readonly title: string;
  /** `warn`: nothing is stopped; it is a finding at the commit and in `check`. */
  readonly decision: 'deny' | 'ask' | 'warn';
  /** Why it is stopped, in one sentence. */
  readonly why: string;
  readonly instead: string;
  /** Commands that it stops and that it lets pass; none for a rule that is not about commands. */
  readonly caught: readonly string[];
  readonly passed: readonly string[];
}

const noCommands = { caught: [], passed: [] } as const;

const othersThanCommands: readonly SuggestionRule[] = [
  {
    id: 'suggestion/monitor-settings',
    title: 'Turning the monitor off',
    decision: 'deny',
    why: 'Hooks, their settings and the git directory decide what is seen of an agent; whoever is watched must not change them.',
    instead: 'Leave them as they are; a person can run: hallmonitor init --undo.',
    ...noCommands,
  },
  {
    id: 'suggestion/hook-settings',
    title: 'Changing the settings of hooks',
    decision: 'ask',
    why: 'These settings decide which hooks see what an agent does.',
    instead: 'Ask the person to make this change, or to allow it.',
    ...noCommands,
  },
  {
    id: 'suggestion/policy-file',
    title: 'Changing the policy, the people file or the baseline',
    decision: 'ask',
    why: 'By these rules agents and changes are judged, so they are for people to change.',
    instead: 'Ask the person to make this change, or to allow it.',
    ...noCommands,
  },
  {
    id: 'suggestion/not-understood',
    title: 'A patch that cannot be read',
    decision: 'ask',
    why: 'Nobody knows what it would write.',
    instead: 'Make the change in smaller edits.',
    ...noCommands,
  },
  {
    id: 'coverage/ungated-lines',
    title: 'Lines that came while an agent, or what it left running, was at work, in no gated call',
    decision: 'warn',
    why: 'They were not judged when they were suggested, and nobody can say who wrote them.',
    instead: 'Run hallmonitor doctor, and have somebody who knows this code read these lines.',
    ...noCommands,
  },
  {
    id: 'coverage/record-broken',
    title: 'A record of what agents wrote that was altered',
    decision: 'warn',
    why: 'What it says of the lines can no longer be believed.',
    instead:
      'Run hallmonitor record verify, and have somebody who knows this code read the change.',
    ...noCommands,
  },
  {
    id: 'coverage/record-missing',
    title: 'A record of what agents wrote that is gone',
    decision: 'warn',
    why: 'Nobody can say who wrote the lines it told of; taking it away makes nothing easier.',
    instead:
      'Run hallmonitor record verify, and have somebody who knows this code read the change.',
    ...noCommands,
  },
];

/** Every rule of suggestions that can be explained by its id. */
export const suggestionRules: readonly SuggestionRule[] = [
  ...othersThanCommands,
  ...commandRules.map(({ id, title, decision, why, instead, caught, passed }) => ({
    id,
    title,
    decision,
    why,
    instead,
    caught,
    passed,
  })),
];

/** What is to be done instead of what a guard or rule refuses; null for one that is not known here. */
export function adviceOf(id: string): { readonly why: string; readonly instead: string } | null {
  const guard = guardById(id);
  if (guard !== null) return { why: guard.breaks, instead: guard.fix };
  return suggestionRules.find((rule) => rule.id === id) ?? null;
}
