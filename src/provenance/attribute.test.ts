import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { commit } from '../../test/commit.ts';
import { addedLines } from '../change/change.ts';
import type { Change, Commit, FileChange, Origin } from '../change/change.ts';
import { attribute } from './provenance.ts';
import type { Authorship, Claim, Coverage, Evidence, EvidenceKind, Trust } from './provenance.ts';
import { shareOf } from './share.ts';

const one = '1'.repeat(40);
const two = '2'.repeat(40);
const nobody: Trust = { emails: [], wholeRepository: false };

/** A file that gained lines; without origins its lineage was not traced. */
function file(added: readonly number[], facts: Partial<FileChange> = {}): FileChange {
  return {
    path: 'src/a.ts',
    oldPath: facts.path ?? 'src/a.ts',
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks: added.map((line) => ({ oldStart: line, newStart: line, removed: [], added: ['x'] })),
    added: added.length,
    deleted: 0,
    before: '',
    after: '',
    unread: null,
    origins: [],
    ...facts,
  };
}

function origin(from: number, to: number, facts: Partial<Origin> = {}): Origin {
  return { from, to, commit: one, commitPath: 'src/a.ts', commitFrom: from, ...facts };
}

function change(
  files: readonly FileChange[],
  commits: readonly Commit[] = [commit({ sha: one })],
): Change {
  return { base: null, head: commits.at(-1)?.sha ?? 'worktree', commits, files, gaps: [] };
}

interface Said {
  readonly kind?: EvidenceKind;
  readonly confidence?: Evidence['confidence'];
  readonly tool?: string | null;
  readonly model?: string | null;
  readonly commit?: string | null;
  readonly covers?: Coverage;
}

function evidence(claim: Claim, facts: Said = {}): Evidence {
  const { kind = 'trailer', confidence = 'high', covers = { kind: 'commit' } } = facts;
  const {
    tool = claim === 'human' ? null : 'claude-code',
    model = null,
    commit: sha = one,
  } = facts;
  const id = JSON.stringify([claim, facts]);
  return { id, kind, claim, tool, model, confidence, commit: sha, covers, text: '', source: '' };
}

function lines(path: string, ...ranges: readonly (readonly [number, number])[]): Coverage {
  return { kind: 'lines', path, ranges };
}

interface Facts {
  readonly change: Change;
  readonly evidence: readonly Evidence[];
  readonly trust?: Trust;
}

/** The runs of the first file in short: `1-3 ai`, with `!` where they are disputed. */
function runs({ change: what, evidence: all, trust = nobody }: Facts): readonly string[] {
  const [first] = attribute(what, { evidence: all, trust }).files;
  return (first?.runs ?? []).map(
    ({ from, to, authorship, disputed }) => `${from}-${to} ${authorship}${disputed ? '!' : ''}`,
  );
}

describe('lines follow their commit', () => {
  test('each to its own evidence', () => {
    const traced = file([1, 2, 3, 9], {
      origins: [origin(1, 2), origin(3, 3, { commit: two }), origin(9, 9)],
    });
    const commits = [commit({ sha: one }), commit({ sha: two })];
    expect(
      runs({ change: change([traced], commits), evidence: [evidence('ai', { commit: two })] }),
    ).toEqual(['1-2 unknown', '3-3 ai', '9-9 unknown']);
  });
  test('a note about lines finds them where they are now, and under their name then', () => {
    const traced = file([11, 12, 13, 14], {
      origins: [origin(11, 14, { commitPath: 'old/a.ts', commitFrom: 1 })],
    });
    const note = evidence('ai', { kind: 'note', covers: lines('old/a.ts', [2, 3], [90, 99]) });
    expect(runs({ change: change([traced]), evidence: [note] })).toEqual([
      '11-11 unknown',
      '12-13 ai',
      '14-14 unknown',
    ]);
    const elsewhere = evidence('ai', { kind: 'note', covers: lines('src/a.ts', [1, 99]) });
    expect(runs({ change: change([traced]), evidence: [elsewhere] })).toEqual(['11-14 unknown']);
  });
  test('what is not committed follows the environment and nothing committed does', () => {
    const traced = file([1, 2], { origins: [origin(1, 1), origin(2, 2, { commit: null })] });
    const here = evidence('ai', { kind: 'environment', commit: null, covers: { kind: 'change' } });
    expect(runs({ change: change([traced]), evidence: [here] })).toEqual(['1-1 unknown', '2-2 ai']);
  });
  test('a branch or a description speaks about the whole change', () => {
    const traced = file([1, 2], { origins: [origin(1, 1), origin(2, 2, { commit: null })] });
    const branch = evidence('ai', { kind: 'text', commit: null, covers: { kind: 'change' } });
    expect(runs({ change: change([traced]), evidence: [branch] })).toEqual(['1-2 ai']);
  });
  test('a merged branch speaks about what the merge brought in, and not about the merge', () => {
    const merge = '3'.repeat(40);
    const commits = [
      commit({ sha: one }),
      commit({ sha: two, parents: [one] }),
      commit({ sha: merge, parents: [one, two] }),
    ];
    const traced = file([1, 2, 3], {
      origins: [origin(1, 1), origin(2, 2, { commit: two }), origin(3, 3, { commit: merge })],
    });
    const branch = evidence('ai', { kind: 'text', commit: merge, covers: { kind: 'merged' } });
    expect(runs({ change: change([traced], commits), evidence: [branch] })).toEqual([
      '1-1 unknown',
      '2-2 ai',
      '3-3 unknown',
    ]);
  });
});

