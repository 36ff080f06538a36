import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { strayMs } from '../../src/capture/book.ts';
import { recordAfter, recordBefore, recordMoment } from '../../src/cli/capture-session.ts';
import { recordOfUncommitted } from '../../src/cli/capture-evidence.ts';
import { openRepository, readChange } from '../../src/outside/git/git.ts';
import { placeOf } from '../../src/outside/git/place.ts';
import { edit, git } from '../story.ts';
import { watch, watched, type Watched } from '../watched.ts';

const start = 'export const first = "was here before";\n';
const sly = 'export const slippedIn = "by a command of the agent";\n';

/** Whom the lines that are not committed belong to, and whether they are told as ungated. */
async function claims(folder: string): Promise<readonly string[]> {
  const repository = await openRepository(folder);
  const change = await readChange(repository, { kind: 'worktree' });
  const { evidence, findings } = await recordOfUncommitted(repository, change);
  const said = evidence.flatMap(({ claim, covers }) =>
    covers.kind === 'lines' ? [`${claim} ${covers.path}`] : [],
  );
  return [...new Set([...said, ...findings.map(({ guard, path }) => `${guard} ${path}`)])];
}

function placed(folder: string): { top: string; gitDir: string; commonDir: string } {
  const place = placeOf(folder);
  if (place === null) throw new Error('no repository');
  return place;
}

/** The agent's command begins; what ends it is given back. */
async function commandBegins(tree: Watched, text = 'sh build.sh'): Promise<() => Promise<void>> {
  const command = { text, shell: 'posix', cwd: null } as const;
  const told = { callId: 'the-command', command, tool: 'Bash' };
  const outcome = { decision: 'pass', rules: [], files: [], now: new Date() };
  await recordBefore(placed(tree.folder), tree.event('pre-tool', told), outcome);
  return async () => {
    await recordAfter(placed(tree.folder), tree.event('post-tool', told), new Date());
  };
}

describe('what a command tells the hook by itself makes no line a person’s', () => {
  test('that a person changed what it wrote', async () => {
    const tree = watched({ 'a.ts': start });
    await tree.prompt();
    const ends = await commandBegins(tree);
    edit(tree.folder, { 'a.ts': start + sly });
    const forged = tree.event('post-tool', {
      callId: 'no-such-call',
      edits: [{ kind: 'write', path: 'a.ts', content: start + sly }],
      userModified: true,
    });
    await recordAfter(placed(tree.folder), forged, new Date());
    await ends();
    await tree.turnEnds();
    expect(await claims(tree.folder)).toEqual(['ai a.ts', 'coverage/ungated-lines a.ts']);
  });

  test('the same with a question before it', async () => {
    const tree = watched({ 'a.ts': start });
    await tree.prompt();
    const ends = await commandBegins(tree);
    await tree.agentEdits(
      { 'a.ts': start + sly },
      { userModified: true, instead: { 'a.ts': `${start}// more\n${sly}` } },
    );
    await ends();
    await tree.turnEnds();
    expect(await claims(tree.folder)).toEqual(['ai a.ts']);
  });

  test.each(['turn-end', 'session-end', 'prompt then turn-end'])(
    'that its session is over: %s',
    async (phases) => {
      const tree = watched({ 'a.ts': start });
      await tree.prompt();
      const ends = await commandBegins(tree);
      if (phases.startsWith('prompt')) await tree.prompt();
      const phase = phases === 'session-end' ? 'session-end' : 'turn-end';
      await recordMoment(placed(tree.folder), tree.event(phase), new Date());
      edit(tree.folder, { 'a.ts': start + sly, 'new.ts': sly });
      tree.commits('Slipped in');
      expect(git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD')).not.toContain(
        '"by": "human"',
      );
      edit(tree.folder, { 'a.ts': start + sly + sly });
      expect(await claims(tree.folder)).toEqual(['unknown a.ts', 'coverage/ungated-lines a.ts']);
      await ends();
      await tree.turnEnds();
      expect((await claims(tree.folder)).join()).not.toContain('human');
    },
  );

  test('and when the command has ended, a person is a person again', async () => {
    const tree = watched({ 'a.ts': start });
    await tree.prompt();
    await tree.agentEdits({ 'a.ts': start + sly });
    const ends = await commandBegins(tree);
    await tree.turnEnds();
    await ends();
    await tree.turnEnds();
    edit(tree.folder, { 'a.ts': start + sly + start });
    expect(await claims(tree.folder)).toEqual(['ai a.ts', 'human a.ts']);
  });
});

