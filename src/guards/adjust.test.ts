import { describe, expect, test } from 'vitest';
import { adjust } from './adjust.ts';
import type { Finding } from './finding.ts';
import { readAdjustments } from './read-adjustments.ts';

const finding: Finding = {
  guard: 'timeouts/removed',
  severity: 'warn',
  path: 'services/checkout/pay.ts',
  line: 1,
  endLine: 1,
  message: '',
  impact: '',
  fix: '',
  confidence: 0.7,
  fingerprint: 'f',
  suppressed: null,
};
const ground = {
  tierOf: (path: string): number | null => (path.startsWith('services/checkout') ? 1 : 3),
  today: '2026-11-26',
};

function adjusted(entries: string, one: Partial<Finding> = {}) {
  const read = readAdjustments(`version: 1\nadjust:\n${entries}`);
  expect(read.gaps).toEqual([]);
  return adjust([{ ...finding, ...one }], read, ground)[0];
}

describe('what a team says about guards', () => {
  test('changes how grave a finding is, and says why', () => {
    const found = adjusted('- { guard: timeouts/*, severity: note, because: our proxy cuts off }');
    expect(found?.severity).toBe('note');
    expect(found?.adjusted).toEqual({ from: 'warn', because: 'our proxy cuts off', until: null });
  });

  test('holds until its day and no longer', () => {
    const entry = (day: string) =>
      `- { guard: timeouts/removed, severity: note, because: x, until: ${day} }`;
    expect(adjusted(entry('2026-11-26'))?.severity).toBe('note');
    expect(adjusted(entry('2026-11-25'))?.severity).toBe('warn');
  });

  test('can be for one tier or folder alone', () => {
    const entry = '- { guard: "*/*", severity: block, tiers: 1, because: money }';
    expect(adjusted(entry)?.severity).toBe('block');
    expect(adjusted(entry, { path: 'tools/x.ts' })?.severity).toBe('warn');
    const folder = '- { guard: timeouts/removed, severity: note, paths: ["tools/**"], because: x }';
    expect(adjusted(folder)?.severity).toBe('warn');
    expect(adjusted(folder, { path: 'tools/x.ts' })?.severity).toBe('note');
  });

  test('is taken at its strictest where it says two things', () => {
    const entries =
      '- { guard: timeouts/*, severity: note, because: a }\n- { guard: "*/*", severity: block, because: b }\n';
    expect(adjusted(entries)?.severity).toBe('block');
  });

  test.each([
    ['version: 1\nadjust:\n- { guard: a/b, severity: note }', /because/],
    ['version: 1\nadjust:\n- { guard: a/b, severity: off, because: x }', /severity/],
    ['version: 1\nadjust:\n- { guard: a/b, severity: note, because: x, until: soon }', /until/],
    ['version: 2\nadjust: []', /version/],
    ['a: [', /./],
  ])('changes nothing and is reported where it is wrong: %j', (text, message) => {
    const read = readAdjustments(text);
    expect(read.gaps.map(({ why }) => why).join()).toMatch(message);
    expect(adjust([finding], read, ground)).toEqual([finding]);
  });
});

test('names in the file that stand for nothing, or for too much, change nothing and are told', () => {
  const ten = (name: string): string => `[${Array.from({ length: 10 }, () => name).join(', ')}]`;
  const bomb = `version: 1\na: &a ${ten('x')}\nb: &b ${ten('*a')}\nc: ${ten('*b')}\nadjust: []\n`;
  for (const text of ['version: 1\nadjust: *nobody\n', bomb])
    expect(readAdjustments(text)).toMatchObject({
      entries: [],
      gaps: [{ why: expect.stringContaining('alias') }],
    });
});
