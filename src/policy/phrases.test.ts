import { describe, expect, test } from 'vitest';
import { starred } from './conditions/ai.ts';
import { nearest } from './nearest.ts';
import {
  countPattern,
  keeps,
  readBound,
  readCovering,
  readDuration,
  readHistory,
  readLevels,
  readRisk,
  sharePattern,
} from './phrases.ts';

describe('phrases are read as a person means them', () => {
  test.each<[string, unknown, unknown]>([
    ['> 400', readBound('> 400', countPattern), { sign: '>', value: 400 }],
    ['at least 3', readBound('at least 3', countPattern), { sign: '>=', value: 3 }],
    ['40', readBound('40', countPattern), { sign: '=', value: 40 }],
    ['> 400 lines', readBound('> 400 lines', countPattern), null],
    ['> 50%', readBound('> 50%', sharePattern), { sign: '>', value: 50 }],
    ['under 12.5 %', readBound('under 12.5 %', sharePattern), { sign: '<', value: 12.5 }],
    ['top 10%', readRisk('top 10%'), { kind: 'top', percent: 10 }],
    ['> 0.3', readRisk('> 0.3'), { kind: 'score', bound: { sign: '>', value: 0.3 } }],
    ['> 3', readRisk('> 3'), null],
    ['L5+', readLevels('L5+'), { least: 5, most: Infinity }],
    ['L3', readLevels('L3'), { least: 3, most: 3 }],
    ['below L5', readLevels('below L5'), { least: 0, most: 4 }],
    [
      'changed the file at least 1 time',
      readHistory('changed the file at least 1 time'),
      { did: 'changed', times: 1 },
    ],
    [
      'reviewed the file at least 3 times',
      readHistory('reviewed the file at least 3 times'),
      { did: 'reviewed', times: 3 },
    ],
    ['changed the file once', readHistory('changed the file once'), { did: 'changed', times: 1 }],
    ['4 working hours', readDuration('4 working hours'), { hours: 4, working: true }],
    ['2 working days', readDuration('2 working days'), { hours: 16, working: true }],
    ['24 hours', readDuration('24 hours'), { hours: 24, working: false }],
    ['12 months', readDuration('12 months'), { hours: 8766, working: false }],
    ['12 moons', readDuration('12 moons'), null],
    ['50% of changed lines', readCovering('50% of changed lines'), 0.5],
    ['150%', readCovering('150%'), null],
  ])('%s', (_, read, meant) => {
    expect(read).toEqual(meant);
  });
});

test.each<[string, number, number, string]>([
  ['> 50', 51, 51, 'yes'],
  ['> 50', 50, 50, 'no'],
  ['> 50', 40, 60, 'unknown'],
  ['at least 50', 50, 60, 'yes'],
  ['< 50', 50, 60, 'no'],
  ['= 50', 50, 50, 'yes'],
  ['= 50', 49, 51, 'unknown'],
])('%s of something between %d and %d: %s', (...[text, low, high, answer]) => {
  const bound = readBound(text, countPattern);
  expect(bound && keeps(bound, low, high)).toBe(answer);
});

test.each<[string, readonly string[], string | null]>([
  ['aproval', ['approvals', 'checks'], 'approvals'],
  ['seniro', ['senior', 'expert'], 'senior'],
  ['teir1', ['tier1', 'safe'], 'tier1'],
  ['zebra', ['approvals', 'checks'], null],
  ['x'.repeat(10_000), ['approvals'], null],
])('the nearest to %s', (written, offered, answer) => {
  expect(nearest(written, offered)).toBe(answer);
});

test.each<[string, string, boolean]>([
  ['sql/*', 'sql/drop-column', true],
  ['sql/*', 'code/sql/x', false],
  ['*opus*', 'claude-opus-5', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['main', 'MAIN', true],
  ['*'.repeat(50) + 'b', 'a'.repeat(50_000), false],
])('%s stands for %s: %s', (pattern, name, answer) => {
  expect(starred(pattern)(name)).toBe(answer);
});
