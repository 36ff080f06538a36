import {
  readFields,
  readList,
  readOptionalSwitch,
  readPatterns,
  readSwitch,
  readText,
  readTexts,
  readWhole,
  startReading,
} from './decode.ts';
import type { Reading, Values } from './decode.ts';
import { readLoose } from './decode-value.ts';
import type { Loose } from './decode-value.ts';
import { readGoYaml } from './go-yaml.ts';
import type { GoNode } from './go-yaml.ts';
import type { Pattern } from './pattern.ts';
import { actorKeys, readActors, readPredicates } from './predicate.ts';
import type { Actors, Predicate } from './predicate.ts';

/** How somebody says yes or no. */
export interface Methods {
  readonly comments: readonly string[];
  readonly commentPatterns: readonly Pattern[];
  readonly bodyPatterns: readonly Pattern[];
  readonly githubReview: boolean;
  readonly reviewPatterns: readonly Pattern[];
}

export interface RuleOptions {
  readonly allowAuthor: boolean;
  readonly allowContributor: boolean;
  readonly allowNonAuthorContributor: boolean;
  readonly invalidateOnPush: boolean;
  readonly ignoreEditedComments: boolean;
  readonly ignoreUpdateMerges: boolean;
  readonly ignoreCommitsBy: Actors;
  readonly requestReview: {
    readonly enabled: boolean;
    readonly mode: string;
    readonly count: number;
  };
  readonly methods: Methods;
}

export interface Rule {
  readonly name: string;
  readonly description: string;
  readonly predicates: readonly Predicate[];
  readonly options: RuleOptions;
  readonly count: number;
  readonly approvers: Actors;
  readonly conditions: readonly Predicate[];
}

/** A node of the approval tree. */
export type Requirement =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'and' | 'or'; readonly children: readonly Requirement[] };

export interface Disapproval {
  readonly predicates: readonly Predicate[];
  readonly actors: Actors;
  readonly disapprove: Methods;
  readonly revoke: Methods;
}

/** A policy-bot policy as it is meant. */
export interface PolicyFile {
  readonly rules: readonly Rule[];
  /** Null when no approval policy is defined. */
  readonly approval: Requirement | null;
  readonly disapproval: Disapproval;
}

/** policy-bot stops below ten levels, counted from the implied `and` of the list. */
const MAX_DEPTH = 10;

/** Parses a policy-bot policy the way policy-bot does: strictly, all or nothing. */
export function readPolicyFile(text: string): PolicyFile | { readonly parseError: string } {
  const document = readGoYaml(text);
  if ('problem' in document) return { parseError: document.problem };
  const reading = startReading();
  const values = document.root === null ? undefined : [document.root];
  const root = readFields(reading, values, ['policy', 'approval_rules']);
  const rules = readList(reading, root.of('approval_rules'), (node) => rule(reading, node)) ?? [];
  const policy = readFields(reading, root.of('policy'), ['approval', 'disapproval']);
  const entries =
    readList(reading, policy.of('approval'), (node) => readLoose(reading, node)) ?? [];
  const disapproval = readDisapproval(reading, policy.of('disapproval'));
  const approval = entries.length === 0 ? null : readTree(reading, entries, rules);
  const first = reading.problems[0];
  return first === undefined ? { rules, approval, disapproval } : { parseError: first };
}

function rule(reading: Reading, value: GoNode): Rule {
  const block = readFields(reading, [value], ['name', 'description', 'if', 'options', 'requires']);
  // policy-bot falls over a blank entry; to us it is an error like any other.
  if (!block.present) reading.problems.push(`line ${value.line}: expected a rule`);
  const requires = readFields(reading, block.of('requires'), ['count', 'conditions', ...actorKeys]);
  return {
    name: readText(reading, block.of('name')),
    description: readText(reading, block.of('description')),
    predicates: readPredicates(reading, block.of('if')),
    options: readOptions(reading, block.of('options')),
    count: readWhole(reading, requires.of('count')),
    approvers: readActors(reading, requires),
    conditions: readPredicates(reading, requires.of('conditions')),
  };
}

