import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askingRule,
  blocksOf,
  losses,
  measure,
  policyFrom,
  policyOf,
  ruleSet,
  story,
} from '../../test/policies.ts';
import { demandsCover, demandsWords } from './demands.ts';
import { demandsOf, evaluate } from './evaluate.ts';

const often = { numRuns: 120 };

describe('what a policy demands', () => {
  test('does not depend on the order of its rules', () => {
    fc.assert(
      fc.property(ruleSet, story, fc.nat(), (rules, told, turn) => {
        const blocks = blocksOf(rules);
        const policy = policyOf(blocks);
        fc.pre(policy !== null);
        const by = turn % blocks.length;
        const turned = policyOf([...blocks.slice(by), ...blocks.slice(0, by)]);
        expect(turned).not.toBeNull();
        if (!policy || !turned) return;
        expect(evaluate(turned, measure(turned, told)).demands).toEqual(
          evaluate(policy, measure(policy, told)).demands,
        );
      }),
      often,
    );
  });

  test('never gets less by another rule that asks', () => {
    fc.assert(
      fc.property(ruleSet, askingRule, story, (rules, added, told) => {
        const before = policyOf(blocksOf(rules));
        // Waivers name their rule by its place among those there were.
        const waivers = rules.waivers.map(({ when, target }) => ({
          when,
          target: target % rules.rules.length,
        }));
        const after = policyOf(blocksOf({ rules: [...rules.rules, added], waivers }));
        fc.pre(before !== null && after !== null);
        if (!before || !after) return;
        const strict = evaluate(after, measure(after, told)).demands;
        expect(demandsCover(strict, evaluate(before, measure(before, told)).demands)).toBe(true);
      }),
      often,
    );
  });

  test.each(Object.entries(losses))('never gets less by losing %s', (_, lose) => {
    fc.assert(
      fc.property(ruleSet, story, (rules, told) => {
        const policy = policyOf(blocksOf(rules));
        fc.pre(policy !== null);
        if (!policy) return;
        const known = evaluate(policy, measure(policy, told)).demands;
        const lost = evaluate(policy, measure(policy, lose(told))).demands;
        expect(
          demandsCover(lost, known),
          `${demandsWords(lost)} against ${demandsWords(known)}`,
        ).toBe(true);
      }),
      often,
    );
  });

  test('never gets less by another finding', () => {
    const finding = fc.record({
      guard: fc.constantFrom('sql/drop-column', 'code/timeout'),
      severity: fc.constantFrom('block' as const, 'warn' as const, 'note' as const),
      fingerprint: fc.constant('new'),
    });
    fc.assert(
      fc.property(ruleSet, story, finding, (rules, told, more) => {
        const policy = policyOf(blocksOf(rules));
        fc.pre(policy !== null);
        if (!policy) return;
        const subject = measure(policy, told);
        const worse = { ...subject, findings: [...subject.findings, more] };
        expect(
          demandsCover(evaluate(policy, worse).demands, evaluate(policy, subject).demands),
        ).toBe(true);
      }),
      often,
    );
  });

  test('is the same from the fast way that replay uses', () => {
    fc.assert(
      fc.property(ruleSet, fc.array(story, { maxLength: 5 }), (rules, told) => {
        const policy = policyOf(blocksOf(rules));
        fc.pre(policy !== null);
        if (!policy) return;
        const fast = demandsOf(policy);
        for (const one of told) {
          const subject = measure(policy, one);
          expect(fast(subject)).toEqual(evaluate(policy, subject).demands);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('a rule that may apply asks, and a waiver that may apply does not waive', () => {
  const policy = policyFrom(`version: 1
rules:
  - name: one
    when: { risk: top 10% }
    require: { approvals: 1 }
  - name: spare
    when: { labels: trivial }
    waives: one
`);
  const [told] = fc.sample(story, { numRuns: 1, seed: 1 });
  if (!told) throw new Error('no story');
  const subject = {
    ...measure(policy, told),
    riskPercentile: { unknown: 'few' },
    labels: { unknown: 'no forge' },
  };
  expect(demandsWords(evaluate(policy, subject).demands)).toBe('1 approval');
  expect(demandsWords(evaluate(policy, { ...subject, labels: ['trivial'] }).demands)).toBe(
    'nothing',
  );
  expect(demandsWords(evaluate(policy, { ...subject, riskPercentile: 20 }).demands)).toBe(
    'nothing',
  );
});
