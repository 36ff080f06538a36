import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  emptyRepo,
  git,
  id,
  loseObjects,
  partialClone,
  repo,
  shallowClone,
  temporaryFolder,
} from '../../test/story.ts';
import type { Step } from '../../test/story.ts';
import { openRepository } from '../outside/git/git.ts';
import type { ChangeFact } from '../replay/fact.ts';
import { outcomesOf } from '../replay/outcomes.ts';
import { readFacts } from './replay-facts.ts';
import type { FactsOptions, ReplayFacts } from './replay-facts.ts';

async function read(folder: string, options: Partial<FactsOptions> = {}): Promise<ReplayFacts> {
  return readFacts(await openRepository(folder), { cache: false, ...options });
}

async function factsOf(folder: string): Promise<readonly ChangeFact[]> {
  return (await read(folder)).facts;
}

const body = [
  'function pay(cart) {',
  '  const sum = total(cart);',
  '  return charge(sum);',
  '}',
  '',
];

function withLine(line: string): string {
  return body.toSpliced(2, 0, `  ${line}`).join('\n');
}

/** A history with everything in it: renames, merges, fixes, reverts, tests, generated files. */
const story: readonly Step[] = [
  { by: 'Ann', says: 'Checkout', files: { 'src/cart.ts': body.join('\n'), 'README.md': 'x\n' } },
  { by: 'Bob', says: 'Log the sum (#1)', files: { 'src/cart.ts': withLine('log(sum, cart.id);') } },
  { by: 'Cy', says: 'fix: no ids in logs (#2)', files: { 'src/cart.ts': withLine('log(sum);') } },
  { says: 'Move', renames: { 'src/cart.ts': 'src/pay.ts' } },
  {
    branch: 'pr',
    from: 'main',
    by: 'Dee',
    says: 'Taxes',
    files: { 'src/tax.ts': 'tax(1, 2, 3)\n' },
  },
  {
    branch: 'pr',
    by: 'Dee',
    says: 'More taxes',
    files: { 'src/tax.ts': 'tax(1, 2, 3)\ntax(4, 5, 6)\n' },
  },
  {
    branch: 'main',
    by: 'Ann',
    says: 'Merge pull request #3 from dee/pr\n\nTaxes',
    merge: 'pr',
    files: { 'src/tax.ts': 'tax(1, 2, 3)\ntax(4, 5, 6)\n' },
  },
  { by: 'Bob', says: 'Revert "Taxes" (#4)\n\nReverts shop/cart#3', files: { 'src/tax.ts': null } },
  { says: 'Lock', files: { 'package-lock.json': '{}\n{}\n' } },
];

