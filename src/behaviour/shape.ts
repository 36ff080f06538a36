/** What values a parameter may have. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'bigint' | 'anything' | 'date' }
  | { readonly kind: 'null' | 'undefined' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array' | 'set' | 'record'; readonly of: Shape }
  | { readonly kind: 'map'; readonly key: Shape; readonly of: Shape }
  | { readonly kind: 'tuple'; readonly of: readonly Shape[] }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }
  | { readonly kind: 'object'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

/** A parameter as callers see it. */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
  /** Takes all further arguments; `shape` is that of each. */
  readonly rest: boolean;
}

/** A union without repeated members and without unions inside. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.of : [shape]));
  const seen = new Map(flat.map((shape) => [JSON.stringify(shape), shape]));
  const [only] = seen.values();
  return seen.size === 1 && only !== undefined ? only : { kind: 'union', of: [...seen.values()] };
}

/** Values that fit both shapes; null where that cannot be told, or nothing fits. */
export function bothOf(old: Shape, fresh: Shape): Shape | null {
  if (JSON.stringify(old) === JSON.stringify(fresh) || fresh.kind === 'anything') return old;
  if (old.kind === 'anything') return fresh;
  if (old.kind === 'union' || fresh.kind === 'union') return bothOfUnions(old, fresh);
  if (old.kind === 'object' && fresh.kind === 'object')
    return bothOfObjects(old.fields, fresh.fields);
  if (old.kind === 'literal' && old.kind !== fresh.kind)
    return typeof old.value === fresh.kind ? old : null;
  if (fresh.kind === 'literal') return typeof fresh.value === old.kind ? fresh : null;
  if (
    (old.kind === 'array' || old.kind === 'set' || old.kind === 'record') &&
    old.kind === fresh.kind
  ) {
    const of = bothOf(old.of, fresh.of);
    return of === null ? null : { kind: old.kind, of };
  }
  return null;
}

function bothOfUnions(old: Shape, fresh: Shape): Shape | null {
  const left = old.kind === 'union' ? old.of : [old];
  const right = fresh.kind === 'union' ? fresh.of : [fresh];
  const common = left.flatMap((one) => right.map((other) => bothOf(one, other)));
  const found = common.filter((shape) => shape !== null);
  return found.length === 0 ? null : unionOf(found);
}

function bothOfObjects(old: readonly Field[], fresh: readonly Field[]): Shape | null {
  const names = [...new Set([...old, ...fresh].map(({ name }) => name))];
  const fields = names.map((name): Field | null => {
    const before = old.find((field) => field.name === name);
    const after = fresh.find((field) => field.name === name);
    if (before === undefined || after === undefined) return before ?? after ?? null;
    const optional = before.optional && after.optional;
    const shape = bothOf(before.shape, after.shape);
    if (shape === null) return null;
    return { name, shape, optional };
  });
  const whole = fields.filter((field) => field !== null);
  return whole.length === names.length ? { kind: 'object', fields: whole } : null;
}
