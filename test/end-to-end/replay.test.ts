import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { collectFacts } from '../../src/cli/facts.ts';
import { gatherHistory } from '../../src/cli/replay-history.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { subjectOf } from '../../src/gate/subject.ts';
import { defaultPolicyText } from '../../src/policy/default-policy.ts';
import { isUnknown, type Subject } from '../../src/policy/subject.ts';
import { attribute } from '../../src/provenance/provenance.ts';
import { subjectsFor } from '../../src/replay/policies-subject.ts';
import { assess } from '../../src/risk/risk.ts';
import { misfits, shapesIn } from '../json-shape.ts';
import { policyFrom } from '../policies.ts';
import { repo, temporaryFolder, type Step } from '../story.ts';
import { root, runCli } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));

function lines(count: number, from = 0): string {
  return Array.from({ length: count }, (_, at) => `export const line${from + at} = ${at};\n`).join(
    '',
  );
}

const people = ['Ann', 'Bob', 'Cy'];
const day = 86_400;
const start = 1_767_225_600;

/** Sixty ordinary days, then a mistake with an agent's help that is taken back the next day, and sixty more days. */
const story: readonly Step[] = [
  ...Array.from({ length: 60 }, (_, at): Step => ({
    by: people[at % 3] ?? 'Ann',
    says: `feat: part ${at} (#${at + 1})`,
    at: start + at * day,
    files: { [`src/part${at % 7}.ts`]: lines(4 + (at % 5), at * 10) },
  })),
  {
    by: 'Bob',
    says: 'feat: <script>alert("cart")</script> (#61)\n\nCo-authored-by: Claude <noreply@anthropic.com>',
    at: start + 60 * day,
    files: { 'src/cart.ts': lines(500), 'db/migrations/1.sql': 'select 1;\n' },
    as: 'mistake',
  },
  {
    by: 'Cy',
    says: 'Revert "feat: <script>alert("cart")</script> (#61)" (#62)\n\nReverts #61',
    at: start + 60.8 * day,
    files: { 'src/cart.ts': null, 'db/migrations/1.sql': null },
  },
  ...Array.from({ length: 60 }, (_, at): Step => ({
    by: people[at % 3] ?? 'Ann',
    says: `feat: more ${at} (#${at + 63})`,
    at: start + (62 + at) * day,
    files: { [`src/part${at % 7}.ts`]: lines(5 + (at % 4), 1000 + at * 10) },
  })),
];

let folder: string;
const loose = `version: 1
humans: { whole_repository: true }
rules:
  - { name: One, require: { approvals: 1 } }
`;
const strict = `${loose}  - { name: Two for AI, when: { ai: assisted }, require: { approvals: 2 } }
  - { name: Big, when: { lines: "> 400" }, require: { approvals: 2 } }
goal:
  may_change: [ "lines: > 400" ]
`;
const files = temporaryFolder();

beforeAll(() => {
  folder = repo(story);
  writeFileSync(join(files, 'loose.yml'), loose);
  writeFileSync(join(files, 'strict.yml'), strict);
});

function json(args: readonly string[], name: string): Readonly<Record<string, unknown>> {
  const ran = runCli(folder, [...args, '--cache', join(files, 'cache'), '--format', 'json']);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const value = JSON.parse(ran.stdout) as Readonly<Record<string, unknown>>;
  expect(misfits(value, name, shapes)).toEqual([]);
  return value;
}

