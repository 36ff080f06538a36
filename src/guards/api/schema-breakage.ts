import { at, entriesIn, itemsOf, scalarAt } from '../data.ts';
import type { Data, DataMap } from '../data.ts';
import { deepest, resolved } from './openapi.ts';
import type { Description } from './openapi.ts';

/** Which side writes the value: a client sends requests, the server sends answers. */
export type Direction = 'request' | 'response';

/** A difference between two versions of a schema that breaks one side. */
export interface SchemaBreak {
  /** Line in the description after the change; null when something went. */
  readonly line: number | null;
  readonly oldLine: number;
  readonly says: string;
}

interface Side {
  readonly description: Description;
  readonly node: Data | null;
}

interface Compared {
  readonly was: Side;
  readonly now: Side;
  readonly direction: Direction;
  readonly place: string;
  readonly depth: number;
}

/** Compares two schemas as far as they are written out; composed ones (`anyOf`, `oneOf`) only where they are equal. */
export function schemaBreaks(was: Side, now: Side, direction: Direction): readonly SchemaBreak[] {
  return compare({ was, now, direction, place: '', depth: 0 });
}

function compare(compared: Compared): readonly SchemaBreak[] {
  const { was, now, direction, place, depth } = compared;
  const old = resolved(was.description, was.node);
  const fresh = resolved(now.description, now.node);
  if (old === null || fresh === null || depth > deepest) return [];
  if (
    [old, fresh].some((node) =>
      ['oneOf', 'anyOf', 'allOf', 'not'].some((key) => node.entries.has(key)),
    )
  )
    return [];
  const what = place === '' ? 'the value' : place;
  const typed = typeBreak(old, fresh, direction);
  if (typed !== null)
    return [
      {
        line: fresh.line,
        oldLine: old.line,
        says: `${what} changes from ${typed.was} to ${typed.now}`,
      },
    ];
  return [
    ...enumBreaks(compared, old, fresh),
    ...propertyBreaks(compared, old, fresh),
    ...itemBreaks(compared, old, fresh),
  ];
}

function typesOf(node: DataMap): ReadonlySet<string> | null {
  const type = at(node, 'type');
  if (type === null) return node.entries.has('properties') ? new Set(['object']) : null;
  const names =
    type.kind === 'list'
      ? type.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))
      : type.kind === 'scalar'
        ? [String(type.value)]
        : [];
  return new Set([...names, ...(scalarAt(node, 'nullable') === true ? ['null'] : [])]);
}

// A request may be taken more freely than before, an answer given more strictly.
function typeBreak(
  old: DataMap,
  fresh: DataMap,
  direction: Direction,
): { readonly was: string; readonly now: string } | null {
  const [was, now] = [typesOf(old), typesOf(fresh)];
  if (was === null || now === null) return null;
  const [narrow, wide] = direction === 'request' ? [was, now] : [now, was];
  const isHeld = [...narrow].every(
    (type) => wide.has(type) || (type === 'integer' && wide.has('number')),
  );
  return isHeld ? null : { was: [...was].join(' or '), now: [...now].join(' or ') };
}

function enumBreaks(
  { direction, place }: Compared,
  old: DataMap,
  fresh: DataMap,
): readonly SchemaBreak[] {
  const [was, now] = [valuesOf(old), valuesOf(fresh)];
  if (direction !== 'request' || was === null || now === null) return [];
  return [...was]
    .filter(([value]) => !now.has(value))
    .map(([value, oldLine]) => ({
      line: null,
      oldLine,
      says: `${place === '' ? 'the value' : place} no longer takes ${value}`,
    }));
}

function valuesOf(node: DataMap): ReadonlyMap<string, number> | null {
  const list = at(node, 'enum');
  return list?.kind === 'list'
    ? new Map(
        list.items.flatMap((item) =>
          item.kind === 'scalar' ? [[String(item.value), item.line] as const] : [],
        ),
      )
    : null;
}

function requiredOf(node: DataMap): ReadonlySet<string> {
  return new Set(
    itemsOf(at(node, 'required')).flatMap((item) =>
      item.kind === 'scalar' ? [String(item.value)] : [],
    ),
  );
}

function propertyBreaks(compared: Compared, old: DataMap, fresh: DataMap): readonly SchemaBreak[] {
  const { direction, place, was, now, depth } = compared;
  const properties = at(fresh, 'properties');
  if (at(old, 'properties') === null || properties === null) return [];
  const [needed, needs] = [requiredOf(old), requiredOf(fresh)];
  const found: SchemaBreak[] = [];
  for (const [name, entry] of entriesIn(at(old, 'properties'))) {
    const inner = place === '' ? name : `${place}.${name}`;
    const heir = properties.kind === 'map' ? properties.entries.get(name) : undefined;
    if (heir === undefined) {
      if (direction === 'response')
        found.push({ line: null, oldLine: entry.line, says: `${inner} is no longer given` });
      continue;
    }
    found.push(
      ...compare({
        direction,
        place: inner,
        depth: depth + 1,
        was: { ...was, node: entry.value },
        now: { ...now, node: heir.value },
      }),
    );
  }
  if (direction === 'response') return found;
  for (const [name, entry] of entriesIn(properties))
    if (
      needs.has(name) &&
      !needed.has(name) &&
      scalarAt(entry.value, 'default') === undefined &&
      scalarAt(entry.value, 'readOnly') !== true
    )
      found.push({
        line: entry.line,
        oldLine: old.line,
        says: `${place === '' ? name : `${place}.${name}`} is now required`,
      });
  return found;
}

function itemBreaks(compared: Compared, old: DataMap, fresh: DataMap): readonly SchemaBreak[] {
  const { was, now, place, depth } = compared;
  const [one, other] = [at(old, 'items'), at(fresh, 'items')];
  if (one === null || other === null) return [];
  return compare({
    ...compared,
    place: `${place}[]`,
    depth: depth + 1,
    was: { ...was, node: one },
    now: { ...now, node: other },
  });
}
