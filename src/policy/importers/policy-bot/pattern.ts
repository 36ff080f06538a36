import { RE2JS, RE2JSException } from 're2js';

/** An RE2 pattern, searched anywhere in the text. */
export interface Pattern {
  /** As written; empty for an entry left blank, which matches nothing. */
  readonly source: string;
  readonly found: (text: string) => boolean;
}

/** What an entry without a value becomes: it matches nothing. */
export const blankPattern: Pattern = { source: '', found: () => false };

/** Compiles with the syntax and the linear running time of Go's regexp package. */
export function compilePattern(source: string): Pattern | { readonly problem: string } {
  try {
    const compiled = RE2JS.compile(source);
    return { source, found: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSException) return { problem: error.message };
    throw error;
  }
}

/** Whether any of the patterns is found in the text. */
export function anyFound(patterns: readonly Pattern[], text: string): boolean {
  return patterns.some((pattern) => pattern.found(text));
}
