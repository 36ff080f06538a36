import { parseArgs } from 'node:util';
import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import type { Severity } from '../../src/guards/guard.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { halfOf } from './halves.ts';

// Asks our guard of schemas about the cases of GraphQL Inspector's own tests (MIT), read from a clone and never kept.
// A case is a test with two schemas; expected is the gravest level the test asserts. Breaking must be stopped,
// dangerous must be told, and about the rest the guard must keep quiet.
//   node bench/suites/graphql-inspector.ts CLONE [--half tuning|checking] [--misses]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { half: { type: 'string' }, misses: { type: 'boolean', default: false } },
});

type Level = 'Breaking' | 'Dangerous' | 'NonBreaking';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly expected: Level;
}

const folder = 'packages/core/__tests__/diff';
const repository = await openRepository(positionals[0]);
const parsers = await loadParsers([]);
const asked = guards.filter(({ id }) => id === 'api/schema-broken');
const tally: Record<Level, { cases: number; asExpected: number }> = {
  Breaking: { cases: 0, asExpected: 0 },
  Dangerous: { cases: 0, asExpected: 0 },
  NonBreaking: { cases: 0, asExpected: 0 },
};
for (const one of await cases()) {
  if (values.half !== undefined && halfOf(one.name) !== values.half) continue;
  const found = gravest(one);
  const isRight = fits(one.expected, found);
  tally[one.expected].cases += 1;
  tally[one.expected].asExpected += Number(isRight);
  if (!isRight && values.misses)
    process.stderr.write(`${one.expected}, we say ${found ?? 'nothing'}: ${one.name}\n`);
}
process.stdout.write(`${JSON.stringify(tally, null, 2)}\n`);

async function cases(): Promise<readonly Case[]> {
  const listed = await runGit(repository, ['ls-tree', '--name-only', 'HEAD', `${folder}/`]);
  const paths = listed.stdout
    .toString('utf8')
    .split('\n')
    .filter((path) => path.endsWith('.test.ts'));
  const all: Case[] = [];
  for (const path of paths) {
    const { stdout } = await runGit(repository, ['show', `HEAD:${path}`]);
    const tests = stdout
      .toString('utf8')
      .split(/^\s*(?:test|it)\(/m)
      .slice(1);
    all.push(...tests.flatMap((text, index) => caseOf(`${path}#${index}`, text)));
  }
  return all;
}

function caseOf(place: string, text: string): readonly Case[] {
  if (/\bDiffRule\b|\[[^\]]*[rR]ule/.test(text)) return [];
  const schemas = [...text.matchAll(/`([^`]*)`/g)]
    .map(([, schema]) => schema ?? '')
    .filter(
      (schema) =>
        /\b(?:type|enum|input|union|interface|directive|schema|scalar)\s/.test(schema) &&
        !schema.includes('${'),
    );
  const levels = new Set([...text.matchAll(/CriticalityLevel\.(\w+)/g)].map(([, level]) => level));
  const expected = (['Breaking', 'Dangerous', 'NonBreaking'] as const).find((level) =>
    levels.has(level),
  );
  const [before, after, ...more] = schemas;
  if (expected === undefined || before === undefined || after === undefined || more.length > 0)
    return [];
  const title = /^['"`]([^'"`]*)/.exec(text)?.[1] ?? '';
  return [{ name: `${place} ${title}`, before, after, expected }];
}

function gravest({ name, before, after }: Case): Severity | null {
  const example = {
    name,
    before: { 'schema.graphql': before },
    after: { 'schema.graphql': after },
  };
  const looking = {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: asked,
  };
  const { findings } = inspect(changeOf(example), looking);
  return (
    (['block', 'warn', 'note'] as const).find((level) =>
      findings.some(({ severity }) => severity === level),
    ) ?? null
  );
}

function fits(expected: Level, found: Severity | null): boolean {
  if (expected === 'Breaking') return found === 'block';
  return expected === 'Dangerous' ? found === 'note' || found === 'warn' : found === null;
}
