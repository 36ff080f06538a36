import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  checkOut,
  commit,
  edit,
  emptyRepo,
  fullClone,
  git,
  id,
  loseObjects,
  partialClone,
  repo,
  shallowClone,
  stage,
} from './story.ts';
import type { Step } from './story.ts';

const story: readonly Step[] = [
  { by: 'Ann', says: 'Checkout', files: { 'cart.ts': 'pay()\n', 'a "b"\n\tc ü': 'odd\n' } },
  {
    branch: 'pr',
    from: 'main',
    by: 'Bob Day',
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    says: 'Retry\n\nAssisted-by: claude',
    files: { 'cart.ts': 'retry(pay)\n', link: { mode: '120000', text: 'cart.ts' } },
    notes: '{"by":"ai"}',
  },
  { branch: 'main', by: 'Cleo', says: 'Move', renames: { 'cart.ts': 'shop/cart.ts' } },
  {
    says: 'Merge pr',
    merge: 'pr',
    files: { 'shop/cart.ts': 'retry(pay)\n', sub: { mode: '160000', text: '1'.repeat(40) } },
    as: 'v1',
  },
];

describe('a story', () => {
  test('becomes the same commits every time', () => {
    expect(id(repo(story))).toBe(id(repo(story)));
  });

  test('has its people, messages, parents, names and notes', () => {
    const folder = repo(story);
    expect(git(folder, 'log', '--format=%an <%ae> %cn|%s|%p', '--topo-order').split('\n')).toEqual([
      expect.stringMatching(/^Cleo <cleo@example.com> Cleo\|Merge pr|\w+ \w+$/),
      expect.stringMatching(/^Bob Day <bob.day@example.com> GitHub\|Retry|\w+$/),
      expect.stringMatching(/^Cleo/),
      expect.stringMatching(/Checkout\|$/),
    ]);
    expect(git(folder, 'notes', '--ref=ai', 'show', 'pr')).toBe('{"by":"ai"}');
    expect(git(folder, 'ls-tree', '-r', '-z', '--name-only', 'v1').split('\0')).toContain(
      'a "b"\n\tc ü',
    );
    expect(git(folder, 'ls-tree', 'v1', 'sub')).toContain('160000 commit');
  });

  test('can be checked out, edited, staged and committed', () => {
    const folder = checkOut(repo(story), 'pr');
    expect(readlinkSync(join(folder, 'link'))).toBe('cart.ts');
    stage(folder, { '*.md': 'new\n', 'cart.ts': null });
    edit(folder, { 'left.txt': 'not told\n' });
    expect(git(folder, 'status', '--porcelain')).toBe('A  *.md\nD  cart.ts\n?? left.txt');
    commit(folder, 'By hand');
    expect(git(folder, 'log', '-1', '--format=%s')).toBe('By hand');
  });

  test('can be cloned in every way', () => {
    const folder = repo(story);
    expect(git(bareClone(folder), 'rev-parse', '--is-bare-repository')).toBe('true');
    expect(readFileSync(join(fullClone(folder), 'shop/cart.ts'), 'utf8')).toBe('retry(pay)\n');
    expect(git(shallowClone(folder), 'rev-list', '--count', 'HEAD')).toBe('1');
    const partial = partialClone(folder, ['main:shop/cart.ts']);
    expect(git(partial, 'cat-file', 'blob', 'main:shop/cart.ts')).toBe('retry(pay)');
    expect(() => git(partial, 'cat-file', 'blob', 'main~1:shop/cart.ts')).toThrow('git cat-file');
    expect(() => git(loseObjects(folder, ['pr:link']), 'show', 'pr:link')).toThrow('git show');
  });

  test('may be empty', () => {
    expect(() => id(emptyRepo())).toThrow('git rev-parse');
    expect(id(stage(emptyRepo(), { a: 'x' }) && repo(story), 'v1')).toMatch(/^[0-9a-f]{40}$/);
  });
});
