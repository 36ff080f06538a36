import type { Field, Parameter, Shape } from './shape.ts';

/** Attempts at making one input smaller. */
const mostAttempts = 400;

/** Makes an argument list smaller for as long as it still shows the difference. */
export function simplified(
  given: readonly unknown[],
  parameters: readonly Parameter[],
  differs: (values: readonly unknown[]) => boolean,
): readonly unknown[] {
  let best = given;
  let left = mostAttempts;
  for (let found = true; found && left > 0;) {
    found = false;
    for (const candidate of simplerLists(best, parameters)) {
      if ((left -= 1) <= 0) break;
      if (!differs(candidate)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}

function* simplerLists(
  values: readonly unknown[],
  parameters: readonly Parameter[],
): Generator<readonly unknown[]> {
  const last = parameters[values.length - 1] ?? parameters.at(-1);
  if (values.length > 0 && last !== undefined && (last.optional || last.rest))
    yield values.slice(0, -1);
  for (const [at, value] of values.entries()) {
    const parameter = parameters[at] ?? parameters.at(-1);
    if (parameter === undefined || value === undefined) continue;
    for (const simpler of simplerValues(value, parameter.shape)) yield values.with(at, simpler);
  }
}

function* simplerValues(value: unknown, shape: Shape): Generator {
  if (shape.kind === 'union') {
    // Any member that could have made the value may make a simpler one; literals are as simple as they get.
    for (const member of shape.of) if (fits(value, member)) yield* simplerValues(value, member);
  } else if (shape.kind === 'literal') {
    return;
  } else if (typeof value === 'string') {
    yield* simplerTexts(value);
  } else if (typeof value === 'number') {
    yield* simplerNumbers(value);
  } else if (Array.isArray(value)) {
    yield* simplerArrays(value, shape);
  } else if (isPlain(value)) {
    yield* simplerObjects(value, shape);
  }
}

function fits(value: unknown, shape: Shape): boolean {
  if (Array.isArray(value)) return shape.kind === 'array' || shape.kind === 'tuple';
  if (isPlain(value)) return shape.kind === 'object' || shape.kind === 'record';
  return shape.kind === typeof value || shape.kind === 'anything';
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function* simplerTexts(text: string): Generator<string> {
  if (text === '') return;
  yield '';
  if (text.length > 8) {
    yield text.slice(0, text.length / 2);
    yield text.slice(text.length / 2);
  }
  for (let at = 0; at < Math.min(text.length, 40); at += 1)
    yield text.slice(0, at) + text.slice(at + 1);
  for (let at = 0; at < Math.min(text.length, 40); at += 1)
    if (text[at] !== 'a') yield `${text.slice(0, at)}a${text.slice(at + 1)}`;
}

function* simplerNumbers(number: number): Generator<number> {
  for (const simpler of [
    0,
    1,
    Math.trunc(number),
    Math.trunc(number / 2),
    -number,
    number - Math.sign(number),
  ])
    if (cost(simpler) < cost(number)) yield simpler;
}

/** Small whole numbers that are not negative are the simplest. */
function cost(number: number): number {
  if (!Number.isFinite(number)) return Infinity;
  return (
    Math.abs(number) +
    (number < 0 || Object.is(number, -0) ? 0.5 : 0) +
    (Number.isInteger(number) ? 0 : 1)
  );
}

function* simplerArrays(list: readonly unknown[], shape: Shape): Generator<readonly unknown[]> {
  if (shape.kind !== 'tuple') for (const at of list.keys()) yield list.toSpliced(at, 1);
  for (const [at, value] of list.entries()) {
    const inner =
      shape.kind === 'array' ? shape.of : shape.kind === 'tuple' ? shape.of[at] : anything;
    if (inner !== undefined)
      for (const simpler of simplerValues(value, inner)) yield list.with(at, simpler);
  }
}

const anything: Shape = { kind: 'anything' };

function* simplerObjects(
  value: Readonly<Record<string, unknown>>,
  shape: Shape,
): Generator<Readonly<Record<string, unknown>>> {
  for (const key of Object.keys(value)) {
    const field = fieldOf(shape, key);
    if (field.optional) {
      const { [key]: _gone, ...rest } = value;
      yield rest;
    }
    for (const simpler of simplerValues(value[key], field.shape))
      yield { ...value, [key]: simpler };
  }
}

function fieldOf(shape: Shape, name: string): Pick<Field, 'shape' | 'optional'> {
  if (shape.kind === 'object') {
    const field = shape.fields.find((one) => one.name === name);
    return field ?? { shape: anything, optional: false };
  }
  return { shape: shape.kind === 'record' ? shape.of : anything, optional: true };
}
