import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example, Guard } from '../guards/guard.ts';

/** Where the examples of the built program are; run from its source, guards carry them themselves. */
const file = 'guard-examples.json';

type Examples = Pick<Guard, 'caught' | 'passed'>;

/** A guard with its examples, which the built program keeps apart from what hooks load. */
export function withExamples(guard: Guard): Guard {
  if (guard.caught.length > 0) return guard;
  return { ...guard, ...(all()[guard.id] ?? { caught: [], passed: [] }) };
}

function all(): Readonly<Record<string, Examples>> {
  try {
    return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Record<
      string,
      { caught: readonly Example[]; passed: readonly Example[] }
    >;
  } catch {
    return {}; // a guard without examples is explained without them
  }
}