describe('what a command leaves running', () => {
  test.each(['(sleep 3; echo x >> a.ts) &', 'nohup sh go.sh', "bash -c 'sleep 3 &'"])(
    'may write after the turn: %s',
    async (text) => {
      const tree = watched({ 'a.ts': start });
      await tree.prompt();
      await (
        await commandBegins(tree, text)
      )();
      await tree.turnEnds();
      edit(tree.folder, { 'a.ts': start + sly, 'new.ts': sly });
      tree.commits('Slipped in');
      expect(git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD')).not.toContain(
        '"by": "human"',
      );
      edit(tree.folder, { 'a.ts': start + sly + sly });
      expect(await claims(tree.folder)).toEqual(['unknown a.ts', 'coverage/ungated-lines a.ts']);
    },
  );

  test('writes nothing any more half an hour later', async () => {
    const tree = watched({ 'a.ts': start });
    const place = placed(tree.folder);
    const before = new Date(Date.now() - strayMs - 60_000);
    const command = { text: 'npm run dev &', shell: 'posix', cwd: null } as const;
    await recordMoment(place, tree.event('prompt'), before);
    await recordAfter(place, tree.event('post-tool', { command }), before);
    await recordMoment(place, tree.event('turn-end'), before);
    await tree.prompt();
    await tree.agentEdits({ 'a.ts': start + sly });
    await tree.turnEnds();
    edit(tree.folder, { 'a.ts': start + sly + start });
    expect(await claims(tree.folder)).toEqual(['ai a.ts', 'human a.ts']);
  });
});

test('what was left running makes lines unknown only until somebody has looked after its time', async () => {
  const tree = watched({ 'a.ts': start });
  const place = placed(tree.folder);
  const now = new Date(Date.now() - strayMs - 60_000);
  const command = { text: 'npm run dev &', shell: 'posix', cwd: null } as const;
  const files = [{ path: 'a.ts', before: start, after: start + sly }];
  await recordMoment(place, tree.event('prompt'), now);
  const edits = tree.event('pre-tool', { callId: 'edits' });
  await recordBefore(place, edits, { decision: 'pass', rules: [], files, now });
  await recordAfter(place, tree.event('post-tool', { command }), now);
  await recordMoment(place, tree.event('turn-end'), now);
  const later = start.replaceAll('first', 'fourth').replaceAll('second', 'fifth');
  edit(tree.folder, { 'a.ts': start + sly + later });
  tree.commits('Perhaps by hand');
  const note = git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD');
  expect(note).not.toContain('"by": "human"');
  edit(tree.folder, { 'a.ts': `${start + sly + later}export const third = "by hand";\n` });
  expect(await claims(tree.folder)).toEqual(['human a.ts']);
});

