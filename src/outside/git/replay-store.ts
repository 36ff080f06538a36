import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { namesIn, prune, readChecked, writeChecked } from './checked-files.ts';
import { commonDirectory } from './past-cache.ts';
import type { Repository } from './repository.ts';

/** Where facts are kept, and which kind. */
export interface StoreOptions {
  /** Null: in the repository's own git directory. */
  readonly directory: string | null;
  readonly version: string;
  /** Whose history it is and by what it was read: one folder may serve many repositories. */
  readonly origin: string;
}

/** A piece of history on the disk: the changes from one place to another, and the commit it ends with. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly last: string;
}

/** Pieces of facts, and what is needed to go on behind one. All failures of the disk mean: not kept. */
export interface ReplayStore {
  readonly segments: () => readonly Segment[];
  readonly read: (segment: Segment) => Uint8Array | null;
  readonly readState: (last: string) => Uint8Array | null;
  /** Keeps a piece and the state at its end; `replaced` is the shorter piece that it takes the place of. */
  readonly write: (segment: Segment, kept: Kept) => void;
}

export interface Kept {
  readonly facts: Uint8Array;
  readonly state: Uint8Array;
  readonly replaced: Segment | null;
}

/** States are large, and only the last one is gone on from; those before are for a branch that was set back. */
const statesKept = 3;
/** Longest piece that is believed, unpacked. */
const mostBytes = 2_000_000_000;

/** Opens the store of a repository. Writers never meet: each writes a file of its own and renames it into place. */
export function openReplayStore(repository: Repository, options: StoreOptions): ReplayStore {
  const folder = storeFolder(repository, 'replay', options);
  function nameOf({ from, to, last }: Segment): string {
    return join(folder, `${from}-${to}-${last}.facts`);
  }
  return {
    segments: () => namesIn(folder).flatMap(segmentOf),
    read: (segment) => inflated(readChecked(nameOf(segment))),
    readState: (last) => inflated(readChecked(join(folder, `${last}.state`))),
    write(segment, { facts, state, replaced }) {
      try {
        mkdirSync(folder, { recursive: true });
        writeChecked(join(folder, `${segment.last}.state`), deflateRawSync(state, { level: 1 }));
        writeChecked(nameOf(segment), deflateRawSync(facts, { level: 3 }));
        if (replaced !== null && replaced.last !== segment.last)
          rmSync(nameOf(replaced), { force: true });
        prune(folder, '.state', statesKept);
      } catch {
        // Read-only repositories and full disks: the next run reads the history again.
      }
    },
  };
}

/** The folder of one repository's history, apart from those of others in the same place. */
export function storeFolder(
  repository: Repository,
  kind: string,
  { directory, version, origin }: StoreOptions,
): string {
  const home = directory ?? join(commonDirectory(repository), 'hallmonitor');
  // A clone that was deepened since has other places.
  const marks = crc32([origin, ...[...repository.cutOff].sort()].join('\n'));
  return join(home, `${kind}-${version}-${marks.toString(16)}`);
}

function segmentOf(name: string): readonly Segment[] {
  const [, from, to, last] = /^(\d{1,9})-(\d{1,9})-([0-9a-f]{40,64})\.facts$/.exec(name) ?? [];
  if (from === undefined || to === undefined || last === undefined) return [];
  return [{ from: Number(from), to: Number(to), last }];
}

function inflated(bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null) return null;
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    return null; // it passed its checksum and is of another making
  }
}
