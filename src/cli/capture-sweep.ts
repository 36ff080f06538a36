import type { Author } from '../capture/author.ts';
import { hashedLines } from '../capture/line.ts';
import type { HookEvent } from '../suggestion/event.ts';
import { commandRuns, type Bracket } from '../capture/book.ts';
import { sessionOfEvent, settleProposals } from './capture-calls.ts';
import type { Ledger } from './capture-ledger.ts';
import { changedAtOnDisk, look, lookAround, type Looked } from './capture-look.ts';
import { setState, stateOf } from './capture-states.ts';

/** Clocks of files and of processes differ by a little; no agent gets from its answer to a write in less. */
export const clockSlackMs = 5;

/** Who wrote, and where the paths of what was written go. */
export interface Written {
  readonly author: Author;
  readonly written: string[];
}

/** A call that has ended, and the question that opened it; null when nobody was asked. */
export interface Edited extends Written {
  readonly paths: readonly string[];
  readonly bracket: Bracket | null;
}

/** The files an edit named. What the person changed in the proposal before it was written is the person's. */
export async function lookAtEdited(
  ledger: Ledger,
  event: HookEvent,
  { author, paths, bracket, written }: Edited,
): Promise<void> {
  const texts = await committed(ledger, paths);
  const byPerson = event.userModified && !commandRuns(ledger.book, ledger.now.at);
  for (const path of paths) {
    const baseline = hashedLines(texts.get(path) ?? '') ?? [];
    // Anybody can call the hook; a person can only have changed what was asked for, and no command may be who says so.
    const by = byPerson && bracket?.paths?.includes(path) === true ? 'human' : author;
    if (look(ledger, path, { author: by, baseline }) !== null) written.push(path);
    const state = stateOf(ledger, path);
    if (state !== null) setState(ledger, settleProposals(state, event.callId));
  }
}

/** A command that wrote more files than these unpacked or generated something; the rest has no known author. */
const mostWritten = 2_000;

/** Everything that changed since the command began. */
export async function lookAtCommanded(
  ledger: Ledger,
  { author, from, written }: Written & { readonly from: number | null },
): Promise<readonly string[]> {
  const { dirtyFiles } = await import('./capture-dirty.ts');
  const dirty = await dirtyFiles(ledger.place);
  const paths = new Set([...dirty.paths, ...Object.keys(ledger.book.files)]);
  const since = (from ?? ledger.now.at) - 20;
  const changed = [...paths]
    .filter((path) => (changedAtOnDisk(ledger, path) ?? since) >= since)
    .slice(0, mostWritten);
  const texts = await committed(ledger, changed);
  for (const path of changed) {
    const baseline = hashedLines(texts.get(path) ?? '') ?? [];
    if (look(ledger, path, { author, baseline }) !== null) written.push(path);
  }
  return dirty.why === null ? [] : [`files that the command wrote were not found: ${dirty.why}`];
}

/** More files that are not committed and not known yet are not looked at in one moment; a hook has no time for more. */
const mostFresh = 500;

/** Known files, and those that are not committed: the first look at one says what was there before. */
export async function lookEverywhere(ledger: Ledger, event: HookEvent): Promise<readonly string[]> {
  const session = sessionOfEvent(ledger, event);
  const until = ledger.now.at + clockSlackMs;
  const looked = [...lookAround(ledger, { until })];
  const { dirtyFiles } = await import('./capture-dirty.ts');
  const { paths, why } = await dirtyFiles(ledger.place);
  const { lookedAll } = ledger.book;
  const unknown = paths.filter((path) => ledger.book.files[path] === undefined);
  const fresh = unknown.slice(0, mostFresh);
  const inTurn = session?.active === true ? session.turnAt : Infinity;
  const changed = new Set(
    fresh.filter((path) => lookedAll || (changedAtOnDisk(ledger, path) ?? 0) >= inTurn),
  );
  const texts = await committed(ledger, [...changed]);
  for (const path of fresh) {
    const text = changed.has(path) ? (texts.get(path) ?? '') : null;
    const baseline = text === null ? null : hashedLines(text);
    const found = look(ledger, path, { until, ...(baseline === null ? {} : { baseline }) });
    if (found !== null) looked.push(found);
  }
  ledger.book = { ...ledger.book, lookedAll: why === null && fresh.length === unknown.length };
  return gapRemarks(looked, event);
}

/** What was found that nobody had gated, for people to read. */
export function gapRemarks(looked: readonly (Looked | null)[], { agent }: HookEvent): string[] {
  return looked.flatMap((found) =>
    found?.author === 'gap' && found.lines > 0
      ? [
          `${found.path}: ${found.lines} lines changed while ${agent} or what it left running was at work, in no gated call`,
        ]
      : [],
  );
}

/** What files that nobody has looked at yet held when they were last committed; git is asked only for those. */
async function committed(
  ledger: Ledger,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const fresh = paths.filter((path) => stateOf(ledger, path) === null);
  if (fresh.length === 0) return new Map();
  const { textsAtHead } = await import('./capture-dirty.ts');
  return textsAtHead(ledger.place, ledger.now.head, fresh);
}
