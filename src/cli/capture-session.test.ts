import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOut, edit, git, repo } from '../../test/story.ts';
import { watch, type Watched } from '../../test/watched.ts';
import { verifyChain } from '../capture/journal.ts';
import { openRepository, readChange } from '../outside/git/git.ts';
import { journalLines } from '../outside/journal/segments.ts';
import { recordOfUncommitted } from './capture-evidence.ts';
import { recordMoment } from './capture-session.ts';

function tree(): Watched {
  return watch(checkOut(repo([{ files: { 'a.ts': 'export const first = "was here";\n' } }])));
}

function record(folder: string, ...path: readonly string[]): string {
  return join(folder, '.git', 'hallmonitor', ...path);
}

/** Texts of the lines of the work tree that are said to be a person's. */
async function humanLines(folder: string): Promise<readonly string[]> {
  const repository = await openRepository(folder);
  const change = await readChange(repository, { kind: 'worktree' });
  const { evidence } = await recordOfUncommitted(repository, change);
  return evidence
    .filter(({ claim }) => claim === 'human')
    .flatMap(({ covers }) => {
      if (covers.kind !== 'lines') return [];
      const lines = readFileSync(join(folder, covers.path), 'utf8').split('\n');
      return covers.ranges.flatMap(([from, to]) => lines.slice(from - 1, to));
    });
}

type Action = 'prompt' | 'turn-end' | 'agent' | 'shell' | 'person' | 'take';

test('whatever is taken from the record, only what a person typed while nobody was at work is theirs', async () => {
  const actions = fc.array(
    fc.constantFrom<Action>('prompt', 'turn-end', 'agent', 'shell', 'person', 'take'),
    { minLength: 3, maxLength: 9 },
  );
  await fc.assert(
    fc.asyncProperty(actions, fc.nat(), async (steps, seed) => {
      const watched = tree();
      const truth = await play(watched, steps, seed);
      const said = await humanLines(watched.folder);
      for (const line of said) expect(truth.has(line)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

/** Plays a story and gives the lines that a person typed while no agent was at work and nothing was missing. */
async function play(
  watched: Watched,
  steps: readonly Action[],
  seed: number,
): Promise<ReadonlySet<string>> {
  const truth = new Set<string>();
  const path = join(watched.folder, 'a.ts');
  let working = false;
  for (const [at, step] of steps.entries()) {
    const text = readFileSync(path, 'utf8');
    const line = `export const number${at} = "written by ${step}";`;
    if (step === 'prompt') await watched.prompt();
    if (step === 'turn-end') await watched.turnEnds();
    if (step === 'agent') await watched.agentEdits({ 'a.ts': `${text}${line}\n` });
    if (step === 'shell')
      await watched.agentRuns(() => edit(watched.folder, { 'a.ts': `${text}${line}\n` }));
    if (step === 'person') {
      edit(watched.folder, { 'a.ts': `${text}${line}\n` });
      if (!working) truth.add(line);
    }
    if (step === 'take') take(watched.folder, seed + at);
    if (step === 'turn-end') working = false;
    if (step === 'prompt' || step === 'agent' || step === 'shell') working = true;
  }
  return truth;
}

/** Takes one file of the record away, or a folder of it, or the end of one. */
function take(folder: string, seed: number): void {
  const top = record(folder);
  if (!existsSync(top)) return;
  const names = readdirSync(top, { recursive: true, encoding: 'utf8' }).toSorted();
  const name = names[seed % Math.max(1, names.length)];
  if (name === undefined) return;
  const path = join(top, name);
  if (seed % 3 === 0 && statSync(path).isFile())
    writeFileSync(path, readFileSync(path).subarray(0, -(1 + (seed % 40))));
  else rmSync(path, { recursive: true });
}

describe('the record', () => {
  test('is readable by its owner alone and holds no text of files, commands and conversations', async () => {
    const watched = tree();
    await watched.prompt();
    await watched.agentEdits({ 'a.ts': 'export const secretName = "hunter2 and more";\n' });
    await watched.agentRuns(() => {});
    for (const name of readdirSync(record(watched.folder), { recursive: true, encoding: 'utf8' })) {
      const path = record(watched.folder, name);
      expect(statSync(path).mode & 0o077).toBe(0);
      if (!statSync(path).isFile()) continue;
      expect(readFileSync(path, 'utf8')).not.toMatch(/hunter2|secretName|build\.sh/);
    }
  });

  test('goes on after its last line was torn, and says so', async () => {
    const watched = tree();
    await watched.prompt();
    writeFileSync(record(watched.folder, 'journal.jsonl'), '{"half', { flag: 'a' });
    await watched.turnEnds();
    const { problems, records } = verifyChain(journalLines(record(watched.folder)));
    expect(problems).toEqual([]);
    expect(records.map(({ kind }) => kind)).toContain('repaired');
  });

  test('is written by many at once without a loss', async () => {
    const watched = tree();
    const sessions = Array.from({ length: 8 }, (_, n) => `session-${n}`);
    await Promise.all(sessions.map((session) => watched.prompt(session)));
    const { problems, records } = verifyChain(journalLines(record(watched.folder)));
    expect(problems).toEqual([]);
    expect(records.filter(({ kind }) => kind === 'moment')).toHaveLength(sessions.length);
  });

  test('that cannot be written is said to be none, and nothing else happens', async () => {
    const watched = tree();
    writeFileSync(record(watched.folder), 'a file stands in the way');
    const place = {
      top: watched.folder,
      gitDir: join(watched.folder, '.git'),
      commonDir: join(watched.folder, '.git'),
    };
    const told = await recordMoment(place, watched.event('prompt'), new Date());
    expect(told).toEqual({
      recorded: false,
      why: expect.stringContaining('cannot be written'),
      remarks: [],
    });
  });

  test.each([
    ['a path that leads out of the work tree', '../outside.ts'],
    ['the git directory', '.git/config'],
    ['a path with strange characters', 'we"ird\u0001\n.ts'],
  ])('is not misled by %s', async (_, path) => {
    const watched = tree();
    await watched.prompt();
    const folder = join(watched.folder, path, '..');
    mkdirSync(folder, { recursive: true });
    await watched.agentEdits({ [path]: 'export const somewhere = "else";\n' });
    const known = JSON.parse(readFileSync(record(watched.folder, 'capture', 'book.json'), 'utf8'));
    expect(Object.keys(known.files)).toEqual(path.startsWith('we') ? [path] : []);
  });

  test('keeps quiet about a link that the agent would write through', async () => {
    const watched = tree();
    edit(watched.folder, { 'link.ts': { mode: '120000', text: '/etc/hostname' } });
    await watched.prompt();
    await watched.agentEdits({ 'b.ts': 'export const here = "and now";\n' });
    expect(git(watched.folder, 'status', '--short')).toContain('link.ts');
  });
});
