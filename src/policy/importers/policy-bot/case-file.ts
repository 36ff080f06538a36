import { z } from 'zod';
import type { BotCommit, PolicyBotFacts } from './facts.ts';
import type { BotResult } from './result.ts';

/** A recorded pull request with the policy it was judged by. */
export interface Case {
  readonly id: string;
  readonly policy: string;
  readonly facts: PolicyBotFacts;
}

/** What policy-bot itself said. */
export interface Verdict {
  readonly id: string;
  readonly result: BotResult | null;
  readonly trigger: string | null;
  readonly parseError: string | null;
}

/** Fixed for every recorded case, because the recording leaves it out. */
const recorded = { repository: 'acme/shop', evaluatedAt: 100_000, bodyAt: 1 } as const;

function list<T extends z.ZodType>(item: T): z.ZodType<z.output<T>[]> {
  return z.preprocess((value) => value ?? [], z.array(item));
}

function mapOf<T extends z.ZodType>(value: T): z.ZodType<Map<string, z.output<T>>> {
  return z.preprocess(
    (given) => {
      return typeof given === 'object'
        ? new Map(Object.entries(given ?? {}))
        : (given ?? new Map());
    },
    z.map(z.string(), value),
  );
}

const text = z.preprocess((value) => value ?? '', z.string());
const seconds = z.preprocess((value) => value ?? 0, z.number());

const signature = z.object({
  Type: text,
  IsValid: z.boolean().default(false),
  KeyID: text,
  Signer: text,
  State: text,
});

const remark = z.object({ At: seconds, EditedAt: seconds, Author: text, Body: text });

const caseLine = z.object({
  id: text,
  policy: z.string(),
  author: text,
  title: text,
  body: text,
  base: text,
  head: text,
  headSha: text,
  files: list(z.object({ Filename: text, Additions: seconds, Deletions: seconds })),
  commits: list(
    z.object({
      SHA: text,
      Parents: list(z.string()),
      CommittedViaWeb: z.boolean().default(false),
      Author: text,
      Committer: text,
      PushedAt: z.number().nullish(),
      Signature: signature.nullish(),
    }),
  ),
  comments: list(remark),
  reviews: list(remark.extend({ State: text })),
  teams: mapOf(z.array(z.string())),
  orgs: mapOf(z.array(z.string())),
  permissions: mapOf(z.string()),
  labels: list(z.string()),
  statuses: mapOf(z.string()),
  // The recorded cases have no workflow runs; both names one would give them are understood.
  workflows: mapOf(z.array(z.string())),
  workflowRuns: mapOf(z.array(z.string())),
});

const resultNode: z.ZodType<BotResult> = z.object({
  name: z.string(),
  status: z.enum(['skipped', 'pending', 'approved', 'disapproved']).catch('skipped'),
  description: text,
  error: z.string().exactOptional(),
  get children() {
    return z.array(resultNode).exactOptional();
  },
});

const verdictLine = z.object({
  id: text,
  result: resultNode.nullish(),
  trigger: z.string().nullish(),
  parseError: z.string().nullish(),
});

/** Reads one line of a cases file. */
export function readCase(line: string): Case | { readonly problem: string } {
  const read = caseLine.safeParse(jsonOf(line));
  if (!read.success) return { problem: `not a case: ${firstIssue(read.error)}` };
  const { id, policy } = read.data;
  return { id, policy, facts: factsOf(read.data) };
}

/** Reads one line of a verdicts file. */
export function readVerdict(line: string): Verdict | { readonly problem: string } {
  const read = verdictLine.safeParse(jsonOf(line));
  if (!read.success) return { problem: `not a verdict: ${firstIssue(read.error)}` };
  const { id, result, trigger, parseError } = read.data;
  return {
    id,
    result: result ?? null,
    trigger: trigger ?? null,
    parseError: parseError ?? null,
  };
}

function factsOf(data: z.output<typeof caseLine>): PolicyBotFacts {
  const { author, title, base, head, headSha, labels, statuses, permissions } = data;
  return {
    repository: recorded.repository,
    title,
    author,
    base,
    head,
    headSha,
    evaluatedAt: recorded.evaluatedAt,
    body: { author, at: recorded.bodyAt, edited: false, body: data.body },
    files: data.files.map((file) => {
      return { path: file.Filename, added: file.Additions, deleted: file.Deletions };
    }),
    commits: data.commits.map(commitOf),
    comments: data.comments.map(remarkOf),
    reviews: data.reviews.map((review) => ({ ...remarkOf(review), state: review.State })),
    teams: data.teams,
    organizations: data.orgs,
    permissions,
    labels,
    statuses,
    workflows: new Map([...data.workflowRuns, ...data.workflows]),
  };
}

function remarkOf({ At, EditedAt, Author, Body }: z.output<typeof remark>): {
  author: string;
  at: number;
  edited: boolean;
  body: string;
} {
  return { author: Author, at: At, edited: EditedAt !== 0, body: Body };
}

function commitOf(commit: z.output<typeof caseLine>['commits'][number]): BotCommit {
  const { SHA, Parents, CommittedViaWeb, Author, Committer, PushedAt, Signature } = commit;
  return {
    sha: SHA,
    parents: Parents,
    committedViaWeb: CommittedViaWeb,
    author: Author,
    committer: Committer,
    pushedAt: PushedAt ?? null,
    signature:
      Signature === null || Signature === undefined
        ? null
        : {
            type: Signature.Type,
            valid: Signature.IsValid,
            keyId: Signature.KeyID,
            signer: Signature.Signer,
            state: Signature.State,
          },
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'unreadable' : `${issue.path.join('.')} ${issue.message}`.trim();
}