describe('a session that stands elsewhere', () => {
  /** The agent stands in `from` and edits a file of `to`. */
  async function editsAcross(from: Watched, to: string, path: string): Promise<void> {
    const absolute = join(to, path);
    const after = start + sly;
    const edits = [{ kind: 'write', path: absolute, content: after }] as const;
    const file = { path: absolute, before: start, after };
    const outcome = { decision: 'pass', rules: [], files: [file], now: new Date() };
    await recordBefore(placed(to), from.event('pre-tool', { edits }), outcome);
    writeFileSync(absolute, after);
    const done = from.event('post-tool', { edits });
    for (const place of [placed(to), placed(from.folder)])
      await recordAfter(place, done, new Date());
  }

  test('is the author of what it edits, and counts as at work there', async () => {
    const [home, other] = [watched({ 'b.ts': start }), watched({ 'a.ts': start })];
    await home.prompt();
    await editsAcross(home, other.folder, 'a.ts');
    await home.turnEnds();
    expect(await claims(other.folder)).toEqual(['ai a.ts']);
    edit(other.folder, { 'a.ts': start + sly + start });
    expect(await claims(other.folder)).toEqual([
      'ai a.ts',
      'unknown a.ts',
      'coverage/ungated-lines a.ts',
    ]);
    expect(await claims(home.folder)).toEqual([]);
  });

  test('in a work tree that lies within its own, each has its own record', async () => {
    const home = watched({ 'a.ts': start });
    const linked = join(home.folder, 'linked');
    git(home.folder, 'worktree', 'add', '--quiet', '-b', 'topic', linked);
    await home.prompt();
    await editsAcross(home, linked, 'a.ts');
    expect(await claims(linked)).toEqual(['ai a.ts']);
    const book = join(home.folder, '.git', 'hallmonitor', 'capture', 'book.json');
    expect(Object.keys(JSON.parse(readFileSync(book, 'utf8')).files)).not.toContain('linked/a.ts');
  });

  test('does not become the author of all that changes while its command runs', async () => {
    const [home, other] = [watched({ 'b.ts': start }), watched({ 'a.ts': start, 'c.ts': start })];
    const command = { text: 'sed -i s/x/y/ ../other/a.ts', shell: 'posix', cwd: null } as const;
    const file = { path: 'a.ts', before: start, after: start + sly };
    const outcome = { decision: 'pass', rules: [], files: [file], now: new Date() };
    const place = placed(other.folder);
    await recordBefore(place, home.event('pre-tool', { command }), outcome);
    edit(other.folder, { 'a.ts': start + sly, 'c.ts': start + start });
    await recordAfter(place, home.event('post-tool', { command }), new Date());
    const said = await claims(other.folder);
    expect(said).toContain('ai a.ts');
    expect(said.filter((one) => one.endsWith('c.ts'))).not.toContain('ai c.ts');
    expect(said.join()).not.toContain('human');
  });

  test('also when it began in a folder that holds repositories', async () => {
    const other = watched({ 'a.ts': start });
    const parent = { ...watch(other.folder) };
    const event: Watched['event'] = (phase, more) =>
      parent.event(phase, { ...more, cwd: join(other.folder, '..') });
    const edits = [
      { kind: 'write', path: join(other.folder, 'a.ts'), content: start + sly },
    ] as const;
    const file = { path: 'a.ts', before: start, after: start + sly };
    const outcome = { decision: 'pass', rules: [], files: [file], now: new Date() };
    await recordBefore(placed(other.folder), event('pre-tool', { edits }), outcome);
    edit(other.folder, { 'a.ts': start + sly });
    await recordAfter(placed(other.folder), event('post-tool', { edits }), new Date());
    expect(await claims(other.folder)).toEqual(['ai a.ts']);
  });
});

describe('a file that', () => {
  test.each([
    ['has a line end in its name', 'a\nb.ts'],
    ['has a tab and quotes in its name', 'a\t"b" \'c\'.ts'],
    ['is named in composed letters', 'caf\u00e9.ts'],
    ['is named in decomposed letters', 'cafe\u0301.ts'],
    ['has a backslash in its name', 'a\\b.ts'],
    ['begins like an option', '--force.ts'],
    ['is named in emoji', '🎉 party.ts'],
  ])('%s is recorded as the agent’s', async (_, path) => {
    const tree = watched({ 'z.ts': start });
    await tree.prompt();
    await tree.agentEdits({ [path]: sly });
    await tree.turnEnds();
    expect(await claims(tree.folder)).toEqual([`ai ${path}`]);
    tree.commits('Odd');
    const note = git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD');
    expect(JSON.parse(note).files).toEqual([
      { path, runs: [expect.objectContaining({ by: expect.stringMatching(/^ai:/) })] },
    ]);
  });

  test('git ignores is recorded too, for when it is added all the same', async () => {
    const tree = watched({ '.gitignore': 'out/\n' });
    mkdirSync(join(tree.folder, 'out'));
    await tree.prompt();
    await tree.agentEdits({ 'out/a.ts': sly });
    await tree.turnEnds();
    git(tree.folder, 'add', '--force', 'out/a.ts');
    tree.commits('Ignored');
    const note = git(tree.folder, 'notes', '--ref=hallmonitor', 'show', 'HEAD');
    expect(note).toMatch(/"by": "ai:/);
  });
});
