import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/story.ts';
import { placeInside } from './stay-inside.ts';

test.each([
  ['.hallmonitor', '.hallmonitor'],
  ['.hallmonitor/baseline.json', '.hallmonitor/baseline.json'],
  ['.hallmonitor/guards', '.hallmonitor/guards/a.yml'],
])('where %s is a link, nothing is written through it', (link, path) => {
  const top = temporaryFolder();
  if (link !== '.hallmonitor') mkdirSync(join(top, '.hallmonitor'));
  symlinkSync(join(top, 'elsewhere'), join(top, link));
  expect(() => placeInside(top, path)).toThrow('is a link');
});

test('a file that is there, or not yet, has its place', () => {
  const top = temporaryFolder();
  expect(placeInside(top, '.hallmonitor/a.yml')).toBe(join(top, '.hallmonitor', 'a.yml'));
});
