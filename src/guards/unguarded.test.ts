import { expect, test } from 'vitest';
import { change } from '../../test/facts.ts';
import { unguardedIn } from './unguarded.ts';

test.each([
  ['app/models/user.rb', '1 Ruby file'],
  ['lib/a.rs', '1 Rust file'],
  ['spec/models/user_spec.rb', undefined],
  ['src/a.swift', '1 Swift file'],
  ['src/a.ts', undefined],
  ['README.md', undefined],
  ['constructor', undefined],
  ['a.constructor', undefined],
])('%s is told as %s', (path, what) => {
  expect(unguardedIn(change({ by: 'Ann', path }))[0]?.what).toBe(what);
});

test.each([
  ['src/a.swift', 'no guard understands Swift'],
  ['src/A.kt', 'whether callers still fit'],
])('%s is said to be unread for its own reason', (path, why) => {
  expect(unguardedIn(change({ by: 'Ann', path }))[0]?.why).toContain(why);
});
