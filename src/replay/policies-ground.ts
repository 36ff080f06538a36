import type { Codeowners } from '../people/codeowners.ts';
import type { Identities } from '../people/identities.ts';
import type { Knowing, Roster } from '../people/people.ts';
import type { Unknown } from '../policy/subject.ts';
import type { Catalogue } from '../risk/services.ts';
import type { ChangeFact } from './fact.ts';
import { knowledgeOf } from './policies-knowledge.ts';
import type { Knowledge } from './policies-knowledge.ts';
import { castOf } from './policies-people.ts';
import type { Cast } from './policies-people.ts';
import { ranksOf } from './policies-ranks.ts';
import type { Ranks, Score } from './policies-ranks.ts';

/** What a repository says about its people and its parts. */
export interface House {
  readonly roster: Roster | Unknown;
  readonly identities: Identities;
  /** Null when it has no CODEOWNERS. */
  readonly codeowners: Codeowners | null;
  readonly catalogue: Catalogue;
  /** Name of the branch the changes landed on. */
  readonly branch: string | null;
}

/** A history, prepared once so that any number of policies can be judged by it. */
export interface Ground {
  readonly facts: readonly ChangeFact[];
  readonly house: House;
  readonly cast: Cast;
  readonly ranks: Ranks;
  /** True when guards were asked about at least one change; then silence about another one is a gap. */
  readonly guardsAsked: boolean;
  /** Who knew the files of each change, by a definition; measured once for each. */
  readonly knowledge: (definition: Knowing) => Knowledge;
}

/** Prepares a history: who is who, how risky each change looked that day, who knew its files. */
export function groundOf(facts: readonly ChangeFact[], house: House, score: Score): Ground {
  const cast = castOf(facts, house.identities);
  const measured = new Map<string, Knowledge>();
  function knowledge(definition: Knowing): Knowledge {
    const { changedAtLeast, reviewedAtLeast, withinDays } = definition;
    const key = `${changedAtLeast} ${reviewedAtLeast} ${withinDays}`;
    const known = measured.get(key) ?? knowledgeOf(facts, cast, definition);
    measured.set(key, known);
    return known;
  }
  return {
    facts,
    house,
    cast,
    ranks: ranksOf(facts, score),
    guardsAsked: facts.some(({ findings }) => findings !== null),
    knowledge,
  };
}
