import { type Shape, unionOf } from './shape.ts';

/** `Record<Key, Of>`. */
export function recordShape(key: Shape | null, of: Shape | null): Shape | null {
  if (key === null || of === null) return null;
  const names = namesOf(key);
  if (names === null) return key.kind === 'string' ? { kind: 'record', of } : null;
  return {
    kind: 'object',
    fields: names.map((name) => ({ name, shape: of, optional: false })),
  };
}

function namesOf(key: Shape): readonly string[] | null {
  const members = key.kind === 'union' ? key.of : [key];
  const names = members.flatMap((one) => (one.kind === 'literal' ? [String(one.value)] : []));
  return names.length === members.length ? names : null;
}

/** `NonNullable<Type>`. */
export function withoutNull(shape: Shape): Shape | null {
  if (shape.kind !== 'union') return shape;
  const rest = shape.of.filter(({ kind }) => kind !== 'null' && kind !== 'undefined');
  return rest.length === 0 ? null : unionOf(rest);
}

/** `Partial<Type>` and `Required<Type>`. */
export function withOptional(shape: Shape | null, optional: boolean): Shape | null {
  if (shape?.kind !== 'object') return null;
  return { kind: 'object', fields: shape.fields.map((field) => ({ ...field, optional })) };
}

/** `Pick<Type, Keys>` and `Omit<Type, Keys>`. */
export function picked(shape: Shape | null, keys: Shape | null, keep: boolean): Shape | null {
  const names = keys === null ? null : namesOf(keys);
  if (shape?.kind !== 'object' || names === null) return null;
  return {
    kind: 'object',
    fields: shape.fields.filter(({ name }) => names.includes(name) === keep),
  };
}
