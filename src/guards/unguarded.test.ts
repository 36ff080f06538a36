import { expect, test } from 'vitest';
import { change } from '../../test/facts.ts';
import { unguardedIn } from './unguarded.ts';

test.each([
  ['app/models/user.rb', '1 Ruby file'],
  ['lib/a.rs', '1 Rust file'],
  ['src/a.ts', undefined],
  ['README.md', undefined],
  ['constructor', undefined],
  ['a.constructor', undefined],
])('%s is told as %s', (path, what) => {
  expect(unguardedIn(change({ by: 'Ann', path }))[0]?.what).toBe(what);
});
