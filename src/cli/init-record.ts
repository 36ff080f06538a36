import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../change/problems.ts';
import type { InstalledAgent } from '../outside/agents/install/agent-install.ts';
import { pathOf, spotOf, type Here, type Spot } from './init-place.ts';
import { spotsOfOldRecord } from './init-record-old.ts';
import type { Step } from './init-step.ts';

/** One thing that `init` did, at a place that can be reached now. */
export interface Entry {
  readonly kind: Step['kind'] | 'folder';
  readonly path: string;
  /** Of a file that was moved: where it was. */
  readonly from: string | null;
  readonly sha256: string | null;
  /** For a file that is shared with others: whose hooks were put in, and its text before; null when there was none. */
  readonly agent?: InstalledAgent;
  readonly before?: string | null;
}

/** One thing that `init` did, and that must not be touched from here. */
export interface AwayEntry {
  readonly away: string;
  readonly stored: Stored;
}

/** What `init` did, kept in the git directory so that `--undo` can take it back exactly. */
export interface InitRecord {
  readonly entries: readonly Entry[];
  readonly away: readonly AwayEntry[];
}

/** An entry as it is written down: by what its file belongs to, not where that was. */
interface Stored extends Omit<Entry, 'path' | 'from'> {
  readonly spot: Spot;
  readonly fromSpot: Spot | null;
}

/** Reads what `init` did here; a record of an older form, too. */
export function readRecord(folder: string, here: Here): InitRecord {
  const entries: Entry[] = [];
  const away: AwayEntry[] = [];
  for (const stored of storedIn(recordFile(folder), here)) {
    const { spot, fromSpot, ...rest } = stored;
    const at = pathOf(spot, here);
    const from = fromSpot === null ? { path: null } : pathOf(fromSpot, here);
    if (!('away' in at) && !('away' in from)) {
      entries.push({ ...rest, path: at.path, from: from.path });
    } else if ('away' in at && !at.gone) {
      away.push({ away: at.away, stored });
    }
  }
  return { entries, away };
}

/** Writes down what was done, readable by its user alone: texts from before may hold secrets. */
export function writeRecord(folder: string, record: InitRecord, here: Here): void {
  const entries: readonly Stored[] = [
    ...record.away.map(({ stored }) => stored),
    ...record.entries.map(({ path, from, ...rest }) => ({
      ...rest,
      spot: spotOf(path, here),
      fromSpot: from === null ? null : spotOf(from, here),
    })),
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(recordFile(folder), `${JSON.stringify({ version: 2, entries }, null, 2)}\n`, {
    mode: 0o600,
  });
}

/** The file of the record in its folder. */
export function recordFile(folder: string): string {
  return join(folder, 'init.json');
}

function storedIn(file: string, here: Here): readonly Stored[] {
  if (!existsSync(file)) return [];
  const found = parsed(readFileSync(file, 'utf8'));
  if (found?.version === 2 && found.entries.every(isStored)) return found.entries;
  if (found?.version === 1 && found.entries.every(isOld)) {
    const spots = spotsOfOldRecord(found.entries, here);
    return onceEach(found.entries).map(({ path, from, ...rest }) => ({
      ...rest,
      spot: spots(path),
      fromSpot: from === null ? null : spots(from),
    }));
  }
  throw new UserError(
    `${file} is damaged, so what init did is not known`,
    'Remove that file; then take the hooks back by hand: each has a line that names init.',
  );
}

/** The first form could hold two entries for one file: a file that we made is ours whole, whatever came later. */
function onceEach(entries: readonly Entry[]): readonly Entry[] {
  const made = new Set(entries.flatMap(({ kind, path }) => (kind === 'write' ? [path] : [])));
  const both = new Set(
    entries.flatMap(({ kind, path }) => (kind === 'merge' && made.has(path) ? [path] : [])),
  );
  return entries.flatMap((entry) => {
    if (!both.has(entry.path) || entry.kind === 'folder' || entry.kind === 'move') return [entry];
    return entry.kind === 'write' ? [] : [{ ...entry, before: null }];
  });
}

function parsed(text: string): { version: unknown; entries: readonly unknown[] } | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isFields(value) || !Array.isArray(value['entries'])) return null;
    return { version: value['version'], entries: value['entries'] };
  } catch {
    return null; // not JSON: the caller says that it is damaged
  }
}

/** The first form of the record held absolute paths. */
function isOld(value: unknown): value is Entry {
  if (!isFields(value) || typeof value['path'] !== 'string') return false;
  return isText(value['from']) && hasTexts(value);
}

function isStored(value: unknown): value is Stored {
  if (!isFields(value) || !isSpot(value['spot'])) return false;
  return (value['fromSpot'] === null || isSpot(value['fromSpot'])) && hasTexts(value);
}

function hasTexts({ kind, sha256, before = null }: Fields): boolean {
  const known = ['write', 'merge', 'move', 'folder'].some((one) => one === kind);
  return known && isText(sha256) && isText(before);
}

function isSpot(value: unknown): value is Spot {
  if (!isFields(value) || typeof value['path'] !== 'string') return false;
  if (value['in'] === 'tree') return typeof value['tree'] === 'string';
  return value['in'] === 'git' || (value['in'] === 'outside' && typeof value['for'] === 'string');
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
