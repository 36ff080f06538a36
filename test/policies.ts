import * as fc from 'fast-check';
import { portionOf } from '../src/policy/areas.ts';
import type { MeasuredFile } from '../src/policy/areas.ts';
import type { Policy } from '../src/policy/policy.ts';
import { readPolicy } from '../src/policy/policy.ts';
import { problemLine } from '../src/policy/problems.ts';
import type { Someone, Subject, SubjectFinding, SubjectService } from '../src/policy/subject.ts';

/** A policy that must be usable; its problems otherwise. */
export function policyFrom(text: string): Policy {
  const { policy, problems } = readPolicy(text, 'policy.yml');
  if (policy === null) throw new Error(problems.map(problemLine).join('\n'));
  return policy;
}

/** The people, areas and doors that generated rules may speak of. */
const head = `version: 1
who:
  senior: { level: L5+, if_nobody: expert }
  expert: { any: [ changed the file at least 1 time ], covering: 50%, if_nobody: anyone }
  payments: { teams: [ payments ] }
areas:
  core: [ "src/core/**" ]
  docs: [ "**/*.md" ]
`;

const atoms = [
  'ai: assisted',
  'ai: none',
  'ai: mostly',
  'ai: advised',
  'ai: unknown',
  'ai_share: "> 50%"',
  'ai_share: "< 20%"',
  'lines: "> 100"',
  'lines: "< 50"',
  'files: at least 3',
  'deleted: "> 10"',
  'touches: core',
  'touches: [ core, docs ]',
  'only: docs',
  'only: [ core, docs ]',
  'touches: "lib/*.ts"',
  'author: senior',
  'author: below senior',
  'author: expert',
  'author: payments',
  'author: L3',
  'risk: top 10%',
  'risk: "> 0.3"',
  'risk: "< 0.2"',
  'tier: "<= 2"',
  'services: checkout',
  'finding: "sql/*"',
  'severity: warn',
  'findings: "> 2"',
  'unknown: risk',
  'unknown: [ authorship, findings ]',
  'branch: main',
  'labels: hotfix',
  'tool: claude-code',
  'model: "opus*"',
  'ai: assisted, in: core',
  'ai_share: "> 30%", in: core',
  'lines: "> 20", in: docs',
];

const condition: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...atoms).map((atom) => `{ ${atom} }`),
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 3 })
      .map((parts) => `{ any: [ ${parts.join(', ')} ] }`),
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 2 })
      .map((parts) => `{ all: [ ${parts.join(', ')} ] }`),
    tie('tree').map((part) => `{ not: ${part} }`),
  ),
})).tree;

const kinds = ['senior', 'expert', 'senior and expert', 'payments or senior', 'owner', 'anyone'];

const bundle: fc.Arbitrary<string> = fc
  .record({
    approvals: fc.integer({ min: 0, max: 3 }),
    from: fc.option(fc.constantFrom(...kinds)),
    oneFrom: fc.option(fc.constantFrom(...kinds)),
    checks: fc.option(fc.constantFrom('[ ci ]', '[ ci, scan ]')),
    split: fc.boolean(),
    record: fc.boolean(),
  })
  .map(({ approvals, from, oneFrom, checks, split, record }) =>
    [
      `approvals: ${(from ?? oneFrom) ? Math.max(1, approvals) : approvals}`,
      ...(from ? [`from: ${from}`] : []),
      ...(oneFrom ? [`one_from: ${oneFrom}`] : []),
      ...(checks ? [`checks: ${checks}`] : []),
      ...(split ? ['split: true'] : []),
      ...(record ? ['change_record: true'] : []),
    ].join(', '),
  );

/** What a generated rule does, besides its condition. */
export interface RuleText {
  readonly when: string | null;
  readonly requires: string;
  readonly or: string | null;
  readonly rollout: string;
}