describe('a file whose lines were not traced', () => {
  const commits = [commit({ sha: one }), commit({ sha: two })];
  const both = [evidence('ai'), evidence('ai', { commit: two })];
  test('belongs to the one commit there is, note lines included', () => {
    const note = evidence('human', { kind: 'note', covers: lines('src/a.ts', [2, 2]) });
    expect(runs({ change: change([file([1, 2])]), evidence: [evidence('ai'), note] })).toEqual([
      '1-1 ai',
      '2-2 human!',
    ]);
  });
  test('is unknown where its commits do not agree', () => {
    expect(runs({ change: change([file([1])], commits), evidence: [evidence('ai')] })).toEqual([
      '1-1 unknown',
    ]);
  });
  test('is what all commits agree on', () => {
    expect(runs({ change: change([file([1])], commits), evidence: both })).toEqual(['1-1 ai']);
    const mixed = [evidence('ai'), evidence('mixed', { commit: two })];
    expect(runs({ change: change([file([1])], commits), evidence: mixed })).toEqual(['1-1 mixed']);
  });
  test('of a working tree follows what speaks about that', () => {
    const here = evidence('ai', { kind: 'environment', commit: null, covers: { kind: 'change' } });
    expect(runs({ change: change([file([1])], []), evidence: [here] })).toEqual(['1-1 ai']);
  });
});

describe('evidence is weighed by strength', () => {
  const traced = file([1], { origins: [origin(1, 1)] });
  test.each<[string, readonly Evidence[], string]>([
    ['nothing', [], 'unknown'],
    ['a trailer', [evidence('ai')], 'ai'],
    [
      'a captured person against a trailer',
      [evidence('ai'), evidence('human', { kind: 'captured' })],
      'human!',
    ],
    [
      'a captured agent against a note',
      [evidence('ai', { kind: 'captured' }), evidence('human', { kind: 'note' })],
      'ai!',
    ],
    [
      'two notes against each other',
      [evidence('ai', { kind: 'note' }), evidence('human', { kind: 'note' })],
      'mixed!',
    ],
    ['half the squash', [evidence('mixed')], 'mixed'],
    ['a trailer and half the squash', [evidence('ai'), evidence('mixed')], 'mixed'],
    ['a bot', [evidence('bot', { kind: 'bot-account' })], 'unknown'],
    ['a bot and an agent', [evidence('bot', { kind: 'bot-account' }), evidence('ai')], 'ai'],
    ['advice', [evidence('advised')], 'unknown'],
    ['a sign that says nothing about lines', [evidence('unknown')], 'unknown'],
    ['a hint of an agent', [evidence('ai', { confidence: 'low' })], 'mixed'],
    [
      'two hints of an agent',
      [evidence('ai', { confidence: 'low' }), evidence('ai', { kind: 'text', confidence: 'low' })],
      'mixed',
    ],
    ['a hint of a person', [evidence('human', { confidence: 'low' })], 'unknown'],
    [
      'a hint each way',
      [evidence('human', { confidence: 'low' }), evidence('ai', { confidence: 'low' })],
      'mixed!',
    ],
    [
      'a strong hint against weak certainty',
      [evidence('human', { kind: 'note', confidence: 'low' }), evidence('ai')],
      'ai!',
    ],
    [
      'a weak hint against a note of a person',
      [evidence('human', { kind: 'note' }), evidence('ai', { kind: 'text', confidence: 'low' })],
      'human!',
    ],
    [
      'a hint with certainty',
      [evidence('ai', { confidence: 'low' }), evidence('ai', { kind: 'text' })],
      'ai',
    ],
  ])('%s', (_name, all, answer) => {
    expect(runs({ change: change([traced]), evidence: all })).toEqual([`1-1 ${answer}`]);
  });
  test('the model may come from a weaker sign of the same tool', () => {
    const all = [
      evidence('ai', { kind: 'bot-account' }),
      evidence('ai', { model: 'claude-opus-5' }),
      evidence('ai', { tool: 'cursor', model: 'gpt-5', kind: 'text' }),
    ];
    const [run] =
      attribute(change([traced]), { evidence: all, trust: nobody }).files[0]?.runs ?? [];
    expect(run).toMatchObject({
      tool: 'claude-code',
      model: 'claude-opus-5',
      evidence: [all[0]?.id],
    });
  });
  test('lines of a bot are unknown, and the bot stays visible', () => {
    const all = [evidence('bot', { kind: 'bot-account', tool: 'renovate' })];
    const [run] =
      attribute(change([traced]), { evidence: all, trust: nobody }).files[0]?.runs ?? [];
    expect(run).toMatchObject({ authorship: 'unknown', tool: null, evidence: [all[0]?.id] });
  });
});

