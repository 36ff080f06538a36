import { namePattern } from './check-shape.ts';
import { policyShape } from './sections.ts';
import type { Shape } from './shape.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** The JSON Schema (draft 2020-12) of the policy file, for editors; made from the table that checks the file. */
export function policySchema(): JsonObject {
  const definitions = new Map<string, Json>();
  const root = schemaOf(policyShape, definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Hallmonitor policy',
    description:
      'The file .hallmonitor/policy.yml. An editor sees only its form; run "hallmonitor policy lint" for the rest.',
    ...root,
    $defs: Object.fromEntries(definitions),
  };
}

function schemaOf(shape: Shape, definitions: Map<string, Json>): JsonObject {
  switch (shape.kind) {
    case 'ref': {
      if (!definitions.has(shape.name)) {
        // Set before it is known, because the definition mentions itself.
        definitions.set(shape.name, true);
        definitions.set(shape.name, schemaOf(shape.shape(), definitions));
      }
      return { $ref: `#/$defs/${shape.name}` };
    }
    case 'text':
      return textSchema(shape);
    case 'word':
      return { enum: shape.words };
    case 'number':
      return { type: 'integer', minimum: shape.least, maximum: shape.most };
    case 'flag':
      return { type: 'boolean' };
    case 'list':
      return listSchema(shape, definitions);
    case 'map':
      return mapSchema(shape, definitions);
    case 'named':
      return {
        type: 'object',
        propertyNames: { pattern: namePattern.source },
        maxProperties: shape.most,
        additionalProperties: schemaOf(shape.of, definitions),
      };
  }
}

function textSchema({ pattern, example, numbers }: Extract<Shape, { kind: 'text' }>): JsonObject {
  const text: JsonObject = {
    type: 'string',
    minLength: 1,
    ...(pattern ? { pattern: pattern.source } : {}),
    examples: [example],
  };
  // YAML reads a bare 40 or L5 as number or text; a name may look like a number as well.
  if (numbers === true) return { anyOf: [text, { type: 'number', minimum: 0 }] };
  return pattern ? text : { anyOf: [text, { type: 'number' }] };
}

function listSchema(
  shape: Extract<Shape, { kind: 'list' }>,
  definitions: Map<string, Json>,
): JsonObject {
  const one = schemaOf(shape.of, definitions);
  const least = shape.empty === true ? 0 : 1;
  const many: JsonObject = { type: 'array', minItems: least, maxItems: shape.most, items: one };
  return shape.orOne ? { anyOf: [many, one] } : many;
}

function mapSchema(
  shape: Extract<Shape, { kind: 'map' }>,
  definitions: Map<string, Json>,
): JsonObject {
  const properties = Object.entries(shape.keys).map(([key, { says, shape: inner }]) => [
    key,
    { description: says, ...schemaOf(inner, definitions) },
  ]);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    ...(shape.needs.length > 0 ? { required: shape.needs } : {}),
  };
}
