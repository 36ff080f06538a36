import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FactFinding } from '../../replay/fact.ts';
import { namesIn, readChecked, writeChecked } from './checked-files.ts';
import { storeFolder } from './replay-store.ts';
import type { StoreOptions } from './replay-store.ts';
import type { Repository } from './repository.ts';

/** What guards said about changes, by commit; null where they could not be asked. */
export type GuardFindings = Map<string, readonly FactFinding[] | null>;

/** Findings on the disk. All failures of the disk mean: not kept. */
export interface FindingsStore {
  readonly read: () => GuardFindings;
  /** Keeps what is new; nobody else's findings are touched. */
  readonly add: (findings: GuardFindings) => void;
}

const ending = '.findings';
/** With more files than this they are put into one. */
const mostFiles = 32;
const mostBytes = 1_000_000_000;

/** Opens the findings of a repository. Each writer writes files of its own, so that writers never meet. */
export function openFindingsStore(repository: Repository, options: StoreOptions): FindingsStore {
  const folder = storeFolder(repository, 'guards', options);
  function files(): readonly string[] {
    return namesIn(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, name));
  }
  function readAll(paths: readonly string[]): GuardFindings {
    return new Map(paths.flatMap((path) => entriesIn(readChecked(path))));
  }
  function write(findings: GuardFindings): void {
    const bytes = Buffer.from(JSON.stringify([...findings]));
    writeChecked(join(folder, `${randomUUID()}${ending}`), deflateRawSync(bytes, { level: 3 }));
  }
  return {
    read: () => readAll(files()),
    add(findings) {
      if (findings.size === 0) return;
      try {
        mkdirSync(folder, { recursive: true });
        write(findings);
        const paths = files();
        if (paths.length <= mostFiles) return;
        write(readAll(paths));
        for (const path of paths) rmSync(path, { force: true });
      } catch {
        // Read-only repositories and full disks: the next run asks again.
      }
    },
  };
}

function entriesIn(bytes: Uint8Array | null): [string, readonly FactFinding[] | null][] {
  if (bytes === null) return [];
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: mostBytes }).toString();
    // Its checksum says that this program wrote it, and the name of the folder that this version did.
    return JSON.parse(text) as [string, readonly FactFinding[] | null][];
  } catch {
    return []; // of another making
  }
}
