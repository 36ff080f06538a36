import type { Person } from '../change/change.ts';
import type { ChangeSort, Mention } from './fact.ts';

/** Characters of a message that are read for this. */
const mostRead = 20_000;
const mostMentions = 12;

type Said = Pick<Mention, 'how' | 'target'>;

const id = '[0-9a-f]{7,64}';
const place = `(?:#|!|PR ?#?|pull request #?|MR ?!?|https?://[^\\s/]{1,100}/[^\\s]{1,200}/(?:pull|merge_requests)/)(\\d{1,9})\\b|(?:commit )?\\b(${id})\\b`;

/** What caused a fault, in the words developers use: `regression from #12`, `introduced in 1a2b3c4`, `broken by #7`. */
const caused = new RegExp(
  `\\b(?:regress(?:ion|ed)|introduced|broken?|caused|reintroduced|started failing|stopped working|fallout|bug)\\b[^\\n.;]{0,60}?\\b(?:in|by|from|since|with|after|of)\\b[^\\n.;#!]{0,20}?(?:${place})`,
  'gi',
);
const fixesTrailer = new RegExp(`^fixes: ?(?:commit )?(${id})\\b`, 'gim');
const follows = new RegExp(
  `\\bfollow(?:s|ing)?[- ]?up (?:to|of|for|on|from)\\b[^\\n.;#!]{0,20}?(?:${place})`,
  'gi',
);
const revertsCommit = new RegExp(
  `\\b(?:this|partially|partly)? ?(?:reverts?|reverting|backs? out|backed out) (?:the )?(?:changes? (?:made )?in )?(?:commits?|changeset) (${id})\\b`,
  'gi',
);
const revertsRequest =
  /^(?:this )?reverts (?:merge request |pull request |PR )?(?:[\w.-]{1,100}\/[\w.-]{1,100})?[#!](\d{1,9})\b/gim;
const revertSubject =
  /^(?:(?:[a-z]{2,12}(?:\([^()]{0,60}\))?!?: ?)?revert(?:ed|ing|s)?|back(?:ed|s)? out|undo)\b/i;
const reapplySubject =
  /^(?:[a-z]{2,12}(?:\([^()]{0,60}\))?!?: ?)?(?:re-?apply|re-?land|un-?revert|revert\s*:?\s*"?revert)\b/i;
/** Signs and pictures before the first word say nothing. */
const decoration = /^[^\p{L}\p{N}"]{1,12}/u;
const quotedSubject = /"(.{3,300})"/;
const idInSubject = new RegExp(`\\b(${id})\\b`, 'gi');
const numberInSubject = /(?:#|!)(\d{1,9})\b/g;

/** Which other changes a message names, and how. `whole`: it is the message of what landed itself. */
export function mentionsIn(message: string, whole: boolean): readonly Mention[] {
  const read = message.slice(0, mostRead).replaceAll('\r', '');
  const subject = subjectOf(read);
  const said: Said[] = [...reversals(read, subject), ...causes(read)];
  const seen = new Set<string>();
  return said
    .filter(({ how, target }) => !seen.has(`${how} ${target}`) && seen.add(`${how} ${target}`))
    .slice(0, mostMentions)
    .map((one) => ({ ...one, whole }));
}

/** The first line that names the work: below a merge's own subject it stands one paragraph lower. */
export function subjectOf(message: string): string {
  const lines = message.split('\n', 20).filter((line) => line.trim() !== '');
  const [first = '', second] = lines;
  const isMerge = /^merge (?:pull request|branch|remote-tracking|commit|tag)\b/i.test(first);
  return (isMerge ? (second ?? first) : first).trim().slice(0, 400);
}

function reversals(message: string, subject: string): readonly Said[] {
  const plain = subject.replace(decoration, '');
  const restores = reapplySubject.test(plain);
  const how = restores ? 'restores' : 'reverts';
  const bySubject = restores || saysReversal(subject);
  const targets = [
    ...groups(message, revertsCommit),
    ...groups(message, revertsRequest).map((number) => `#${number}`),
  ];
  if (!bySubject) return targets.map((target) => ({ how: 'reverts' as const, target }));
  return [...targets, ...namedInSubject(subject)].map((target) => ({ how, target }));
}

/** What the subject of a reversal names: a number, an id, another subject, or `the last commit`. */
function namedInSubject(subject: string): readonly string[] {
  const quoted = quotedSubject.exec(subject)?.[1];
  const rest = subject.replace(quotedSubject, '').replace(/\(#\d{1,9}\)\s*$/, '');
  const merged = /^merge pull request (#\d{1,9})/i.exec(quoted ?? '')?.[1];
  const unquoted = rest.replace(revertSubject, '').replace(/^[\s:"']+|[\s"']+$/g, '');
  const found = [
    ...groups(rest, numberInSubject).map((number) => `#${number}`),
    ...groups(rest, idInSubject).filter((one) => /\d/.test(one)),
    ...(merged === undefined ? [] : [merged]),
    ...(quoted === undefined ? [] : [`"${quoted}"`]),
  ];
  if (found.length > 0) return found;
  if (lastOne.test(unquoted)) return [theOneBefore];
  return unquoted.length < fewestCharacters ? [] : [`"${unquoted}"`];
}

/** Stands for the change right before. */
export const theOneBefore = '^';
const lastOne =
  /^(?:the |my |this )?(?:last|previous)(?: (?:commit|change|patch|one|checkin))?\b.{0,5}$/i;
/** A shorter subject is shared by many changes. */
const fewestCharacters = 12;

/** Whether a subject says that something is taken back. */
export function saysReversal(subject: string): boolean {
  return revertSubject.test(subject.replace(decoration, '')) || /\brevert "/i.test(subject);
}

function causes(message: string): readonly Said[] {
  return [
    ...groups(message, fixesTrailer).map((target) => ({ how: 'blames' as const, target })),
    ...places(message, caused).map((target) => ({ how: 'blames' as const, target })),
    ...places(message, follows).map((target) => ({ how: 'follows' as const, target })),
  ];
}

function groups(text: string, pattern: RegExp): readonly string[] {
  return matches(text, pattern).map((match) => (match[1] ?? '').toLowerCase());
}

function places(text: string, pattern: RegExp): readonly string[] {
  return matches(text, pattern)
    .map(([, number, commit]) => (number === undefined ? (commit ?? '') : `#${number}`))
    .filter((target) => target.startsWith('#') || /\d/.test(target));
}

function matches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(match);
    if (found.length >= mostMentions) break;
  }
  return found;
}

const release =
  /^(?:(?:chore|build|ci)(?:\([^()]{0,60}\))?!?: ?)?(?:release\b|version packages|(?:bump|set|prepare|update|copy)\b.{0,30}\b(?:version|release)|publish\b|v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?\b)/i;
const dependencies =
  /^(?:[a-z]{2,12}\((?:deps|deps-dev|dependencies|dev-deps)\)|deps(?:\([^()]{0,60}\))?:|(?:[a-z]{2,12}(?:\([^()]{0,60}\))?!?: ?)?(?:bump|upgrade|update|pin)\b.{1,120}\b(?:from .{1,60} to |to v?\d|dependenc|action to|digest))/i;
const updater = /\b(?:renovate|dependabot|greenkeeper|pyup|snyk)[-\w]{0,20}\b/i;
const experiment =
  /^(?:[a-z]{2,12}(?:\([^()]{0,60}\))?!?: ?)?(?:wip\b|experiment|try(?:ing)?\b|poc\b|spike\b|debug(?:ging)?\b|temp(?:orar(?:y|ily))?\b|test(?:ing)? (?:ci|deploy|build|release|workflow)|do not merge|dnm\b)/i;

/** What sort of change it is, by its subject and author: what a revert of it says about the product. */
export function sortOf(decorated: string, author: Person): ChangeSort {
  const subject = decorated.replace(decoration, '');
  if (updater.test(author.name) || updater.test(author.email)) return 'dependencies';
  if (release.test(subject)) return 'release';
  if (dependencies.test(subject)) return 'dependencies';
  return experiment.test(subject) ? 'experiment' : 'product';
}
