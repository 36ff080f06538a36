import { rules as commandRules } from '../commands/rules/rules.ts';
import { guardById } from '../guards/guards.ts';

/** A rule that a suggestion can be refused for and that is neither a guard nor of the policy. */
export interface SuggestionRule {
  readonly id: string;
  readonly title: string;
  readonly decision: 'deny' | 'ask';
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
    id: 'suggestion/not-understood',
    title: 'A patch that cannot be read',
    decision: 'ask',
    why: 'Nobody knows what it would write.',
    instead: 'Make the change in smaller edits.',
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