describe('trust turns unknown into human', () => {
  const traced = file([1], { origins: [origin(1, 1)] });
  const ann: Trust = { emails: ['Ann@Example.com'], wholeRepository: false };
  const all: Trust = { emails: [], wholeRepository: true };
  test.each<[string, Trust, string, readonly Evidence[], string]>([
    ['for a named person', ann, 'Change\n', [], 'human'],
    ['not for anybody else', { ...ann, emails: ['bob@example.com'] }, 'Change\n', [], 'unknown'],
    ['for the whole repository', all, 'Change\n', [], 'human'],
    [
      'not beside a co-author who is not named',
      ann,
      'Change\n\nCo-authored-by: Bob <bob@example.com>\n',
      [],
      'unknown',
    ],
    [
      'beside a co-author who is',
      { ...ann, emails: [...ann.emails, 'bob@example.com'] },
      'Change\n\nCo-authored-by: Bob <bob@example.com>\n',
      [],
      'human',
    ],
    ['not over an agent', all, 'Change\n', [evidence('ai')], 'ai'],
    ['not over a hint', all, 'Change\n', [evidence('ai', { confidence: 'low' })], 'mixed'],
    ['not where an agent advised', all, 'Change\n', [evidence('advised')], 'unknown'],
    ['not for a bot', all, 'Change\n', [evidence('bot')], 'unknown'],
    ['not over what could not be read', all, 'Change\n', [evidence('unknown')], 'unknown'],
    [
      'beside a hint of a person',
      ann,
      'Change\n',
      [evidence('human', { confidence: 'low' })],
      'human',
    ],
  ])('%s', (_name, ...[trust, says, given, answer]) => {
    const what = change([traced], [commit({ sha: one, says })]);
    expect(runs({ change: what, evidence: given, trust })).toEqual([`1-1 ${answer}`]);
  });
  test('what is not committed has no author to trust', () => {
    const typed = file([1], { origins: [origin(1, 1, { commit: null })] });
    expect(runs({ change: change([typed]), evidence: [], trust: ann })).toEqual(['1-1 unknown']);
  });
});

describe('totals', () => {
  test('leave generated files out and name every tool', () => {
    const written = file([1, 2, 3], { origins: [origin(1, 2), origin(3, 3, { commit: two })] });
    const lock = file([1, 2], {
      path: 'package-lock.json',
      generated: 'lock-file',
      origins: [origin(1, 2)],
    });
    const commits = [commit({ sha: one }), commit({ sha: two })];
    const all = [
      evidence('ai', { model: 'claude-opus-5' }),
      evidence('mixed', { commit: two, tool: null }),
      evidence('advised', { tool: 'gemini' }),
    ];
    const found = attribute(change([written, lock], commits), { evidence: all, trust: nobody });
    expect(found.lines).toEqual({ ai: 2, mixed: 1, human: 0, unknown: 0 });
    expect(found.tools).toEqual([
      { tool: 'claude-code', model: 'claude-opus-5', lines: 2 },
      { tool: 'unnamed', model: null, lines: 1 },
    ]);
    expect(found.files[1]).toMatchObject({ generated: true, runs: [{ from: 1, to: 2 }] });
    expect(found.advised).toBe(true);
  });
});

