/** What the command line asks of git. This folder is the only place that runs it. */
export { openRepository, openWorkTree, setting, type Repository } from './repository.ts';
export { mentionsIn } from './mentions.ts';
export { readChange } from './read-change.ts';
export type { ChangeRequest } from './endpoints.ts';
export { pathInRepository, readFilesAt } from './files.ts';
export { notesHere, readNotes } from './notes.ts';
export { recallPast } from './past-recall.ts';
export { readBlame } from './blame.ts';
export { readCommits, readCommitsByIds, type CommitReading } from './commits.ts';
export { aliasesOf, hasObject, isAncestor, pushedChange } from './pushes.ts';
export { defaultBranch, ownIdentity, resolveCommit } from './refs.ts';
export { earlierTexts } from './earlier-texts.ts';
export { commonDirectory } from './past-cache.ts';
export { countCommits } from './count-commits.ts';
export { nearbyReader } from './folders.ts';
export { readDirtyFiles } from './dirty-files.ts';
export { readPatches, readPatchIds } from './patches.ts';
export { readRecentNotes } from './recent-notes.ts';
export { writeNotes, type NewNote } from './write-notes.ts';
export { reword, whyNotReword } from './reword.ts';
export { mostChanges, readHistory } from './history.ts';
export { openFindingsStore, type GuardFindings } from './findings-store.ts';
export {
  openReplayStore,
  type ReplayStore,
  type Segment,
  type StoreOptions,
} from './replay-store.ts';
export { cutShort, firstParentLine } from './past.ts';
export { listFiles } from './list-files.ts';
export { searcher } from './search.ts';
export { addWorkCopy } from './work-copy.ts';
