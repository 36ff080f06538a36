import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { readAgentTrace } from './agent-trace.ts';

const parent = 'a'.repeat(40);
const child = 'b'.repeat(40);
const commits = [{ sha: child, parents: [parent] }];
const options = { commits, head: child };

interface Facts {
  readonly version?: string;
  readonly revision?: string;
  readonly path?: string;
  readonly range?: Readonly<Record<string, unknown>>;
  readonly type?: string;
}

/** One record as a writer of the format makes it. */
function record({
  version = '0.1.0',
  revision = child,
  path = 'src/a.ts',
  range,
  type = 'ai',
}: Facts): string {
  return JSON.stringify({
    version,
    id: '3066e945-4358-448d-b2e2-8ee7c94ce548',
    timestamp: '2026-01-05T10:00:00Z',
    vcs: { type: 'git', revision },
    tool: { name: 'claude-code' },
    files: [
      {
        path,
        conversations: [
          {
            url: 'file:///home/ann/secret.jsonl',
            contributor: { type, model_id: 'anthropic/claude-opus-4-5-20251101' },
            ranges: [range ?? { start_line: 3, end_line: 7 }],
          },
        ],
      },
    ],
  });
}

function read(text: string): readonly string[] {
  return readAgentTrace(text, options).evidence.map(
    ({ claim, confidence, tool, model, commit, covers }) =>
      `${claim} ${confidence} ${tool} ${model} ${commit?.[0] ?? 'uncommitted'} ` +
      (covers.kind === 'lines'
        ? covers.ranges.map((range) => range.join('-')).join(',')
        : covers.kind),
  );
}

describe('an agent-trace record', () => {
  test('names its lines in the commit it was made for', () => {
    expect(read(record({}))).toEqual(['ai medium claude-code claude-opus-4-5 b 3-7']);
  });
  test('of the reference store names the parent, and is found in the child', () => {
    expect(read(record({ version: '1.0', revision: parent }))).toEqual([
      'ai low claude-code claude-opus-4-5 b 3-7',
    ]);
  });
  test('made at edit time by others is found in the child too', () => {
    expect(read(record({ revision: parent }))).toEqual([
      'ai low claude-code claude-opus-4-5 b 3-7',
    ]);
  });
  test('of the reference store at head speaks about what is not committed', () => {
    expect(read(record({ version: '1.0', revision: child }))).toEqual([
      'ai low claude-code claude-opus-4-5 uncommitted 3-7',
    ]);
  });
  test('for line 1 alone means somewhere, and is no evidence about lines', () => {
    const range = { start_line: 1, end_line: 1 };
    expect(read(record({ version: '1.0', revision: parent, range }))).toEqual([
      'unknown low claude-code claude-opus-4-5 b commit',
    ]);
    expect(read(record({ range }))).toEqual(['ai medium claude-code claude-opus-4-5 b 1-1']);
  });
  test.each(['.shell-history', '.sessions'])('for %s is an event and no file', (path) => {
    expect(read(record({ path }))).toEqual(['unknown medium claude-code claude-opus-4-5 b commit']);
  });
  test.each(['human', 'mixed', 'unknown'])('may claim %s', (type) => {
    expect(read(record({ type }))[0]).toMatch(new RegExp(`^${type} `));
  });
  test('may override its contributor in a range', () => {
    const range = { start_line: 3, end_line: 4, contributor: { type: 'human' } };
    expect(read(record({ range }))).toEqual(['human medium claude-code null b 3-4']);
  });
  test('of another commit says nothing here', () => {
    expect(read(record({ revision: 'c'.repeat(40) }))).toEqual([]);
  });
  test('does not show where its conversation lies', () => {
    expect(JSON.stringify(readAgentTrace(record({}), options))).not.toContain('secret');
  });
});

test('records of one file are joined, broken lines are told', () => {
  const text = [
    record({}),
    '{broken',
    record({ range: { start_line: 6, end_line: 12 } }),
    '{"version":"0.1.0","vcs":{"type":"jj","revision":"kkmp"},"files":[]}',
    '{"version":"0.1.0","files":[]}',
    '{"files":[]}',
  ].join('\n');
  expect(read(text)).toEqual(['ai medium claude-code claude-opus-4-5 b 3-12']);
  expect(readAgentTrace(text, options).problems).toEqual([
    'a line is not a JSON object',
    'a record is not about git',
    'a record names no commit',
    'a record has no version',
  ]);
});

property.prop([
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.array(fc.json()).map((all) => all.join('\n')),
  ),
])('any bytes can be a trace', (text) => {
  expect(readAgentTrace(text, options).evidence).toBeDefined();
});

property.prop([fc.anything({ maxDepth: 4 })])(
  'anything can stand for the files of a record',
  (files) => {
    const text = JSON.stringify(
      { version: '0.1.0', vcs: { revision: child }, files },
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(readAgentTrace(text ?? '', options).evidence).toBeDefined();
  },
);
