import type { Chunk } from './apply-chunks.ts';

/** What a patch does to one file, before anybody looked at the file. */
export type FilePatch =
  | { readonly kind: 'add'; readonly path: string; readonly content: string }
  | { readonly kind: 'delete'; readonly path: string }
  | {
      readonly kind: 'update';
      readonly path: string;
      readonly to: string | null;
      readonly chunks: readonly Chunk[];
    };

export interface PatchText {
  readonly files: readonly FilePatch[];
  readonly problems: readonly string[];
}

/** Files that one patch may name; what comes behind is said to be unread. */
export const patchFileLimit = 2_000;
