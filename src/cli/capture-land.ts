import { hash } from 'node:crypto';
import type { CarryIndex } from '../capture/carry.ts';
import { writeGitAiNote, writtenBy } from '../capture/git-ai-note.ts';
import {
  coverageOf,
  landedRef,
  writeLanded,
  type Coverage,
  type Landed,
} from '../capture/landed.ts';
import {
  ownIdentity,
  readChange,
  readNotes,
  readPatchIds,
  writeNotes,
  type NewNote,
  type Repository,
} from '../outside/git/git.ts';
import { lastMove } from '../outside/journal/head.ts';
import { agentsHere } from './agents-here.ts';
import { attributeChange } from './capture-attribute.ts';
import { checkpoint, placeOfRepository } from './capture-checkpoint.ts';
import { withLedger, type Ledger } from './capture-ledger.ts';
import { carrySources, landedOf } from './capture-sources.ts';
import { version } from './version.ts';

export interface Landing {
  readonly commit: string;
  /** Commits it was made from by an amend or a rebase. */
  readonly olds: readonly string[];
  /** It was made from this work tree just now. */
  readonly fresh: boolean;
  /** What other commits say, where it was read already. */
  readonly index?: CarryIndex;
}

/** What became of it, for people to read. */
export interface LandedReport {
  readonly coverage: Coverage | null;
  /** Why there is no note, or what it could not say. */
  readonly problems: readonly string[];
}

/** Attributes a commit's lines, writes both notes for it and puts that into the journal. */
export async function landCommit(
  repository: Repository,
  landing: Landing,
  now: Date,
): Promise<LandedReport> {
  const place = placeOfRepository(repository);
  const [change, index, before, patchIds] = await Promise.all([
    readChange(repository, { kind: 'commit', commit: landing.commit }),
    landing.index ?? carrySources(repository, landing.olds),
    landedOf(repository, [landing.commit]),
    readPatchIds(repository, [landing.commit]),
  ]);
  const problems: string[] = [];
  let coverage: Coverage | null = null;
  const agentHere = landing.fresh && agentsHere().length > 0;
  const recorded = await withLedger(place, { now, agentHere }, async (ledger) => {
    if (landing.fresh) {
      ownCommit(ledger, change.base);
      checkpoint(ledger, change.files);
    }
    const patchId = patchIds.get(landing.commit) ?? null;
    const noted = before.get(landing.commit) ?? null;
    const attributed = attributeChange(change.files, {
      ledger: landing.fresh ? ledger : null,
      noted,
      index,
      patchId,
    });
    const landed: Landed = {
      commit: landing.commit,
      at: change.commits.find(({ sha }) => sha === landing.commit)?.committedAt ?? 0,
      patchId,
      journal: {
        id: ledger.journalId,
        n: ledger.journal?.n ?? 0,
        hash: ledger.journal?.hash ?? '',
      },
      damage: landing.fresh ? ledger.book.damage : (noted?.damage ?? []),
      ...attributed,
    };
    coverage = coverageOf(landed);
    if (saysNothing(landed, coverage)) return [];
    problems.push(...(await note(repository, { landed, ledger, now, olds: landing.olds })));
    return [];
  });
  if (!recorded.recorded) problems.push(recorded.why ?? 'not recorded');
  return { coverage, problems };
}

/** HEAD moved by the very commit that is attributed: what is in the work tree was not brought by git. */
function ownCommit(ledger: Ledger, parent: string | null): void {
  const move = lastMove(ledger.place);
  const own = move !== null && /^commit(?: \((?:initial|amend)\))?$/.test(move);
  const known = ledger.book.head;
  const follows = known === parent || known === 'unborn' || /amend/.test(move ?? '');
  if (own && follows) ledger.now = { ...ledger.now, head: known };
}

function saysNothing({ damage }: Landed, { ai, human, ungated }: Coverage): boolean {
  return ai + human + ungated === 0 && damage.length === 0;
}

interface Noting {
  readonly landed: Landed;
  readonly ledger: Ledger;
  readonly now: Date;
  readonly olds: readonly string[];
}

async function note(
  repository: Repository,
  { landed, ledger, now, olds }: Noting,
): Promise<readonly string[]> {
  const text = writeLanded(landed);
  const gitAi = await gitAiNote(repository, landed);
  const { name, email } = ownIdentity(repository);
  const why = await writeNotes(
    repository,
    [{ ref: landedRef, commit: landed.commit, text }, ...gitAi.notes],
    {
      by: { name: name ?? 'hallmonitor', email: email ?? 'hallmonitor@localhost' },
      at: now,
      says: `Who wrote the lines of ${landed.commit.slice(0, 12)}`,
    },
  );
  if (why !== null) return [`the notes could not be written (${why})`];
  ledger.entries.push({
    kind: 'landed',
    commit: landed.commit,
    patchId: landed.patchId,
    note: hash('sha256', text),
    coverage: coverageOf(landed),
    ...(olds.length === 0 ? {} : { from: olds.slice(0, 100) }),
  });
  ledger.book = { ...ledger.book, damage: [] };
  return gitAi.problems;
}

/** A note that git-ai itself wrote stays as it is. */
async function gitAiNote(
  repository: Repository,
  landed: Landed,
): Promise<{ readonly notes: readonly NewNote[]; readonly problems: readonly string[] }> {
  const ref = 'refs/notes/ai';
  const there = await readNotes(repository, [landed.commit], [ref]);
  const foreign = there.some(
    (one) => one.ref === ref && !one.text.includes(`"git_ai_version": "${writtenBy} `),
  );
  if (foreign) return { notes: [], problems: [] };
  // That nobody else was at work is not enough for its readers, to whom a person's line was seen being typed.
  const { text, problems } = writeGitAiNote(landed, { version: version(), human: null });
  const says = !text.startsWith('---');
  return { notes: says ? [{ ref, commit: landed.commit, text }] : [], problems };
}
