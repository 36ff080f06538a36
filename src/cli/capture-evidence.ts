import { hash } from 'node:crypto';
import { damageFindings, ungatedFindings } from '../capture/coverage.ts';
import type { Damage } from '../capture/book.ts';
import { readLanded, type Landed } from '../capture/landed.ts';
import { landedEvidence } from '../capture/landed-evidence.ts';
import type { Change, Commit, Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import type { Repository } from '../outside/git/git.ts';
import type { Note } from '../outside/git/notes.ts';
import type { Evidence } from '../provenance/provenance.ts';
import { codeOf } from '../outside/journal/lock.ts';
import type { Place } from '../outside/journal/place.ts';
import { agentsHere } from './agents-here.ts';
import { attributeChange } from './capture-attribute.ts';
import { carriedOver } from './capture-carried.ts';
import { checkpoint, placeOfRepository } from './capture-checkpoint.ts';
import { isRecorded, readJournal, type OwnJournal } from './capture-journal.ts';
import { named } from './capture-names.ts';
import { openLedger } from './capture-ledger.ts';
import { carrySources } from './capture-sources.ts';

/** What the record says of a change, and where it has holes. */
export interface RecordEvidence {
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
}

const nothing: RecordEvidence = { evidence: [], gaps: [], findings: [] };

export interface Noted {
  /** Our own notes of the commits. */
  readonly landed: readonly Note[];
  /** Commits that have a note of another program; they are not searched for elsewhere. */
  readonly attributed: ReadonlySet<string>;
}

/** What is recorded of commits. */
export async function recordOfCommits(
  repository: Repository,
  commits: readonly Commit[],
  { landed, attributed }: Noted,
): Promise<RecordEvidence> {
  const place = placeOfRepository(repository);
  const texts = new Map(landed.map(({ commit, text }) => [commit, text]));
  const { own, findings: unread } = ownJournal(place);
  const read = commits.map(({ sha }) => recordOf(sha, texts.get(sha) ?? null, own));
  const unseen = commits.filter(({ sha }) => !texts.has(sha) && !attributed.has(sha));
  const carried = await carriedOver(repository, unseen, (commit) => isOwn(commit, own));
  const broken = brokenChain(own, read);
  return {
    evidence: [...read.flatMap(({ evidence }) => evidence), ...carried.evidence],
    gaps: [...read.flatMap(({ gaps }) => gaps), ...carried.gaps],
    findings: [
      ...unread,
      ...read.flatMap(({ findings }) => findings),
      ...damageFindings([...read.flatMap(({ damage }) => damage), ...broken]),
      ...carried.findings,
    ],
  };
}

function ownJournal(place: Place): {
  readonly own: OwnJournal | null;
  readonly findings: readonly Finding[];
} {
  try {
    return { own: isRecorded(place) ? readJournal(place) : null, findings: [] };
  } catch (error) {
    return { own: null, findings: unreadable(error).findings };
  }
}

interface OneRecord extends RecordEvidence {
  readonly damage: readonly Damage[];
  readonly recorded: boolean;
}

/** The record of one commit, held against the journal. */
function recordOf(commit: string, text: string | null, own: OwnJournal | null): OneRecord {
  const expected = own?.notes.get(commit) ?? null;
  const what = `the note of ${commit.slice(0, 12)}`;
  if (text === null) {
    const damage: readonly Damage[] = expected === null ? [] : [{ kind: 'missing', what }];
    return { ...nothing, damage, recorded: expected !== null };
  }
  const landed = readLanded(text, commit);
  const fits = expected !== null && expected === hash('sha256', text);
  const damage: Damage[] = [...(landed?.damage ?? [])];
  if (expected !== null && !fits) damage.push({ kind: 'broken', what });
  if (landed === null) {
    const gaps = [{ what: `note on ${commit.slice(0, 9)}`, why: 'it is not understood' }];
    return { ...nothing, gaps, damage, recorded: expected !== null };
  }
  if (expected === null && own !== null && isLost(landed, own))
    damage.push({ kind: 'missing', what: `the journal's record of ${commit.slice(0, 12)}` });
  const trusted = fits && own?.chain.problems.length === 0;
  return {
    evidence: landedEvidence(landed.files, {
      commit,
      own: trusted,
      sessions: landed.sessions,
      named,
    }),
    gaps: landed.cut ? [{ what: `record of ${commit.slice(0, 9)}`, why: 'it was cut short' }] : [],
    findings: ungatedFindings(landed.files),
    damage,
    recorded: true,
  };
}

/** A note that says this very journal has it, while it does not. */
function isLost({ journal }: Landed, { chain }: OwnJournal): boolean {
  const first = chain.records[0]?.n ?? 0;
  return chain.head?.id === journal.id && journal.n >= first;
}

function isOwn(commit: string, own: OwnJournal | null): boolean {
  return own !== null && own.chain.problems.length === 0 && own.notes.has(commit);
}

/** A journal whose chain does not hold is told where something of the change rests on it. */
function brokenChain(own: OwnJournal | null, read: readonly OneRecord[]): readonly Damage[] {
  const [problem] = own?.chain.problems ?? [];
  if (problem === undefined || !read.some(({ recorded }) => recorded)) return [];
  return [{ kind: 'broken', what: `the journal (${problem})` }];
}

/** What the record says of lines that are not committed yet; nothing is written down. */
export async function recordOfUncommitted(
  repository: Repository,
  change: Change,
): Promise<RecordEvidence> {
  try {
    return await seenSoFar(repository, change);
  } catch (error) {
    return unreadable(error);
  }
}

/** A record that the disk does not give counts as one that was tampered with. */
function unreadable(error: unknown): RecordEvidence {
  if (codeOf(error) === 'unknown reason') throw error;
  const what = `the record cannot be read (${codeOf(error)})`;
  return { ...nothing, findings: damageFindings([{ kind: 'broken', what }]) };
}

async function seenSoFar(repository: Repository, change: Change): Promise<RecordEvidence> {
  const place = placeOfRepository(repository);
  if (!isRecorded(place)) return nothing;
  const agentHere = agentsHere().length > 0;
  const ledger = openLedger(place, { now: new Date(), agentHere });
  checkpoint(ledger, change.files);
  const index = await carrySources(repository);
  const { files, sessions, cut } = attributeChange(change.files, {
    ledger,
    noted: null,
    index,
    patchId: null,
  });
  const chain = readJournal(place).chain;
  const own = chain.problems.length === 0 && ledger.book.damage.length === 0;
  const [problem] = chain.problems;
  const broken: readonly Damage[] =
    problem === undefined ? [] : [{ kind: 'broken', what: `the journal (${problem})` }];
  return {
    evidence: landedEvidence(files, { commit: null, own, sessions, named }),
    gaps: cut ? [{ what: 'who wrote what', why: 'the change is too large' }] : [],
    findings: [...ungatedFindings(files), ...damageFindings([...ledger.book.damage, ...broken])],
  };
}
