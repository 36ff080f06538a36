import type { Tree } from '../guard.ts';
import type { Assertion, Demands } from './assertion.ts';
import { collapsed, splitArguments, strengthOf } from './compare.ts';
import { lineOf, nodesOf } from './tree-walk.ts';

const demands: Demands = {
  presence: new Set([
    'toBeTruthy',
    'toBeDefined',
    'not.toBeNull',
    'not.toBeUndefined',
    'not.toBeFalsy',
    'not.toBeNaN',
    'not.toThrow',
    'not.toThrowError',
    'to.be.ok',
    'to.exist',
    'to.not.be.null',
    'to.not.be.undefined',
    'to.be.not.null',
    'to.not.throw',
    'toBeInTheDocument',
    'toBeAttached',
    'toHaveBeenCalled',
    'toHaveReturned',
    'assert',
    'assert.ok',
    'assert.isOk',
    'assert.exists',
    'assert.isDefined',
    'assert.isNotNull',
    'assert.doesNotThrow',
  ]),
  part: new Set([
    'toContain',
    'toContainEqual',
    'toMatch',
    'toMatchObject',
    'toBeInstanceOf',
    'toBeGreaterThan',
    'toBeGreaterThanOrEqual',
    'toBeLessThan',
    'toBeLessThanOrEqual',
    'toHaveProperty',
    'toBeTypeOf',
    'toBeCloseTo',
    'toHaveLength',
    'not.toBe',
    'not.toEqual',
    'not.toStrictEqual',
    'to.include',
    'to.contain',
    'to.match',
    'to.be.a',
    'to.be.an',
    'to.have.property',
    'assert.match',
    'assert.include',
    'assert.notEqual',
    'assert.notStrictEqual',
    'assert.notDeepEqual',
    'assert.typeOf',
    'assert.isAbove',
  ]),
};

/** Assertions of Jest, Vitest, Jasmine, Playwright, Chai and node:assert. */
export function scriptAssertions(body: Tree): readonly Assertion[] {
  return nodesOf(body, 'call_expression').flatMap((call) => {
    const callee = call.field('function');
    if (callee?.kind() === 'identifier' && /^(?:expect|expectTypeOf)$/.test(callee.text()))
      return expectation(call);
    const name = callee?.text() ?? '';
    return /^(?:assert|t)(?:\.\w+)*$/.test(name) &&
      !/^t(?:$|\.(?:test|after|before|context|mock|skip|log))/.test(name)
      ? [plain(call, name)]
      : [];
  });
}

// Climbs from `expect(x)` to the end of `expect(x).not.toBe(1)`.
function expectation(call: Tree): readonly Assertion[] {
  const names: string[] = [];
  let given: string | null = null;
  let whole = call;
  for (let up = call.parent(); up !== null; up = up.parent()) {
    if (up.kind() === 'member_expression') names.push(up.field('property')?.text() ?? '');
    else if (up.kind() === 'call_expression' && up.field('function')?.id() === whole.id())
      given = up.field('arguments')?.text() ?? given;
    else break;
    whole = up;
  }
  const matcher = names
    .filter(
      (name) => !/^(?:resolves|rejects|then|catch|finally|that|which|and|is|soft)$/.test(name),
    )
    .join('.');
  if (matcher === '') return [];
  const subject = splitArguments(call.field('arguments')?.text() ?? '')[0] ?? '';
  const expected = given === null ? [] : splitArguments(given);
  const isPair = /^(?:toBe|toEqual|toStrictEqual|to\.equal|to\.eql|to\.deep\.equal)$/.test(matcher);
  const isTrue = /^(?:toBe|toEqual|to\.equal)$/.test(matcher) && expected[0] === 'true';
  const isAny =
    /^(?:toEqual|toBe|toStrictEqual)$/.test(matcher) &&
    /^expect\.(?:anything|any)\(/.test(expected[0] ?? '');
  const strength = isAny
    ? 'presence'
    : strengthOf(matcher, [subject, isPair ? (expected[0] ?? null) : null], demands);
  return [
    {
      line: lineOf(whole),
      text: collapsed(whole.text()),
      subject: isTrue ? subject.replace(/ ?(?:===?|>=?|<=?) ?.*$/, '') : subject,
      matcher,
      strength,
      tolerance: matcher === 'toBeCloseTo' ? digits(expected[1] ?? '2') : null,
    },
  ];
}

function digits(text: string): number | null {
  const count = Number(text);
  return Number.isFinite(count) ? 10 ** -count / 2 : null;
}

function plain(call: Tree, name: string): Assertion {
  const given = splitArguments(call.field('arguments')?.text() ?? '');
  const first = given[0] ?? '';
  const isBare = name === 'assert' || name === 'assert.ok';
  const compared = isBare ? /^(.+?) ?===? ?(.+)$/.exec(first) : null;
  const isPair = /[eE]qual$/.test(name) && !/not/i.test(name);
  const right = compared?.[2] ?? (isPair ? (given[1] ?? null) : null);
  const left = compared?.[1] ?? first;
  const matcher =
    isBare && /[<>]/.test(first) ? 'assert.isAbove' : compared === null ? name : 'assert.equal';
  return {
    line: lineOf(call),
    text: collapsed(call.text()),
    subject: left,
    matcher,
    strength: strengthOf(matcher, [left, right], demands),
    tolerance:
      name === 'assert.closeTo' || name === 'assert.approximately' ? numberOf(given[2]) : null,
  };
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? null : value;
}
