import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, id, repo, temporaryFolder } from '../../test/story.ts';
import { openFindingsStore, openRepository } from '../outside/git/git.ts';
import { readFacts } from './replay-facts.ts';
import type { FactsOptions, ReplayFacts } from './replay-facts.ts';

async function read(folder: string, options: Partial<FactsOptions> = {}): Promise<ReplayFacts> {
  return readFacts(await openRepository(folder), { cache: false, ...options });
}

function names(cache: string, ending: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(ending),
  );
}

/** A history of its own, which grows by one change. */
function ownHistory(name: string): string {
  return repo([
    { by: name, says: name, files: { [`${name}.ts`]: 'one()\n' } },
    { by: name, files: { [`${name}.ts`]: 'two()\n' } },
  ]);
}

describe('facts that are kept', () => {
  test('of many repositories in one folder do not push each other out', async () => {
    const cache = temporaryFolder();
    const folders = ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Fay'].map(ownHistory);
    for (const folder of folders) await read(folder, { cache });
    for (const folder of folders) {
      git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'more');
      expect(await read(folder, { cache })).toMatchObject({ fromCache: 2, read: 1 });
    }
  });

  test('are read again when the mailmap names people otherwise', async () => {
    const cache = temporaryFolder();
    const folder = ownHistory('Ann');
    await read(folder, { cache });
    writeFileSync(join(folder, '.mailmap'), 'Anna Example <ann@example.com>\n');
    git(folder, 'add', '.mailmap');
    git(folder, 'commit', '--quiet', '-m', 'Names');
    const kept = await read(folder, { cache });
    expect(kept.facts).toEqual((await read(folder)).facts);
  });

  test('are read again when notes of a new kind arrive', async () => {
    const cache = temporaryFolder();
    const folder = ownHistory('Ann');
    await read(folder, { cache });
    const note = `${id(folder, 'HEAD').slice(0, 7)}\n---\n{"schema_version":"authorship/3.0.0"}`;
    git(folder, 'notes', '--ref=ai', 'add', '-m', note, 'HEAD');
    const kept = await read(folder, { cache });
    expect(kept).toMatchObject({ fromCache: 0, read: 2 });
    expect(kept.facts).toEqual((await read(folder)).facts);
  });
});

describe('what guards said', () => {
  function withColumns(): string {
    return repo([
      { files: { 'm/1.sql': 'CREATE TABLE t (a int, b int);\n' }, at: 1_700_000_000 },
      { files: { 'm/2.sql': 'ALTER TABLE t DROP COLUMN b;\n' }, at: 1_700_100_000 },
    ]);
  }

  async function asked(folder: string, options: Partial<FactsOptions>): Promise<number> {
    let count = 0;
    await read(folder, {
      guards: true,
      jobs: 1,
      onProgress: (what) => {
        if (what === 'asking the guards') count += 1;
      },
      ...options,
    });
    return count;
  }

  test('is kept beside the facts, which are read once', async () => {
    const cache = temporaryFolder();
    const folder = withColumns();
    await read(folder, { cache });
    expect(await read(folder, { cache, guards: true, jobs: 1 })).toMatchObject({
      fromCache: 2,
      read: 0,
      facts: [{ findings: [] }, { findings: [{ guard: 'sql/drop-column' }] }],
    });
    expect(await asked(folder, { cache })).toBe(0);
  });

  test('is asked only about changes that have no answer yet', async () => {
    const cache = temporaryFolder();
    const folder = withColumns();
    const [since] = [1_700_050_000];
    expect(await asked(folder, { cache, since })).toBe(1);
    expect(await asked(folder, { cache })).toBe(1);
    for (const name of names(cache, '.findings')) rmSync(join(cache, name));
    expect(await asked(folder, { cache })).toBe(2);
  });

  test('stays whole when many writers add to it, and when a file of it is spoilt', async () => {
    const directory = temporaryFolder();
    const repository = await openRepository(withColumns());
    const options = { directory, version: '1', origin: 'here' };
    const writers = [
      openFindingsStore(repository, options),
      openFindingsStore(repository, options),
    ];
    for (let at = 0; at < 50; at++) writers[at % 2]?.add(new Map([[`c${at}`, []]]));
    const [reader] = writers;
    expect(reader?.read().size).toBe(50);
    expect(names(directory, '.findings').length).toBeLessThan(40);
    for (const name of names(directory, '.findings').slice(0, 1))
      writeFileSync(join(directory, name), 'half of i');
    expect(reader?.read().size).toBeLessThan(50);
  });
});