describe('replay', () => {
  test('tries policies over the history and says what each would have held', () => {
    const result = json(
      ['replay', '--policy', join(files, 'loose.yml'), '--policy', join(files, 'strict.yml')],
      'replay',
    );
    expect(result).toMatchObject({
      changes: 122,
      branch: 'main',
      outcomes: { bad: 1, reverted: 1 },
      policies: [
        { escalated: 0, bad: 0, caught: [0, 0] },
        // The mistake and the change that takes 501 lines back.
        { escalated: 2, bad: 1, caught: [0.3, 0.7], closeMinutes: 150 },
      ],
    });
  });

  test('takes the default policy and two proposals where there is no other', () => {
    const { policies } = json(['replay', '--since', '2026-02-20'], 'replay') as {
      policies: readonly { name: string }[];
    };
    expect(policies.map(({ name }) => name)).toEqual([
      'the default policy',
      'senior reviews all AI changes',
      'everything gets one reviewer',
    ]);
  });

  test('adds several repositories up, and names the one that cannot be read', () => {
    const list = join(files, 'repositories.txt');
    writeFileSync(list, `# ours\n${folder}\n${join(files, 'nowhere')}\n`);
    const ran = runCli(files, ['replay', '--repos', list, '--format', 'json']);
    expect(ran.code).toBe(2);
    const value = JSON.parse(ran.stdout) as object;
    expect(misfits(value, 'replay of several repositories', shapes)).toEqual([]);
    expect(value).toMatchObject({ changes: 122, outcomes: { bad: 1 }, notChecked: [{}] });
  });

  test.each([
    [['--catch', '2'], '--catch is "2"'],
    [['--since', 'yesterday'], '--since is "yesterday"'],
    [['--since', '2025-02-31'], '--since is "2025-02-31"'],
    [['--jobs', '0'], '--jobs is "0"'],
    [['--repos', 'x', '--html', 'y'], '--html writes the review of one repository'],
    [['--observe', '0'], '--observe is "0"'],
    [['--policy', 'missing.yml'], 'cannot read missing.yml'],
  ])('%j is the user’s mistake', (args, says) => {
    const ran = runCli(folder, ['replay', ...args]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
  });

  test('keeps to eighty columns', () => {
    const { stdout } = runCli(folder, ['replay', '--cache', join(files, 'cache')]);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

test('policy diff names the changes that an edit would have held differently', () => {
  const args = ['policy', 'diff', join(files, 'loose.yml'), join(files, 'strict.yml')];
  expect(json(args, 'policy diff')).toMatchObject({
    changes: 122,
    same: 120,
    tightens: 2,
    differences: [
      { effect: 'tightens', outcome: 'clean' },
      { effect: 'tightens', after: '2 approvals', outcome: 'bad' },
    ],
  });
  const { stdout } = runCli(folder, args);
  expect(stdout).toContain('tightens 2 of 122 changes');
});

test('policy optimize gives thresholds with the policy of each, and says when there is too little to choose by', () => {
  const args = ['policy', 'optimize', join(files, 'strict.yml')];
  expect(json(args, 'policy optimize')).toMatchObject({ changes: { chosenBy: 85, later: 37 } });
  expect(runCli(folder, args).stdout).toContain('too few to choose');
  const point = runCli(folder, [...args, '--point', '1']);
  expect(point.stdout).toContain('name: Two for AI');
  const none = runCli(folder, ['policy', 'optimize', join(files, 'loose.yml')]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('may be changed')]);
});

describe('report', () => {
  test('writes one page that runs nothing, asks for nothing and shows hostile text as text', () => {
    const page = join(files, 'review.html');
    json(['report', '--html', page], 'report');
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/(?:src|href)\s*=\s*["']?https?:/i);
    expect(html.match(/<svg /g)?.length).toBeGreaterThan(8);
  });
});

test('replay --guards measures each guard, and a second run asks none again', () => {
  const columns = repo([
    { files: { 'm/1.sql': 'CREATE TABLE t (a int, b int);\n' }, at: start },
    {
      says: 'Drop the column nobody reads',
      files: { 'm/2.sql': 'ALTER TABLE t DROP COLUMN b;\n' },
      at: start + day,
    },
    {
      says: 'Revert "Drop the column nobody reads"',
      by: 'Bob',
      files: { 'm/2.sql': null },
      at: start + 3 * day,
    },
    { says: 'Later', files: { 'a.ts': 'later()\n' }, at: start + 90 * day },
  ]);
  const args = ['replay', '--guards', '--jobs', '1', '--cache', temporaryFolder()];
  const { code, stdout } = runCli(columns, args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Guard +fired +on bad +on clean +lift +between$/m);
  expect(stdout).toMatch(/^sql\/drop-column +1 +\d +\d +\S+ +\d+\.\d-\d+\.\d$/m);
  expect(stdout).toContain('Lift of a guard');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(runCli(columns, args).stdout).toBe(stdout);
});

test('bypasses tells what is usual here', () => {
  expect(json(['bypasses'], 'bypasses')).toMatchObject({ changes: 122 });
});

/**
 * What replay and check must agree on. Guards ran in check only, and a change has no branch there; the cache keeps
 * features with seven digits.
 */
function shared({ whole, areas, ai, riskScore, riskPercentile, services }: Subject): object {
  const { seen, linesDecide, advised, missing, tools } = ai;
  return {
    whole,
    areas: [...areas],
    ai: { seen, linesDecide, advised, missing, tools: [...new Set(tools.map(({ tool }) => tool))] },
    risk: [riskScore, riskPercentile].map((value) =>
      isUnknown(value) ? 'unknown' : value.toFixed(6),
    ),
    services,
  };
}

test('a change is to a policy in replay what it is in check', async () => {
  const policy = policyFrom(defaultPolicyText);
  const { facts, ground } = await gatherHistory({ repo: folder, cache: join(files, 'cache') });
  const subject = subjectsFor(policy, ground);
  const repository = await openRepository(folder);
  for (const index of [0, 1, 55, 60, 61, 100]) {
    const { commit = '' } = facts[index] ?? {};
    const judged = await collectFacts(repository, { kind: 'commit', commit });
    const provenance = attribute(judged.change, { ...judged, trust: policy.trust });
    const risk = assess(judged.change, { ...judged, provenance, findings: [] });
    const inspection = { findings: [], gaps: [] };
    const told = { ...judged, provenance, risk, inspection, experts: new Map(), owners: [] };
    const [replayed, checked] = [subject(index), subjectOf(policy, told, [])];
    expect({ commit, ...shared(replayed) }).toEqual({ commit, ...shared(checked) });
  }
});