describe('the share of an AI', () => {
  const traced = file([1, 2, 3, 4], {
    origins: [origin(1, 1), origin(2, 3, { commit: two }), origin(4, 4, { commit: null })],
  });
  const other = file([1], {
    path: 'docs/b.md',
    origins: [origin(1, 1, { commitPath: 'docs/b.md' })],
  });
  const commits = [commit({ sha: one }), commit({ sha: two })];
  const what = change([traced, other], commits);
  const human = evidence('human', { commit: two, kind: 'note' });
  function share(
    all: readonly Evidence[],
    matches: ((path: string) => boolean) | null = null,
  ): unknown {
    return shareOf(attribute(what, { evidence: all, trust: nobody }), matches);
  }
  test('counts what is shown, and what may be', () => {
    expect(share([evidence('ai'), human])).toEqual({
      added: 5,
      shown: 0.4,
      mayBe: 0.6,
      assisted: 'yes',
    });
  });
  test('of some files', () => {
    expect(share([evidence('ai'), human], (path) => path.startsWith('docs/'))).toEqual({
      added: 1,
      shown: 1,
      mayBe: 1,
      assisted: 'yes',
    });
    expect(
      share([evidence('ai', { commit: two })], (path) => path.startsWith('docs/')),
    ).toMatchObject({
      shown: 0,
      mayBe: 1,
      assisted: 'unknown',
    });
  });
  test('without any sign is not known', () => {
    expect(share([])).toEqual({ added: 5, shown: 0, mayBe: 1, assisted: 'unknown' });
  });
  test('is denied only where every line is human beyond dispute', () => {
    const known = attribute(what, { evidence: [], trust: { emails: [], wholeRepository: true } });
    expect(shareOf(known)).toEqual({ added: 5, shown: 0, mayBe: 0, assisted: 'no' });
  });
  test('a note alone does not clear lines that something else calls an AI’s', () => {
    const disputed = [evidence('ai', { commit: two }), human];
    expect(share(disputed)).toMatchObject({ shown: 0, mayBe: 1 });
    const captured = [
      evidence('ai', { commit: two }),
      evidence('human', { commit: two, kind: 'captured' }),
    ];
    expect(share(captured)).toMatchObject({ shown: 0, mayBe: 0.6 });
  });
  test('advice alone makes it assisted', () => {
    expect(share([evidence('advised')])).toMatchObject({ shown: 0, assisted: 'yes' });
  });
  test('of a change that only deletes has no number', () => {
    const gone = attribute(change([file([])]), { evidence: [], trust: nobody });
    expect(shareOf(gone)).toEqual({ added: 0, shown: null, mayBe: null, assisted: 'unknown' });
    const byAgent = attribute(change([file([])]), { evidence: [evidence('ai')], trust: nobody });
    expect(shareOf(byAgent).assisted).toBe('yes');
  });
});

const paths = ['src/a.ts', 'old/a.ts'];
const anyRange = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(20))
  .map(([from, more]) => [from, from + more] as const);
const anyCoverage: fc.Arbitrary<Coverage> = fc.oneof(
  fc.constant<Coverage>({ kind: 'commit' }),
  fc.constant<Coverage>({ kind: 'change' }),
  fc.constant<Coverage>({ kind: 'merged' }),
  fc
    .tuple(fc.constantFrom(...paths), fc.array(anyRange, { maxLength: 5 }))
    .map(([path, ranges]): Coverage => ({ kind: 'lines', path, ranges })),
);
const anyEvidence = fc
  .record({
    claim: fc.constantFrom<Claim>('ai', 'mixed', 'human', 'unknown', 'advised', 'bot'),
    kind: fc.constantFrom<EvidenceKind>(
      'captured',
      'note',
      'bot-account',
      'trailer',
      'environment',
      'text',
    ),
    confidence: fc.constantFrom<Evidence['confidence']>('high', 'medium', 'low'),
    tool: fc.constantFrom('claude-code', 'cursor', null),
    commit: fc.constantFrom(one, two, null),
    covers: anyCoverage,
  })
  .map(({ claim, ...facts }) => evidence(claim, facts));
