import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultPolicyText } from './default-policy.ts';
import { readPolicy } from './policy.ts';
import { policySchema } from './schema.ts';

const docs = join(import.meta.dirname, '../../docs');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(policySchema());
const rule = '{ name: A, require: { approvals: 1 } }';

test('the schema in the documentation is the one of this version', () => {
  expect(JSON.parse(readFileSync(join(docs, 'policy.schema.json'), 'utf8'))).toEqual(
    policySchema(),
  );
});

test.each<[string, string]>([
  ['the default policy', defaultPolicyText],
  ['the example policy', readFileSync(join(docs, 'example-policy.yml'), 'utf8')],
  ['a small policy', `version: 1\nrules: [ ${rule} ]`],
])('%s is valid for an editor and for us', (_, text) => {
  validate(parse(text));
  expect(validate.errors ?? []).toEqual([]);
  expect(readPolicy(text, 'p.yml').problems).toEqual([]);
});

describe('an editor complains as we do about', () => {
  test.each<[string, string]>([
    ['an unknown key', `version: 1\nruls: []\nrules: [ ${rule} ]`],
    ['a missing version', `rules: [ ${rule} ]`],
    [
      'an unknown key deep inside',
      'version: 1\nrules: [ { name: A, when: { any: [ { lnes: "> 3" } ] }, require: { approvals: 1 } } ]',
    ],
    ['a wrong word', `version: 1\nmode: enforced\nrules: [ ${rule} ]`],
    [
      'a wrong phrase',
      'version: 1\nrules: [ { name: A, when: { risk: highest }, require: { approvals: 1 } } ]',
    ],
    ['a wrong number', 'version: 1\nrules: [ { name: A, require: { approvals: 99 } } ]'],
    ['a wrong kind', 'version: 1\nrules: { name: A }'],
    [
      'a wrong test',
      `version: 1\nrules: [ ${rule} ]\ntests: [ { given: { lines: many }, expect: {} } ]`,
    ],
    ['a name that cannot be one', `version: 1\nareas: { "a b": [ x ] }\nrules: [ ${rule} ]`],
  ])('%s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
    expect(readPolicy(text, 'p.yml').policy).toBeNull();
  });
});
