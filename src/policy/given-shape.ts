import { rollouts } from './demands.ts';
import { riskPattern, sharePattern } from './phrases.ts';
import { anyText, flag, list, listOrOne, map, phrase, whole, word } from './shape.ts';
import type { Keys, Shape } from './shape.ts';
import { whoPattern } from './who.ts';

/** Who a test may say wrote the change. */
export const kinds = ['assisted', 'mostly', 'none', 'advised', 'unknown'] as const;

export const severities = ['block', 'warn', 'note'] as const;

/** Signals a test may leave out. */
export const missable = ['authorship', 'author', 'risk', 'findings', 'files', 'services'] as const;

const count = whole(0, 1_000_000);
function names(example: string): Shape {
  return listOrOne(anyText(example), 50);
}

const author = phrase(
  /^(?:(?:below|at least)\s+)?[A-Za-z@][\w.@+-]*(?:\s+(?:and|or)\s+[A-Za-z@][\w.@+-]*){0,9}$/,
  'L3',
);

const givenKeys: Keys = {
  ai: { says: 'Who wrote it. Left out: none, a person did.', shape: word(...kinds) },
  ai_share: { says: 'Share of the added lines that AI wrote.', shape: phrase(sharePattern, '80%') },
  lines: { says: 'Lines to review, all of them added. Left out: 10.', shape: count },
  added: { says: 'Added lines.', shape: count },
  deleted: { says: 'Deleted lines. Left out: 0.', shape: count },
  files: { says: 'Touched files. Left out: 1, or as many as paths.', shape: count },
  commits: { says: 'Commits. Left out: 1.', shape: count },
  risk: {
    says: 'Such as `top 5%`, or a score such as `0.4`. Left out: the least risky.',
    shape: phrase(riskPattern, 'top 5%', true),
  },
  touches: { says: 'Areas with a file in the change. Left out: none.', shape: names('tier-1') },
  only: { says: 'Areas that all files are in.', shape: names('safe') },
  paths: {
    says: 'Changed files by path, in place of `touches` and `only`.',
    shape: names('docs/a.md'),
  },
  author: {
    says: 'A level, a kind of person or an address. Left out: somebody above all levels.',
    shape: author,
  },
  finding: { says: 'Guards that found something.', shape: names('sql/drop-column') },
  severity: { says: 'Severity of what was found. Left out: warn.', shape: word(...severities) },
  tier: { says: 'Tier of the service it reaches. Left out: it reaches none.', shape: count },
  services: { says: 'Services it reaches.', shape: names('checkout') },
  reaches: {
    says: 'Services and entry points that users of the code lead to.',
    shape: names('checkout'),
  },
  reaches_tier: { says: 'Tier of the service reached in that way. Left out: none.', shape: count },
  branch: { says: 'Branch it wants to land on. Left out: main.', shape: anyText('main') },
  labels: { says: 'Labels it carries. Left out: none.', shape: names('hotfix') },
  tool: { says: 'AI tools that wrote some of it.', shape: names('claude-code') },
  model: { says: 'Models that wrote some of it.', shape: names('gpt-5') },
  unknown: {
    says: 'Signals that are missing. Left out: none.',
    shape: listOrOne(word(...missable), 10),
  },
};

const expectKeys: Keys = {
  approvals: { says: 'The number of people who must approve.', shape: whole(0, 20) },
  from: {
    says: 'The kind all those approvals must come from.',
    shape: phrase(whoPattern, 'expert'),
  },
  one_from: {
    says: 'Kinds at least one of them must come from.',
    shape: listOrOne(phrase(whoPattern, 'senior and expert'), 10),
  },
  checks: {
    says: 'Exactly these checks.',
    shape: { kind: 'list', of: anyText('ci'), orOne: true, most: 50, empty: true },
  },
  split: { says: 'Whether a split is asked for, alone or as a choice.', shape: flag },
  or: {
    says: 'What would do in place of the split.',
    shape: map({ approvals: { says: 'So many approvals.', shape: whole(1, 20) } }, ['approvals']),
  },
  change_record: { says: 'Whether a change record is asked for.', shape: flag },
  rollout: { says: 'How it goes out.', shape: word(...rollouts) },
  rules: {
    says: 'Exactly these rules apply and are not waived.',
    shape: {
      kind: 'list',
      of: anyText('Everything gets one reviewer'),
      orOne: true,
      most: 300,
      empty: true,
    },
  },
};

/** The section `tests`. */
export const testsShape: Shape = list(
  map(
    {
      name: { says: 'What the test is called when it fails.', shape: anyText('Docs need nobody') },
      given: { says: 'The change; what is left out is known and harmless.', shape: map(givenKeys) },
      expect: { says: 'What it must owe.', shape: map(expectKeys) },
    },
    ['given', 'expect'],
  ),
  1000,
);
