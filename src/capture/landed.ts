import { readAuthor, sessionOf, wasGated, type Author } from './author.ts';
import type { Damage, JournalHead } from './book.ts';
import { pieces } from './file-state.ts';
import { asList, asRecord, parseJson, type JsonRecord } from '../provenance/json.ts';
import { numberOf, textOf } from './reading.ts';

/** Who wrote the lines a commit added, as it is kept beside the commit. */
export interface Landed {
  readonly commit: string;
  /** Unix seconds when it was committed; nothing older can hold lines that are its. */
  readonly at: number;
  /** `git patch-id --stable` of the commit; null when it has none. */
  readonly patchId: string | null;
  /** The journal that has it, and how long that was. */
  readonly journal: JournalHead;
  readonly files: readonly LandedFile[];
  readonly sessions: Readonly<Record<string, LandedSession>>;
  /** What of the record was missing or altered when the commit was made. */
  readonly damage: readonly Damage[];
  /** Not all lines are told apart by their hashes; there were too many. */
  readonly cut: boolean;
}

export interface LandedFile {
  readonly path: string;
  /** All lines that the commit added to the file, in order. */
  readonly runs: readonly LandedRun[];
}

export interface LandedRun {
  /** 1-based, inclusive, in the file as committed. */
  readonly from: number;
  readonly to: number;
  readonly author: Author;
  /** The commit that the answer was carried over from; null when it was seen as it was written. */
  readonly via: string | null;
  /** Hashes of the lines, by which other commits find them again; empty where nobody will look. */
  readonly lines: readonly string[];
}

/** Enough to name tool, model and conversation. */
export interface LandedSession {
  readonly tool: string;
  readonly conversation: string;
  readonly model: string | null;
}

export const landedSchema = 'hallmonitor/landed/v1';

/** Reference of the notes that hold it. */
export const landedRef = 'refs/notes/hallmonitor';

/** Lines whose hashes are kept with one commit; lines beyond are kept by their numbers only. */
export const mostHashedLines = 20_000;

/** More added lines of one commit are not attributed, and not believed of a note. */
export const mostLandedLines = 100_000;

/** Longest note that is read. */
const mostCharacters = 4 * 2 ** 20;

/** What stands in the note, the same for the same landing. */
export function writeLanded(landed: Landed): string {
  let left = mostHashedLines;
  const files = landed.files.map(({ path, runs }) => ({
    path,
    runs: runs.map(({ from, to, author, via, lines }) => {
      const kept = lines.length <= left ? lines : [];
      left -= kept.length;
      return {
        at: from === to ? `${from}` : `${from}-${to}`,
        by: author,
        ...(via === null ? {} : { via }),
        ...(kept.length === 0 ? {} : { lines: kept.join('') }),
      };
    }),
  }));
  const { commit, at, patchId, journal, sessions, damage } = landed;
  const json = {
    schema: landedSchema,
    commit,
    at,
    patchId,
    journal,
    sessions,
    coverage: coverageOf(landed),
    ...(damage.length === 0 ? {} : { damage }),
    ...(landed.cut || left < 0 ? { cut: true } : {}),
    files,
  };
  return `${JSON.stringify(json, null, 1)}\n`;
}

/** Added lines by how they came. */
export interface Coverage {
  readonly added: number;
  readonly ai: number;
  readonly human: number;
  /** Written while an agent was at work, in no call that was gated. */
  readonly ungated: number;
  readonly unknown: number;
}

/** How much of what a commit added is accounted for. */
export function coverageOf({ files }: Pick<Landed, 'files'>): Coverage {
  const sum = { added: 0, ai: 0, human: 0, ungated: 0, unknown: 0 };
  for (const { from, to, author } of files.flatMap(({ runs }) => runs)) {
    const lines = to - from + 1;
    sum.added += lines;
    if (sessionOf(author) !== null) {
      sum.ai += lines;
      if (!wasGated(author)) sum.ungated += lines;
    } else if (author === 'human') sum.human += lines;
    else {
      sum.unknown += lines;
      if (author === 'gap') sum.ungated += lines;
    }
  }
  return sum;
}

/** A note read back; null when it is not one of ours, or not of this commit. */
export function readLanded(text: string, commit: string): Landed | null {
  const json = text.length > mostCharacters ? null : asRecord(parseJson(text));
  if (json?.['schema'] !== landedSchema || json['commit'] !== commit) return null;
  const journal = asRecord(json['journal']);
  const files = asList(json['files']).flatMap((file) => fileIn(asRecord(file)));
  const { added } = coverageOf({ files });
  const tooMany = added > mostLandedLines;
  return {
    commit,
    at: numberOf(json['at']) ?? 0,
    patchId: textOf(json['patchId']),
    journal: {
      id: textOf(journal?.['id']) ?? '',
      n: numberOf(journal?.['n']) ?? 0,
      hash: textOf(journal?.['hash']) ?? '',
    },
    files: tooMany ? [] : files,
    sessions: sessionsIn(asRecord(json['sessions'])),
    damage: asList(json['damage']).map((one) => ({
      kind: asRecord(one)?.['kind'] === 'missing' ? ('missing' as const) : ('broken' as const),
      what: textOf(asRecord(one)?.['what']) ?? 'the record',
    })),
    cut: tooMany || json['cut'] === true,
  };
}

function fileIn(json: JsonRecord | null): readonly LandedFile[] {
  const path = textOf(json?.['path']);
  if (json === null || path === null) return [];
  return [{ path, runs: asList(json['runs']).flatMap((run) => runIn(asRecord(run))) }];
}

function runIn(json: JsonRecord | null): readonly LandedRun[] {
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(textOf(json?.['at']) ?? '') ?? [];
  if (json === null || first === undefined) return [];
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  const lines = json['lines'] === undefined ? [] : pieces(json['lines']);
  if (from < 1 || to < from || lines === null) return [];
  if (lines.length > 0 && lines.length !== to - from + 1) return [];
  return [{ from, to, author: readAuthor(json['by']), via: textOf(json['via']), lines }];
}

function sessionsIn(json: JsonRecord | null): Landed['sessions'] {
  return Object.fromEntries(
    Object.entries(json ?? {})
      .slice(0, 1_000)
      .map(([key, value]) => {
        const session = asRecord(value);
        const tool = textOf(session?.['tool']) ?? 'unknown';
        const conversation = textOf(session?.['conversation']) ?? '';
        return [key, { tool, conversation, model: textOf(session?.['model']) }];
      }),
  );
}
