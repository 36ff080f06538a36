import { failureLines, testPolicy as runTests, type TestResult } from '../policy/test-policy.ts';
import { count, plainLines } from './plain.ts';
import { findPolicy, usablePolicy } from './policy-file.ts';
import { printJson } from './print.ts';

/** `policy test`: runs the tests a policy brings along; exit 1 when one fails. */
export async function testPolicy(
  path: string | undefined,
  { format }: { readonly format: string },
): Promise<number> {
  const found = await findPolicy(path);
  const results = runTests(usablePolicy(found.text, found.path));
  const failed = results.filter(({ passed }) => !passed);
  if (format === 'json') {
    printJson({
      schema: 'hallmonitor/policy-test/v1',
      file: found.path,
      passed: results.length - failed.length,
      failed: failed.length,
      tests: results.map(testJson),
    });
  } else {
    process.stdout.write(`${testLines(results, failed).map(plainLines).join('\n')}\n`);
  }
  return failed.length === 0 ? 0 : 1;
}

function testLines(
  results: readonly TestResult[],
  failed: readonly TestResult[],
): readonly string[] {
  if (results.length === 0) return ['the policy has no tests; add some under tests:'];
  return [
    ...failed.flatMap((result) => [...failureLines(result), '']),
    `${count(results.length - failed.length, 'test')} passed, ${failed.length} failed`,
  ];
}

function testJson({ name, at, passed, misses, owes, rules }: TestResult): object {
  return { name, line: at.line, passed, misses, owes, rules };
}
