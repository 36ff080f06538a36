import type { Document } from 'yaml';

/** Names of one document that may stand for others; more of them could unfold without end. */
const mostAliases = 50;

/** The value of a parsed document; an error where a name stands for nothing or for too much. */
export function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
