import { expect, test } from 'vitest';
import { deadline } from './working-hours.ts';

test.each<[string, string, number, boolean, string]>([
  ['within a day', '2026-11-23T10:00:00Z', 4, true, '2026-11-23T14:00:00.000Z'],
  ['over night', '2026-11-23T15:00:00Z', 4, true, '2026-11-24T11:00:00.000Z'],
  ['over a weekend', '2026-11-27T16:00:00Z', 4, true, '2026-11-30T12:00:00.000Z'],
  ['from a Sunday', '2026-11-29T12:00:00Z', 1, true, '2026-11-30T10:00:00.000Z'],
  ['before opening', '2026-11-23T05:00:00Z', 1, true, '2026-11-23T10:00:00.000Z'],
  ['several days', '2026-11-23T09:00:00Z', 24, true, '2026-11-25T17:00:00.000Z'],
  ['around the clock', '2026-11-27T16:00:00Z', 24, false, '2026-11-28T16:00:00.000Z'],
])('%s', (...[, from, hours, working, until]) => {
  const at = Date.parse(from) / 1000;
  expect(new Date(deadline(at, { hours, working }) * 1000).toISOString()).toBe(until);
});
