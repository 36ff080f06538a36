import type { Located } from './located.ts';
import { complain, meant, short } from './problems.ts';
import type { Complaints } from './problems.ts';
import type { Shape } from './shape.ts';

/** Complains about everything in the tree that does not have the shape it should have. */
export function checkShape(located: Located, shape: Shape, complaints: Complaints): void {
  switch (shape.kind) {
    case 'ref':
      return checkShape(located, shape.shape(), complaints);
    case 'text':
      return checkText(located, shape, complaints);
    case 'word':
      return checkWord(located, shape, complaints);
    case 'number':
      return checkNumber(located, shape, complaints);
    case 'flag':
      if (located.kind !== 'scalar' || typeof located.value !== 'boolean')
        wrongKind(located, 'true or false', complaints);
      return undefined;
    case 'list':
      return checkList(located, shape, complaints);
    case 'map':
      return checkMap(located, shape, complaints);
    case 'named':
      return checkNamed(located, shape, complaints);
  }
}

type Of<K extends Shape['kind']> = Extract<Shape, { kind: K }>;

function checkText(located: Located, shape: Of<'text'>, complaints: Complaints): void {
  if (located.kind !== 'scalar' || (typeof located.value === 'boolean' && shape.numbers !== true))
    return wrongKind(located, `a text such as "${shape.example}"`, complaints);
  if (located.text === '')
    return wrongKind(located, `a text such as "${shape.example}"`, complaints);
  if (located.text.length > longestText)
    return complain(complaints, located.at, {
      message: `the text is longer than ${longestText} characters`,
    });
  if (shape.pattern === undefined || shape.pattern.test(located.text)) return undefined;
  return complain(complaints, located.at, {
    message: `"${short(located.text)}" is not understood`,
    suggestion: `write it like "${shape.example}"`,
  });
}

const longestText = 500;

function checkWord(located: Located, { words }: Of<'word'>, complaints: Complaints): void {
  if (located.kind !== 'scalar')
    return wrongKind(located, `one of ${words.join(', ')}`, complaints);
  if (words.includes(located.text)) return undefined;
  return complain(complaints, located.at, {
    message: `"${short(located.text)}" is not one of ${words.join(', ')}`,
    suggestion: meant(located.text, words),
  });
}

function checkNumber(
  located: Located,
  { least, most }: Of<'number'>,
  complaints: Complaints,
): void {
  if (
    located.kind !== 'scalar' ||
    typeof located.value !== 'number' ||
    !Number.isInteger(located.value)
  )
    return wrongKind(located, `a whole number from ${least} to ${most}`, complaints);
  if (located.value >= least && located.value <= most) return undefined;
  return complain(complaints, located.at, {
    message: `${located.value} is out of range`,
    suggestion: `${least} to ${most} is possible`,
  });
}

function checkList(located: Located, shape: Of<'list'>, complaints: Complaints): void {
  if (located.kind !== 'list' && !shape.orOne) return wrongKind(located, 'a list', complaints);
  if (located.kind !== 'list') return checkShape(located, shape.of, complaints);
  if (located.items.length > shape.most)
    return complain(complaints, located.at, {
      message: `the list has more than ${shape.most} entries`,
    });
  if (located.items.length === 0 && shape.empty !== true)
    return complain(complaints, located.at, { message: 'the list is empty' });
  for (const item of located.items) checkShape(item, shape.of, complaints);
  return undefined;
}

function checkMap(located: Located, { keys, needs }: Of<'map'>, complaints: Complaints): void {
  const known = Object.keys(keys);
  if (located.kind !== 'map')
    return wrongKind(located, `keys such as ${known.slice(0, 4).join(', ')}`, complaints);
  for (const { key, at, value } of located.entries) {
    const expected = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (expected) checkShape(value, expected.shape, complaints);
    else
      complain(complaints, at, {
        message: `unknown key "${short(key)}"`,
        suggestion: meant(key, known),
      });
  }
  for (const need of needs)
    if (!located.entries.some(({ key }) => key === need))
      complain(complaints, located.at, { message: `the key "${need}" is missing` });
  return undefined;
}

function checkNamed(located: Located, { of, most }: Of<'named'>, complaints: Complaints): void {
  if (located.kind !== 'map') return wrongKind(located, 'names with their definitions', complaints);
  if (located.entries.length > most)
    return complain(complaints, located.at, { message: `more than ${most} names` });
  for (const { key, at, value } of located.entries) {
    if (!namePattern.test(key))
      complain(complaints, at, {
        message: `"${short(key)}" cannot be a name`,
        suggestion:
          'use letters, digits, "-", "_" and "."; "and", "or" and "below" have their own meaning',
      });
    checkShape(value, of, complaints);
  }
  return undefined;
}

/** What a user may call an area or a kind of person: one word, so that "senior and expert" stays readable. */
export const namePattern: RegExp =
  /^(?!(?:and|or|not|below|at|anyone|owner|__proto__)$)[A-Za-z][A-Za-z0-9_.-]{0,59}$/;

function wrongKind(located: Located, expected: string, complaints: Complaints): void {
  const got = { scalar: 'a single value', list: 'a list', map: 'a map' }[located.kind];
  const found = located.kind === 'scalar' ? `"${short(located.text)}"` : got;
  complain(complaints, located.at, { message: `expected ${expected}, found ${found}` });
}