/** Rules that only ask. */
export const askingRule: fc.Arbitrary<RuleText> = fc.record({
  when: fc.option(condition),
  requires: bundle,
  or: fc.option(bundle),
  rollout: fc.constantFrom('none', 'canary', 'staged'),
});

/** Rules that ask, and conditions under which some of them are waived. */
export const ruleSet: fc.Arbitrary<RuleSet> = fc.record({
  rules: fc.array(askingRule, { minLength: 1, maxLength: 4 }),
  waivers: fc.array(fc.record({ when: condition, target: fc.nat(3) }), { maxLength: 2 }),
});

export interface RuleSet {
  readonly rules: readonly RuleText[];
  readonly waivers: readonly { readonly when: string; readonly target: number }[];
}

/** Rules as the lines of a policy, one block each, in the order given. */
export function blocksOf({ rules, waivers }: RuleSet): readonly string[] {
  return [
    ...rules.map((rule, at) => {
      const or = rule.or === null ? '' : `, or: { ${rule.or} }`;
      const when = rule.when === null ? '' : `    when: ${rule.when}\n`;
      return `  - name: rule ${at}\n${when}    require: { ${rule.requires}${or} }\n    rollout: ${rule.rollout}\n`;
    }),
    ...waivers.map(
      ({ when, target }, at) =>
        `  - name: waiver ${at}\n    when: ${when}\n    waives: rule ${target % rules.length}\n`,
    ),
  ];
}

/** A policy of these blocks; null when the rules contradict themselves or would loosen by what may only ask. */
export function policyOf(blocks: readonly string[]): Policy | null {
  return readPolicy(`${head}rules:\n${blocks.join('')}`, 'generated.yml').policy;
}

/** A change, before it is measured against a policy's areas. */
export interface Story {
  readonly files: readonly MeasuredFile[];
  readonly subject: Omit<Subject, 'whole' | 'areas'>;
}

const file: fc.Arbitrary<MeasuredFile> = fc
  .record({
    path: fc.constantFrom('src/core/a.ts', 'src/b.ts', 'docs/c.md', 'lib/d.ts', 'README.md'),
    oldPath: fc.option(fc.constantFrom('src/core/old.ts', 'old.md')),
    ai: fc.nat(60),
    human: fc.nat(60),
    unknown: fc.constantFrom(0, 0, 30),
    deleted: fc.nat(40),
  })
  .map(({ oldPath, path, ai, human, unknown, deleted }) => ({
    path,
    oldPath: oldPath ?? path,
    added: ai + human + unknown,
    ai,
    human,
    unknown,
    deleted,
  }));

const someone: fc.Arbitrary<Someone> = fc
  .record({
    email: fc.constantFrom('ann@example.org', 'bob@example.org', 'cy@example.org'),
    level: fc.option(fc.integer({ min: 1, max: 7 })),
    teams: fc.constantFrom<readonly string[]>([], ['payments']),
    share: fc.constantFrom(0, 0.3, 0.9),
    owner: fc.boolean(),
  })
  .map(({ email, level, teams, share, owner }) => ({
    email,
    name: email,
    teams,
    owner,
    ids: new Set([email]),
    level: level ?? { unknown: 'people.yml gives no level' },
    duties: [],
    unsure: null,
    knows: new Map([['expert', share]]),
  }));

const finding: fc.Arbitrary<SubjectFinding> = fc.record({
  guard: fc.constantFrom('sql/drop-column', 'code/timeout'),
  severity: fc.constantFrom('block', 'warn', 'note'),
  fingerprint: fc.constantFrom('f1', 'f2', 'f3'),
});

const service: fc.Arbitrary<SubjectService> = fc.record({
  name: fc.constantFrom('checkout', 'search'),
  tier: fc.constantFrom(1, 2, 3, null),
});

