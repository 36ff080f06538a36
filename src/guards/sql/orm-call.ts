/** A call of a migration framework in TypeScript, JavaScript or Python, as far as it is written out. */
export interface OrmCall {
  readonly callee: string;
  /** Positional arguments that are plain strings; null for others. */
  readonly positional: readonly (string | null)[];
  readonly keywords: ReadonlyMap<string, string>;
  /** All arguments as they are written. */
  readonly given: string;
  /** Table whose block or chain the call stands in. */
  readonly around: string | null;
  /** The whole chain the call is a part of: `t.string('a').notNullable().alter()`. */
  readonly chain: string;
}

/** Whether a name is written out. */
export function named(value: string | null | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
