import { expect, test } from 'vitest';
import { blame as attribute } from '../../src/provenance/stats.ts';
import { openRepository, readBlame, readCommitsByIds } from '../../src/outside/git/git.ts';
import { notesOf } from '../../src/cli/evidence.ts';
import { readCommit } from '../../src/provenance/commit-evidence.ts';
import { edit, git } from '../story.ts';
import { watched } from '../watched.ts';

const start = 'export const first = "was here before";\nexport const second = "was here too";\n';
const agentsLines = 'export function price(net: number) {\n  return net * taxRate;\n}\n';
const agentsMore =
  'export function discount(price: number) {\n  return price / loyaltyFactor;\n}\n';
const personsLines = 'export const typedByHand = "a person wrote this";\n';

/** Who wrote each line at HEAD, one letter a line: A the agent, H a person, ? nobody known. */
async function who(folder: string, path: string): Promise<string> {
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

test('lines an agent wrote with its edit tool are its own, the others nobody claims', async () => {
  const tree = watched({ 'cart.ts': start });
  await tree.prompt();
  await tree.agentEdits({ 'cart.ts': start + agentsLines });
  await tree.turnEnds();
  expect(tree.commits('Price')).toBe('');
  expect(await who(tree.folder, 'cart.ts')).toBe('??AAA');
});

test('lines a command of the agent wrote are its own', async () => {
  const tree = watched({ 'cart.ts': start });
  await tree.prompt();
  await tree.agentRuns(() =>
    edit(tree.folder, { 'cart.ts': start + agentsLines, 'new.ts': agentsMore }),
  );
  await tree.turnEnds();
  tree.commits('Price');
  expect(await who(tree.folder, 'cart.ts')).toBe('??AAA');
  expect(await who(tree.folder, 'new.ts')).toBe('AAA');
});

test('what a person types between turns stays human', async () => {
  const tree = watched({ 'cart.ts': start });
  await tree.prompt();
  await tree.agentEdits({ 'cart.ts': start + agentsLines });
  await tree.turnEnds();
  edit(tree.folder, { 'cart.ts': start + agentsLines + personsLines });
  await tree.prompt();
  await tree.turnEnds();
  tree.commits('Price');
  expect(await who(tree.folder, 'cart.ts')).toBe('??AAAH');
});

test('squash by the server', async () => {
  const tree = watched({ 'cart.ts': start });
  git(tree.folder, 'checkout', '-q', '-b', 'pr');
  await tree.prompt();
  await tree.agentEdits({ 'cart.ts': start + agentsLines });
  await tree.turnEnds();
  tree.commits('One');
  await tree.prompt();
  await tree.agentEdits({ 'cart.ts': start + agentsLines + agentsMore });
  await tree.turnEnds();
  tree.commits('Two');
  const squashed = git(tree.folder, 'commit-tree', 'pr^{tree}', '-p', 'main', '-m', 'Squashed');
  git(tree.folder, 'update-ref', 'refs/heads/main', squashed);
  git(tree.folder, 'checkout', '-q', 'main');
  expect(await who(tree.folder, 'cart.ts')).toBe('??AAAAAA');
});