/** A change of which everything is known, or not. */
export const story: fc.Arbitrary<Story> = fc
  .record({
    files: fc.uniqueArray(file, { maxLength: 5, selector: ({ path }) => path }),
    commits: fc.integer({ min: 1, max: 5 }),
    advised: fc.boolean(),
    linesDecide: fc.boolean(),
    tools: fc.constantFrom<Subject['ai']['tools']>(
      [],
      [{ tool: 'claude-code', model: 'opus-5' }],
      [{ tool: 'codex', model: null }],
    ),
    authors: fc.array(someone, { minLength: 1, maxLength: 2 }),
    riskScore: fc.double({ min: 0, max: 1, noNaN: true }),
    riskPercentile: fc.integer({ min: 0, max: 100 }),
    findings: fc.array(finding, { maxLength: 4 }),
    services: fc.array(service, { maxLength: 2 }),
    branch: fc.constantFrom('main', 'release/1'),
    labels: fc.constantFrom<readonly string[]>([], ['hotfix']),
  })
  .map(({ files, advised, linesDecide, tools, ...rest }) => {
    const seen = advised || tools.length > 0 || files.some(({ ai }) => ai > 0);
    const ai = {
      seen,
      linesDecide: linesDecide || seen,
      advised,
      tools,
      evidence: ['e1'],
      missing: null,
    };
    return { files, subject: { ...rest, incomplete: null, unfound: null, ai } };
  });

/** Measures a story by a policy's areas. */
export function measure(policy: Policy, { files, subject }: Story): Subject {
  const areas = [...policy.areas.values()].map(
    ({ name, matches }) => [name, portionOf(files, matches)] as const,
  );
  return { ...subject, whole: portionOf(files, () => true), areas: new Map(areas) };
}

const why = { unknown: 'the signal was dropped' };

/** Ways to lose a signal: what was known before is not known after, and the rest is as it was. */
export const losses: Readonly<Record<string, (story: Story) => Story>> = {
  'the risk': ({ files, subject }) => ({
    files,
    subject: { ...subject, riskScore: why, riskPercentile: why },
  }),
  'the rank of the risk': ({ files, subject }) => ({
    files,
    subject: { ...subject, riskPercentile: why },
  }),
  'the authors': ({ files, subject }) => ({ files, subject: { ...subject, authors: why } }),
  'the levels': ({ files, subject }) => ({
    files,
    subject: { ...subject, authors: withoutLevels(subject) },
  }),
  'the services': ({ files, subject }) => ({ files, subject: { ...subject, services: why } }),
  'the branch': ({ files, subject }) => ({ files, subject: { ...subject, branch: why } }),
  'the labels': ({ files, subject }) => ({ files, subject: { ...subject, labels: why } }),
  'a finding, by a crash': ({ files, subject }) => ({
    files,
    subject: { ...subject, findings: subject.findings.slice(1), unfound: why.unknown },
  }),
  'all findings, by a crash': ({ files, subject }) => ({
    files,
    subject: { ...subject, findings: [], unfound: why.unknown },
  }),
  'a file': ({ files, subject }) => ({
    files: files.slice(1),
    subject: { ...subject, incomplete: why.unknown },
  }),
  'provenance altogether': ({ files, subject }) => ({
    files: files.map(unattributed),
    subject: {
      ...subject,
      ai: {
        seen: false,
        linesDecide: false,
        advised: false,
        tools: [],
        evidence: [],
        missing: why.unknown,
      },
    },
  }),
  'all evidence, as when trailers are stripped': ({ files, subject }) => ({
    files: files.map(unattributed),
    subject: {
      ...subject,
      ai: {
        seen: false,
        linesDecide: false,
        advised: false,
        tools: [],
        evidence: [],
        missing: null,
      },
    },
  }),
};

function unattributed(one: MeasuredFile): MeasuredFile {
  return { ...one, ai: 0, human: 0, unknown: one.added };
}

function withoutLevels({ authors }: Story['subject']): Subject['authors'] {
  return 'unknown' in authors
    ? authors
    : authors.map((author) => ({ ...author, level: why, unsure: why.unknown }));
}
