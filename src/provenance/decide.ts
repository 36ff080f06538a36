import type { Authorship, Evidence } from './provenance.ts';
import { strengthOf } from './strength.ts';

/** What the evidence about some lines adds up to. */
export interface Answer {
  readonly authorship: Authorship;
  readonly tool: string | null;
  readonly model: string | null;
  readonly evidence: readonly string[];
  readonly disputed: boolean;
}

/**
 * Weighs all evidence about the same lines.
 *
 * Only `ai`, `mixed` and `human` vote; bots, advice and signs that say nothing about lines stay visible. Evidence
 * of low confidence never decides against better evidence; alone it makes lines mixed, never AI-written and never
 * human. Among the rest the strongest kind decides, and where that kind contradicts itself the lines are mixed.
 *
 * Hence: evidence that does not claim human never turns lines human and never makes AI-written or mixed lines
 * unknown; evidence that does claim human turns them human only where it is stronger than all better-than-low
 * evidence of an AI, and then the lines are disputed.
 */
export function decide(evidence: readonly Evidence[]): Answer {
  const votes = evidence.filter(
    ({ claim }) => claim === 'ai' || claim === 'mixed' || claim === 'human',
  );
  if (votes.length === 0) return silent(evidence);
  const sure = votes.filter(({ confidence }) => confidence !== 'low');
  if (sure.length === 0) return hinted(votes, evidence);
  const best = Math.min(...sure.map(({ kind }) => strengthOf[kind]));
  const deciding = sure.filter(({ kind }) => strengthOf[kind] === best);
  const claims = new Set(deciding.map(({ claim }) => claim));
  const [only] = claims;
  const authorship = claims.size === 1 && (only === 'ai' || only === 'human') ? only : 'mixed';
  return {
    authorship,
    ...authorTool(authorship, deciding, votes),
    evidence: deciding.map(({ id }) => id),
    disputed: contradicted(claims, votes),
  };
}

function silent(evidence: readonly Evidence[]): Answer {
  const ids = evidence.map(({ id }) => id);
  return { authorship: 'unknown', tool: null, model: null, evidence: ids, disputed: false };
}

/** Nothing but evidence of low confidence: a hint of an AI makes the lines mixed, a hint of a person nothing. */
function hinted(votes: readonly Evidence[], evidence: readonly Evidence[]): Answer {
  const ai = votes.filter(({ claim }) => claim !== 'human');
  if (ai.length === 0) return silent(evidence);
  return {
    authorship: 'mixed',
    ...authorTool('mixed', ai, votes),
    evidence: ai.map(({ id }) => id),
    disputed: ai.length < votes.length,
  };
}

/** Whether anything, also of low confidence, says human where the answer involves an AI, or the reverse. */
function contradicted(claims: ReadonlySet<Evidence['claim']>, votes: readonly Evidence[]): boolean {
  const human = votes.some(({ claim }) => claim === 'human');
  const ai = votes.some(({ claim }) => claim !== 'human');
  return human && ai && claims.size > 0;
}

/** The tool of the deciding evidence, and the model that any evidence about the same tool names. */
function authorTool(
  authorship: Authorship,
  deciding: readonly Evidence[],
  votes: readonly Evidence[],
): Pick<Answer, 'tool' | 'model'> {
  if (authorship === 'human' || authorship === 'unknown') return { tool: null, model: null };
  const byStrength = votes
    .filter(({ claim }) => claim !== 'human')
    .toSorted((one, other) => strengthOf[one.kind] - strengthOf[other.kind]);
  const named = [...deciding.filter(({ claim }) => claim !== 'human'), ...byStrength];
  const tool = named.find((one) => one.tool !== null)?.tool ?? null;
  const model = named.find((one) => one.model !== null && (one.tool === tool || one.tool === null));
  return { tool, model: model?.model ?? null };
}
