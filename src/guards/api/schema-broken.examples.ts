import type { Example } from '../guard.ts';

function openapi(...paths: readonly string[]): Record<string, string> {
  return {
    'openapi.yaml': ['openapi: 3.1.0', 'info:', '  title: Shop', 'paths:', ...paths, ''].join('\n'),
  };
}

const orders = [
  '  /orders:',
  '    get:',
  '      parameters:',
  '        - name: limit',
  '          in: query',
  '          schema: { type: integer }',
  '      responses:',
  '        "200":',
  '          content:',
  '            application/json:',
  '              schema:',
  '                type: object',
  '                properties:',
  '                  id: { type: string }',
  '                  total: { type: number }',
];
const post = [
  '    post:',
  '      requestBody:',
  '        content:',
  '          application/json:',
  '            schema:',
  '              type: object',
  '              properties:',
  '                cart: { type: string }',
];

function proto(...lines: readonly string[]): Record<string, string> {
  return { 'shop.proto': ['syntax = "proto3";', 'package shop.v1;', ...lines, ''].join('\n') };
}

function jsonSchema(more: object): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, port: { type: 'integer' } },
    ...more,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function graphql(...lines: readonly string[]): Record<string, string> {
  return { 'schema.graphql': [...lines, ''].join('\n') };
}

/** Schemas after which a correct old client fails. */
export const caught: readonly Example[] = [
  { name: 'an operation goes', before: openapi(...orders, ...post), after: openapi(...orders) },
  {
    name: 'a parameter becomes required',
    before: openapi(...orders),
    after: openapi(
      ...orders.flatMap((line) =>
        line.includes('in: query') ? [line, '          required: true'] : [line],
      ),
    ),
  },
  {
    name: 'a field of the answer goes',
    before: openapi(...orders),
    after: openapi(...orders.filter((line) => !line.includes('total'))),
  },
  {
    name: 'a new required field in the body',
    before: openapi(...orders, ...post),
    after: openapi(
      ...orders,
      ...post,
      '                email: { type: string }',
      '              required: [email]',
    ),
  },
  {
    name: 'a number of a message is reused',
    before: proto('message Order {', '  string id = 1;', '  int64 cents = 2;', '}'),
    after: proto('message Order {', '  string id = 1;', '  string currency = 2;', '}'),
  },
  {
    name: 'a field is removed and its number not reserved',
    before: proto('message Order {', '  string id = 1;', '  int64 cents = 2;', '}'),
    after: proto('message Order {', '  string id = 1;', '}'),
  },
  {
    name: 'a method goes',
    before: proto(
      'service Shop {',
      '  rpc Buy(Cart) returns (Order);',
      '  rpc Look(Query) returns (Page);',
      '}',
    ),
    after: proto('service Shop {', '  rpc Buy(Cart) returns (Order);', '}'),
  },
  {
    name: 'a field of GraphQL goes',
    before: graphql(
      'type Query {',
      '  orders(first: Int): [Order!]!',
      '  order(id: ID!): Order',
      '}',
    ),
    after: graphql('type Query {', '  orders(first: Int): [Order!]!', '}'),
  },
  {
    name: 'an argument becomes required and an answer may be null',
    before: graphql('type Query {', '  orders(first: Int): [Order!]!', '}'),
    after: graphql('type Query {', '  orders(first: Int!): [Order]', '}'),
  },
  {
    name: 'a default and the values of an enum of GraphQL',
    before: graphql(
      'enum Sort {',
      '  UP',
      '}',
      'type Query {',
      '  orders(first: Int = 10): [Int]',
      '}',
    ),
    after: graphql(
      'enum Sort {',
      '  UP',
      '  DOWN',
      '}',
      'type Query {',
      '  orders(first: Int = 50): [Int]',
      '}',
    ),
  },
  {
    name: 'a directive of GraphQL that may stand in fewer places',
    before: graphql('directive @cost(weight: Int) on OBJECT | FIELD_DEFINITION'),
    after: graphql('directive @cost(weight: Int) on OBJECT'),
  },
  {
    name: 'a JSON Schema that demands more',
    before: { 'config.schema.json': jsonSchema({}) },
    after: {
      'config.schema.json': jsonSchema({ required: ['name', 'port'], additionalProperties: false }),
    },
  },
];

/** Schemas that grow, or change where no client notices. */
export const passed: readonly Example[] = [
  {
    name: 'an optional parameter, a field of the answer and an operation are added',
    before: openapi(...orders),
    after: openapi(...orders, '                  tax: { type: number }', ...post),
  },
  {
    name: 'a parameter of the path gets another name',
    before: openapi('  /orders/{id}:', '    get:', '      responses: {}'),
    after: openapi('  /orders/{orderId}:', '    get:', '      responses: {}'),
  },
  {
    name: 'the schema moves behind a reference',
    before: openapi(
      '  /a:',
      '    get:',
      '      responses:',
      '        "200":',
      '          content:',
      '            application/json:',
      '              schema: { type: object, properties: { a: { type: string } } }',
    ),
    after: openapi(
      '  /a:',
      '    get:',
      '      responses:',
      '        "200":',
      '          content:',
      '            application/json:',
      '              schema: { $ref: "#/components/schemas/A" }',
      'components:',
      '  schemas:',
      '    A: { type: object, properties: { a: { type: string } } }',
    ),
  },
  {
    name: 'a field is removed and its number reserved',
    before: proto('message Order {', '  string id = 1;', '  int64 cents = 2;', '}'),
    after: proto('message Order {', '  reserved 2;', '  string id = 1;', '}'),
  },
  {
    name: 'a message moves to another file of the package',
    before: { ...proto('message A { string a = 1; }', 'message B { string b = 1; }') },
    after: {
      ...proto('message A { string a = 1; }'),
      'b.proto': 'syntax = "proto3";\npackage shop.v1;\nmessage B { string b = 1; }\n',
    },
  },
  {
    name: 'an answer becomes surer and an argument freer',
    before: graphql('type Query {', '  orders(first: Int!): [Order]', '}'),
    after: graphql('type Query {', '  orders(first: Int, after: String): [Order!]!', '}'),
  },
  {
    name: 'a configuration that is no API',
    before: { 'app.yaml': 'paths:\n  /a: 1\n' },
    after: { 'app.yaml': 'paths:\n  /b: 1\n' },
  },
  {
    name: 'a JSON Schema that allows more',
    before: { 'config.schema.json': jsonSchema({ additionalProperties: false }) },
    after: {
      'config.schema.json': jsonSchema({
        additionalProperties: false,
        required: [],
        properties: { name: { type: ['string', 'null'] }, port: { type: 'number' }, host: {} },
      }),
    },
  },
];
