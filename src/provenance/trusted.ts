import type { Commit } from '../change/change.ts';
import { asPerson, readMessage, trailersOf } from './message.ts';
import type { Trust } from './provenance.ts';
import { writerKeys } from './trailer-keys.ts';

/** Says of a commit whether a policy lets its lines without any evidence count as human. */
export type IsTrusted = (commit: string | null) => boolean;

/** Trusts a commit when its author and every co-author are named; what is not committed has no author to name. */
export function trustIn(trust: Trust, commits: readonly Commit[]): IsTrusted {
  if (trust.wholeRepository) return () => true;
  if (trust.emails.length === 0) return () => false;
  const emails = new Set(trust.emails.map((email) => email.trim().toLowerCase()));
  const trusted = new Set(
    commits
      .filter((commit) => writersOf(commit).every((email) => emails.has(email)))
      .map(({ sha }) => sha),
  );
  return (commit) => commit !== null && trusted.has(commit);
}

function writersOf({ author, message }: Commit): readonly string[] {
  const { whole, sections, collected } = readMessage(message);
  const lines = [whole, ...sections].flatMap((part) => part.lines);
  const written = trailersOf([...lines, ...collected])
    .filter(({ key }) => writerKeys.has(key))
    .map(({ value }) => asPerson(value).email);
  return [author.email, ...written].map((email) => email.trim().toLowerCase());
}
