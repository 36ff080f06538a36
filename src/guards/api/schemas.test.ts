import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { readSdl } from './graphql-sdl.ts';
import { readProto } from './proto.ts';

test('a schema of GraphQL with all that is in the way', () => {
  const types = readSdl(
    `schema { query: Query }\n"""text with } in it"""\ntype Query implements A & B @key(fields: "id") {\n  a(x: Int = 1, y: [String!]! = ["a"]): String! @deprecated(reason: "x")\n  b: [[Int!]]!\n}\nunion U = | A | B\nenum E { X Y @deprecated Z }\nextend type Query { c: Int }\ndirective @d(a: Int) on FIELD | QUERY\ninput I { a: Int! = 1, b: String }\nquery Q($a: Int!) { a(x: $a) { type } }\n`,
  );
  expect([...types.keys()]).toEqual(['Query', 'U', 'E', 'I']);
  expect([...(types.get('Query')?.fields.keys() ?? [])]).toEqual(['a', 'b', 'c']);
  expect(types.get('Query')?.fields.get('a')).toMatchObject({
    type: 'String!',
    line: 4,
    isDeprecated: true,
  });
  expect(types.get('Query')?.fields.get('b')?.type).toBe('[[Int!]]!');
  expect([...(types.get('E')?.members.keys() ?? [])]).toEqual(['X', 'Y', 'Z']);
  expect([...(types.get('U')?.members.keys() ?? [])]).toEqual(['A', 'B']);
});

test('a protobuf file with all that is in the way', () => {
  const proto = readProto(
    `syntax = "proto3";\npackage a.v1;\noption go_package = "x";\nmessage M {\n  reserved 2, 5 to 7, "foo";\n  repeated string a = 1 [deprecated = true, (x) = {a: 1}];\n  map<string, Inner> m = 3;\n  oneof o { int32 i = 8; Inner j = 9; }\n  message Inner { .a.v1.E e = 1; }\n  enum E { A = 0; B = -1; }\n}\nservice S { rpc Get(stream Req) returns (Res) { option (http) = { get: "/x" }; } rpc X (A) returns (stream B); }\n`,
  );
  const message = proto.messages.get('a.v1.M');
  expect(
    [...(message?.fields ?? [])].map(([number, { name, type, label, oneof }]) =>
      [number, label, type, name, oneof].join(' '),
    ),
  ).toEqual(['1 repeated string a ', '3  map<string,Inner> m ', '8  int32 i o', '9  Inner j o']);
  expect(proto.messages.get('a.v1.M.Inner')?.fields.get(1)?.type).toBe('a.v1.E');
  expect(proto.enums.get('a.v1.M.E')?.values.get('B')?.number).toBe(-1);
  expect(
    [...(proto.services.get('a.v1.S')?.methods ?? [])].map(
      ([name, { signature }]) => `${name}: ${signature}`,
    ),
  ).toEqual(['Get: stream Req -> Res', 'X: A -> stream B']);
});

const soup = fc.string({
  unit: fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '=',
    ';',
    ':',
    '!',
    '|',
    '@',
    '"',
    '"""',
    '\n',
    ' ',
    'message ',
    'type ',
    'enum ',
    'oneof ',
    'rpc ',
    'union ',
    'a',
    '1',
    '//',
    '/*',
    '#',
  ),
  maxLength: 200,
});

property.prop([soup])('no text makes the readers fail or hang', (text) => {
  expect(readSdl(text)).toBeInstanceOf(Map);
  expect(readProto(text).messages).toBeInstanceOf(Map);
});
