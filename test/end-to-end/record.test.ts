import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { notesOf } from '../../src/cli/evidence.ts';
import { judgeChange } from '../../src/cli/facts.ts';
import { openRepository, readBlame, readCommitsByIds } from '../../src/outside/git/git.ts';
import { readCommit } from '../../src/provenance/commit-evidence.ts';
import { blame as attribute } from '../../src/provenance/stats.ts';
import { edit, git, id } from '../story.ts';
import { watch, watched, type Watched } from '../watched.ts';
import { runCli, runGit } from './run-cli.ts';

const start = 'export const first = "was here before";\nexport const second = "was here too";\n';
const price = 'export function price(net: number, taxRate = 1) {\n  return net * taxRate;\n}\n';
const discount =
  'export function discount(price: number, loyaltyFactor = 1) {\n  return price / loyaltyFactor;\n}\n';
const typed = 'export const typedByHand = "a person wrote this";\n';
const typedToo = 'export const typedLater = "a person wrote this as well";\n';

/** Who wrote each line at HEAD, one letter a line: A an agent, H a person, ? nobody known. */
async function who(folder: string, path = 'cart.ts'): Promise<string> {
  const repository = await openRepository(folder);
  const { origins, lines } = await readBlame(repository, path, 'HEAD');
  const shas = [...new Set(origins.flatMap(({ commit }) => commit ?? []))];
  const commits = await readCommitsByIds(repository, shas);
  const { evidence } = await notesOf(repository, commits);
  const runs = attribute(origins, {
    commits,
    evidence: [...commits.flatMap(readCommit), ...evidence],
    trust: { emails: [], wholeRepository: false },
  });
  const letters = { ai: 'A', mixed: 'M', human: 'H', unknown: '?' } as const;
  const text = runs.map(({ from, to, authorship }) => letters[authorship].repeat(to - from + 1));
  expect(text.join('')).toHaveLength(lines.length);
  return text.join('');
}

/** Findings about the record when a commit, or what is staged, is judged. */
async function reported(folder: string, staged = false): Promise<readonly string[]> {
  const repository = await openRepository(folder);
  const request = staged
    ? ({ kind: 'staged' } as const)
    : ({ kind: 'commit', commit: id(folder) } as const);
  const { findings } = await judgeChange(repository, request);
  return findings
    .filter(({ guard }) => guard.startsWith('coverage/'))
    .map(({ guard, path, line, endLine }) => `${guard} ${path}:${line}-${endLine}`);
}

async function oneTurn(tree: Watched, work: () => Promise<void>): Promise<void> {
  await tree.prompt();
  await work();
  await tree.turnEnds();
}

/** The agent adds `price` to the file and the work is committed. */
async function withPrice(): Promise<Watched> {
  const tree = watched({ 'cart.ts': start });
  await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
  expect(tree.commits('Price')).toBe('');
  return tree;
}

