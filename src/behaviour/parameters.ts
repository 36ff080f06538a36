import type { Tree } from '../guards/guard.ts';
import { guessShape } from './guess-shape.ts';
import type { Module } from './module.ts';
import type { Library } from './program.ts';
import { shapeOfType } from './read-shape.ts';
import { bothOf, type Parameter, type Shape } from './shape.ts';

export interface ParameterPlace {
  readonly library: Library;
  readonly module: Module;
}

/** The parameters of a function with what they may be; a text says why they could not be told. */
export function readParameters(body: Tree, place: ParameterPlace): readonly Parameter[] | string {
  const found: Parameter[] = [];
  for (const node of parameterNodes(body)) {
    const parameter = readParameter(node, body, place);
    if (typeof parameter === 'string') return parameter;
    if (parameter !== null) found.push(parameter);
  }
  return found;
}

function parameterNodes(body: Tree): readonly Tree[] {
  const single = body.field('parameter');
  if (single !== null) return [single];
  const list = body.field('parameters');
  return list === null
    ? []
    : list.children().filter((child) => child.isNamed() && child.kind() !== 'comment');
}

function readParameter(node: Tree, body: Tree, place: ParameterPlace): Parameter | string | null {
  const typed = node.kind() === 'required_parameter' || node.kind() === 'optional_parameter';
  const value = typed ? node.field('value') : node.field('right');
  const pattern = (typed ? node.field('pattern') : node.field('left')) ?? node;
  if (pattern.kind() === 'this') return null;
  const rest = pattern.kind() === 'rest_pattern';
  const name = (rest ? pattern.children().at(-1) : pattern)?.text() ?? '';
  const type = typed ? node.field('type') : null;
  const shape =
    type === null
      ? guessShape(pattern, value, body)
      : shapeOfType(type, { ...place, parameters: typeParameters(body), depth: 0 });
  if (shape === null) return whyUnknown(pattern, name, type);
  if (rest && shape.kind !== 'array') return `its rest parameter ${name} is no list`;
  return {
    name,
    shape: rest && shape.kind === 'array' ? shape.of : shape,
    optional: node.kind() === 'optional_parameter' || value !== null,
    rest,
  };
}

function whyUnknown(pattern: Tree, name: string, type: Tree | null): string {
  const shown = pattern.kind() === 'identifier' || pattern.kind() === 'rest_pattern' ? name : 'one';
  if (type === null) return `nothing says what its parameter ${shown} may be`;
  const text = type.text().replace(/^:\s*/, '').replaceAll(/\s+/g, ' ');
  return `the type of its parameter ${shown} is not understood: ${text.slice(0, 60)}`;
}

function typeParameters(body: Tree): ReadonlyMap<string, Tree | null> {
  const list = body.field('type_parameters');
  const found = new Map<string, Tree | null>();
  for (const node of list?.children() ?? []) {
    const name = node.field('name')?.text();
    const bound =
      node
        .field('constraint')
        ?.children()
        .find((child) => child.isNamed()) ?? null;
    if (name !== undefined) found.set(name, bound);
  }
  return found;
}

/** Parameters whose values both versions take; a text says why there are none. */
export function commonParameters(
  old: readonly Parameter[],
  fresh: readonly Parameter[],
): readonly Parameter[] | string {
  const further = fresh.slice(old.length);
  if (further.some(({ optional, rest }) => !optional && !rest))
    return 'it asks for more than before';
  if (old.length > fresh.length) return 'it takes fewer parameters than before';
  const common = old.map((before, at): Parameter | null => {
    const after = fresh[at];
    const shape: Shape | null = after === undefined ? null : bothOf(before.shape, after.shape);
    if (after === undefined || shape === null || before.rest !== after.rest) return null;
    return { ...after, shape, optional: before.optional && after.optional };
  });
  const kept = common.filter((parameter) => parameter !== null);
  return kept.length === common.length ? kept : 'the types of its parameters changed';
}
