/** A JSON object as it came: nothing about its values is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** The own value of a field; names such as `constructor` find nothing. */
export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The first of the fields that is a text with something in it. */
export function word(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = field(fields, name);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

export function flag(fields: Fields, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const value = field(fields, name);
    return value === true || value === 'true';
  });
}

/** Whether a value says nothing: none, an empty text, an empty object or list. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A whole number, also when it is written as a text. */
export function whole(fields: Fields, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = field(fields, name);
    const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  }
  return null;
}

export function list(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** What several names for the same thing give. `torn`: they are given with different values, and it is unknown which counts. */
export type Given =
  | { readonly kind: 'none' | 'wrong' | 'torn' }
  | { readonly kind: 'text'; readonly text: string };

/** The text that stands under one of several names; an empty text is a text. */
export function given(fields: Fields, names: readonly string[]): Given {
  const values = names
    .map((name) => field(fields, name))
    .filter((value) => value !== undefined && value !== null);
  const texts = values.filter((value) => typeof value === 'string');
  const [text] = texts;
  if (values.length === 0) return { kind: 'none' };
  if (text === undefined || texts.length < values.length) return { kind: 'wrong' };
  return texts.every((other) => other === text) ? { kind: 'text', text } : { kind: 'torn' };
}
