import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAgentTrace } from '../../src/provenance/agent-trace.ts';
import { readNote } from '../../src/provenance/notes.ts';
import { edit, git, id } from '../story.ts';
import { misfits, shapesIn } from '../json-shape.ts';
import { watched, type Watched } from '../watched.ts';
import { root, run, type Ran } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));
const start = 'export const first = "was here before";\n';
const price = 'export function price(net: number) {\n  return net * taxRate;\n}\n';

let tree: Watched;

beforeAll(async () => {
  tree = watched({ 'cart.ts': start });
  await tree.prompt();
  await tree.agentEdits({ 'cart.ts': start + price });
  await tree.turnEnds();
  tree.commits('Price');
});

/** Calls one function of the command line in a process of its own. */
function call(file: string, name: string, ...args: readonly unknown[]): Ran {
  const place = join(root, 'src/cli', file);
  const given = args
    .map((arg) => (arg === undefined ? 'undefined' : JSON.stringify(arg)))
    .join(', ');
  const code = `import { ${name} } from ${JSON.stringify(place)};
    try { process.exitCode = await ${name}(${given}); } catch (error) {
      if (error.name !== 'UserError') throw error;
      process.stderr.write(error.message + ' ' + error.advice); process.exitCode = 2;
    }`;
  return run(tree.folder, [process.execPath, '--input-type=module', '-e', code]);
}

function json(ran: Ran, name: string): Readonly<Record<string, unknown>> {
  const value = JSON.parse(ran.stdout);
  expect(misfits(value, name, shapes)).toEqual([]);
  return value;
}

describe('record', () => {
  test('show: sessions and what they wrote', () => {
    const shown = json(
      call('record.ts', 'showRecord', { repo: '.', format: 'json' }),
      'record show',
    );
    expect(shown).toMatchObject({
      recorded: true,
      sessions: [
        { tool: 'claude-code', model: 'claude-opus-5', calls: 1, lines: 3, atWork: false },
      ],
      lines: { ai: 3, human: 0, ungated: 0 },
      damage: [],
    });
    const { stdout } = call('record.ts', 'showRecord', { repo: '.', format: 'text' });
    expect(stdout).toContain('its chain holds');
    expect(stdout).toContain('claude-code claude-opus-5: 1 call, 3 lines');
  });

  test('export: git-ai and agent-trace are read by their readers, json is as documented', () => {
    const commit = id(tree.folder);
    const gitAi = call('record-export.ts', 'exportRecord', undefined, {
      repo: '.',
      format: 'git-ai',
    });
    expect(readNote(gitAi.stdout, { commit, ref: 'refs/notes/ai' })).toMatchObject({
      problems: [],
      evidence: [{ claim: 'ai', tool: 'claude-code', model: 'claude-opus-5' }],
    });
    const trace = call('record-export.ts', 'exportRecord', 'HEAD~1..HEAD', {
      repo: '.',
      format: 'agent-trace',
    });
    const nobody = { name: '', email: '' };
    const own = {
      sha: commit,
      parents: [],
      author: nobody,
      committer: nobody,
      authoredAt: 0,
      committedAt: 0,
      message: '',
    };
    const read = readAgentTrace(trace.stdout, { commits: [own], head: null });
    expect(read).toMatchObject({
      problems: [],
      evidence: [{ claim: 'ai', commit, covers: { ranges: [[2, 4]] } }],
    });
    const exported = json(
      call('record-export.ts', 'exportRecord', commit, { repo: '.', format: 'json' }),
      'record export',
    );
    expect(exported).toMatchObject({ commits: [{ commit, coverage: { added: 3, ai: 3 } }] });
  });

  test('verify: whole, and not when a note is gone', () => {
    const whole = call('record.ts', 'verifyRecord', { repo: '.', format: 'json' });
    expect([whole.code, json(whole, 'record verify')['problems']]).toEqual([0, []]);
    const note = git(tree.folder, 'rev-parse', 'refs/notes/hallmonitor');
    git(tree.folder, 'notes', '--ref=hallmonitor', 'remove', 'HEAD');
    const broken = call('record.ts', 'verifyRecord', { repo: '.', format: 'text' });
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining('is missing')]);
    git(tree.folder, 'update-ref', 'refs/notes/hallmonitor', note);
  });

  test('trailers: shown first, amended only with consent, and never what was pushed', () => {
    const before = id(tree.folder);
    const preview = call('record-trailers.ts', 'disclose', { repo: '.' });
    expect(preview.stdout).toContain(
      'Price\n\nAssisted-by: claude-code:claude-opus-5\n\nNothing was changed',
    );
    expect(id(tree.folder)).toBe(before);
    git(tree.folder, 'update-ref', 'refs/remotes/origin/main', before);
    const refused = call('record-trailers.ts', 'disclose', { repo: '.', yes: true });
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('refs/remotes/origin/main'),
    ]);
    git(tree.folder, 'update-ref', '-d', 'refs/remotes/origin/main');
    edit(tree.folder, { 'half.ts': 'not for this commit\n' });
    git(tree.folder, 'add', 'half.ts');
    call('record-trailers.ts', 'disclose', { repo: '.', yes: true });
    expect(git(tree.folder, 'log', '-1', '--format=%B').trim()).toBe(
      'Price\n\nAssisted-by: claude-code:claude-opus-5',
    );
    expect(git(tree.folder, 'diff', '--stat', before, 'HEAD')).toBe('');
    expect(git(tree.folder, 'status', '--short')).toContain('A  half.ts');
    expect(git(tree.folder, 'notes', '--ref=ai', 'show', 'HEAD')).toContain('cart.ts');
    expect(call('record-trailers.ts', 'disclose', { repo: '.' }).stdout).toContain(
      'says so already',
    );
  });

  test('prune: says first what would go; a new journal holds again', () => {
    const asked = call('record-prune.ts', 'pruneRecord', { repo: '.' });
    expect(asked.stdout).toContain('--yes does it');
    const journal = join(tree.folder, '.git/hallmonitor/journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n').length;
    expect(lines).toBeGreaterThan(3);
    call('record-prune.ts', 'pruneRecord', { repo: '.', yes: true, journal: true });
    expect(readFileSync(journal, 'utf8').split('\n').length).toBeLessThan(lines);
    expect(call('record.ts', 'verifyRecord', { repo: '.', format: 'text' }).code).toBe(0);
  });

  test('show: nothing where nothing was recorded', () => {
    rmSync(join(tree.folder, '.git/hallmonitor'), { recursive: true });
    const { stdout } = call('record.ts', 'showRecord', { repo: '.', format: 'text' });
    expect(stdout).toContain('Nothing is recorded here yet');
  });
});