describe('a fact', () => {
  test('tells how a change landed, by whom, and under which number', async () => {
    const facts = await factsOf(repo(story));
    expect(
      facts.map(({ landing, request, author, committer }) => [
        landing,
        request,
        author.name,
        committer.name,
      ]),
    ).toEqual([
      ['direct', null, 'Ann', 'Ann'],
      ['squash', 1, 'Bob', 'Bob'],
      ['squash', 2, 'Cy', 'Cy'],
      ['direct', null, 'Ann', 'Ann'],
      ['merge', 3, 'Dee', 'Ann'],
      ['squash', 4, 'Bob', 'Bob'],
      ['direct', null, 'Ann', 'Ann'],
    ]);
  });

  test('counts lines, and none of generated files', async () => {
    const facts = await factsOf(repo(story));
    const told = facts.map(({ files }) =>
      files
        .map(
          (file) =>
            `${file.path} +${file.added} -${file.deleted}${file.generated ? ' generated' : ''}`,
        )
        .sort(),
    );
    expect(told).toEqual([
      ['README.md +1 -0', 'src/cart.ts +4 -0'],
      ['src/cart.ts +1 -0'],
      ['src/cart.ts +1 -1'],
      ['src/pay.ts +0 -0'],
      ['src/tax.ts +2 -0'],
      ['src/tax.ts +0 -2'],
      ['package-lock.json +0 -0 generated'],
    ]);
    expect(facts[3]?.files[0]?.oldPath).toBe('src/cart.ts');
  });

  test('blames those whose lines went, also through a rename', async () => {
    const folder = repo([
      ...story.slice(0, 4),
      { by: 'Eve', says: 'fix: no logs', files: { 'src/pay.ts': body.join('\n') } },
    ]);
    const facts = await factsOf(folder);
    expect(facts[2]?.traces.blamed).toEqual([
      { commit: id(folder, 'HEAD~3'), lines: 1, how: 'lines' },
    ]);
    expect(facts[4]?.traces.blamed).toEqual([
      { commit: id(folder, 'HEAD~2'), lines: 1, how: 'lines' },
    ]);
  });

  test.each([
    ['other white space', ['  if (x) pay(cart, 1);', '  send(cart);']],
    ['another place', ['send(cart);', 'if (x) pay(cart, 1);']],
  ])('blames nobody for lines that only got %s', async (_, lines) => {
    const before = 'if (x) pay(cart, 1);\nsend(cart);\n';
    const facts = await factsOf(
      repo([
        { files: { 'a.ts': before } },
        { says: 'fix: tidy', files: { 'a.ts': `${lines.join('\n')}\n` } },
      ]),
    );
    expect(facts[1]?.traces.blamed.filter(({ how }) => how === 'lines')).toEqual([]);
  });

  test('names an AI by the messages of what a merge brought in', async () => {
    const facts = await factsOf(
      repo([
        { files: { 'a.ts': 'a\n' } },
        {
          branch: 'pr',
          from: 'main',
          by: 'Bob',
          says: 'B\n\nCo-Authored-By: Claude <noreply@anthropic.com>',
          files: { 'b.ts': '1\n2\n3\n' },
        },
        { branch: 'pr', by: 'Bob', says: 'C', files: { 'c.ts': '1\n' } },
        {
          branch: 'main',
          says: "Merge branch 'pr'",
          merge: 'pr',
          files: { 'b.ts': '1\n2\n3\n', 'c.ts': '1\n' },
        },
      ]),
    );
    expect(facts[1]).toMatchObject({
      aiSeen: true,
      lines: { ai: 3, mixed: 0, human: 0, unknown: 1 },
    });
    expect(facts[1]?.tools.map(({ tool }) => tool)).toEqual(['claude-code']);
    expect(facts[0]).toMatchObject({ aiSeen: false, lines: { ai: 0, unknown: 1 } });
  });

  test('names reviewers by trailers, and nobody who wrote it', async () => {
    const says =
      'A\n\nReviewed-by: Cy <cy@example.com>\nReviewed-by: Ann <ann@example.com>\nReviewed-by: x[bot] <x[bot]@users.noreply.github.com>';
    const facts = await factsOf(repo([{ says, files: { a: '1\n' } }]));
    expect(facts[0]?.reviewers).toEqual([{ name: 'Cy', email: 'cy@example.com' }]);
  });

  test('has every parent of an octopus in it once', async () => {
    const facts = await factsOf(
      repo([
        { files: { 'a.ts': '1\n' } },
        { branch: 'one', from: 'main', by: 'Bob', files: { 'b.ts': '1\n' } },
        { branch: 'two', from: 'main', by: 'Bob', files: { 'c.ts': '1\n' } },
        { branch: 'main', merge: ['one', 'two'], files: { 'b.ts': '1\n', 'c.ts': '1\n' } },
      ]),
    );
    expect(facts).toHaveLength(2);
    expect(facts[1]?.traces.merged).toHaveLength(2);
    expect(facts[1]?.files.map(({ path }) => path)).toEqual(['b.ts', 'c.ts']);
  });
});

