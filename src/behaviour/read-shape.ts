import type { Tree } from '../guards/guard.ts';
import type { Library } from './program.ts';
import type { Module } from './module.ts';
import { type Field, type Shape, unionOf } from './shape.ts';
import { picked, recordShape, withOptional, withoutNull } from './utility-types.ts';

/** Where a type is read: names in it mean what they mean there. */
export interface TypePlace {
  readonly library: Library;
  readonly module: Module;
  /** Type parameters with their bounds; null where there is none. */
  readonly parameters: ReadonlyMap<string, Tree | null>;
  readonly depth: number;
}

/** Types inside types that are followed; recursive ones end there. */
const deepest = 6;

/** The shape a written type stands for; null where it is not understood. */
export function shapeOfType(node: Tree, place: TypePlace): Shape | null {
  if (place.depth > deepest) return null;
  const inside = { ...place, depth: place.depth + 1 };
  const named = partsOf(node);
  switch (String(node.kind())) {
    case 'type_annotation':
    case 'parenthesized_type':
      return named[0] === undefined ? null : shapeOfType(named[0], place);
    case 'readonly_type':
      return named[0] === undefined ? null : shapeOfType(named[0], place);
    case 'predefined_type':
      return predefined[node.text()] ?? null;
    case 'literal_type':
      return named[0] === undefined ? null : literalShape(named[0]);
    case 'array_type':
      return named[0] === undefined ? null : ofEach('array', shapeOfType(named[0], inside));
    case 'tuple_type':
      return tupleShape(named, inside);
    case 'union_type':
      return unionShape(named, inside);
    case 'intersection_type':
      return intersection(named, inside);
    case 'object_type':
    case 'interface_body':
      return objectShape(named, inside);
    case 'generic_type':
      return genericShape(node, inside);
    case 'type_identifier':
      return nameShape(node.text(), inside);
    default:
      return null;
  }
}

function partsOf(node: Tree): readonly Tree[] {
  return node.children().filter((child) => child.isNamed() && child.kind() !== 'comment');
}

const predefined: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' },
  number: { kind: 'number' },
  boolean: { kind: 'boolean' },
  bigint: { kind: 'bigint' },
  any: { kind: 'anything' },
  unknown: { kind: 'anything' },
};

function literalShape(node: Tree): Shape | null {
  const text = node.text();
  switch (String(node.kind())) {
    case 'string':
      return { kind: 'literal', value: unquoted(text) };
    case 'number':
    case 'unary_expression':
      return Number.isFinite(Number(text)) ? { kind: 'literal', value: Number(text) } : null;
    case 'true':
    case 'false':
      return { kind: 'literal', value: text === 'true' };
    case 'null':
      return { kind: 'null' };
    case 'undefined':
      return { kind: 'undefined' };
    default:
      return null;
  }
}

