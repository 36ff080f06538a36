import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { finding } from '../../test/sample-judgement.ts';
import { guards } from '../guards/guards.ts';
import { findingsSarif, maxSarifResults } from './findings-sarif.ts';

const require = createRequire(import.meta.url);
const schemaFile = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new draft04.default({ strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

function sarif(findings: readonly ReturnType<typeof finding>[]): ReturnType<typeof findingsSarif> {
  const gaps = [{ what: 'a.bin', why: 'missing' }];
  return findingsSarif({ findings, gaps, guards, version: '0.1.0', revision: 'b'.repeat(40) });
}

describe('the official SARIF 2.1.0 schema', () => {
  test.each([
    ['no finding', []],
    ['every severity', [finding(), finding({ severity: 'warn' }), finding({ severity: 'note' })]],
    ['a guard of every shelf', guards.map(({ id }) => finding({ guard: id }))],
    ['a hostile path', [finding({ path: 'a b/"ü\n#?%.sql' })]],
    ['a suppressed finding', [finding({ suppressed: { by: 'comment', reason: 'known' } })]],
  ])('accepts a log with %s', (_, findings) => {
    expect(validate(sarif(findings)) || validate.errors).toBe(true);
  });

  test('rejects a broken log, so that this test can fail', () => {
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });
});

test('identity survives a line shift', () => {
  const at = (line: number): string =>
    JSON.stringify(sarif([finding({ line, endLine: line })])).replaceAll(
      /"(start|end)Line":\d+/g,
      '',
    );
  expect(at(3)).toBe(at(300));
});

test('more results than a forge takes are cut, and that is said', () => {
  const many = Array.from({ length: maxSarifResults + 5 }, () => finding());
  const text = JSON.stringify(sarif(many));
  expect(text.match(/"ruleId"/g)).toHaveLength(maxSarifResults);
  expect(text).toContain('Not checked: 5 findings');
});
