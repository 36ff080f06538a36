import { parseSync } from 'oxc-parser';
import type { Plugin } from 'rolldown';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Keeps the examples of guards out of the program. They are a fifth of the guards' code, a hook would load them for
 * nothing, and whoever explains a guard reads them from a file beside the program.
 */
export const examplesApart: Plugin = {
  name: 'examples-apart',
  transform(code, id) {
    if (!/\/src\/guards\/.+\.ts$/.test(id)) return null;
    if (id.endsWith('.examples.ts')) return { code, moduleSideEffects: false };
    return code.includes('guard({') ? { code: withoutExamples(id, code) } : null;
  },
};

function withoutExamples(id: string, code: string): string {
  const cuts = definitionsIn(parseSync(id, code).program).flatMap(examplesOf);
  return cuts
    .sort((a, b) => b.at.start - a.at.start)
    .reduce((text, { at, by }) => text.slice(0, at.start) + by + text.slice(at.end), code);
}

/** The objects given to `guard(…)`. */
function definitionsIn(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, callee, arguments: given } = value as Record<string, unknown>;
  const [first] = Array.isArray(given) ? (given as readonly Node[]) : [];
  if (type === 'CallExpression' && nameOf(callee) === 'guard' && first?.type === 'ObjectExpression')
    return [first];
  return Object.values(value).flatMap(definitionsIn);
}

function examplesOf(definition: Node): readonly { readonly at: Node; readonly by: string }[] {
  const { properties } = definition as Node & { readonly properties: readonly Node[] };
  return properties.flatMap((property) => {
    const { key, argument } = property as Node & { key?: unknown; argument?: unknown };
    const name = nameOf(key);
    if (name === 'caught' || name === 'passed') return [{ at: property, by: `${name}: []` }];
    const isSpread = /examples$/i.test(nameOf(argument) ?? '');
    return isSpread ? [{ at: property, by: 'caught: [], passed: []' }] : [];
  });
}

function nameOf(node: unknown): string | null {
  const { type, name } = Object(node) as { type?: unknown; name?: unknown };
  return type === 'Identifier' && typeof name === 'string' ? name : null;
}