function readOptions(reading: Reading, values: Values): RuleOptions {
  const block = readFields(reading, values, [
    'allow_author',
    'allow_contributor',
    'allow_non_author_contributor',
    'invalidate_on_push',
    'ignore_edited_comments',
    'ignore_update_merges',
    'ignore_commits_by',
    'request_review',
    'methods',
  ]);
  const request = readFields(reading, block.of('request_review'), ['enabled', 'mode', 'count']);
  const ignored = readFields(reading, block.of('ignore_commits_by'), actorKeys);
  const methods = readMethods(reading, block.of('methods'));
  return {
    allowAuthor: readSwitch(reading, block.of('allow_author')),
    allowContributor: readSwitch(reading, block.of('allow_contributor')),
    allowNonAuthorContributor: readSwitch(reading, block.of('allow_non_author_contributor')),
    invalidateOnPush: readSwitch(reading, block.of('invalidate_on_push')),
    ignoreEditedComments: readSwitch(reading, block.of('ignore_edited_comments')),
    ignoreUpdateMerges: readSwitch(reading, block.of('ignore_update_merges')),
    ignoreCommitsBy: readActors(reading, ignored),
    requestReview: {
      enabled: readSwitch(reading, request.of('enabled')),
      mode: readText(reading, request.of('mode')) || 'random-users',
      count: readWhole(reading, request.of('count')),
    },
    methods: {
      ...methods.given,
      comments: methods.comments ?? [':+1:', '👍'],
      githubReview: methods.githubReview ?? true,
    },
  };
}

interface ReadMethods {
  readonly present: boolean;
  readonly comments: readonly string[] | null;
  readonly githubReview: boolean | null;
  readonly given: Methods;
}

function readMethods(reading: Reading, values: Values): ReadMethods {
  const block = readFields(reading, values, [
    'comments',
    'comment_patterns',
    'github_review',
    'github_review_comment_patterns',
    'body_patterns',
  ]);
  const comments = readTexts(reading, block.of('comments'));
  const githubReview = readOptionalSwitch(reading, block.of('github_review'));
  const given = {
    comments: comments ?? [],
    commentPatterns: readPatterns(reading, block.of('comment_patterns')),
    bodyPatterns: readPatterns(reading, block.of('body_patterns')),
    githubReview: githubReview ?? false,
    reviewPatterns: readPatterns(reading, block.of('github_review_comment_patterns')),
  };
  return { present: block.present, comments, githubReview, given };
}

function readDisapproval(reading: Reading, values: Values): Disapproval {
  const block = readFields(reading, values, ['if', 'options', 'requires']);
  const options = readFields(reading, block.of('options'), ['methods']);
  const methods = readFields(reading, options.of('methods'), ['disapprove', 'revoke']);
  const requires = readFields(reading, block.of('requires'), actorKeys);
  const disapprove = readMethods(reading, methods.of('disapprove'));
  const revoke = readMethods(reading, methods.of('revoke'));
  return {
    predicates: readPredicates(reading, block.of('if')),
    actors: readActors(reading, requires),
    disapprove: disapprove.present ? disapprove.given : usualMethods([':-1:', '👎']),
    revoke: revoke.present ? revoke.given : usualMethods([':+1:', '👍']),
  };
}

function usualMethods(comments: readonly string[]): Methods {
  return {
    comments,
    commentPatterns: [],
    bodyPatterns: [],
    githubReview: true,
    reviewPatterns: [],
  };
}

function readTree(
  reading: Reading,
  entries: readonly Loose[],
  rules: readonly Rule[],
): Requirement | null {
  // Of two rules with one name, the last one counts.
  const byName = new Map(rules.map((each) => [each.name, each]));

  function fail(line: number, why: string): null {
    reading.problems.push(`line ${line}: ${why}`);
    return null;
  }

  function conjunction(kind: 'and' | 'or', items: readonly Loose[], depth: number): Requirement {
    const children = items.map((item) => requirement(item, depth + 1));
    return { kind, children: children.filter((child) => child !== null) };
  }

  function requirement(entry: Loose, depth: number): Requirement | null {
    if (depth > MAX_DEPTH) return fail(entry.line, 'conjunctions are nested too deeply');
    if (entry.kind === 'text') {
      const found = byName.get(entry.value);
      if (found === undefined) return fail(entry.line, `there is no rule "${entry.value}"`);
      return { kind: 'rule', rule: found };
    }
    if (entry.kind !== 'map') {
      const is = entry.kind === 'list' ? 'a list' : entry.is;
      return fail(entry.line, `expected the name of a rule, "and" or "or", found ${is}`);
    }
    const [pair, second] = entry.entries;
    if (pair === undefined || second !== undefined) {
      return fail(entry.line, 'expected exactly one key, "and" or "or"');
    }
    const [key, list] = pair;
    const kind = key.kind === 'text' ? key.value : '';
    if (list.kind !== 'list') return fail(entry.line, `expected a list below "${kind}"`);
    if (list.items.length === 0) return fail(entry.line, `the list below "${kind}" is empty`);
    if (kind !== 'and' && kind !== 'or') {
      return fail(entry.line, `"${kind}" is no conjunction; "and" and "or" are`);
    }
    return conjunction(kind, list.items, depth);
  }

  return conjunction('and', entries, 0);
}

/** Whether a list of actors names nobody. */
export function isNobody(actors: Actors): boolean {
  return [actors.users, actors.teams, actors.organizations, actors.permissions].every(
    (list) => list.length === 0,
  );
}
