import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { readNote } from './notes.ts';
import type { Evidence } from './provenance.ts';

const sha = 'a'.repeat(40);
const options = { commit: sha, ref: 'refs/notes/ai' };

const session = 's_0123456789abcd::t_00112233445566';
const human = 'h_fedcba98765432';
const legacy = '0123456789abcdef';

const metadata = {
  schema_version: 'authorship/3.0.0',
  base_commit_sha: 'b'.repeat(40),
  sessions: {
    s_0123456789abcd: { agent_id: { tool: 'claude', id: 'x', model: 'claude-opus-4-5-20251101' } },
  },
  humans: { [human]: { author: 'Ann Lee <ann@example.com>' } },
  prompts: {
    [legacy]: {
      agent_id: { tool: 'cursor', id: 'y', model: 'gpt-5.5' },
      total_additions: 4,
      total_deletions: 0,
      accepted_lines: 4,
      overriden_lines: 0,
    },
    abcdef0: { agent_id: { tool: 'github_copilot', id: 'z', model: 'unknown' } },
  },
};

function note(attestations: string, json: unknown = metadata): string {
  return `${attestations}---\n${JSON.stringify(json, null, 2)}\n`;
}

/** Evidence in short: claim, tool, model, path and ranges. */
function short(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ claim, tool, model, covers }) =>
    covers.kind === 'lines'
      ? `${claim} ${tool} ${model} ${covers.path} ${covers.ranges.map((range) => range.join('-')).join(',')}`
      : `${claim} ${tool} ${model} ${covers.kind}`,
  );
}

function read(text: string): readonly string[] {
  return short(readNote(text, options).evidence);
}

describe('a git-ai note', () => {
  test('tells sessions, people and legacy prompts apart', () => {
    const text = note(
      `src/cart.ts\n  ${session} 1-4,9\n  ${human} 5-6\n  ${legacy} 7\n  abcdef0 8\n"docs/read me.md"\n  ${session} 2\n`,
    );
    expect(readNote(text, options).problems).toEqual([]);
    expect(read(text)).toEqual([
      'ai claude-code claude-opus-4-5 src/cart.ts 1-4,9-9',
      'human null null src/cart.ts 5-6',
      'ai cursor gpt-5.5 src/cart.ts 7-7',
      'ai copilot null src/cart.ts 8-8',
      'ai claude-code claude-opus-4-5 docs/read me.md 2-2',
    ]);
  });
  test('joins the traces of one session', () => {
    const text = note(
      `a\n  s_0123456789abcd::t_00112233445566 1-4\n  s_0123456789abcd::t_99 3-6,8\n`,
    );
    expect(read(text)).toEqual(['ai claude-code claude-opus-4-5 a 1-6,8-8']);
  });
  test('goes by the prefix of an id and not by its length', () => {
    const long = { ...metadata, sessions: { s_0123456789abcdef01: { agent_id: { tool: 'amp' } } } };
    expect(read(note('a\n  s_0123456789abcdef01::t_1 1\n', long))).toEqual(['ai amp null a 1-1']);
  });
  test('may attest nothing', () => {
    expect(readNote(note(''), options)).toEqual({ evidence: [], problems: [] });
  });
  test('with CRLF is the same note', () => {
    expect(read(note(`a\n  ${session} 1\n`).replaceAll('\n', '\r\n'))).toHaveLength(1);
  });
  test('that git-ai made up from the commit author is less sure', () => {
    const made = {
      ...metadata,
      prompts: { [legacy]: { agent_id: { tool: 'devin', id: sha, model: 'unknown' } } },
    };
    expect(readNote(note(`a\n  ${legacy} 1\n`, made), options).evidence[0]).toMatchObject({
      tool: 'devin',
      model: null,
      confidence: 'medium',
    });
  });
  test.each([
    ['without the record of a person', { ...metadata, humans: {} }],
    ['of a format nobody knows', { ...metadata, schema_version: 'authorship/9.0.0' }],
    ['without metadata', 'nonsense'],
  ])('%s makes nobody human, and its AI lines stand', (_name, json) => {
    const { evidence, problems } = readNote(
      note(`a\n  ${human} 1\n  ${session} 2\n`, json),
      options,
    );
    expect(evidence.map(({ claim }) => claim)).toEqual(['ai']);
    expect(problems.length).toBeGreaterThan(0);
  });
  test('that inherits nothing from objects', () => {
    const text = note('a\n  h_constructor 1\n  s_toString::t_1 2\n');
    expect(read(text)).toEqual(['ai null null a 2-2']);
  });
  test.each([
    ['ranges backwards', '9-1'],
    ['line nought', '0'],
    ['no number', 'x-y'],
    ['a line beyond any file', '999999999'],
    ['a number too long', '1-99999999999999999999'],
  ])('%s are told and left out', (_name, range) => {
    const { evidence, problems } = readNote(note(`a\n  ${session} 3,${range},5\n`), options);
    expect(short(evidence)).toEqual(['ai claude-code claude-opus-4-5 a 3-3,5-5']);
    expect(problems).toHaveLength(1);
  });
  test('with a billion lines in one range costs one range', () => {
    expect(read(note(`a\n  ${session} 1-40000000\n`))).toEqual([
      'ai claude-code claude-opus-4-5 a 1-40000000',
    ]);
  });
  test('with endless ranges is read to the limit', () => {
    const many = Array.from({ length: 300_000 }, (_, index) => index * 2 + 1).join(',');
    const { problems } = readNote(note(`a\n  ${session} ${many}\nb\n  ${session} 1\n`), options);
    expect(problems).toEqual(['more than 200000 ranges']);
  });
});

