import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { edit } from '../../test/story.ts';
import { watched } from '../../test/watched.ts';
import { run, runCli } from '../../test/end-to-end/run-cli.ts';
import { openRepository, readChange } from '../outside/git/git.ts';
import { underLock } from '../outside/journal/lock.ts';
import { recordOfUncommitted } from './capture-evidence.ts';
import { readSteadily } from './capture-steady.ts';

const start = 'export const first = "was here before";\n';

test('what looks damaged while somebody writes is read again, and believed when nobody does', async () => {
  const { folder } = watched({ 'a.ts': start });
  const gitDir = join(folder, '.git');
  const place = { top: folder, gitDir, commonDir: gitDir };
  const journal = join(gitDir, 'hallmonitor', 'journal.jsonl');
  await underLock(dirname(journal), () => {});
  let readings = 0;
  function read(): boolean {
    readings += 1;
    if (readings < 3) writeFileSync(journal, `${readings}`, { flag: 'a' });
    return true;
  }
  expect(await readSteadily(place, read, (damaged) => damaged)).toEqual({
    result: true,
    steady: true,
  });
  expect(readings).toBe(3);
});

test('a record that is being written all the while is said not to be checked, and makes nothing a person’s', async () => {
  const tree = watched({ 'a.ts': start });
  await tree.prompt();
  await tree.turnEnds();
  edit(tree.folder, { 'a.ts': `${start}export const second = "by hand";\n` });
  const folder = join(tree.folder, '.git', 'hallmonitor');
  const book = join(folder, 'capture', 'book.json');
  const known = JSON.parse(readFileSync(book, 'utf8'));
  known.journal.n += 1; // as if the journal had been read just before the book was written
  writeFileSync(book, JSON.stringify(known));
  const repository = await openRepository(tree.folder);
  const change = await readChange(repository, { kind: 'worktree' });
  const held = await underLock(folder, () => recordOfUncommitted(repository, change));
  if ('notDone' in held) throw new Error(held.notDone);
  const { evidence, findings, gaps } = held.done;
  expect(evidence.filter(({ claim }) => claim === 'human')).toEqual([]);
  expect(findings).toEqual([]);
  expect(gaps).toEqual([
    { what: 'the record of who wrote what', why: expect.stringContaining('being written') },
  ]);
  const verified = await underLock(folder, () => runCli(tree.folder, ['record', 'verify']));
  expect(verified).toMatchObject({
    done: { code: 1, stdout: expect.stringContaining('not checked: it is being written') },
  });
  const after = await recordOfUncommitted(repository, change);
  expect(after.findings.map(({ guard }) => guard)).toEqual(['coverage/record-broken']);
});

test('nothing that an agent’s processes write at once is lost', () => {
  const { folder } = watched({ 'a.ts': start });
  const session = join(import.meta.dirname, 'capture-session.ts');
  const watchedAt = join(import.meta.dirname, '../../test/watched.ts');
  const code = `import { recordAfter } from ${JSON.stringify(session)};
    import { watch } from ${JSON.stringify(watchedAt)};
    import { writeFileSync } from 'node:fs';
    const [folder, name] = process.argv.slice(1);
    const place = { top: folder, gitDir: folder + '/.git', commonDir: folder + '/.git' };
    for (const n of [1, 2, 3]) {
      const path = name + n + '.ts';
      const edits = [{ kind: 'write', path, content: '' }];
      writeFileSync(folder + '/' + path, 'export const written = "by an agent";\\n');
      const event = watch(folder).event('post-tool', { sessionId: name, callId: path, edits });
      const { why } = await recordAfter(place, event, new Date());
      if (why !== null) throw new Error(why);
    }`;
  const node = `'${process.execPath}' --input-type=module -e "$CODE" "$PWD"`;
  const { code: ended, stderr } = run(
    folder,
    [
      'sh',
      '-c',
      `for one in a b c; do ${node} $one & all="$all $!"; done; for one in $all; do wait $one || exit 1; done`,
    ],
    { env: { CODE: code } },
  );
  expect([ended, stderr]).toEqual([0, '']);
  const book = JSON.parse(
    readFileSync(join(folder, '.git', 'hallmonitor', 'capture', 'book.json'), 'utf8'),
  );
  expect(Object.keys(book.files)).toHaveLength(9);
  expect(book.damage).toEqual([]);
});

test('recording an edit loads nothing that starts git', () => {
  const loaded = new Set<string>();
  const open = [join(import.meta.dirname, 'capture-session.ts')];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    const text = readFileSync(file, 'utf8');
    const found = text.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)';/gm);
    for (const [, path = ''] of found) open.push(resolve(dirname(file), path));
  }
  const names = [...loaded].map((file) => file.split('/src/')[1] ?? '');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => name.startsWith('outside/git/')).toSorted()).toEqual([
    'outside/git/disk.ts',
    'outside/git/place.ts',
  ]);
});