const anyOrigin = fc
  .record({
    range: anyRange,
    commit: fc.constantFrom(one, two, null),
    commitPath: fc.constantFrom(...paths),
    commitFrom: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ range: [from, to], ...rest }): Origin => ({ from, to, ...rest }));
const anyTrust = fc.record({
  emails: fc.constantFrom<readonly string[]>([], ['ann@example.com']),
  wholeRepository: fc.boolean(),
});
const anyChange = fc
  .record({
    added: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }),
    origins: fc.array(anyOrigin, { maxLength: 6 }),
    commits: fc.constantFrom(
      [],
      [commit({ sha: one })],
      [commit({ sha: one }), commit({ sha: two, parents: [one] })],
      [commit({ sha: one }), commit({ sha: two, parents: ['0'.repeat(40), one] })],
    ),
  })
  .map(({ added, origins, commits }) =>
    change(
      [
        file(
          added.toSorted((a, b) => a - b),
          { origins },
        ),
      ],
      commits,
    ),
  );

/** The answer for every added line, looked up line by line. */
function perLine(
  what: Change,
  all: readonly Evidence[],
  trust: Trust,
): ReadonlyMap<number, Authorship> {
  const answers = new Map<number, Authorship>();
  for (const { from, to, authorship } of attribute(what, { evidence: all, trust }).files[0]?.runs ??
    [])
    for (let line = from; line <= to; line += 1) {
      expect(answers.has(line)).toBe(false);
      answers.set(line, authorship);
    }
  return answers;
}

const manyPieces = fc.array(anyEvidence, { maxLength: 6 });
const anyCase = fc.record({
  what: anyChange,
  all: manyPieces,
  more: anyEvidence,
  trust: anyTrust,
});

property.prop([anyChange, manyPieces, anyTrust])(
  'every added line has exactly one answer, no other line any',
  (what, all, trust) => {
    const expected = what.files.flatMap(addedLines);
    expect([...perLine(what, all, trust).keys()].toSorted((a, b) => a - b)).toEqual(expected);
  },
);

property.prop([anyChange, manyPieces, anyTrust])(
  'a rename changes nobody’s lines',
  (what, all, trust) => {
    const renamed = { ...what, files: what.files.map((one) => ({ ...one, path: 'new/name.ts' })) };
    const traced = what.files.every(({ origins }) => origins.length > 0);
    if (traced) expect(perLine(renamed, all, trust)).toEqual(perLine(what, all, trust));
  },
);

property.prop([anyCase])(
  'evidence that claims no person makes no line human, and no line of an AI unknown',
  ({ what, all, more, trust }) => {
    if (more.claim === 'human') return;
    const before = perLine(what, all, trust);
    for (const [line, after] of perLine(what, [...all, more], trust)) {
      if (after === 'human') expect(before.get(line)).toBe('human');
      if (after === 'unknown') expect(['unknown', 'human']).toContain(before.get(line));
    }
  },
);

property.prop([anyCase])(
  'evidence that claims a person clears an AI only where it is stronger, and never by a hint',
  ({ what, all, more, trust }) => {
    const hint = { ...more, claim: 'human', confidence: 'low' } as const;
    const before = perLine(what, all, trust);
    for (const [line, after] of perLine(what, [...all, hint], trust))
      expect(after).toBe(before.get(line));
  },
);

property.prop([anyCase])(
  'evidence of an AI never lowers the share that may be an AI’s',
  ({ what, all, more, trust }) => {
    const extra = { ...more, claim: 'ai' } as const;
    const before = shareOf(attribute(what, { evidence: all, trust })).mayBe;
    const after = shareOf(attribute(what, { evidence: [...all, extra], trust })).mayBe;
    expect(after ?? 0).toBeGreaterThanOrEqual(before ?? 0);
  },
);

property.prop([anyChange, manyPieces])(
  'the order of evidence decides nobody’s lines',
  (what, all) => {
    expect(perLine(what, all.toReversed(), nobody)).toEqual(perLine(what, all, nobody));
  },
);

test('many scattered lines are attributed in one sweep', () => {
  // Going through all lines for each origin takes longer than the runner allows.
  const lines = Array.from({ length: 60_000 }, (_, index) => 2 * index + 1);
  const origins = lines.map((line) => origin(line, line));
  const found = attribute(change([file(lines, { origins })]), { evidence: [], trust: nobody });
  expect(found.lines.unknown).toBe(60_000);
});
