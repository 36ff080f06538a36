import * as nodeModule from 'node:module';

/** TypeScript without its types; where it holds enums, rewritten. Null when Node cannot do it. */
export function stripTypes(code: string): string | null {
  const { stripTypeScriptTypes } = nodeModule;
  for (const mode of ['strip', 'transform'] as const) {
    try {
      return stripTypeScriptTypes(code, { mode });
    } catch {
      // Not every TypeScript can be stripped; what cannot be transformed either is not run.
    }
  }
  return null;
}
