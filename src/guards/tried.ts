import { emptyBaseline } from './baseline.ts';
import { changeOf, readExample } from './examples.ts';
import type { Example, Guard, Parsers } from './guard.ts';
import { inspect } from './guards.ts';

/** What a guard made of one of its own examples. */
export interface Tried {
  readonly example: Example;
  readonly expected: 'caught' | 'passed';
  /** Messages of its findings. */
  readonly said: readonly string[];
  /** Why it could not be asked, if so. */
  readonly failed: string | null;
  readonly ok: boolean;
}

/** Asks a guard about its own examples, and about each caught one again as if it had been there before. */
export function tryGuard(guard: Guard, parsers: Parsers): readonly Tried[] {
  const again = guard.caught.map((example) => ({
    ...example,
    name: `${example.name} (already so before the change)`,
    before: example.after,
  }));
  return [
    ...guard.caught.map((example) => tried(guard, { example, expected: 'caught' }, parsers)),
    ...[...guard.passed, ...again].map((example) =>
      tried(guard, { example, expected: 'passed' }, parsers),
    ),
  ];
}

function tried(
  guard: Guard,
  { example, expected }: Pick<Tried, 'example' | 'expected'>,
  parsers: Parsers,
): Tried {
  const { findings, gaps } = inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: [guard],
  });
  const failed = gaps.find(({ what }) => what === `guard ${guard.id}`)?.why ?? null;
  const said = findings.map(({ message, path, line }) => `${path}:${line} ${message}`);
  const ok = failed === null && (expected === 'caught') === said.length > 0;
  return { example, expected, said, failed, ok };
}
