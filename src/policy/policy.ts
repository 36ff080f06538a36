import type { Trust } from '../provenance/provenance.ts';
import type { Attention, BreakGlass } from './attention.ts';
import type { Matcher } from './areas.ts';
import type { Condition } from './condition.ts';
import type { Asking } from './demands.ts';
import type { Goal } from './goal.ts';
import type { PolicyTest } from './given.ts';
import type { Complaints, Place, Problem } from './problems.ts';
import { locate } from './located.ts';
import { readSections } from './sections.ts';
import type { KnowingFiles, WhoEntries } from './who.ts';

/** `observe` only tells, `warn` tells loudly, `enforce` stops. */
export type Mode = 'observe' | 'warn' | 'enforce';

/** A rule, compiled. */
export interface Rule {
  readonly name: string;
  readonly at: Place;
  /** Null when the rule always applies. */
  readonly when: Condition | null;
  /** What it asks; null for a rule that only waives. */
  readonly asks: Asking | null;
  /** Names of the rules it takes away when its condition certainly holds. */
  readonly waives: readonly string[];
}

export interface Area {
  readonly name: string;
  readonly at: Place;
  readonly patterns: readonly string[];
  readonly matches: Matcher;
}

/** A policy, read and compiled. It never changes, and judging by it needs nothing else. */
export interface Policy {
  /** Where it was read from, as shown to people. */
  readonly file: string;
  readonly mode: Mode;
  /** The mode of agents' hooks. An agent that is refused corrects itself and costs nobody's time. */
  readonly agents: Mode;
  readonly who: WhoEntries;
  /** Named areas, patterns that rules give in place of a name, and areas asked about together. */
  readonly areas: ReadonlyMap<string, Area>;
  /** Only those the file names. */
  readonly namedAreas: readonly string[];
  readonly rules: readonly Rule[];
  readonly attention: Attention;
  readonly breakGlass: BreakGlass | null;
  /** Whose lines without evidence count as human. */
  readonly trust: Trust;
  readonly tests: readonly PolicyTest[];
  readonly goal: Goal | null;
}

/** What came of reading a policy: usable only without errors. */
export interface ReadPolicy {
  readonly policy: Policy | null;
  readonly problems: readonly Problem[];
}

/** Reads and compiles a policy file. Whatever the content, it answers with problems and never throws. */
export function readPolicy(text: string, name: string): ReadPolicy {
  const complaints: Complaints = { file: name, found: [] };
  const located = locate(text, complaints);
  const policy = located && readSections(located, complaints);
  const problems = [...complaints.found].sort((a, b) => a.line - b.line || a.column - b.column);
  return { policy: problems.length === 0 ? policy : null, problems };
}

/** What `people/` should measure for a policy: by name of the `who` entry, what it takes to know files. */
export function knowledgeAsked(policy: Policy): ReadonlyMap<string, KnowingFiles> {
  return new Map(
    [...policy.who].flatMap(([name, { knows }]) => (knows ? [[name, knows] as const] : [])),
  );
}
