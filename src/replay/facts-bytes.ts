import type { Person } from '../change/change.ts';
import { featureNames } from '../risk/features.ts';
import {
  newWriter,
  openReader,
  readCount,
  readId,
  readList,
  readNumber,
  readShort,
  readText,
  writeCount,
  writeId,
  writeList,
  writeNumber,
  writeShort,
  writeText,
  written,
} from './bytes.ts';
import type { Reader, Writer } from './bytes.ts';
import type { ChangeFact, FactFile, FactTraces } from './fact.ts';

/** Of what is kept: facts that are made or written otherwise are another version. */
export const factsVersion = '3';

const landings = ['merge', 'squash', 'direct'] as const;
const sorts = ['product', 'release', 'dependencies', 'experiment'] as const;
const hows = ['reverts', 'restores', 'blames', 'follows'] as const;

/** Facts in few bytes. `places` tells each commit's place in history, because facts name earlier ones. */
export function packFacts(
  facts: readonly ChangeFact[],
  places: (commit: string) => number,
): Uint8Array {
  const writer = newWriter();
  writeList(writer, facts, (fact) => writeFact(writer, fact, places));
  return written(writer);
}

/** What bytes are read with. */
export interface Unpacking {
  /** Commits by place in history; grows with what is read. */
  readonly commits: string[];
  readonly texts: Map<string, string>;
}

/** The facts again. Throws a RangeError where the bytes are none. */
export function unpackFacts(bytes: Uint8Array, unpacking: Unpacking): readonly ChangeFact[] {
  const reader = openReader(bytes, unpacking.texts);
  return readList(reader, () => readFact(reader, unpacking));
}

function writeFact(writer: Writer, fact: ChangeFact, places: (commit: string) => number): void {
  writeId(writer, fact.commit);
  writeCount(writer, landings.indexOf(fact.landing));
  writeCount(writer, fact.request === null ? 0 : fact.request + 1);
  writeText(writer, fact.subject);
  writeNumber(writer, fact.landedAt);
  writePerson(writer, fact.author);
  writePerson(writer, fact.committer);
  writeList(writer, fact.reviewers, (one) => writePerson(writer, one));
  writeList(writer, fact.files, (file) => writeFile(writer, file));
  const { ai, mixed, human, unknown } = fact.lines;
  for (const count of [ai, mixed, human, unknown]) writeCount(writer, count);
  writeList(writer, fact.tools, ({ tool, model }) => {
    writeText(writer, tool);
    writeText(writer, model ?? '');
  });
  writeCount(writer, (fact.aiSeen ? 1 : 0) + (fact.advised ? 2 : 0));
  writeList(writer, fact.features, (feature) => writeShort(writer, feature));
  writeTraces(writer, fact.traces, places);
}

function readFact(reader: Reader, unpacking: Unpacking): ChangeFact {
  const commit = readId(reader);
  unpacking.commits.push(commit);
  const landing = landings[readCount(reader)] ?? 'direct';
  const request = readCount(reader);
  return {
    commit,
    landing,
    request: request === 0 ? null : request - 1,
    subject: readText(reader),
    landedAt: readNumber(reader),
    author: readPerson(reader),
    committer: readPerson(reader),
    reviewers: readList(reader, () => readPerson(reader)),
    files: readList(reader, () => readFile(reader)),
    lines: readLines(reader),
    tools: readList(reader, () => ({ tool: readText(reader), model: readText(reader) || null })),
    ...readFlags(reader),
    features: readFeatures(reader),
    // What guards say is kept by itself: it is another version with every guard.
    findings: null,
    traces: readTraces(reader, unpacking.commits),
  };
}

function writePerson(writer: Writer, { name, email }: Person): void {
  writeText(writer, name);
  writeText(writer, email);
}

function readPerson(reader: Reader): Person {
  return { name: readText(reader), email: readText(reader) };
}

function writeFile(writer: Writer, { path, oldPath, added, deleted, generated }: FactFile): void {
  const moved = oldPath !== path;
  writeCount(writer, (generated ? 1 : 0) + (moved ? 2 : 0));
  writeText(writer, path);
  if (moved) writeText(writer, oldPath);
  writeCount(writer, added);
  writeCount(writer, deleted);
}

function readFile(reader: Reader): FactFile {
  const flags = readCount(reader);
  const path = readText(reader);
  const oldPath = (flags & 2) === 0 ? path : readText(reader);
  const added = readCount(reader);
  return { path, oldPath, added, deleted: readCount(reader), generated: (flags & 1) === 1 };
}

function readLines(reader: Reader): ChangeFact['lines'] {
  const [ai, mixed, human] = [readCount(reader), readCount(reader), readCount(reader)];
  return { ai: ai ?? 0, mixed: mixed ?? 0, human: human ?? 0, unknown: readCount(reader) };
}

function readFlags(reader: Reader): Pick<ChangeFact, 'aiSeen' | 'advised'> {
  const flags = readCount(reader);
  return { aiSeen: (flags & 1) === 1, advised: (flags & 2) === 2 };
}

function readFeatures(reader: Reader): readonly number[] {
  const features = readList(reader, () => readShort(reader));
  return features.length === featureNames.length ? features : [];
}

function writeTraces(writer: Writer, traces: FactTraces, places: (commit: string) => number): void {
  writeList(writer, traces.merged, (id) => writeId(writer, id));
  writeCount(writer, sorts.indexOf(traces.sort) * 2 + (traces.repairs ? 1 : 0));
  writeList(writer, traces.mentions, ({ how, target, whole }) => {
    writeCount(writer, hows.indexOf(how) * 2 + (whole ? 1 : 0));
    writeText(writer, target);
  });
  writeList(writer, traces.blamed, ({ commit, lines, how }) => {
    writeCount(writer, places(commit));
    writeCount(writer, lines * 2 + (how === 'lines' ? 1 : 0));
  });
  writeList(writer, traces.undone, ({ commit, share, own }) => {
    writeCount(writer, places(commit));
    writeShort(writer, share);
    writeShort(writer, own);
  });
}

function readTraces(reader: Reader, commits: readonly string[]): FactTraces {
  const merged = readList(reader, () => readId(reader));
  const flags = readCount(reader);
  return {
    merged,
    repairs: (flags & 1) === 1,
    sort: sorts[flags >> 1] ?? 'product',
    mentions: readList(reader, () => {
      const about = readCount(reader);
      return {
        how: hows[about >> 1] ?? 'follows',
        target: readText(reader),
        whole: (about & 1) === 1,
      };
    }),
    blamed: readList(reader, () => {
      const commit = commits[readCount(reader)] ?? '';
      const lines = readCount(reader);
      return { commit, lines: Math.floor(lines / 2), how: lines % 2 === 1 ? 'lines' : 'beside' };
    }),
    undone: readList(reader, () => ({
      commit: commits[readCount(reader)] ?? '',
      share: readShort(reader),
      own: readShort(reader),
    })),
  };
}
