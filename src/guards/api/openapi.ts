import { at, entriesIn, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data, DataMap } from '../data.ts';

/** A parsed API description, to follow its references. */
export interface Description {
  readonly root: Data;
}

/** Whether parsed data is an OpenAPI or Swagger description. */
export function isDescription(root: Data | null): boolean {
  const version = scalarAt(root, 'openapi') ?? scalarAt(root, 'swagger');
  return version !== undefined && version !== null && at(root, 'paths') !== null;
}

/** Deepest chain of references and nested schemas that is followed. */
export const deepest = 12;

/** The map a node stands for, through local references; null when it leads elsewhere. */
export function resolved({ root }: Description, node: Data | null): DataMap | null {
  let value = node;
  for (let step = 0; step < deepest && value?.kind === 'map'; step += 1) {
    const ref = scalarAt(value, '$ref');
    if (typeof ref !== 'string') return value;
    if (!ref.startsWith('#/')) return null;
    const keys = ref
      .slice(2)
      .split('/')
      .map((key) => decoded(key));
    value = at(root, ...keys);
  }
  return null;
}

function decoded(key: string): string {
  const plain = key.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    // A stray percent sign: the key is meant as written.
    return plain;
  }
}

export interface Operation {
  /** `GET /orders/{}`: parameters of the path have no names here, as clients do not see them. */
  readonly name: string;
  readonly line: number;
  readonly node: DataMap;
  readonly parameters: readonly Parameter[];
  readonly isDeprecated: boolean;
  readonly isUnstable: boolean;
}

export interface Parameter {
  /** `query limit`. */
  readonly name: string;
  readonly line: number;
  readonly isRequired: boolean;
  readonly schema: Data | null;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** All operations of a description by name. */
export function operationsOf(description: Description): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, entry] of entriesIn(at(description.root, 'paths'))) {
    const item = resolved(description, entry.value);
    if (item === null) continue;
    const shared = itemsOf(at(item, 'parameters'));
    for (const method of methods) {
      const operation = item.entries.get(method);
      if (operation?.value.kind !== 'map') continue;
      const node = operation.value;
      const name = `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`;
      const parameters = [...shared, ...itemsOf(at(node, 'parameters'))];
      found.set(name, {
        name: `${method.toUpperCase()} ${path}`,
        line: operation.line,
        node,
        parameters: parameters.flatMap((one) => parameter(description, one)),
        isDeprecated: scalarAt(node, 'deprecated') === true,
        isUnstable:
          /alpha|beta|experimental|preview|draft/i.test(
            String(scalarAt(node, 'x-stability-level') ?? path),
          ) || scalarAt(node, 'x-internal') === true,
      });
    }
  }
  return found;
}

function parameter(description: Description, node: Data): readonly Parameter[] {
  const map = resolved(description, node);
  const [place, name] = [scalarAt(map, 'in'), scalarAt(map, 'name')];
  if (map === null || typeof place !== 'string' || typeof name !== 'string' || place === 'path')
    return [];
  const isBody = place === 'body';
  return [
    {
      name: isBody ? 'body' : `${place} ${place === 'header' ? name.toLowerCase() : name}`,
      line: entryAt(map, 'required')?.line ?? node.line,
      isRequired: scalarAt(map, 'required') === true,
      // Swagger 2 writes the schema into the parameter itself.
      schema: at(map, 'schema') ?? map,
    },
  ];
}

/** Schemas of a request's or response's contents, by media type. */
export function contentsOf(description: Description, node: Data | null): ReadonlyMap<string, Data> {
  const map = resolved(description, node);
  const found = new Map<string, Data>();
  for (const [type, entry] of entriesIn(at(map, 'content'))) {
    const schema = at(entry.value, 'schema');
    if (schema !== null) found.set(type, schema);
  }
  const own = at(map, 'schema');
  if (own !== null) found.set('*/*', own);
  return found;
}

/** Answers with success, by status. */
export function answersOf(
  description: Description,
  operation: Operation,
): ReadonlyMap<string, Data> {
  const found = new Map<string, Data>();
  for (const [status, entry] of entriesIn(at(operation.node, 'responses')))
    if (/^(?:2\d\d|2XX|default)$/i.test(status)) found.set(status, entry.value);
  return new Map([...found].filter(([, node]) => resolved(description, node) !== null));
}
