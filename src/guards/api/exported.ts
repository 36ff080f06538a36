import type { Source } from '../guard.ts';
import { goExports, javaExports, pythonExports } from './compiled-exports.ts';
import { scriptExports } from './script-exports.ts';
import type { Signature } from './signature.ts';

/** Something a file offers to others. */
export interface Exported {
  readonly line: number;
  /** Null for what is not called. */
  readonly signature: Signature | null;
  /** Its whole text, where comparing that first saves working out the signature. */
  readonly text?: string;
}

/** What a file offers, by name: TypeScript, JavaScript, Python, Go, Java. Null when that cannot be told. */
export function exportsOf(source: Source): ReadonlyMap<string, Exported> | null {
  const root = source.tree();
  if (root === null) return null;
  if (source.language === 'python') return pythonExports(root);
  if (source.language === 'go') return goExports(root);
  if (source.language === 'java') return javaExports(root);
  return scriptExports(root);
}
