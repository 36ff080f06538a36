import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNote } from '../provenance/notes.ts';
import { writeAgentTrace } from './agent-trace-record.ts';
import { sessionKey, type Author } from './author.ts';
import { humanKey, writeGitAiNote } from './git-ai-note.ts';
import { coverageOf, readLanded, writeLanded, type Landed, type LandedFile } from './landed.ts';
import { hashedLine } from './line.ts';

const commit = 'c'.repeat(40);
const person = 'Ann Lee <ann@example.com>';

const authors: readonly Author[] = [
  'ai:s_0123456789abcd::t_0123456789abcd',
  'ai:s_0123456789abcd::t_u123456789abcd',
  'ai:s_fedcba98765432::t_fedcba98765432',
  'human',
  'gap',
  'base',
  'unknown',
];

const file: fc.Arbitrary<LandedFile> = fc
  .record({
    path: fc.constantFrom('src/a.ts', 'my file.ts', 'tab\there.ts', 'ünï/côde.ts', 'a--b/---x'),
    steps: fc.array(
      fc.record({
        skip: fc.nat(3),
        size: fc.integer({ min: 1, max: 5 }),
        author: fc.constantFrom(...authors),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ path, steps }) => {
    let next = 1;
    const runs = steps.map(({ skip, size, author }) => {
      const from = next + skip;
      next = from + size;
      const lines = author === 'base' || author === 'unknown' ? 0 : size;
      return {
        from,
        to: from + size - 1,
        author,
        via: null,
        lines: Array.from(
          { length: lines },
          (_, at) => hashedLine(`line number ${from + at}`).strong,
        ),
      };
    });
    return { path, runs };
  });

const landed: fc.Arbitrary<Landed> = fc
  .uniqueArray(file, { selector: ({ path }) => path, maxLength: 4 })
  .map((files) => ({
    commit,
    at: 1_700_000_000,
    patchId: 'p'.repeat(40),
    journal: { id: 'j', n: 3, hash: 'h' },
    files,
    sessions: {
      s_0123456789abcd: { tool: 'claude', conversation: 'one', model: 'claude-opus-5' },
      s_fedcba98765432: { tool: 'codex', conversation: 'two', model: null },
    },
    damage: [],
    cut: false,
  }));

/** Line numbers by path and what they are said to be. */
function said(lines: Iterable<readonly [string, number, string]>): readonly string[] {
  return [...lines].map(([path, line, by]) => `${path}:${line} ${by}`).toSorted();
}

test('a git-ai note is read back by our own reader, line by line', () => {
  fc.assert(
    fc.property(landed, (one) => {
      const { text, problems } = writeGitAiNote(one, { version: '1', human: person });
      expect(problems).toEqual([]);
      const reading = readNote(text, { commit, ref: 'refs/notes/ai' });
      expect(reading.problems).toEqual([]);
      const read = reading.evidence.flatMap(({ covers, claim, tool }) =>
        covers.kind === 'lines'
          ? covers.ranges.flatMap(([from, to]) =>
              Array.from(
                { length: to - from + 1 },
                (_, at) => [covers.path, from + at, tool ?? claim] as const,
              ),
            )
          : [],
      );
      const written = one.files.flatMap(({ path, runs }) =>
        runs.flatMap(({ from, to, author }) => {
          const by = author.startsWith('ai:s_0')
            ? 'claude-code'
            : author.startsWith('ai:')
              ? 'codex'
              : author;
          return by === 'human' || by === 'codex' || by === 'claude-code'
            ? Array.from({ length: to - from + 1 }, (_, at) => [path, from + at, by] as const)
            : [];
        }),
      );
      expect(said(read)).toEqual(said(written));
    }),
  );
});

test('a git-ai note keeps the rules of its format', () => {
  fc.assert(
    fc.property(landed, (one) => {
      const { text } = writeGitAiNote(one, { version: '1', human: person });
      const lines = text.split('\n');
      const dashes = lines.indexOf('---');
      for (const line of lines.slice(0, dashes)) {
        if (!line.startsWith('  ')) {
          expect(/\s/.test(line)).toBe(line.startsWith('"') && line.endsWith('"'));
          continue;
        }
        expect(line).toMatch(/^ {2}(?:s_[0-9a-f]{14}::t_[0-9a-f]{14}|h_[0-9a-f]{14}) [0-9,-]+$/);
        const starts = (line.split(' ').at(-1) ?? '')
          .split(',')
          .map((range) => Number(range.split('-')[0]));
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }
      const json = JSON.parse(lines.slice(dashes + 1).join('\n'));
      expect(json).toMatchObject({
        schema_version: 'authorship/3.0.0',
        base_commit_sha: commit,
        prompts: {},
      });
      for (const session of Object.values(json.sessions))
        expect(Object.keys(session as object)).toEqual(['agent_id']);
    }),
  );
});

test('a path that the format cannot write is told, and the others are kept', () => {
  const run = { from: 1, to: 2, author: authors[0] ?? 'base', via: null, lines: [] };
  const files = ['a"b.ts', 'line\nend.ts', 'plain.ts'].map((path) => ({ path, runs: [run] }));
  const one = {
    commit,
    at: 0,
    patchId: null,
    journal: { id: '', n: 0, hash: '' },
    files,
    sessions: {},
    damage: [],
    cut: false,
  };
  const { text, problems } = writeGitAiNote(one, { version: '1', human: null });
  expect(problems).toHaveLength(2);
  expect(text.split('\n')[0]).toBe('plain.ts');
});

test('ids are those that git-ai makes', () => {
  // printf 'claude:conv-1' | sha256sum; printf 'Ann Lee <ann@example.com>' | sha256sum
  expect(sessionKey('claude-code', 'conv-1')).toBe('s_9fb5baa652e2c0');
  expect(humanKey(person)).toBe('h_64eb1bc0fa8e7e');
});

test('what is kept beside a commit is read back as it was written', () => {
  fc.assert(
    fc.property(landed, (one) => {
      const read = readLanded(writeLanded(one), commit);
      expect(read).toEqual(one);
      expect(coverageOf(one).added).toBe(
        one.files.flatMap(({ runs }) => runs).reduce((sum, { from, to }) => sum + to - from + 1, 0),
      );
    }),
  );
  expect(readLanded(writeLanded({ ...example(), commit: 'other' }), commit)).toBeNull();
  fc.assert(fc.property(fc.json(), (text) => void readLanded(text, commit)));
  const endless = writeLanded(example()).replace(/"at": "1(?:-\d+)?"/, '"at": "1-999999999"');
  expect(readLanded(endless, commit)).toMatchObject({ files: [], cut: true });
});

function example(): Landed {
  const runs = [{ from: 1, to: 1, author: authors[0] ?? 'base', via: null, lines: [] }];
  const journal = { id: 'j', n: 1, hash: 'h' };
  const files = [{ path: 'a.ts', runs }];
  return { commit, at: 0, patchId: null, journal, files, sessions: {}, damage: [], cut: false };
}

/** The rules of agent-trace 0.1.0's own schema. */
const range = {
  type: 'object',
  required: ['start_line', 'end_line'],
  properties: {
    start_line: { type: 'integer', minimum: 1 },
    end_line: { type: 'integer', minimum: 1 },
    content_hash: { type: 'string' },
    contributor: { $ref: '#/$defs/contributor' },
  },
};
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['version', 'id', 'timestamp', 'files'],
  properties: {
    version: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
    id: { type: 'string', format: 'uuid' },
    timestamp: { type: 'string', format: 'date-time' },
    vcs: {
      type: 'object',
      required: ['type', 'revision'],
      properties: { type: { enum: ['git', 'jj', 'hg', 'svn'] }, revision: { type: 'string' } },
    },
    tool: { type: 'object', properties: { name: { type: 'string' }, version: { type: 'string' } } },
    files: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'conversations'],
        properties: {
          path: { type: 'string' },
          conversations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ranges'],
              properties: {
                url: { type: 'string', format: 'uri' },
                contributor: { $ref: '#/$defs/contributor' },
                ranges: { type: 'array', items: range },
              },
            },
          },
        },
      },
    },
    metadata: { type: 'object' },
  },
  $defs: {
    contributor: {
      type: 'object',
      required: ['type'],
      properties: {
        type: { enum: ['human', 'ai', 'mixed', 'unknown'] },
        model_id: { type: 'string', maxLength: 250 },
      },
    },
  },
};

test('an agent-trace record fits the schema of 0.1.0 and names the commit itself', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const fits = ajv.compile(schema);
  fc.assert(
    fc.property(landed, (one) => {
      const at = new Date('2026-01-02T03:04:05Z');
      const record = writeAgentTrace(one, { version: '1', at, linesAt: () => ['a', 'b', 'c'] });
      expect([fits(record), fits.errors]).toEqual([true, null]);
      expect(record).toMatchObject({ vcs: { revision: commit } });
    }),
  );
});
