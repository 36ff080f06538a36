import { test as property, fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { fileOf, groundFor, landed } from '../../test/replay-facts.ts';
import { policyFrom } from '../../test/policies.ts';
import { wordsOf } from '../policy/condition.ts';
import { readPolicy } from '../policy/policy.ts';
import type { Outcome } from './fact.ts';
import { movableWords, thresholdsIn, withValues } from './optimize-thresholds.ts';
import { optimize } from './optimize.ts';
import type { Frontier } from './optimize.ts';

const text = `version: 1
areas: { core: [ "src/core/**" ] }
rules:
  - name: One
    require: { approvals: 1 }
  - name: Big or risky # lines: > 400 is only a remark here
    when: { any: [ { lines: "> 400" }, { risk: top 10% } ] }
    require: { approvals: 2 }
  - name: Kept
    when: { touches: core, lines: "> 400" }
    require: { approvals: 3 }
goal:
  minimize: reviewer_minutes + 60 * incidents
  may_change: [ "lines: > 400", "risk: top 10%" ]
  never_loosen: [ Kept ]
`;
const policy = policyFrom(text);
const goal = { mayChange: policy.goal?.mayChange ?? [], neverLoosen: ['Kept'] };

describe('thresholds', () => {
  test('are found where the file lets them be moved, and not in protected rules', () => {
    const found = thresholdsIn(policy, goal).map(({ words, value, places }) => [
      words,
      value,
      places.map(({ line }) => line),
    ]);
    expect(found).toEqual([
      ['lines: > 400', 400, [7]],
      ['risk: top 10%', 10, [7]],
    ]);
    expect(movableWords(policy)).toEqual(['lines: > 400', 'risk: top 10%']);
  });

  test('are written into the text, which stays as it is otherwise and stays readable', () => {
    const [lines, risk] = thresholdsIn(policy, goal);
    if (!lines || !risk) throw new Error('no thresholds');
    const moved = withValues(text, 'policy.yml', [
      { threshold: lines, value: 100 },
      { threshold: risk, value: 5 },
    ]);
    expect(moved?.text).toContain('{ any: [ { lines: "> 100" }, { risk: top 5% } ] }');
    expect(moved?.text).toContain('may_change: [ "lines: > 100", "risk: top 5%" ]');
    expect(moved?.text).toContain('only a remark here');
    expect(moved?.text).toContain('when: { touches: core, lines: "> 400" }');
    expect(readPolicy(moved?.text ?? '', 'policy.yml').problems).toEqual([]);
  });

  property.prop([fc.constantFrom(5, 50, 2000), fc.constantFrom(1, 10, 50)])(
    'never change a rule that must not be loosened',
    (lines, risk) => {
      const values = [lines, risk];
      const moved = withValues(
        text,
        'policy.yml',
        thresholdsIn(policy, goal).map((threshold, at) => ({ threshold, value: values[at] ?? 1 })),
      );
      const kept = moved?.policy.rules.find(({ name }) => name === 'Kept');
      expect(kept?.when && wordsOf(kept.when)).toBe('touches: core and lines: > 400');
      expect(kept?.asks).toEqual(policy.rules.find(({ name }) => name === 'Kept')?.asks);
    },
  );
});

/** Changes of every size, of which those from 101 to 400 lines turned out bad. */
function searched(knownAt = 0): Frontier {
  const facts = Array.from({ length: 400 }, (_, at) =>
    landed({ commit: String(at), files: [fileOf('src/a.ts', (at * 37) % 600)] }),
  );
  const outcomes = facts.map(({ files, commit }): Outcome => {
    const lines = files[0]?.added ?? 0;
    const bad = lines > 100 && lines <= 400;
    return {
      commit,
      verdict: bad ? 'bad' : 'clean',
      kind: bad ? 'fixed' : null,
      sort: bad ? 'product' : null,
      confidence: 1,
      by: null,
      says: '',
      at: bad ? knownAt : null,
    };
  });
  const ground = groundFor(facts);
  return optimize({
    text,
    file: 'policy.yml',
    policy,
    ...goal,
    ground,
    outcomes,
    span: [0, 400],
    rivals: [policy],
  });
}

describe('a search', () => {
  const { now, points, cut, tried } = searched();

  test('chooses on the first seven tenths and tells the rest', () => {
    expect(cut).toBe(280);
    expect(now.chosenBy.changes).toBe(280);
    expect(now.later.changes).toBe(120);
    expect(tried).toBeGreaterThan(20);
  });

  test('finds thresholds that hold what the file lets go', () => {
    const best = Math.max(...points.map(({ later }) => later.held));
    expect(best).toBe(now.later.bad);
    expect(now.later.held).toBeLessThan(best);
  });

  test('keeps only points of which none is beaten on the changes it was chosen by', () => {
    for (const { chosenBy: one } of points)
      for (const { chosenBy: other } of points)
        expect(other.held > one.held && other.minutes < one.minutes).toBe(false);
  });

  test('knows of the rivals what it knew of the points when it chose', () => {
    const [known] = searched().rivals;
    const [later] = searched(9_000_000_000).rivals;
    expect(known).toMatchObject({ bad: now.chosenBy.bad, held: now.chosenBy.held });
    expect(later).toMatchObject({ bad: 0, held: 0, escalated: now.chosenBy.escalated });
  });

  test('gives the whole file of each point, and what the goal makes of it', () => {
    for (const point of points) {
      expect(readPolicy(point.text, 'policy.yml').problems).toEqual([]);
      expect(point.worth?.later).toBeGreaterThan(0);
    }
  });
});