describe('who wrote a line', () => {
  test('an edit tool, and nobody the lines that were there', async () => {
    const tree = await withPrice();
    expect(await who(tree.folder)).toBe('??AAA');
    expect(await reported(tree.folder)).toEqual([]);
    const judged = runCli(tree.folder, ['check', 'HEAD', '--format', 'json']);
    const { provenance } = JSON.parse(judged.stdout);
    expect(provenance.evidence.map((one: { kind: string }) => one.kind)).toContain('captured');
    const { stdout } = runCli(tree.folder, ['blame', 'cart.ts']);
    expect(stdout.split('\n').map((line) => line.slice(10, 40).trim())).toEqual([
      'unknown                      1',
      'unknown                      2',
      'ai claude-code claude-opus-5 3',
      'ai claude-code claude-opus-5 4',
      'ai claude-code claude-opus-5 5',
      '',
    ]);
  });

  test('a command of the agent, also in files it makes', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () =>
      tree.agentRuns(() => edit(tree.folder, { 'cart.ts': start + price, 'new.ts': discount })),
    );
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAA');
    expect(await who(tree.folder, 'new.ts')).toBe('AAA');
  });

  test('a person between two turns, and one after the last', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    edit(tree.folder, { 'cart.ts': start + price + typed });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price + typed + discount }));
    edit(tree.folder, { 'cart.ts': start + price + typed + discount + typedToo });
    tree.commits('Prices');
    expect(await who(tree.folder)).toBe('??AAAHAAAH');
    expect(await reported(tree.folder)).toEqual([]);
  });

  test('a person also in a file they make between two turns', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    edit(tree.folder, { 'mine.ts': typed + typedToo });
    await oneTurn(tree, async () => {});
    tree.commits('Mine');
    expect(await who(tree.folder, 'mine.ts')).toBe('HH');
  });

  test('a person whose commit goes round the hooks before it', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    edit(tree.folder, { 'cart.ts': start + price + typed });
    tree.commits('Prices', '--no-verify');
    expect(await who(tree.folder)).toBe('??AAAH');
  });

  test('nobody who can be named while an agent was at work; that is a gap', async () => {
    const tree = watched({ 'cart.ts': start });
    await tree.prompt();
    await tree.agentEdits({ 'cart.ts': start + price });
    edit(tree.folder, { 'cart.ts': start + price + typed });
    await tree.turnEnds();
    git(tree.folder, 'add', '--all');
    expect(await reported(tree.folder, true)).toEqual(['coverage/ungated-lines cart.ts:6-6']);
    tree.commits('Prices');
    expect(await who(tree.folder)).toBe('??AAA?');
    expect(await reported(tree.folder)).toEqual(['coverage/ungated-lines cart.ts:6-6']);
  });

  test('an agent that was not asked first; that is a gap too', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }, { before: false }));
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAA');
    expect(await reported(tree.folder)).toEqual(['coverage/ungated-lines cart.ts:3-5']);
  });

  test('an agent whose refused edit is written all the same', async () => {
    const tree = watched({ 'cart.ts': start });
    await tree.prompt();
    await tree.agentEdits({ 'cart.ts': start + price }, { decision: 'deny', after: false });
    await tree.turnEnds();
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAA');
  });

  test('an agent that never says when a tool has ended', async () => {
    const tree = watched({ 'cart.ts': start });
    await tree.prompt();
    await tree.agentEdits({ 'cart.ts': start + price }, { after: false });
    await tree.agentEdits({ 'cart.ts': start + price + discount }, { after: false });
    await tree.turnEnds();
    tree.commits('Prices');
    expect(await who(tree.folder)).toBe('??AAAAAA');
    expect(await reported(tree.folder)).toEqual([]);
  });

  test('the person who changed a proposal before it was written', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () =>
      tree.agentEdits(
        { 'cart.ts': start + price },
        { userModified: true, instead: { 'cart.ts': start + price + typed } },
      ),
    );
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAAH');
  });

  test('the agent also when it commits by itself', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () =>
      tree.agentRuns(() => {
        edit(tree.folder, { 'cart.ts': start + price });
        tree.commits('Price');
      }),
    );
    expect(await who(tree.folder)).toBe('??AAA');
    expect(await reported(tree.folder)).toEqual([]);
  });

  test('whoever wrote it before a formatter came', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    edit(tree.folder, { 'cart.ts': start + price + typed });
    const formatted = (start + price + typed)
      .replaceAll('  return', '\treturn')
      .replaceAll('"', "'");
    await oneTurn(tree, () => tree.agentRuns(() => edit(tree.folder, { 'cart.ts': formatted })));
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAAH');
  });

  test('two agents in one file, each with its name', async () => {
    const tree = watched({ 'cart.ts': start });
    await tree.prompt('one');
    await tree.prompt('two');
    await tree.agentEdits({ 'cart.ts': start + price }, { session: 'one' });
    await tree.agentEdits(
      { 'cart.ts': start + price + discount },
      { session: 'two', subagent: 'reviewer' },
    );
    await tree.turnEnds('one');
    await tree.turnEnds('two');
    tree.commits('Prices');
    expect(await who(tree.folder)).toBe('??AAAAAA');
    expect(git(tree.folder, 'notes', '--ref=ai', 'show', 'HEAD').match(/^  s_/gm)).toHaveLength(2);
  });
});

