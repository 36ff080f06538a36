/** Something policy-bot asks GitHub for, or the message it got instead. */
export type Loaded<T> = T | { readonly error: string };

interface BotSignature {
  readonly type: string;
  readonly valid: boolean;
  readonly keyId: string;
  readonly signer: string;
  readonly state: string;
}

export interface BotCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly committedViaWeb: boolean;
  /** Logins; empty when the address belongs to no account. */
  readonly author: string;
  readonly committer: string;
  /** Null when nothing tells; then the time of evaluation stands in. */
  readonly pushedAt: number | null;
  readonly signature: BotSignature | null;
}

/** Something said: a comment, a review or the pull request's own text. Times in seconds. */
export interface BotRemark {
  readonly author: string;
  readonly at: number;
  readonly edited: boolean;
  readonly body: string;
}

export interface BotReview extends BotRemark {
  readonly state: string;
}

interface BotFile {
  readonly path: string;
  readonly added: number;
  readonly deleted: number;
}

/** What policy-bot knows about a pull request when it evaluates a policy. */
export interface PolicyBotFacts {
  /** `owner/name`. */
  readonly repository: string;
  readonly title: string;
  readonly author: string;
  readonly base: string;
  /** Branches of forks carry their owner: `owner:branch`. */
  readonly head: string;
  readonly headSha: string;
  readonly evaluatedAt: number;
  readonly body: Loaded<BotRemark>;
  readonly files: Loaded<readonly BotFile[]>;
  /** In any order. */
  readonly commits: Loaded<readonly BotCommit[]>;
  /** Including reviews in state "commented", which policy-bot loads as comments too. */
  readonly comments: Loaded<readonly BotRemark[]>;
  readonly reviews: Loaded<readonly BotReview[]>;
  /** By login: teams as `org/team`, organisations, and the permission's name. */
  readonly teams: Loaded<ReadonlyMap<string, readonly string[]>>;
  readonly organizations: Loaded<ReadonlyMap<string, readonly string[]>>;
  readonly permissions: Loaded<ReadonlyMap<string, string>>;
  readonly labels: Loaded<readonly string[]>;
  /** Conclusion by status context. */
  readonly statuses: Loaded<ReadonlyMap<string, string>>;
  /** Conclusions of the latest run per event, by workflow file. */
  readonly workflows: Loaded<ReadonlyMap<string, readonly string[]>>;
}

/** A pull request opened by `author` of which nothing else is known; the start for building facts. */
export function bareFacts(author: string): PolicyBotFacts {
  return {
    repository: 'acme/shop',
    title: '',
    author,
    base: 'main',
    head: 'topic',
    headSha: '',
    evaluatedAt: 100_000,
    body: { author, at: 1, edited: false, body: '' },
    files: [],
    commits: [],
    comments: [],
    reviews: [],
    teams: new Map(),
    organizations: new Map(),
    permissions: new Map(),
    labels: [],
    statuses: new Map(),
    workflows: new Map(),
  };
}

/** Adds what policy-bot's loader adds: a review in state "commented" speaks as a comment as well. */
export function withReviewComments(facts: PolicyBotFacts): PolicyBotFacts {
  const { comments, reviews } = facts;
  if ('error' in comments || 'error' in reviews) return facts;
  const spoken = reviews.filter((review) => review.state === 'commented');
  return { ...facts, comments: [...comments, ...spoken] };
}

/** The answer of a loader, or its failure under the heading policy-bot gives it. */
export function failed(heading: string, cause: { readonly error: string }): { error: string } {
  return { error: `${heading}: ${cause.error}` };
}

/** Logins of a commit that belong to accounts. */
export function usersOf(commit: BotCommit): readonly string[] {
  return [commit.author, commit.committer].filter((login) => login !== '');
}
