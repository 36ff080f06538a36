/** A shape as docs/json.md writes it: texts are types, lists show one member, objects their keys. */
type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

export type Shapes = ReadonlyMap<string, Shape>;

/** The blocks of docs/json.md by their headings. */
export function shapesIn(markdown: string): Shapes {
  const blocks = markdown.matchAll(/^#{2,3} (.+)$(?:(?!^#)[^])*?^```json\n([^]*?)^```$/gm);
  return new Map([...blocks].map(([, name = '', text = '']) => [name, JSON.parse(text) as Shape]));
}

/** Where a value differs from the shape of a name, one line each; empty when it fits exactly. */
export function misfits(value: unknown, name: string, shapes: Shapes): readonly string[] {
  const shape = shapes.get(name);
  return shape === undefined
    ? [`docs/json.md has no ${name}`]
    : compare(value, shape, [name, shapes]);
}

type Place = readonly [path: string, shapes: Shapes];

function compare(value: unknown, shape: Shape, place: Place): readonly string[] {
  const [path, shapes] = place;
  if (typeof shape === 'string') {
    return fitsType(value, shape, place)
      ? []
      : [`${path} is ${JSON.stringify(value)}, not ${shape}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    const [member = ''] = shape;
    return value.flatMap((one, at) => compare(one, member, [`${path}[${at}]`, shapes]));
  }
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  return compareKeys(value as Record<string, unknown>, shape, place);
}

function compareKeys(
  value: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Shape>>,
  [path, shapes]: Place,
): readonly string[] {
  const known = Object.keys(shape).map((key) => key.replace(/\?$/, ''));
  const any = shape['*'];
  const missing = Object.keys(shape)
    .filter((key) => key !== '*' && !key.endsWith('?') && !(key in value))
    .map((key) => `${path}.${key} is missing`);
  const unknown = Object.keys(value)
    .filter((key) => any === undefined && !known.includes(key))
    .map((key) => `${path}.${key} is not documented`);
  const inside = Object.entries(value).flatMap(([key, one]) => {
    const expected = shape[key] ?? shape[`${key}?`] ?? any;
    return expected === undefined ? [] : compare(one, expected, [`${path}.${key}`, shapes]);
  });
  return [...missing, ...unknown, ...inside];
}

function fitsType(value: unknown, text: string, [path, shapes]: Place): boolean {
  return text.split(' | ').some((type) => {
    if (type.startsWith('@')) {
      const shape = shapes.get(type.slice(1));
      if (shape === undefined) throw new Error(`${path}: docs/json.md has no ${type}`);
      return compare(value, shape, [path, shapes]).length === 0;
    }
    if (type.startsWith("'")) return value === type.slice(1, -1);
    return type === 'null' ? value === null : typeof value === type;
  });
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}
