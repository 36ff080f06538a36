import { quotable } from '../change/redact.ts';
import type { Commit, Person } from '../change/change.ts';
import { readBranch } from './branch-evidence.ts';
import { freeTextHits, hitsOf, trailerHitsOf } from './hits.ts';
import type { Hit } from './hits.ts';
import { readMessage } from './message.ts';
import type { Message, Part } from './message.ts';
import { readPerson } from './people-signals.ts';
import type { PersonHit } from './people-signals.ts';
import type { Claim, Coverage, Evidence } from './provenance.ts';

/** Pieces of evidence kept per commit; a message that holds more repeats itself. */
const evidenceLimit = 40;

/**
 * What one commit says about who wrote it: author, committer, trailers, marks in the text. No evidence is an
 * answer too, and never means human. A squash counts for what it covers: signs in some of its sections make it
 * mixed, signs in all of them make it AI-written, and the block a forge collects below says nothing new about
 * tools the sections name; a tool named there alone wrote an unknown part of it.
 */
export function readCommit(commit: Commit): readonly Evidence[] {
  const message = readMessage(commit.message);
  const spoken = [...hitsOf(message.whole), ...sectionHits(message)];
  const people = peopleHits(commit, spoken);
  const written = [...people, ...spoken].some(({ claim }) => claim === 'ai' || claim === 'mixed');
  const free = written
    ? []
    : [...freeTextHits(message.whole), ...overSections(message.sections, freeTextHits)];
  const hits = unique([...people, ...spoken, ...free, ...unreadHits(message)]);
  const own = hits
    .slice(0, evidenceLimit)
    .map((hit, index) => evidenceOf(hit, { commit, index, covers: { kind: 'commit' } }));
  return [...own, ...mergedBranch(commit)];
}

/** The author; else the committer, who took what somebody else wrote and changed an unknown part of it. */
function peopleHits({ author, committer }: Commit, spoken: readonly Hit[]): readonly Hit[] {
  const wrote = readPerson(author);
  if (wrote) return [identityHit(wrote, wrote.claim, { role: 'author', person: author })];
  const took = readPerson(committer);
  if (took?.claim !== 'ai' || spoken.some(({ claim }) => claim === 'ai')) return [];
  // aider marks the committer alone when it commits what the person had typed before.
  const claim = took.id === 'name/aider' ? 'unknown' : 'mixed';
  return [identityHit(took, claim, { role: 'committer', person: committer })];
}

function identityHit(
  hit: PersonHit,
  claim: Claim,
  { role, person }: { role: 'author' | 'committer'; person: Person },
): Hit {
  return {
    id: `${role}/${hit.id}`,
    kind: role === 'author' && hit.forgeAccount ? 'bot-account' : 'trailer',
    tool: hit.tool,
    model: hit.model,
    claim,
    confidence: hit.confidence,
    source: hit.source,
    text: `${role} ${person.name} <${person.email}>`,
    writer: true,
  };
}

/** Signs of the squashed parts, and what a forge collected below them. */
function sectionHits({ sections, collected }: Message): readonly Hit[] {
  const inside = overSections(sections, hitsOf);
  const known = new Set(inside.map(({ tool }) => tool));
  const below = trailerHitsOf(collected).filter((hit) => !(hit.writer && known.has(hit.tool)));
  return [...inside, ...below.map((hit) => asCollected(hit, sections.length))];
}

/** A forge collects writers from some of the commits without saying which. */
function asCollected(hit: Hit, sections: number): Hit {
  if (!hit.writer || hit.claim !== 'ai') return hit;
  const text = `${hit.text} (collected from ${sections} squashed commits)`;
  return { ...hit, claim: 'mixed', text };
}

/** Reads every section and says of each sign in how many it stands; only all of them together make it AI-written. */
function overSections(
  sections: readonly Part[],
  read: (part: Part) => readonly Hit[],
): readonly Hit[] {
  const found = sections.map(read);
  const whole = found.every((hits) => hits.some(({ claim }) => claim === 'ai'));
  const counts = new Map<string, number>();
  for (const hits of found)
    for (const key of new Set(hits.map(hitKey))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return unique(found.flat()).map((hit) => ({
    ...hit,
    claim: hit.claim === 'ai' && !whole ? 'mixed' : hit.claim,
    text: `${hit.text} (in ${counts.get(hitKey(hit)) ?? 0} of ${sections.length} squashed commits)`,
  }));
}

function unique(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const key = hitKey(hit);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function hitKey({ id, tool, model, claim }: Hit): string {
  return [id, tool, model, claim].join('\n');
}

/** A message that was not read to its end may hide a sign, and says so. */
function unreadHits({ unread }: Message): readonly Hit[] {
  if (unread === 0) return [];
  return [
    {
      id: 'message/unread',
      kind: 'text',
      tool: null,
      model: null,
      claim: 'unknown',
      confidence: 'low',
      source: 'limit of what is read of a message',
      text: `${unread} characters in the middle of the message were not read`,
      writer: false,
    },
  ];
}

/** The branch a merge brought in, by the subject that git and forges write. */
function mergedBranch(commit: Commit): readonly Evidence[] {
  if (commit.parents.length < 2) return [];
  const subject = commit.message.slice(0, 400).split(/[\r\n]/, 1)[0] ?? '';
  const [, pull, branch] =
    /^Merge (?:pull request #\d+ from [^\s/]+\/(\S+)|(?:remote-tracking )?branch '(?:origin\/)?([^']+)')/.exec(
      subject,
    ) ?? [];
  const name = pull ?? branch;
  return name === undefined ? [] : readBranch(name, commit.sha);
}

function evidenceOf(
  hit: Hit,
  { commit, index, covers }: { commit: Commit; index: number; covers: Coverage },
): Evidence {
  return {
    id: `${commit.sha.slice(0, 12)}:message:${index}`,
    kind: hit.kind,
    claim: hit.claim,
    tool: hit.tool,
    model: hit.model,
    confidence: hit.confidence,
    commit: commit.sha,
    covers,
    text: quotable(hit.text, 200),
    source: hit.source,
  };
}
