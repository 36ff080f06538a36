export type { Change, Commit, FileChange, Hunk, Gap } from './change/change.ts';
