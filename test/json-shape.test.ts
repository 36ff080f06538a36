import { expect, test } from 'vitest';
import { misfits, shapesIn } from './json-shape.ts';

const shapes = shapesIn(`## a

Words.

\`\`\`json
{ "is": "'x' | 'y'", "list": ["@b"], "may?": "number | null", "any": { "*": "string" } }
\`\`\`

### b

\`\`\`json
{ "n": "number" }
\`\`\`
`);

test.each([
  [{ is: 'x', list: [{ n: 1 }], any: { k: 'v' } }, ''],
  [{ is: 'y', list: [], may: null, any: {} }, ''],
  [{ is: 'z', list: [], any: {} }, `a.is is "z", not 'x' | 'y'`],
  [{ is: 'x', any: {} }, 'a.list is missing'],
  [{ is: 'x', list: [], any: {}, more: 1 }, 'a.more is not documented'],
  [{ is: 'x', list: [{ n: 'one' }], any: {} }, 'a.list[0] is {"n":"one"}, not @b'],
  [{ is: 'x', list: {}, any: { k: 1 } }, 'a.list is no list\na.any.k is 1, not string'],
  [null, 'a is no object'],
])('%j', (value, complaint) => {
  expect(misfits(value, 'a', shapes).join('\n')).toBe(complaint);
});
