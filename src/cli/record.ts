import { hash } from 'node:crypto';
import { sessionOf } from '../capture/author.ts';
import type { Book } from '../capture/book.ts';
import { landedRef } from '../capture/landed.ts';
import { hasObject, openRepository, readNotes, type Repository } from '../outside/git/git.ts';
import { placeOfRepository } from './capture-checkpoint.ts';
import { isRecorded, readJournal, type OwnJournal } from './capture-journal.ts';
import { foundDamage, knownDamage, openLedger, type Ledger } from './capture-ledger.ts';
import { beingWritten, readSteadily } from './capture-steady.ts';
import { knownStates } from './capture-states.ts';
import { named } from './capture-names.ts';
import { toolWord } from '../capture/author.ts';
import { count, plain } from './plain.ts';
import { printJson } from './print.ts';

export interface RecordOptions {
  readonly repo: string;
  readonly format: string;
}

/** `record show`: sessions, what they wrote that is still in the work tree, and holes. */
export async function showRecord({ repo, format }: RecordOptions): Promise<number> {
  const place = placeOfRepository(await openRepository(repo));
  if (!isRecorded(place)) {
    if (format === 'json') printJson({ schema: showSchema, recorded: false });
    else process.stdout.write('Nothing is recorded here yet: no agent has called the hook.\n');
    return 0;
  }
  const { result, steady } = await readSteadily(
    place,
    () => {
      const ledger = openLedger(place, { now: new Date() });
      return { ledger, seen: overview(ledger), own: readJournal(place) };
    },
    ({ ledger, own }) => foundDamage(ledger) || own.chain.problems.length > 0,
  );
  const damage = steady ? result.seen.damage : knownDamage(result.ledger);
  const journal = { ...journalFacts(result.own), ...(steady ? {} : { problems: [] }) };
  const shown = { ...result.seen, damage, journal };
  if (format === 'json') printJson({ schema: showSchema, recorded: true, ...shown });
  else process.stdout.write(`${showLines(shown).join('\n')}\n`);
  if (!steady) process.stderr.write(`The record was not checked: ${beingWritten}\n`);
  return 0;
}

const showSchema = 'hallmonitor/record/v1';

interface Overview {
  readonly sessions: readonly {
    readonly id: string;
    readonly tool: string | null;
    readonly model: string | null;
    readonly atWork: boolean;
    readonly calls: number;
    readonly subagents: number;
    readonly lastAt: string;
    /** Lines of watched files that it wrote. */
    readonly lines: number;
  }[];
  readonly files: number;
  readonly lines: { readonly ai: number; readonly human: number; readonly ungated: number };
  readonly damage: Book['damage'];
}

function overview(ledger: Ledger): Overview {
  const authors = knownStates(ledger).flatMap(({ lines }) => lines.map(({ author }) => author));
  const bySession = new Map<string, number>();
  for (const author of authors) {
    const key = sessionOf(author);
    if (key !== null) bySession.set(key, (bySession.get(key) ?? 0) + 1);
  }
  return {
    sessions: ledger.book.sessions.map((session) => ({
      id: session.key,
      ...named({ tool: toolWord(session.agent), model: session.model, conversation: '' }),
      atWork: session.active,
      calls: session.calls,
      subagents: session.subagents.length,
      lastAt: new Date(session.lastAt).toISOString(),
      lines: bySession.get(session.key) ?? 0,
    })),
    files: Object.keys(ledger.book.files).length,
    lines: {
      ai: authors.filter((author) => sessionOf(author) !== null).length,
      human: authors.filter((author) => author === 'human').length,
      ungated: authors.filter((author) => author === 'gap').length,
    },
    damage: ledger.book.damage,
  };
}

interface JournalFacts {
  readonly records: number;
  readonly commits: number;
  readonly problems: readonly string[];
}

function journalFacts({ chain, notes }: OwnJournal): JournalFacts {
  return { records: chain.records.length, commits: notes.size, problems: chain.problems };
}

/** Sessions that are listed; `--format json` has them all. */
const mostShown = 12;

