import type { Commit, Person } from '../change/change.ts';
import { trailersOf } from '../provenance/message.ts';
import { looksLikeBot } from '../people/bots.ts';
import type { ChangeFact } from './fact.ts';

/** Lines of a message that are read for this. */
const mostLines = 400;
const mostReviewers = 20;

/** How a change landed and under which number, by what forges write into messages. */
export function landingOf(commit: Commit): Pick<ChangeFact, 'landing' | 'request'> {
  const request = requestOf(commit.message);
  if (commit.parents.length > 1) return { landing: 'merge', request };
  const reviewed =
    request !== null ||
    /^(?:reviewed-on|differential revision|change-id): /im.test(commit.message.slice(0, 20_000));
  return { landing: reviewed ? 'squash' : 'direct', request };
}

const requestPatterns: readonly RegExp[] = [
  /^[^\n]*\((?:#|!|pull request #|PR #)(\d{1,9})\)\s*(?:\n|$)/i,
  /^Merge pull request #(\d{1,9})\b/,
  /^Merged? (?:in .{1,200} )?\(?pull request #(\d{1,9})\)?/i,
  /^See merge request \S{0,200}!(\d{1,9})\b/im,
  /^Pull Request resolved: \S{1,200}\/pull\/(\d{1,9})\b/im,
  /^PR-URL: \S{1,200}\/pull\/(\d{1,9})\b/im,
  /^Closes #(\d{1,9}) from \S/im,
];

/** Number of the pull or merge request that a message says it landed by. */
function requestOf(message: string): number | null {
  const read = message.slice(0, 20_000);
  for (const pattern of requestPatterns) {
    const number = pattern.exec(read)?.[1];
    if (number !== undefined) return Number(number);
  }
  return null;
}

const reviewKeys: ReadonlySet<string> = new Set(['reviewed-by', 'approved-by', 'acked-by', 'r']);
const contact = /^([^<>]{0,200}?)\s*<([^<>\s]{1,200})>/;

/** People whom messages name as reviewers; automation and those who wrote it are none. */
export function reviewersIn(
  messages: readonly string[],
  authors: ReadonlySet<string>,
): readonly Person[] {
  const found = new Map<string, Person>();
  for (const message of messages) {
    for (const { key, value } of trailersOf(message.split('\n', mostLines))) {
      if (!reviewKeys.has(key)) continue;
      const [, name, email] = contact.exec(value) ?? [undefined, value.trim().slice(0, 100), ''];
      const person = { name: (name ?? '').trim(), email: (email ?? '').toLowerCase() };
      const key2 = person.email || person.name.toLowerCase();
      if (key2 === '' || authors.has(person.email) || looksLikeBot(person)) continue;
      if (found.size < mostReviewers) found.set(key2, person);
    }
  }
  return [...found.values()];
}
