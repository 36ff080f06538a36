import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { likeness, likenessOf } from './likeness.ts';

test.prop([fc.string(), fc.string()])(
  'is the same from both sides, and between 0 and 1',
  (a, b) => {
    const [one, other] = [likenessOf(a), likenessOf(b)];
    expect(likeness(one, other)).toBe(likeness(other, one));
    expect(likeness(one, other)).toBeGreaterThanOrEqual(0);
    expect(likeness(one, other)).toBeLessThanOrEqual(1);
  },
);

test('does not mind layout', () => {
  expect(likeness(likenessOf('a(b,  c);'), likenessOf('a(\n  b,\n  c);'))).toBe(1);
});
