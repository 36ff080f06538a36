import { describe, expect, test } from 'vitest';
import { commit } from '../../test/commit.ts';
import { readCommit } from './commit-evidence.ts';
import { readNote } from './notes.ts';
import { blame, stats } from './stats.ts';
import type { CountedCommit, StatsOptions, StatsRow } from './stats.ts';

const monday = Date.UTC(2026, 2, 2) / 1000;
const day = 86_400;

interface Landed {
  readonly sha: string;
  readonly says?: string;
  readonly by?: string;
  readonly day?: number;
  readonly files: Readonly<Record<string, number>>;
}

const landed: readonly Landed[] = [
  {
    sha: 'a',
    says: 'Retry\n\nCo-authored-by: Claude Opus 5 <noreply@anthropic.com>\n',
    files: { 'src/gate/decide.ts': 30, 'README.md': 10 },
  },
  { sha: 'b', says: 'Docs\n', by: 'Bob <Bob@example.com>', day: 6, files: { 'docs/a.md': 5 } },
  {
    sha: 'c',
    says: 'List\n\n* one\n\nAssisted-by: Codex\n\n* two\n',
    day: 7,
    files: { 'src/gate/gate.ts': 20 },
  },
  { sha: 'd', says: 'Typed and generated\n', day: 31, files: { 'src/index.ts': 8 } },
];

const note = `src/index.ts\n  s_1::t_1 1-4\n  h_1 6\n  s_2::t_1 100-900\n---\n${JSON.stringify({
  schema_version: 'authorship/3.0.0',
  sessions: {
    s_1: { agent_id: { tool: 'cursor', model: 'gpt-5.5' } },
    s_2: { agent_id: { tool: 'amp' } },
  },
  humans: { h_1: { author: 'Ann <ann@example.com>' } },
})}`;

function id(sha: string): string {
  return sha.repeat(40);
}

const commits = landed.map(({ sha, says = '', by, day: days = 0 }) =>
  commit({ sha: id(sha), says, at: monday + days * day, ...(by === undefined ? {} : { by }) }),
);
const counted: readonly CountedCommit[] = landed.map(({ sha, files }, index) => ({
  sha: id(sha),
  parents: [],
  author: commits[index]?.author ?? { name: '', email: '' },
  at: commits[index]?.committedAt ?? 0,
  files: Object.entries(files).map(([path, added]) => ({ path, added })),
}));
const options: StatsOptions = {
  evidence: [
    ...commits.flatMap(readCommit),
    ...readNote(note, { commit: id('d'), ref: 'refs/notes/ai' }).evidence,
  ],
  every: 'week',
  folderDepth: 1,
};

/** Rows in short: name, commits, lines of an AI, mixed, human, unknown. */
function short(rows: readonly StatsRow[]): readonly string[] {
  return rows.map(
    ({ name, commits: count, lines: { ai, mixed, human, unknown } }) =>
      `${name}: ${count} | ${ai} ${mixed} ${human} ${unknown}`,
  );
}

describe('stats of a range', () => {
  const found = stats(counted, options);
  test('add up every line once', () => {
    expect(found.commits).toBe(4);
    // Of the eight lines of the last commit, four and three are an AI's by its note, one is a person's.
    expect(found.lines).toEqual({ ai: 40 + 7, mixed: 20, human: 1, unknown: 5 });
  });
  test('by tool', () => {
    expect(short(found.tools)).toEqual([
      'claude-code: 1 | 40 0 0 0',
      'codex: 1 | 0 20 0 0',
      'cursor: 1 | 4 0 0 0',
      'amp: 1 | 3 0 0 0',
    ]);
  });
  test('by model', () => {
    expect(short(found.models)).toEqual([
      'claude-code claude-opus-5: 1 | 40 0 0 0',
      'cursor gpt-5.5: 1 | 4 0 0 0',
    ]);
  });
  test('by author', () => {
    expect(short(found.authors)).toEqual([
      'Ann Lee <ann@example.com>: 3 | 47 20 1 0',
      'Bob <bob@example.com>: 1 | 0 0 0 5',
    ]);
  });
  test('by folder', () => {
    expect(short(found.folders)).toEqual([
      'src: 3 | 37 20 1 0',
      '.: 1 | 10 0 0 0',
      'docs: 1 | 0 0 0 5',
    ]);
    expect(short(stats(counted, { ...options, folderDepth: 2 }).folders)[0]).toBe(
      'src/gate: 2 | 30 20 0 0',
    );
  });
  test('by week, which starts on Monday, and by month', () => {
    expect(short(found.time)).toEqual([
      '2026-03-02: 2 | 40 0 0 5',
      '2026-03-09: 1 | 0 20 0 0',
      '2026-03-30: 1 | 7 0 1 0',
    ]);
    expect(stats(counted, { ...options, every: 'month' }).time.map(({ name }) => name)).toEqual([
      '2026-03-01',
      '2026-04-01',
    ]);
  });
  test('of nothing are nothing', () => {
    expect(stats([], options)).toMatchObject({ commits: 0, lines: { ai: 0 }, tools: [], time: [] });
  });
});

test('blame follows each line to the commit and the name it had there', () => {
  const origins = [
    { from: 1, to: 3, commit: id('a'), commitPath: 'src/old.ts', commitFrom: 11 },
    { from: 4, to: 9, commit: id('d'), commitPath: 'src/index.ts', commitFrom: 3 },
    { from: 10, to: 10, commit: null, commitPath: 'src/new.ts', commitFrom: 10 },
  ];
  const trust = { emails: [], wholeRepository: false };
  const runs = blame(origins, { commits, evidence: options.evidence, trust });
  expect(
    runs.map(({ from, to, authorship, tool }) => `${from}-${to} ${authorship} ${tool}`),
  ).toEqual([
    '1-3 ai claude-code',
    '4-5 ai cursor',
    '6-6 unknown null',
    '7-7 human null',
    '8-10 unknown null',
  ]);
});
