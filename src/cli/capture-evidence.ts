import { hash } from 'node:crypto';
import { damageFindings, ungatedFindings } from '../capture/coverage.ts';
import type { Damage } from '../capture/book.ts';
import { landedRef, readLanded, type Landed } from '../capture/landed.ts';
import { landedEvidence } from '../capture/landed-evidence.ts';
import type { Change, Commit, Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import { readNotes, type Repository } from '../outside/git/git.ts';
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
import { foundDamage, knownDamage, openLedger } from './capture-ledger.ts';
import { beingWritten, readSteadily } from './capture-steady.ts';
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
  const { result, steady } = await readSteadily(
    place,
    async () => {
      const held = heldAgainst(place, commits, landed);
      if (held.damage.length === 0) return held;
      // The notes were read before; whoever wrote since wrote both.
      const shas = commits.map(({ sha }) => sha);
      return heldAgainst(place, commits, await readNotes(repository, shas, [landedRef]));
    },
    ({ damage }) => damage.length > 0,
  );
  const { texts, own, unread, read } = result;
  const damage = [...read.flatMap(({ told }) => told), ...(steady ? result.damage : [])];
  const unseen = commits.filter(({ sha }) => !texts.has(sha) && !attributed.has(sha));
  const carried = await carriedOver(repository, unseen, (commit) => isOwn(commit, own));
  return {
    evidence: [...read.flatMap(({ evidence }) => evidence), ...carried.evidence],
    gaps: [...read.flatMap(({ gaps }) => gaps), ...carried.gaps, ...(steady ? [] : [unsteady])],
    findings: [
      ...unread,
      ...read.flatMap(({ findings }) => findings),
      ...damageFindings(damage),
      ...carried.findings,
    ],
  };
}

/** Commits and their notes, held against the journal. */
function heldAgainst(
  place: Place,
  commits: readonly Commit[],
  notes: readonly Note[],
): {
  readonly texts: ReadonlyMap<string, string>;
  readonly own: OwnJournal | null;
  readonly unread: readonly Finding[];
  readonly read: readonly OneRecord[];
  readonly damage: readonly Damage[];
} {
  const texts = new Map(
    notes.filter(({ ref }) => ref === landedRef).map(({ commit, text }) => [commit, text]),
  );
  const { own, findings: unread } = ownJournal(place);
  const read = commits.map(({ sha }) => recordOf(sha, texts.get(sha) ?? null, own));
  const damage = [...read.flatMap((one) => one.damage), ...brokenChain(own, read)];
  return { texts, own, unread, read, damage };
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
  /** What does not fit together now. */
  readonly damage: readonly Damage[];
  /** What was found when the commit was made, as its note says. */
  readonly told: readonly Damage[];
  readonly recorded: boolean;
}

/** The record of one commit, held against the journal. */
function recordOf(commit: string, text: string | null, own: OwnJournal | null): OneRecord {
  const expected = own?.notes.get(commit) ?? null;
  const what = `the note of ${commit.slice(0, 12)}`;
  if (text === null) {
    const damage: readonly Damage[] = expected === null ? [] : [{ kind: 'missing', what }];
    return { ...nothing, damage, told: [], recorded: expected !== null };
  }
  const landed = readLanded(text, commit);
  const fits = expected !== null && expected === hash('sha256', text);
  const damage: Damage[] = [];
  if (expected !== null && !fits) damage.push({ kind: 'broken', what });
  if (landed === null) {
    const gaps = [{ what: `note on ${commit.slice(0, 9)}`, why: 'it is not understood' }];
    return { ...nothing, gaps, damage, told: [], recorded: expected !== null };
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
    told: landed.damage,
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
  const index = await carrySources(repository);
  const { result, steady } = await readSteadily(
    place,
    () => {
      const ledger = openLedger(place, { now: new Date(), agentHere });
      checkpoint(ledger, change.files);
      const sources = { ledger, noted: null, index, patchId: null };
      return { ledger, ...attributeChange(change.files, sources), ...readJournal(place) };
    },
    ({ ledger, chain }) => foundDamage(ledger) || chain.problems.length > 0,
  );
  const { ledger, files, sessions, cut, chain } = result;
  const own = chain.problems.length === 0 && ledger.book.damage.length === 0;
  const [problem] = chain.problems;
  const broken: readonly Damage[] =
    problem === undefined ? [] : [{ kind: 'broken', what: `the journal (${problem})` }];
  const damage = steady ? [...ledger.book.damage, ...broken] : knownDamage(ledger);
  return {
    evidence: landedEvidence(files, { commit: null, own, sessions, named }),
    gaps: [
      ...(cut ? [{ what: 'who wrote what', why: 'the change is too large' }] : []),
      ...(steady ? [] : [unsteady]),
    ],
    findings: [...ungatedFindings(files), ...damageFindings(damage)],
  };
}

const unsteady: Gap = { what: 'the record of who wrote what', why: beingWritten };
