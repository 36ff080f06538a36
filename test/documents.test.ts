import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../tools/documents.ts';

const root = join(import.meta.dirname, '..');

test.each([...documents()])('%s is fresh (else: node tools/write-docs.ts)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('no page is left of a guard that went', () => {
  const pages = globSync('docs/guards/*/*.md', { cwd: root }).sort();
  expect(pages).toEqual([...documents().keys()].filter((path) => pages.includes(path)).sort());
});

test('every document that is named in another one exists', () => {
  const named = [
    'README.md',
    'CONTRIBUTING.md',
    'docs/agents.md',
    'docs/cli.md',
    'docs/gates.md',
    'docs/json.md',
  ].flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\]\(((?!https?:|#)[^)#]+)[^)]*\)/g)].map(
      ([, link = '']) => join(path, '..', link),
    ),
  );
  expect(named.filter((path) => readable(path) === null)).toEqual([]);
});

function readable(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}
