import type { BotRemark, Loaded, PolicyBotFacts } from './facts.ts';
import { anyFound } from './pattern.ts';
import type { Methods } from './policy-file.ts';

/** Somebody who said yes (or no), and when. */
export interface Candidate {
  readonly user: string;
  readonly at: number;
  readonly edited: boolean;
}

/** One candidate per user, the latest, in order of time. `state` is the review state that counts. */
export function candidatesFor(
  methods: Methods,
  facts: PolicyBotFacts,
  state: 'approved' | 'changes_requested',
): Loaded<readonly Candidate[]> {
  const all: BotRemark[] = [];
  if (methods.comments.length > 0 || methods.commentPatterns.length > 0) {
    if ('error' in facts.comments) return facts.comments;
    all.push(...facts.comments.filter(({ body }) => commentCounts(methods, body)));
  }
  if (methods.bodyPatterns.length > 0) {
    if ('error' in facts.body) return facts.body;
    if (anyFound(methods.bodyPatterns, facts.body.body)) all.push(facts.body);
  }
  if (methods.githubReview || methods.reviewPatterns.length > 0) {
    if ('error' in facts.reviews) return facts.reviews;
    const patterns = methods.reviewPatterns;
    const counting = facts.reviews.filter((review) => review.state === state);
    all.push(...counting.filter(({ body }) => patterns.length === 0 || anyFound(patterns, body)));
  }
  return latestPerUser(all);
}

function commentCounts(methods: Methods, body: string): boolean {
  return (
    methods.comments.some((comment) => body.includes(comment)) ||
    anyFound(methods.commentPatterns, body)
  );
}

function latestPerUser(remarks: readonly BotRemark[]): readonly Candidate[] {
  const latest = new Map<string, Candidate>();
  for (const { author, at, edited } of remarks) {
    const known = latest.get(author);
    // At equal times the earlier kind stays: comments, then the body, then reviews.
    if (known === undefined || known.at < at) latest.set(author, { user: author, at, edited });
  }
  return [...latest.values()].toSorted((one, other) => one.at - other.at);
}