function showLines({
  sessions,
  files,
  lines,
  damage,
  journal,
}: Overview & { readonly journal: JournalFacts }): readonly string[] {
  const rest = sessions.length - mostShown;
  return [
    `${count(files, 'file')} watched; lines of agents ${lines.ai}, of people ${lines.human}, ungated ${lines.ungated}`,
    `Journal: ${count(journal.records, 'record')}, ${count(journal.commits, 'commit')}; ${journal.problems.length === 0 ? 'its chain holds' : 'ITS CHAIN DOES NOT HOLD (hallmonitor record verify)'}`,
    ...damage.map(
      ({ kind, what }) => `${kind === 'missing' ? 'Missing' : 'Altered'}: ${plain(what)}`,
    ),
    '',
    ...sessions.slice(0, mostShown).map((session) => {
      const model = session.model === null ? '' : ` ${session.model}`;
      const state = session.atWork ? ', at work' : '';
      return `  ${session.id}  ${plain(`${session.tool ?? 'an agent'}${model}`)}: ${count(session.calls, 'call')}, ${count(session.lines, 'line')}${state}, last ${session.lastAt.slice(0, 16).replace('T', ' ')} UTC`;
    }),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

/** `record verify`: exit 1 when a part of the record is missing or altered. */
export async function verifyRecord({ repo, format }: RecordOptions): Promise<number> {
  const repository = await openRepository(repo);
  const { result, steady } = await readSteadily(
    placeOfRepository(repository),
    () => heldTogether(repository),
    ({ problems }) => problems.length > 0,
  );
  const { own } = result;
  const problems = steady ? result.problems : [`not checked: ${beingWritten}`];
  const { records, commits } = journalFacts(own);
  if (format === 'json') {
    const { startsLate } = own.chain;
    printJson({ schema: 'hallmonitor/record-verify/v1', records, commits, startsLate, problems });
  } else {
    const older = own.chain.startsLate ? ' Older records were let go.' : '';
    const lines =
      problems.length === 0
        ? [`${count(records, 'record')}, ${count(commits, 'commit')}: the record is whole.${older}`]
        : [
            steady ? 'The record does not hold:' : 'The record could not be checked:',
            ...problems.slice(0, 50).map((problem) => `  · ${plain(problem)}`),
          ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

/** The journal, the notes and what is known of files, each held against the others. */
async function heldTogether(
  repository: Repository,
): Promise<{ readonly own: OwnJournal; readonly problems: readonly string[] }> {
  const place = placeOfRepository(repository);
  const own = readJournal(place);
  const commits = [...own.notes.keys()];
  const notes = await readNotes(repository, commits, [landedRef]);
  const found = new Map(
    notes
      .filter(({ ref }) => ref === landedRef)
      .map(({ commit, text }) => [commit, hash('sha256', text)]),
  );
  const there = await withoutGone(repository, commits, new Set(found.keys()));
  const ledger = openLedger(place, { now: new Date() });
  knownStates(ledger);
  const problems: readonly string[] = [
    ...own.chain.problems,
    ...ledger.book.damage.map(
      ({ kind, what }) => `${kind === 'missing' ? 'missing' : 'altered'}: ${what}`,
    ),
    ...there.flatMap((commit) => {
      const digest = found.get(commit);
      if (digest === undefined) return [`the note of ${commit.slice(0, 12)} is missing`];
      return digest === own.notes.get(commit)
        ? []
        : [`the note of ${commit.slice(0, 12)} was altered`];
    }),
  ];
  return { own, problems };
}

/** Commits without a note that are asked about one by one. */
const mostAsked = 500;

/** Commits that an amend or a rebase replaced go some day, and their notes with them. */
async function withoutGone(
  repository: Repository,
  commits: readonly string[],
  noted: ReadonlySet<string>,
): Promise<readonly string[]> {
  const kept: string[] = [];
  let left = mostAsked;
  for (const commit of commits) {
    if (noted.has(commit) || left-- <= 0 || (await hasObject(repository, commit)))
      kept.push(commit);
  }
  return kept;
}
