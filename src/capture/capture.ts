/** The nouns of the record: who wrote which line of a file, and what is known of the sessions that did. */
export type { Author } from './author.ts';
export type { Book, JournalHead, Session } from './book.ts';
export type { FileState } from './file-state.ts';
export type { Entry, JournalRecord } from './journal.ts';
export type { Line } from './line.ts';
