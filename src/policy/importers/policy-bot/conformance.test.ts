import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { conformance } from './conformance.ts';

const folder = new URL('../../../../../shared/fixtures/policy-bot/', import.meta.url);

function recorded(name: string): string {
  return gunzipSync(readFileSync(new URL(name, folder))).toString('utf8');
}

const policy =
  'policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: 1, users: [ann, bob] } }]';
const ann = { At: 5, EditedAt: 0, Author: 'ann', Body: ':+1:' };
const bob = { At: 5, EditedAt: 0, Author: 'bob', Body: ':+1:' };

function leaf(name: string, status: string, description: string): object {
  return { name, status, description };
}

function verdict(description: string, trigger = 'Trigger(0x7=Commit|Comment|Review)'): string {
  const rule = leaf('r', 'approved', description);
  const all = 'All rules are approved';
  const none = 'No disapproval policy is specified or the policy is empty';
  const approval = { ...leaf('approval', 'approved', all), children: [rule] };
  const children = [approval, leaf('disapproval', 'skipped', none)];
  return JSON.stringify({
    id: 'x',
    result: { ...leaf('policy', 'approved', all), children },
    trigger,
  });
}

function check(given: object, expected: string): readonly string[] {
  const line = JSON.stringify({ id: 'x', policy, author: 'eve', ...given });
  return conformance(line, expected).disagreements.map(({ got }) => got);
}

test('policy-bot and we agree on all recorded verdicts', () => {
  const compared = conformance(recorded('cases.jsonl.gz'), recorded('verdicts.jsonl.gz'));
  expect(compared.disagreements).toEqual([]);
  expect([compared.total, compared.agreed]).toEqual([1000, 1000]);
});

describe('what counts as agreement', () => {
  test('approvers of one time may stand in any order', () => {
    const comments = [ann, bob];
    expect(check({ comments }, verdict('Approved by ann, bob'))).toEqual([]);
    expect(check({ comments }, verdict('Approved by bob, ann'))).toEqual([]);
  });

  test.each([
    [
      'approvers of different times in another order',
      [ann, { ...bob, At: 6 }],
      'Approved by bob, ann',
    ],
    ['another approver', [ann], 'Approved by bob'],
    ['one approver twice', [ann, bob], 'Approved by ann, ann'],
    ['another text', [ann], 'Approved by ann and required conditions'],
  ])('%s is a disagreement', (_, comments, says) => {
    expect(check({ comments }, verdict(says))).toHaveLength(1);
  });

  test('another trigger is a disagreement that shows both', () => {
    const line = JSON.stringify({ id: 'x', policy, author: 'eve', comments: [ann] });
    const { disagreements } = conformance(line, verdict('Approved by ann', 'Trigger(0x1=Commit)'));
    expect(disagreements).toEqual([
      {
        case: 0,
        id: 'x',
        expected: 'Trigger(0x1=Commit)',
        got: 'Trigger(0x7=Commit|Comment|Review)',
      },
    ]);
  });

  test('a policy that both refuse agrees, whatever the words', () => {
    const line = JSON.stringify({ id: 'x', policy: 'polycy: {}' });
    const refused = JSON.stringify({ id: 'x', parseError: 'field polycy not found', trigger: '' });
    expect(conformance(line, refused).agreed).toBe(1);
    expect(conformance(line, verdict('Approved by ann')).agreed).toBe(0);
  });

  test.each([
    ['a case without verdict', '{"id":"a","policy":""}', ''],
    ['a verdict without case', '', '{"id":"a"}'],
    ['a line that is no JSON', '{', '{"id":"a"}'],
    ['a case and the verdict of another', '{"id":"a","policy":""}', '{"id":"b"}'],
  ])('%s is a disagreement', (_, cases, verdicts) => {
    const { total, agreed } = conformance(cases, verdicts);
    expect([total, agreed]).toEqual([1, 0]);
  });
});
