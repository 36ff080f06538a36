import type { Tree } from '../guard.ts';
import type { Assertion, Demands } from './assertion.ts';
import { collapsed, splitArguments, strengthOf } from './compare.ts';
import { lineOf, nodesOf } from './tree-walk.ts';

const goDemands: Demands = {
  presence: new Set(['NotNil', 'True', 'NotEmpty', 'NotZero', 'NotPanics', 'Error', 'BeTrue']),
  part: new Set([
    'Contains',
    'Len',
    'Greater',
    'GreaterOrEqual',
    'Less',
    'LessOrEqual',
    'InDelta',
    'InEpsilon',
    'NotEqual',
    'Subset',
    'IsType',
    'Regexp',
    'WithinDuration',
    'ErrorContains',
  ]),
};

const javaDemands: Demands = {
  presence: new Set([
    'assertNotNull',
    'assertTrue',
    'isNotNull',
    'isTrue',
    'isPresent',
    'isNotEmpty',
    'assertDoesNotThrow',
  ]),
  part: new Set([
    'contains',
    'hasSize',
    'isInstanceOf',
    'isNotEqualTo',
    'isGreaterThan',
    'isLessThan',
    'startsWith',
    'endsWith',
    'assertNotEquals',
    'isCloseTo',
    'matches',
  ]),
};

/** Assertions of Go: testify, Gomega and the failures a test reports itself. */
export function goAssertions(body: Tree): readonly Assertion[] {
  return nodesOf(body, 'call_expression').flatMap((call) => {
    const name = call.field('function')?.text() ?? '';
    const given = splitArguments(call.field('arguments')?.text() ?? '');
    const [, testify] =
      /^(?:assert|require|s|suite|is|a|r)\.(?:Require\(\)\.|Assert\(\)\.)?([A-Z]\w+?)f?$/.exec(
        name,
      ) ?? [];
    if (testify !== undefined && /^(?:assert|require)/.test(name))
      return [testified(call, testify, given.slice(1))];
    if (/^[tb]\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/.test(name))
      return [failure(call, name)];
    // A project's own helpers, `f.assertEvents(…)` and the like.
    if (/(?:^|\.)(?:assert|verify)[A-Z]\w*$/.test(name)) return [failure(call, name)];
    const gomega = /\.(?:To|NotTo|ToNot|Should|ShouldNot)$/.exec(name);
    return gomega !== null && /(?:Expect|Eventually|Consistently|Ω)\(/.test(name)
      ? [failure(call, name)]
      : [];
  });
}

function testified(call: Tree, matcher: string, given: readonly string[]): Assertion {
  const isPair = /^(?:Equal|Exactly|Same|EqualValues|ElementsMatch|JSONEq|InDelta|InEpsilon)$/.test(
    matcher,
  );
  const [first = '', second] = given;
  const subject = isPair ? (second ?? first) : first;
  const text = collapsed(call.text());
  const isConstantTruth = matcher === 'True' && first === 'true';
  return {
    line: lineOf(call),
    text,
    subject,
    matcher,
    strength: isConstantTruth
      ? 'nothing'
      : strengthOf(matcher, [first, isPair ? (second ?? null) : null], goDemands),
    tolerance: /^In(?:Delta|Epsilon)$/.test(matcher) ? numberOf(given[2]) : null,
  };
}

// `if got != want { t.Errorf(…) }`: the condition is the assertion.
function failure(call: Tree, name: string): Assertion {
  const branch = call.ancestors().find((one) => one.kind() === 'if_statement');
  const condition = collapsed(branch?.field('condition')?.text() ?? '');
  const text = branch === undefined || branch === null ? collapsed(call.text()) : `if ${condition}`;
  return {
    line: lineOf(call),
    text,
    subject: condition === '' ? text : condition,
    matcher: name,
    strength: 'value',
    tolerance: null,
  };
}

/** Assertions of Java: JUnit, AssertJ, Hamcrest, Mockito's `verify`. */
export function javaAssertions(body: Tree): readonly Assertion[] {
  return nodesOf(body, 'method_invocation').flatMap((call) => {
    const name = call.field('name')?.text() ?? '';
    const given = splitArguments(call.field('arguments')?.text() ?? '');
    if (
      /^(?:assertThat|then|verify|expect|assertThatThrownBy|assertThatExceptionOfType|assertThatIllegalArgumentException)$/.test(
        name,
      )
    )
      return [chained(call, given[0] ?? '')];
    if (!/^(?:assert[A-Z]\w*|fail)$/.test(name)) return [];
    const isPair = /^assert(?:Equals|Same|ArrayEquals|IterableEquals)$/.test(name);
    const [first = '', second] = given;
    const strength =
      name === 'assertTrue' && first === 'true'
        ? 'nothing'
        : strengthOf(name, [first, isPair ? (second ?? null) : null], javaDemands);
    return [
      {
        line: lineOf(call),
        text: collapsed(call.text()),
        subject: isPair ? (second ?? first) : first,
        matcher: name,
        strength,
        tolerance: isPair ? numberOf(given[2]) : null,
      },
    ];
  });
}

// `assertThat(x).isEqualTo(1).isPositive()`: one assertion, as strong as its strongest link.
function chained(call: Tree, subject: string): Assertion {
  const links: string[] = [];
  let whole = call;
  let expected = '';
  for (
    let up = call.parent();
    up !== null && up.kind() === 'method_invocation' && up.field('object')?.id() === whole.id();
    up = up.parent()
  ) {
    links.push(up.field('name')?.text() ?? '');
    expected = up.field('arguments')?.text() ?? '';
    whole = up;
  }
  const right =
    links.length === 1 && links[0] === 'isEqualTo' ? (splitArguments(expected)[0] ?? null) : null;
  const strengths = links.map((link) => strengthOf(link, [subject, right], javaDemands));
  const strength =
    (['value', 'part', 'presence', 'nothing'] as const).find((one) => strengths.includes(one)) ??
    'value';
  return {
    line: lineOf(call),
    text: collapsed(whole.text()),
    subject,
    matcher: links.join('.') || 'verify',
    strength,
    tolerance: null,
  };
}

function numberOf(text: string | undefined): number | null {
  const value = Number((text ?? '').replace(/[fFdD]$/, ''));
  return text === undefined || !Number.isFinite(value) ? null : value;
}