test('the note of Exceeds Ink is the same format', () => {
  const { evidence } = readNote(note(`a\n  ${session} 1\n`), {
    ...options,
    ref: 'refs/notes/exceeds-ink',
  });
  expect(evidence[0]).toMatchObject({
    source: 'refs/notes/exceeds-ink',
    kind: 'note',
    commit: sha,
  });
});

test('an older note repeats and overlaps its lines', () => {
  const older = {
    schema_version: 'authorship/0.0.1',
    files: {
      'src/a.ts': {
        authors: [
          {
            author: 'claude',
            lines: [1, [3, 6]],
            agent_metadata: { tool: 'claude', model: 'claude-sonnet-4' },
          },
          {
            author: 'claude',
            lines: [[5, 9], 1],
            agent_metadata: { tool: 'claude', model: 'claude-sonnet-4' },
          },
          { author: 'Ann', lines: [2], agent_metadata: null },
        ],
      },
    },
  };
  expect(read(JSON.stringify(older))).toEqual(['ai claude-code claude-sonnet-4 src/a.ts 1-1,3-9']);
});

test('an older note may name the agent as author', () => {
  const older = {
    files: { 'pr.yml': { authors: [{ author: 'Claude', lines: [22], agent_metadata: null }] } },
  };
  expect(read(JSON.stringify(older))).toEqual(['ai claude-code null pr.yml 22-22']);
});

test('keys found in real notes beside the specified ones', () => {
  const uuid = '3066e945-fe48-4948-ab50-8ee7c94ce548';
  const json = {
    ...metadata,
    prompts: { [uuid]: { agent_id: { tool: 'claude', model: '<synthetic>' } } },
  };
  const { evidence, problems } = readNote(
    note(`a\n  ${uuid} 1\n  ai_agent 2\n  human 3\n`, json),
    options,
  );
  expect(short(evidence)).toEqual(['ai claude-code null a 1-1', 'ai null null a 2-2']);
  expect(problems).toEqual(['not understood: human 3', 'prompts does not describe ai_agent']);
});

test('a conversation attached to a commit shows that a session took place', () => {
  const { evidence } = readNote('anything', {
    commit: sha,
    ref: 'refs/notes/claude-conversations',
  });
  expect(short(evidence)).toEqual(['ai claude-code null commit']);
});

test('a note that cannot be read stays visible', () => {
  const { evidence, problems } = readNote('{"files": 3}', options);
  expect(evidence[0]?.claim).toBe('unknown');
  expect(problems).toHaveLength(1);
});

const lines = fc.constantFrom(
  'a',
  'src/x y',
  '"q"',
  `  ${session} 1-3`,
  `  ${human} 2,9`,
  '  x',
  '---',
  '{}',
  JSON.stringify(metadata),
);

property.prop([
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(lines).map((all) => all.join('\n')),
    fc.json(),
  ),
])('any bytes can be a note, and ranges come out ascending and apart', (text) => {
  for (const { covers } of readNote(text, options).evidence) {
    if (covers.kind !== 'lines') continue;
    covers.ranges.forEach(([from, to], index) => {
      expect(from).toBeGreaterThanOrEqual(1);
      expect(to).toBeGreaterThanOrEqual(from);
      expect(from).toBeGreaterThan((covers.ranges[index - 1]?.[1] ?? -1) + 1);
    });
  }
});
