import { attributeLanding } from '../capture/attribute-landing.ts';
import { sessionOf, toolWord, type Author } from '../capture/author.ts';
import type { CarryIndex } from '../capture/carry.ts';
import {
  mostLandedLines,
  type Landed,
  type LandedFile,
  type LandedSession,
} from '../capture/landed.ts';
import type { FileChange } from '../change/change.ts';
import { type Ledger } from './capture-ledger.ts';
import { stateOf } from './capture-states.ts';

/** What may be known of the lines of a change. */
export interface AttributionSources {
  /** The record of this work tree; null where it says nothing about the change. */
  readonly ledger: Ledger | null;
  /** What is noted of the commit already. */
  readonly noted: Landed | null;
  readonly index: CarryIndex;
  readonly patchId: string | null;
}

export interface Attributed {
  readonly files: readonly LandedFile[];
  readonly sessions: Readonly<Record<string, LandedSession>>;
  /** Some files were left out because the change is too large. */
  readonly cut: boolean;
}

/** Who wrote the lines that a change adds. */
export function attributeChange(
  changed: readonly FileChange[],
  sources: AttributionSources,
): Attributed {
  const { ledger, noted, index, patchId } = sources;
  const twin = patchId === null ? null : (index.byPatch.get(patchId) ?? null);
  let left = mostLandedLines;
  const files = changed.flatMap((file) => {
    if (file.content !== 'text' || file.added === 0) return [];
    left -= file.added;
    if (left < 0) return [];
    const paths = file.oldPath === file.path ? [file.path] : [file.path, file.oldPath];
    const states = ledger === null ? [] : paths.flatMap((path) => stateOf(ledger, path) ?? []);
    const people = ledger === null || ledger.book.damage.length === 0;
    return [
      attributeLanding(file, { states, noted: notedOf(noted, file.path), index, twin, people }),
    ];
  });
  return { files, sessions: sessionsIn(files, sources), cut: left < 0 };
}

function notedOf(
  noted: Landed | null,
  path: string,
): ReadonlyMap<number, { readonly author: Author; readonly via: string | null }> {
  const runs = noted?.files.find((file) => file.path === path)?.runs ?? [];
  return new Map(
    runs.flatMap(({ from, to, author, via }) =>
      Array.from({ length: to - from + 1 }, (_, at) => [from + at, { author, via }] as const),
    ),
  );
}

/** The sessions that wrote any of the lines, from wherever they are known. */
function sessionsIn(
  files: readonly LandedFile[],
  { ledger, noted, index }: AttributionSources,
): Readonly<Record<string, LandedSession>> {
  const keys = new Set(
    files.flatMap(({ runs }) => runs.flatMap(({ author }) => sessionOf(author) ?? [])),
  );
  const here = new Map(
    (ledger?.book.sessions ?? []).map(({ key, agent, conversation, model }) => [
      key,
      { tool: toolWord(agent), conversation, model },
    ]),
  );
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const session = here.get(key) ?? noted?.sessions[key] ?? index.sessions[key];
      return session === undefined ? [] : [[key, session] as const];
    }),
  );
}