describe('it survives', () => {
  test('an amend, with and without another edit', async () => {
    const tree = await withPrice();
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price + discount }));
    edit(tree.folder, { 'cart.ts': start + price + discount + typed });
    tree.commits('Prices', '--amend');
    expect(await who(tree.folder)).toBe('??AAAAAAH');
    runGit(tree.folder, ['commit', '--amend', '--quiet', '--message=Another word']);
    expect(await who(tree.folder)).toBe('??AAAAAAH');
  });

  test('a rebase', async () => {
    const tree = watched({ 'cart.ts': start });
    git(tree.folder, 'checkout', '-q', '-b', 'topic');
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    tree.commits('Price');
    edit(tree.folder, { 'cart.ts': start + price + typed });
    tree.commits('By hand');
    git(tree.folder, 'checkout', '-q', 'main');
    edit(tree.folder, { 'cart.ts': `// a line above\n${start}` });
    tree.commits('Above');
    git(tree.folder, 'checkout', '-q', 'topic');
    const { code, stderr } = runGit(tree.folder, ['rebase', 'main']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Success')]);
    expect((await who(tree.folder)).slice(1)).toBe('??AAAH');
  });

  test('a squash on this machine', async () => {
    const tree = watched({ 'cart.ts': start });
    git(tree.folder, 'checkout', '-q', '-b', 'topic');
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    tree.commits('Price');
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price + discount }));
    tree.commits('Discount');
    git(tree.folder, 'checkout', '-q', 'main');
    runGit(tree.folder, ['merge', '--squash', '--quiet', 'topic']);
    runGit(tree.folder, ['commit', '--quiet', '--message=Both']);
    expect(await who(tree.folder)).toBe('??AAAAAA');
  });

  test('a squash on the server, where no hook of ours runs', async () => {
    const tree = watched({ 'cart.ts': start });
    git(tree.folder, 'checkout', '-q', '-b', 'topic');
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    tree.commits('Price');
    edit(tree.folder, { 'cart.ts': start + price + typed });
    tree.commits('By hand');
    const tip = git(tree.folder, 'commit-tree', 'topic^{tree}', '-p', 'main', '-m', 'Both');
    git(tree.folder, 'update-ref', 'refs/heads/main', tip);
    git(tree.folder, 'checkout', '-q', 'main');
    expect(await who(tree.folder)).toBe('??AAAH');
    const { stdout } = runCli(tree.folder, ['check', 'HEAD', '--format', 'json']);
    const { provenance } = JSON.parse(stdout);
    expect(provenance.ai).toBe(3);
    expect(provenance.tools).toEqual([{ tool: 'claude-code', model: 'claude-opus-5', lines: 3 }]);
    expect(JSON.stringify(provenance.evidence)).toContain('carried over from');
  });

  test('a cherry-pick to another branch', async () => {
    const tree = watched({ 'cart.ts': start, 'other.ts': typed });
    git(tree.folder, 'checkout', '-q', '-b', 'topic');
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    tree.commits('Price');
    git(tree.folder, 'checkout', '-q', 'main');
    edit(tree.folder, { 'other.ts': typed + typedToo });
    tree.commits('Elsewhere');
    git(tree.folder, 'cherry-pick', 'topic');
    expect(await who(tree.folder)).toBe('??AAA');
  });

  test('a stash and its return, also when the file was looked at meanwhile', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    git(tree.folder, 'stash', '--quiet');
    await oneTurn(tree, async () => {});
    git(tree.folder, 'stash', 'pop', '--quiet');
    edit(tree.folder, { 'cart.ts': start + price + typed });
    tree.commits('Price');
    expect(await who(tree.folder)).toBe('??AAAH');
  });

  test('a commit of a part, and one of the rest', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': price + start + discount }));
    edit(tree.folder, { 'cart.ts': price + start });
    git(tree.folder, 'add', 'cart.ts');
    edit(tree.folder, { 'cart.ts': price + start + discount });
    runGit(tree.folder, ['commit', '--quiet', '--message=A part']);
    expect(await who(tree.folder)).toBe('AAA??');
    tree.commits('The rest');
    expect(await who(tree.folder)).toBe('AAA??AAA');
  });

  test('a rename', async () => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    git(tree.folder, 'mv', 'cart.ts', 'basket.ts');
    tree.commits('Renamed');
    expect(await who(tree.folder, 'basket.ts')).toBe('??AAA');
  });

  test('a linked work tree of its own', async () => {
    const tree = watched({ 'cart.ts': start });
    const linked = join(tree.folder, 'linked');
    git(tree.folder, 'worktree', 'add', '--quiet', '-b', 'topic', linked);
    const other = watch(linked);
    await oneTurn(other, () => other.agentEdits({ 'cart.ts': start + price }));
    other.commits('Price');
    expect(await who(linked)).toBe('??AAA');
  });
});