describe('facts', () => {
  test('of a change do not change with what lands later', async () => {
    for (let count = 1; count < story.length; count++) {
      if (story[count - 1]?.branch === 'pr') continue;
      const early = await factsOf(repo(story.slice(0, count)));
      const late = await factsOf(repo(story));
      expect(late.slice(0, early.length)).toEqual(early);
    }
  });

  test('are the same from git, from the cache, and from a cache brought up to date', async () => {
    const folder = repo(story);
    const fresh = await factsOf(folder);
    const cache = temporaryFolder();
    for (const branch of ['HEAD~4', 'HEAD~1', 'HEAD', 'HEAD', 'HEAD~3']) {
      const { facts } = await read(folder, { cache, branch });
      expect(facts).toEqual(fresh.slice(0, facts.length));
    }
    expect(await read(folder, { cache })).toMatchObject({ fromCache: 7, read: 0 });
    expect((await read(folder, { cache })).facts).toEqual(fresh);
  });

  test.each([
    ['facts that were cut short', /\.facts$/, (bytes: Buffer) => bytes.subarray(0, 40)],
    ['a state that was altered', /\.state$/, (bytes: Buffer) => bytes.fill(7, 60)],
    ['facts that are gone', /\.facts$/, null],
    ['a state that is gone', /\.state$/, null],
  ])('survive %s', async (_, which, spoil) => {
    const folder = repo(story);
    const cache = temporaryFolder();
    await read(folder, { cache, branch: 'HEAD~2' });
    for (const name of readdirSync(cache, { recursive: true, encoding: 'utf8' })) {
      const path = join(cache, name);
      if (!which.test(name)) continue;
      if (spoil === null) rmSync(path);
      else writeFileSync(path, spoil(readFileSync(path)));
    }
    expect((await read(folder, { cache })).facts).toEqual(await factsOf(folder));
  });

  test('of a history that was rewritten are the new ones', async () => {
    const folder = repo(story);
    const cache = temporaryFolder();
    await read(folder, { cache });
    git(folder, 'checkout', '--quiet', '--detach', 'HEAD~2');
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'another way');
    const { facts } = await read(folder, { cache, branch: 'HEAD' });
    expect(facts).toEqual((await read(folder, { branch: 'HEAD' })).facts);
  });

  test('are kept in the git directory, also of a bare repository', async () => {
    const folder = bareClone(repo(story));
    await read(folder, { cache: null });
    expect(readdirSync(join(folder, 'hallmonitor')).join()).toMatch(/^replay-/);
  });
});

test('a date that no calendar knows counts as 1970, as other broken dates do', async () => {
  const facts = await factsOf(repo([{ files: { 'a.ts': 'one()\n' }, at: 99_999_999_999_999 }]));
  expect(facts.map(({ landedAt }) => landedAt)).toEqual([0]);
});

describe('a repository that lacks something', () => {
  test('no commit at all: no facts, and it says so', async () => {
    expect(await read(emptyRepo())).toMatchObject({
      head: null,
      facts: [],
      gaps: [{ what: 'history' }],
    });
  });

  test('a shallow clone stops at its end and says so', async () => {
    const { facts, gaps } = await read(shallowClone(repo(story), 3));
    expect(facts).toHaveLength(2);
    expect(gaps.map(({ what }) => what)).toEqual(['older history']);
  });

  test('a lost content costs the lines of that file, and nothing else', async () => {
    const { facts, gaps } = await read(loseObjects(repo(story), ['HEAD~5:src/cart.ts']));
    expect(facts.map(({ files }) => files.reduce((sum, { added }) => sum + added, 0))).toEqual([
      5, 0, 0, 0, 2, 0, 0,
    ]);
    expect(gaps.map(({ what }) => what)).toEqual(['the risk of 2 changes']);
  });

  test('a partial clone without any content still tells what landed', async () => {
    const { facts } = await read(partialClone(repo(story)));
    expect(facts.map(({ files }) => files.length)).toEqual([2, 1, 1, 2, 1, 1, 1]);
  });
});

test.each([1, 2])('guards say what they would have said, asked by %i', async (jobs) => {
  const folder = repo([
    { files: { 'm/1.sql': 'CREATE TABLE t (a int, b int);\n' } },
    { files: { 'm/2.sql': 'ALTER TABLE t DROP COLUMN b;\n' } },
  ]);
  const { facts } = await read(folder, { guards: true, jobs });
  expect(facts[0]?.findings).toEqual([]);
  expect(facts[1]?.findings?.map(({ guard }) => guard)).toContain('sql/drop-column');
  expect((await read(folder)).facts.map(({ findings }) => findings)).toEqual([null, null]);
});

test('incidents in the repository name their causes', async () => {
  const folder = repo([
    { says: 'A (#1)', files: { 'a.ts': 'pay(cart, 1)\n' } },
    {
      files: {
        '.hallmonitor/incidents.yml':
          "- caused_by: ['#1']\n  severity: SEV1\n  at: 2026-01-02T00:00:00Z\n- severity: SEV2\n",
        'incidents/two.yaml': 'caused_by: nobody\n',
      },
    },
  ]);
  const { facts, incidents, gaps } = await read(folder);
  expect(outcomesOf(facts, { incidents })[0]).toMatchObject({
    verdict: 'bad',
    kind: 'incident',
    confidence: 1,
    by: '.hallmonitor/incidents.yml',
  });
  expect(gaps.map(({ what }) => what)).toEqual([
    '.hallmonitor/incidents.yml',
    'incidents/two.yaml',
  ]);
});
