import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/story.ts';
import { carryOut } from './init-carry-out.ts';
import type { Here } from './init-place.ts';
import type { Step } from './init-step.ts';
import { takeBack } from './init-take-back.ts';

function write(path: string): Step {
  return { kind: 'write', path, text: 'x\n', executable: false, why: '' };
}

test('a step that the disk refuses is named with those before it, which can be taken back', () => {
  const top = temporaryFolder();
  const common = join(top, '.git');
  const here: Here = { common, trees: new Map([['', top]]), home: '/nobody', hooks: null };
  const record = join(common, 'hallmonitor');
  const [first, file] = [join(top, 'made/first'), join(top, 'file')];
  writeFileSync(file, 'theirs\n');
  expect(() =>
    carryOut([write(first), write(join(file, 'second')), write(join(top, 'third'))], record, here),
  ).toThrowError(`${join(file, 'second')} cannot be written: a file stands where a folder`);
  expect(existsSync(join(top, 'third'))).toBe(false);
  expect(takeBack(record, here)).toEqual({ removed: [first], restored: [], left: [], failed: [] });
  expect(existsSync(join(top, 'made'))).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('theirs\n');
});

test('what cannot be remembered is not done', () => {
  const top = temporaryFolder();
  const here: Here = { common: top, trees: new Map(), home: '/nobody', hooks: null };
  const record = join(top, 'hallmonitor');
  writeFileSync(record, '');
  const path = join(top, 'first');
  expect(() => carryOut([write(path)], record, here)).toThrowError('init.json cannot be written');
  expect(existsSync(path)).toBe(false);
});