describe('what is taken away makes no line a person’s', () => {
  function taking(tree: Watched, ...path: readonly string[]): string {
    return join(tree.folder, '.git', 'hallmonitor', ...path);
  }

  test.each([
    [
      'the note of the commit',
      'coverage/record-missing',
      (tree: Watched) => {
        git(tree.folder, 'notes', '--ref=hallmonitor', 'remove', 'HEAD');
      },
    ],
    [
      'the words in the note',
      'coverage/record-broken',
      (tree: Watched) => {
        const note = git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD');
        const forged = note.replaceAll(/"by": "ai:[^"]*"/g, '"by": "human"');
        git(tree.folder, 'notes', '--ref=hallmonitor', 'add', '-f', '-m', forged, 'HEAD');
      },
    ],
    [
      'a record in the middle of the journal',
      'coverage/record-broken',
      (tree: Watched) => {
        const path = taking(tree, 'journal.jsonl');
        const lines = readFileSync(path, 'utf8').split('\n');
        writeFileSync(path, lines.toSpliced(3, 1).join('\n'));
      },
    ],
    [
      'one word of the journal',
      'coverage/record-broken',
      (tree: Watched) => {
        const path = taking(tree, 'journal.jsonl');
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace('"decision":"pass"', '"decision":"deny"'),
        );
      },
    ],
    [
      'the end of the journal',
      'coverage/record-missing',
      (tree: Watched) => {
        const path = taking(tree, 'journal.jsonl');
        const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
        writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
      },
    ],
  ])('%s', async (_, guard, take) => {
    const tree = await withPrice();
    take(tree);
    expect(await who(tree.folder)).not.toContain('H');
    expect((await reported(tree.folder)).join()).toContain(guard);
  });

  test.each([
    ['the journal', 'missing', ['journal.jsonl']],
    ['what is known of the sessions', 'missing', ['capture', 'book.json']],
    ['all that is known of files and sessions', 'missing', ['capture']],
  ])('%s, before the commit', async (_, kind, path) => {
    const tree = watched({ 'cart.ts': start });
    await oneTurn(tree, () => tree.agentEdits({ 'cart.ts': start + price }));
    rmSync(taking(tree, ...path), { recursive: true });
    edit(tree.folder, { 'cart.ts': start + price + typed });
    tree.commits('Price');
    expect(await who(tree.folder)).not.toContain('H');
    expect((await reported(tree.folder)).join()).toContain(`coverage/record-${kind}`);
  });
});