/** The text in a quoted literal; escapes that JSON does not know stay as they are written. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const simple = inner.replaceAll("\\'", "'").replaceAll('\\`', '`');
  try {
    return String(JSON.parse(`"${simple.replaceAll(/(?<!\\)"/g, '\\"')}"`));
  } catch {
    return inner; // an escape of its own, such as \x41
  }
}

function ofEach(kind: 'array' | 'set' | 'record', of: Shape | null): Shape | null {
  return of === null ? null : { kind, of };
}

function tupleShape(members: readonly Tree[], place: TypePlace): Shape | null {
  const of = members.map((member) => shapeOfType(member, place));
  const known = of.filter((shape) => shape !== null);
  return known.length === of.length ? { kind: 'tuple', of: known } : null;
}

function unionShape(members: readonly Tree[], place: TypePlace): Shape | null {
  const flat = members.flatMap((member) =>
    member.kind() === 'union_type' ? partsOf(member) : [member],
  );
  const of = flat.map((member) => shapeOfType(member, { ...place, depth: place.depth - 1 }));
  const known = of.filter((shape) => shape !== null);
  // A member that is not understood leaves values out; those of the others still count.
  return known.length === 0 ? null : unionOf(known);
}

function intersection(members: readonly Tree[], place: TypePlace): Shape | null {
  const fields: Field[] = [];
  for (const member of members) {
    const shape = shapeOfType(member, place);
    if (shape?.kind !== 'object') return null;
    fields.push(...shape.fields);
  }
  return { kind: 'object', fields: [...new Map(fields.map((one) => [one.name, one])).values()] };
}

function objectShape(members: readonly Tree[], place: TypePlace): Shape | null {
  const fields: Field[] = [];
  for (const member of members) {
    const kind = String(member.kind());
    if (kind === 'index_signature') return members.length === 1 ? recordOf(member, place) : null;
    const optional = member.children().some((child) => child.kind() === '?');
    const type = member.field('type');
    const name = member.field('name');
    const shape = type === null || kind !== 'property_signature' ? null : shapeOfType(type, place);
    if (shape === null || name === null) {
      if (!optional) return null;
      continue;
    }
    const text = name.text();
    fields.push({ name: /^['"]/.test(text) ? unquoted(text) : text, shape, optional });
  }
  return { kind: 'object', fields };
}

function recordOf(signature: Tree, place: TypePlace): Shape | null {
  const type = signature.field('type');
  return type === null ? null : ofEach('record', shapeOfType(type, place));
}

function genericShape(node: Tree, place: TypePlace): Shape | null {
  const name = node.field('name')?.text() ?? '';
  const list = node.field('type_arguments');
  const given = list === null ? [] : partsOf(list);
  const first = given[0] === undefined ? null : shapeOfType(given[0], place);
  const second = given[1] === undefined ? null : shapeOfType(given[1], place);
  switch (name) {
    case 'Array':
    case 'ReadonlyArray':
      return ofEach('array', first);
    case 'Set':
    case 'ReadonlySet':
      return ofEach('set', first);
    case 'Map':
    case 'ReadonlyMap':
      return first === null || second === null ? null : { kind: 'map', key: first, of: second };
    case 'Record':
      return recordShape(first, second);
    case 'Readonly':
    case 'NonNullable':
      return name === 'Readonly' || first === null ? first : withoutNull(first);
    case 'Partial':
      return withOptional(first, true);
    case 'Required':
      return withOptional(first, false);
    case 'Pick':
    case 'Omit':
      return picked(first, second, name === 'Pick');
    default:
      return null;
  }
}

function nameShape(name: string, place: TypePlace): Shape | null {
  if (place.parameters.has(name)) {
    const bound = place.parameters.get(name) ?? null;
    return bound === null ? { kind: 'anything' } : shapeOfType(bound, place);
  }
  if (name === 'Date') return { kind: 'date' };
  const found = findType(name, place);
  if (found === null) return null;
  const there = { ...place, module: found.module, parameters: new Map<string, Tree | null>() };
  if (found.node.field('type_parameters') !== null) return null;
  if (found.node.kind() === 'enum_declaration') return enumShape(found.node);
  if (found.node.kind() === 'type_alias_declaration') {
    const value = found.node.field('value');
    return value === null ? null : shapeOfType(value, there);
  }
  return interfaceShape(found.node, there);
}

function interfaceShape(node: Tree, place: TypePlace): Shape | null {
  const body = node.field('body');
  const own = body === null ? null : shapeOfType(body, place);
  const parents = node
    .children()
    .filter((child) => child.kind() === 'extends_type_clause')
    .flatMap(partsOf);
  if (own?.kind !== 'object') return parents.length === 0 ? own : null;
  const fields = new Map<string, Field>();
  for (const parent of parents) {
    const shape = shapeOfType(parent, place);
    if (shape?.kind !== 'object') return null;
    for (const field of shape.fields) fields.set(field.name, field);
  }
  for (const field of own.fields) fields.set(field.name, field);
  return { kind: 'object', fields: [...fields.values()] };
}

function enumShape(node: Tree): Shape | null {
  const body = node.field('body');
  const members = body === null ? [] : partsOf(body);
  const values = members.map((member, at): Shape | null => {
    const value = member.kind() === 'enum_assignment' ? member.field('value') : null;
    return value === null ? { kind: 'literal', value: at } : literalShape(value);
  });
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : unionOf(known);
}

function findType(
  name: string,
  { library, module }: TypePlace,
): { readonly node: Tree; readonly module: Module } | null {
  let at: Module = module;
  let wanted = name;
  for (let passes = 0; passes < deepest; passes += 1) {
    const declared = at.declarations.get(wanted);
    const node =
      at.types.get(wanted) ?? (declared?.kind === 'enum' ? declared.statement : undefined);
    if (node !== undefined) return { node, module: at };
    const source: ReturnType<typeof at.imports.get> =
      at.imports.get(wanted) ?? passedOn(at, wanted);
    const next: Module | null = source === undefined ? null : library.resolve(at.path, source.from);
    if (source === undefined || next === null) return null;
    at = next;
    wanted = source.name;
  }
  return null;
}

function passedOn(module: Module, name: string): { from: string; name: string } | undefined {
  const exported = module.exports.get(name);
  return typeof exported === 'object' ? exported : undefined;
}
