import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPolicy } from './policy.ts';
import { problemLine } from './problems.ts';
import { policyShape } from './sections.ts';
import type { Shape } from './shape.ts';
import { testPolicy } from './test-policy.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);

function section(name: string): string {
  return blocks.find((block) => block.startsWith(`${name}:`)) ?? '';
}

/** What a block of the page leans on: the kinds, areas and rules that the page shows elsewhere. */
function completed(block: string): string {
  if (block.includes('version:')) return block;
  const missing = ['who', 'areas', 'rules'].filter((name) => !block.startsWith(`${name}:`));
  return ['version: 1\n', ...missing.map(section), block].join('');
}

test.each(blocks.map((block) => [block.split('\n').slice(0, 2).join(' '), block]))(
  'the documentation shows what can be read: %s',
  (_, block) => {
    const { policy, problems } = readPolicy(completed(block), 'policy.md');
    expect(problems.map(problemLine)).toEqual([]);
    if (block.startsWith('tests:') && policy)
      expect(testPolicy(policy).flatMap(({ misses }) => misses)).toEqual([]);
  },
);

test('every key of the language is in the documentation', () => {
  const missing = [...keysOf(policyShape, new Set())].filter(
    (key) => !page.includes(`\`${key}`) && !page.includes(`${key}:`),
  );
  expect(missing).toEqual([]);
});

function keysOf(shape: Shape, seen: Set<string>): ReadonlySet<string> {
  const keys = new Set<string>();
  function visit(one: Shape): void {
    switch (one.kind) {
      case 'ref':
        if (!seen.has(one.name)) {
          seen.add(one.name);
          visit(one.shape());
        }
        return;
      case 'map':
        for (const [key, { shape: inner }] of Object.entries(one.keys)) {
          keys.add(key);
          visit(inner);
        }
        return;
      case 'list':
      case 'named':
        visit(one.of);
        return;
      case 'text':
      case 'word':
      case 'number':
      case 'flag':
    }
  }
  visit(shape);
  return keys;
}
