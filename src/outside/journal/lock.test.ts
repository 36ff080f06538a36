import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/story.ts';
import { isHeld, underLock } from './lock.ts';

test('one works at a time, also within one process', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'number');
  writeFileSync(path, '0');
  const work = async (): Promise<void> => {
    const number = Number(readFileSync(path, 'utf8'));
    await Promise.resolve();
    writeFileSync(path, String(number + 1));
  };
  const done = await Promise.all(Array.from({ length: 20 }, () => underLock(folder, work)));
  expect(done.every((one) => 'done' in one)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('20');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('work that fails leaves no lock behind', async () => {
  const folder = temporaryFolder();
  await expect(
    underLock(folder, () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await underLock(folder, () => 'yes')).toEqual({ done: 'yes' });
});

test('the lock of a process that is gone is taken over, one of a process that lives is not', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  const longAgo = new Date('2026-01-01T00:00:00Z');
  writeFileSync(path, '999999999 gone\n');
  utimesSync(path, longAgo, longAgo);
  expect(await underLock(folder, () => 'yes')).toEqual({ done: 'yes' });
  writeFileSync(path, `${process.pid} alive\n`);
  expect(await underLock(folder, () => 'yes')).toEqual({
    notDone: expect.stringContaining('another process'),
  });
});

test('where nothing can be written, that is said', async () => {
  const folder = join(temporaryFolder(), 'file');
  writeFileSync(folder, '');
  expect(await underLock(join(folder, 'below'), () => 1)).toEqual({
    notDone: expect.stringContaining('cannot be written'),
  });
  mkdirSync(`${folder}s`);
});

test('who lost the lock knows it, and whoever holds a newer one keeps it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  const held = await underLock(folder, (stillHeld) => {
    const before = stillHeld();
    writeFileSync(path, `${process.pid} somebody else\n`);
    return [before, stillHeld(), isHeld(folder)];
  });
  expect(held).toEqual({ done: [true, false, true] });
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid} somebody else\n`);
});
