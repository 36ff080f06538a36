import { conditionShape, checkDirection, readCondition } from './conditions/conditions.ts';
import type { Reading } from './conditions/reading.ts';
import { contradiction } from './contradictions.ts';
import { easiestWays, rollouts } from './demands.ts';
import type { ApprovalDemand, Asking, Bundle } from './demands.ts';
import { readPeople } from './attention.ts';
import { entriesOf, itemsOf, scalarsOf, under } from './located.ts';
import type { Located } from './located.ts';
import type { Rule } from './policy.ts';
import { complain, meant, short } from './problems.ts';
import type { Complaints } from './problems.ts';
import { anyText, flag, list, listOrOne, map, phrase, whole, word } from './shape.ts';
import type { Shape } from './shape.ts';
import { anyone, whoPattern } from './who.ts';

/** What a rule may require, alone or as another way (`or`). */
const requireShape: Shape = {
  kind: 'ref',
  name: 'require',
  shape: () =>
    map({
      approvals: {
        says: 'Different people who must approve. The author, committers, co-authors, bots and whoever prompted the AI never count.',
        shape: whole(0, 20),
      },
      from: {
        says: 'Kind of people all of these approvals must come from.',
        shape: phrase(whoPattern, 'senior and expert'),
      },
      one_from: {
        says: 'Kind of people at least one of these approvals must come from.',
        shape: phrase(whoPattern, 'senior and expert'),
      },
      checks: { says: 'Checks that must have passed, by name.', shape: list(anyText('ci'), 50) },
      split: { says: 'The change must be split into smaller ones.', shape: flag },
      change_record: { says: 'There must be a change record.', shape: flag },
      or: { says: 'Another way to satisfy the rule.', shape: requireShape },
    }),
};

/** The section `rules`. */
export const rulesShape: Shape = list(
  map(
    {
      name: {
        says: 'What the rule is called on screen; unique.',
        shape: anyText('Everything gets one reviewer'),
      },
      when: {
        says: 'The changes it applies to; left out: all. All keys of the map must hold.',
        shape: conditionShape,
      },
      require: { says: 'What such a change owes.', shape: requireShape },
      waives: {
        says: 'Rules (by name) that such a change does not have to satisfy. The only way to ask for less.',
        shape: listOrOne(anyText('Everything gets one reviewer'), 100),
      },
      rollout: {
        says: 'How such a change goes out; the most careful one wins.',
        shape: word(...rollouts),
      },
    },
    ['name'],
  ),
  300,
);

/** Reads `rules`, compiled. Rules with errors are left out. */
export function readRules(located: Located | null, reading: Reading): readonly Rule[] {
  const rules = itemsOf(located).flatMap((item) => {
    const rule = readRule(item, reading);
    return rule === null ? [] : [rule];
  });
  checkNames(rules, reading.complaints);
  checkWaives(located, rules, reading.complaints);
  return rules;
}

function readRule(located: Located, reading: Reading): Rule | null {
  const name = scalarsOf(under(located, 'name'))[0]?.text ?? '';
  const when = under(located, 'when');
  const condition = when && readCondition(when, reading);
  const required = under(located, 'require');
  const rollout = rollouts.find((style) => style === scalarsOf(under(located, 'rollout'))[0]?.text);
  const options = required ? easiestWays(readOptions(required, reading)) : [];
  const asks = options.length > 0 || rollout ? { options, rollout: rollout ?? 'none' } : null;
  const waives = scalarsOf(under(located, 'waives')).map(({ text }) => text);
  if (
    located.kind === 'map' &&
    !required &&
    !under(located, 'waives') &&
    !under(located, 'rollout')
  )
    complain(reading.complaints, located.at, {
      message: `the rule "${short(name)}" asks for nothing`,
      suggestion: 'give it "require", "rollout" or "waives"',
    });
  if (condition) {
    checkDirection(condition, { waives: waives.length > 0, asks: asks !== null }, reading);
    const never = contradiction(condition);
    if (never !== null)
      complain(reading.complaints, condition.at, {
        message: `the rule "${short(name)}" can never apply: ${never}`,
      });
  }
  return name === '' || (when && !condition)
    ? null
    : { name, at: located.at, when: condition, asks, waives };
}

function readOptions(located: Located, reading: Reading): Asking['options'] {
  const first = readBundle(located, reading);
  const other = under(located, 'or');
  return other ? [first, ...readOptions(other, reading)] : [first];
}

function readBundle(located: Located, reading: Reading): Bundle {
  const { who, complaints } = reading;
  const given = scalarsOf(under(located, 'approvals'))[0];
  const from = readPeople(under(located, 'from'), who, complaints);
  const oneFrom = readPeople(under(located, 'one_from'), who, complaints);
  const asksPeople = under(located, 'from') !== null || under(located, 'one_from') !== null;
  const count = typeof given?.value === 'number' ? given.value : asksPeople ? 1 : 0;
  if (given && count === 0 && asksPeople)
    complain(complaints, given.at, {
      message: 'nobody is asked, so "from" and "one_from" mean nothing',
    });
  if (located.kind === 'map' && entriesOf(located).length === 0)
    complain(complaints, located.at, {
      message: '"require" is empty',
      suggestion: 'write { approvals: 1 }',
    });
  const approvals: readonly ApprovalDemand[] = [
    { count, from: from ?? anyone },
    ...(oneFrom ? [{ count: Math.min(1, count), from: oneFrom }] : []),
  ];
  return {
    approvals: approvals.filter((demand) => demand.count > 0),
    checks: scalarsOf(under(located, 'checks')).map(({ text }) => text),
    split: isTrue(under(located, 'split')),
    changeRecord: isTrue(under(located, 'change_record')),
  };
}

function isTrue(located: Located | null): boolean {
  return located?.kind === 'scalar' && located.value === true;
}

function checkNames(rules: readonly Rule[], complaints: Complaints): void {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const key = rule.name.toLowerCase();
    const before = seen.get(key);
    if (before)
      complain(complaints, rule.at, {
        message: `there are two rules "${short(rule.name)}"; the other one is in line ${before.at.line}`,
        suggestion: 'give each rule its own name',
      });
    seen.set(key, rule);
  }
}

function checkWaives(
  located: Located | null,
  rules: readonly Rule[],
  complaints: Complaints,
): void {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const names = itemsOf(located).flatMap((item) =>
    scalarsOf(under(item, 'name')).map(({ text }) => text),
  );
  for (const item of itemsOf(located)) {
    const own = scalarsOf(under(item, 'name'))[0]?.text;
    for (const { text, at } of scalarsOf(under(item, 'waives'))) {
      if (!names.includes(text))
        complain(complaints, at, {
          message: `there is no rule "${short(text)}" to waive`,
          suggestion: meant(text, names),
        });
      else if (text === own) complain(complaints, at, { message: 'a rule cannot waive itself' });
      else if (byName.get(text)?.asks === null)
        complain(complaints, at, {
          message: `the rule "${short(text)}" asks for nothing that could be waived`,
        });
    }
  }
}
