import { expect, test } from 'vitest';
import { guards } from '../guards/guards.ts';
import { inFull } from './guards.ts';

test('tabs of examples are shown as spaces', () => {
  const withTabs = guards.filter(({ caught, passed }) =>
    [...caught.slice(0, 2), ...passed.slice(0, 2)].some((example) =>
      Object.values(example.after).some((text) => text.includes('\t')),
    ),
  );
  expect(withTabs).not.toEqual([]);
  for (const guard of withTabs) expect(inFull(guard)).not.toContain(String.raw`\u{9}`);
});
