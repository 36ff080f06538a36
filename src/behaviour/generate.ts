import * as fc from 'fast-check';
import type { Parameter, Shape } from './shape.ts';

/** Constants worth trying, found in the code and its tests. */
export interface Seeds {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** `usual` leaves out what few callers ever pass: NaN, infinities, -0, very long texts, rare characters. */
export type Breadth = 'usual' | 'unusual';

interface Making {
  readonly seeds: Seeds;
  readonly breadth: Breadth;
}

/** Argument lists for a function. */
export function argumentLists(
  parameters: readonly Parameter[],
  making: Making,
): fc.Arbitrary<readonly unknown[]> {
  const lists = parameters.map(({ shape, optional, rest }): fc.Arbitrary<readonly unknown[]> => {
    const one = valuesOf(shape, making);
    if (rest) return fc.array(one, { maxLength: 4 });
    return optional ? fc.option(one, { nil: undefined }).map(alone) : one.map(alone);
  });
  return fc.tuple(...lists).map((parts) => withoutTail(parts.flat()));
}

function alone(value: unknown): readonly unknown[] {
  return [value];
}

/** Arguments that are left out at the end are not there. */
function withoutTail(values: readonly unknown[]): readonly unknown[] {
  const last = values.findLastIndex((value) => value !== undefined);
  return values.slice(0, last + 1);
}

function valuesOf(shape: Shape, making: Making): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return textValues(making);
    case 'number':
      return numberValues(making);
    case 'boolean':
      return fc.boolean();
    case 'bigint':
      return fc.bigInt({ min: -1_000n, max: 1_000n });
    case 'null':
      return fc.constant(null);
    case 'undefined':
      return fc.constant(undefined);
    case 'literal':
      return fc.constant(shape.value);
    case 'date':
      return fc.integer({ min: 0, max: 4_102_444_800 }).map((at) => new Date(at * 1000));
    case 'array':
      return fc.array(valuesOf(shape.of, making), { maxLength: 5 });
    case 'set':
      return fc.array(valuesOf(shape.of, making), { maxLength: 4 }).map((of) => new Set(of));
    case 'map':
      return fc
        .array(fc.tuple(valuesOf(shape.key, making), valuesOf(shape.of, making)), { maxLength: 4 })
        .map((of) => new Map(of));
    case 'tuple':
      return fc.tuple(...shape.of.map((one) => valuesOf(one, making)));
    case 'record':
      return fc.dictionary(keys(making), valuesOf(shape.of, making), {
        maxKeys: 4,
        noNullPrototype: true,
      });
    case 'union':
      return fc.oneof(...shape.of.map((one) => valuesOf(one, making)));
    case 'object':
      return objects(shape, making);
    case 'anything':
      return anything(making);
  }
}

function objects(
  { fields }: Extract<Shape, { kind: 'object' }>,
  making: Making,
): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(
    fields.map(({ name, shape }) => [name, valuesOf(shape, making)]),
  );
  const requiredKeys = fields.filter(({ optional }) => !optional).map(({ name }) => name);
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function keys({ seeds }: Making): fc.Arbitrary<string> {
  const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
  const known = seeds.texts.filter((text) => text !== '__proto__');
  return known.length === 0 ? plain : fc.oneof(plain, fc.constantFrom(...known));
}

function anything(making: Making): fc.Arbitrary<unknown> {
  const simple = fc.oneof(
    textValues(making),
    numberValues(making),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  );
  return fc.oneof(
    { weight: 4, arbitrary: simple },
    { weight: 1, arbitrary: fc.array(simple, { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(keys(making), simple, { maxKeys: 3, noNullPrototype: true }),
    },
  );
}

function textValues({ seeds, breadth }: Making): fc.Arbitrary<string> {
  const letters = [...new Set(Array.from(`a0 -B${seeds.texts.join('').slice(0, 400)}`))];
  const unit = fc.constantFrom(...letters.filter((letter) => letter >= ' '));
  const usual = [
    fc.string({ unit, maxLength: 8 }),
    ...(seeds.texts.length === 0
      ? []
      : [fc.constantFrom(...seeds.texts), around(fc.constantFrom(...seeds.texts), unit)]),
  ];
  if (breadth === 'usual') return fc.oneof(...usual);
  return fc.oneof(
    ...usual,
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom('\n', '\t', '__proto__', 'constructor', 'toString', '1e3', ' a ', 'İ'),
    fc.string({ unit, minLength: 40, maxLength: 300 }),
  );
}

/** A known text with a little before and after it, or two of them joined. */
function around(known: fc.Arbitrary<string>, unit: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const few = fc.oneof(fc.string({ unit, maxLength: 3 }), known);
  return fc.tuple(few, known, few).map((parts) => parts.join(''));
}

function numberValues({ seeds, breadth }: Making): fc.Arbitrary<number> {
  const near = [...new Set(seeds.numbers.flatMap((one) => [one, one - 1, one + 1, one / 2]))];
  const usual = [
    fc.integer({ min: -10, max: 10 }),
    fc.integer({ min: -100_000, max: 100_000 }),
    fc.integer({ min: -4_000, max: 4_000 }).map((one) => one / 16),
    ...(near.length === 0 ? [] : [fc.constantFrom(...near)]),
  ];
  if (breadth === 'usual') return fc.oneof(...usual).map(withoutMinus);
  return fc.oneof(
    ...usual,
    fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 31, 2 ** 53, Number.MAX_VALUE),
    fc.double(),
  );
}

function withoutMinus(value: number): number {
  return Object.is(value, -0) ? 0 : value;
}
