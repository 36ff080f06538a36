import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chain, type Entry } from '../../src/capture/journal.ts';
import { bareClone, checkOut, repo, stage, temporaryFolder } from '../story.ts';
import { misfits, shapesIn } from '../json-shape.ts';
import { root, run, userEnvironment } from './run-cli.ts';

const command: readonly string[] = [join(root, 'src/cli/bin.ts'), 'mcp'];
const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));
const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';
const policy = `version: 1
mode: enforce
rules:
  - name: Migrations need two
    when: { touches: [ "db/**" ] }
    require: { approvals: 2 }
  - name: Never used
    when: { finding: sql/drop-colum }
    require: { approvals: 1 }
`;

/** A shop whose branch drops a column; the work tree holds a cart that is not committed yet. */
const shop = stage(
  checkOut(
    repo([
      {
        by: 'Ann',
        files: { 'cart.ts': 'one\n', 'dos.txt': 'a\r\nb\r\n', '.hallmonitor/policy.yml': policy },
      },
      { branch: 'pr', by: 'Bob', files: { 'db/migrations/2.sql': drop } },
    ]),
  ),
  { 'cart.ts': 'one\ntwo\n' },
);

interface Answer {
  readonly text: string;
  readonly data: Record<string, unknown>;
  readonly isError: boolean;
}

const clients: Client[] = [];

/** A client of `hallmonitor mcp`, as a coding agent's, connected to a server of its own. */
async function connect(folder: string, args: readonly string[] = []): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const env = Object.fromEntries(
    Object.entries(userEnvironment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...command, ...args],
      cwd: folder,
      env,
      stderr: 'pipe',
    }),
  );
  clients.push(client);
  return client;
}

async function call(client: Client, name: string, args: object = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: { ...args } });
  const [first] = result.content as readonly { readonly type: string; readonly text: string }[];
  return {
    text: first?.text ?? '',
    data: (result.structuredContent ?? {}) as Record<string, unknown>,
    isError: result.isError === true,
  };
}

let client: Client;
beforeAll(async () => {
  client = await connect(shop);
});
afterAll(async () => {
  for (const open of clients) await open.close();
});

describe('a client', () => {
  test('is told who serves, and when to call what', () => {
    expect(client.getServerVersion()).toMatchObject({
      name: 'hallmonitor',
      version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
        .version,
    });
    for (const tool of ['lessons', 'check_edit', 'check', 'explain', 'policy'])
      expect(client.getInstructions()).toContain(tool);
  });

  test('sees five tools that only read', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'check',
      'check_edit',
      'explain',
      'policy',
      'lessons',
    ]);
    for (const { annotations, description, inputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(description?.length).toBeLessThan(500);
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });
});

describe('check', () => {
  test('judges what the branch adds, as check does', async () => {
    const { text, data } = await call(client, 'check');
    expect(misfits(data, 'check', shapes)).toEqual([]);
    expect(data).toMatchObject({
      schema: 'hallmonitor/check/v1',
      decision: { verdict: 'block' },
      findings: [{ guard: 'sql/drop-column', path: 'db/migrations/2.sql' }],
    });
    expect(text).toContain('BLOCK  may not land');
    expect(text).toContain('2 approvals');
    expect(text).toContain('Fix: ');
  });

  test.each([
    ['a range', { range: 'main..pr' }, { files: 1, head: expect.stringMatching(/^[0-9a-f]{40}$/) }],
    ['what is staged', { staged: true }, { files: 1, head: 'index' }],
    ['the work tree', { worktree: true }, { files: 1, head: 'worktree' }],
  ])('judges %s', async (_, args, change) => {
    expect((await call(client, 'check', args)).data).toMatchObject({ change });
  });

  test('sees what is staged while it serves', async () => {
    const folder = checkOut(repo([{ files: { 'a.md': 'a\n' } }]));
    const own = await connect(folder);
    const before = await call(own, 'check', { staged: true });
    stage(folder, { 'db/migrations/1.sql': drop });
    const after = await call(own, 'check', { staged: true });
    expect([before, after].map(({ data }) => data['change'])).toMatchObject([
      { files: 0 },
      { files: 1 },
    ]);
  });

  test('cuts what a model could not read, and says so', async () => {
    const steps = Array.from({ length: 120 }, (_, at) => [`db/migrations/${at}.sql`, drop]);
    const folder = checkOut(
      repo([
        { files: { 'a.md': 'a\n' } },
        { files: Object.fromEntries(steps) as Record<string, string> },
      ]),
    );
    const { text, data } = await call(await connect(folder), 'check', { range: 'HEAD' });
    expect(data['cut']).toContainEqual(expect.stringMatching(/^findings has \d+ of 120 entries$/));
    expect(text).toContain('The data of this answer is cut: ');
    expect(text).toContain('The rest of this text is left out');
    expect(text.length).toBeLessThan(14_000);
    expect(JSON.stringify(data).length).toBeLessThan(50_000);
  });
});

describe('check_edit', () => {
  test('refuses what a guard refuses, and writes nothing', async () => {
    const { text, data } = await call(client, 'check_edit', {
      path: 'db/migrations/3.sql',
      content: drop,
    });
    expect(data).toMatchObject({
      schema: 'hallmonitor/check-edit/v1',
      path: 'db/migrations/3.sql',
      decision: 'deny',
      rules: ['sql/drop-column'],
      findings: [{ guard: 'sql/drop-column', line: 1 }],
    });
    expect(text).toContain('would be refused');
    expect(text).toContain('Fix: ');
    expect(run(shop, ['git', 'status', '--porcelain']).stdout).toBe('M  cart.ts\n');
  });

  test.each([
    [
      'replaces a passage of the file on disk',
      { path: 'cart.ts', old: 'two', new: 'three' },
      'pass',
    ],
    ['knows absolute paths', { path: join(shop, 'cart.ts'), old: 'two', new: 'three' }, 'pass'],
    ['minds no line ends', { path: 'dos.txt', old: 'a\nb', new: 'c' }, 'pass'],
    ['creates a file', { path: 'new/file.ts', old: '', new: 'x\n' }, 'pass'],
    ['refuses what git keeps for itself', { path: '.git/hooks/pre-push', content: 'x\n' }, 'deny'],
    [
      'wants a person to see what silences a guard',
      {
        path: 'db/migrations/4.sql',
        content: `-- hallmonitor-ignore sql/drop-column: nobody reads it\n${drop}`,
      },
      'ask',
    ],
  ])('%s', async (_, args, decision) => {
    expect((await call(client, 'check_edit', args)).data).toMatchObject({
      decision,
      notChecked: [],
    });
  });

  test('says of what it cannot read that it is not checked', async () => {
    const folder = checkOut(repo([{ files: { 'a.md': 'a\n' } }]));
    mkdirSync(join(folder, 'folder'));
    const own = await connect(folder);
    for (const args of [
      { path: 'folder', content: 'x\n' },
      { path: 'b.ts', content: 'x\0y\n' },
    ]) {
      const { text, data } = await call(own, 'check_edit', args);
      expect(data).toMatchObject({ decision: 'pass', notChecked: [{ what: args.path }] });
      expect(text).toContain('not everything could be checked');
    }
  });

  test.each([
    [
      'both forms',
      { path: 'cart.ts', content: 'x', old: 'one', new: 'x' },
      'Give path and content, or',
    ],
    ['no form', { path: 'cart.ts' }, 'Give path and content, or'],
    ['half a form', { path: 'cart.ts', old: 'one' }, 'Give path and content, or'],
    ['a passage that is not there', { path: 'cart.ts', old: 'nine', new: 'x' }, 'was not found'],
    [
      'a passage that is there twice',
      { path: 'cart.ts', old: 'o', new: 'x' },
      'occurs more than once',
    ],
    ['a file that is not there', { path: 'no.ts', old: 'one', new: 'x' }, 'there is no no.ts'],
    [
      'a path out of the repository',
      { path: '../x.ts', content: 'x' },
      'not a file of this repository',
    ],
    ['a path with a zero', { path: 'a\0b', content: 'x' }, 'not a file of this repository'],
  ])('is told off for %s', async (_, args, says) => {
    const { text, data, isError } = await call(client, 'check_edit', args);
    expect(text).toContain(says);
    expect(isError).toBe(true);
    expect(data).toMatchObject({ schema: 'hallmonitor/error/v1', kind: 'usage' });
  });
});

describe('explain', () => {
  test('tells what a guard protects, with examples', async () => {
    const { text, data } = await call(client, 'explain', { topic: 'sql/drop-column' });
    expect(text).toContain('Protects');
    expect(data).toMatchObject({ guards: [{ id: 'sql/drop-column', caught: expect.any(Array) }] });
  });

  test.each([
    ['commands/database-drop', 'commands', 'Caught: '],
    ['suggestion/monitor-settings', 'the files of the monitor', 'hallmonitor init --undo'],
  ])('tells what %s is about: %s', async (topic, _, says) => {
    const { text, data } = await call(client, 'explain', { topic });
    expect(text).toContain('Instead: ');
    expect(text).toContain(says);
    expect(data).toMatchObject({ schema: 'hallmonitor/suggestion-rule/v1', id: topic });
  });

  test('tells every rule for the present change, and who can unblock it', async () => {
    const { text, data } = await call(client, 'explain', { topic: 'policy' });
    expect(text).toContain('Migrations need two');
    expect(text).toContain('The smallest thing that would let it land:');
    expect(data).toMatchObject({
      schema: 'hallmonitor/policy-explain/v1',
      outcomes: [{ rule: 'Migrations need two', state: 'owed' }, { rule: 'Never used' }],
    });
  });

  test('tells one rule by its name', async () => {
    const { text, data } = await call(client, 'explain', { topic: 'migrations need two' });
    expect(text).not.toContain('Never used');
    expect(data).toMatchObject({ outcomes: [{ rule: 'Migrations need two', state: 'owed' }] });
  });

  test('helps with a topic it does not know', async () => {
    const { text, isError } = await call(client, 'explain', { topic: 'sql/drop-colum' });
    expect(text).toContain('id you mean "sql/drop-column"?');
    expect(isError).toBe(true);
  });
});

describe('policy', () => {
  test('is that of the branch to land on, with what is wrong with it', async () => {
    const { text, data } = await call(client, 'policy');
    expect(data).toMatchObject({
      schema: 'hallmonitor/policy/v1',
      name: expect.stringMatching(/^\.hallmonitor\/policy\.yml at [0-9a-f]{9}$/),
      builtIn: false,
      mode: 'enforce',
      usable: true,
      rules: ['Migrations need two', 'Never used'],
      text: policy,
    });
    expect(text).toContain('there is no guard "sql/drop-colum"');
  });

  test.each([
    ['nobody wrote one', {}, { builtIn: true, usable: true, mode: 'enforce', problems: [] }],
    [
      'it has errors',
      { '.hallmonitor/policy.yml': 'version: 1\nrulez: []\n' },
      { builtIn: false, usable: false, mode: null },
    ],
  ])('is told where %s', async (_, files, expected) => {
    const folder = checkOut(
      repo([{ files: { 'a.md': 'a\n', ...files } }, { files: { 'b.md': 'b\n' } }]),
    );
    expect((await call(await connect(folder), 'policy')).data).toMatchObject(expected);
  });
});

describe('lessons', () => {
  test('do not call silence good', async () => {
    const { text, data } = await call(client, 'lessons');
    expect(text).toContain('Nothing recorded yet');
    expect(data).toMatchObject({ recorded: false, refusals: 0, lessons: [] });
  });

  test('are what was refused, the most frequent first, each with what to do instead', async () => {
    const folder = checkOut(repo([{ files: { 'a.md': 'a\n' } }]));
    const entry = (decision: string, rule: string, path: string): Entry => ({
      kind: 'asked',
      decision,
      rules: [rule],
      files: [{ path, added: 1 }],
    });
    writeJournal(folder, [
      entry('deny', 'commands/force-push', 'a.md'),
      entry('deny', 'sql/drop-column', '1.sql'),
      entry('pass', 'sql/drop-table', '1.sql'),
      { kind: 'moment', phase: 'turn-end' },
      entry('deny', 'sql/drop-column', '2.sql'),
    ]);
    const own = await connect(folder);
    const { text, data } = await call(own, 'lessons');
    expect(data).toMatchObject({
      recorded: true,
      refusals: 3,
      lessons: [
        { rule: 'sql/drop-column', times: 2, last: '2026-01-03T00:00:00.000Z' },
        { rule: 'commands/force-push', times: 1, where: ['a.md'] },
      ],
      notChecked: [],
    });
    expect(text).toContain('Instead: ');
    expect(text).toContain('Last in: 2.sql, 1.sql');

    appendFileSync(journalOf(folder), '{"decision":"deny","rules":["made/up"]}\n{ torn');
    const later = await call(own, 'lessons');
    expect(later.data).toMatchObject({
      refusals: 3,
      // The torn one may still be on its way.
      notChecked: [{ what: '1 record of the journal' }],
    });
  });
});

function journalOf(folder: string): string {
  return join(folder, '.git/hallmonitor/journal.jsonl');
}

function writeJournal(folder: string, entries: readonly Entry[]): void {
  mkdirSync(join(folder, '.git/hallmonitor'), { recursive: true });
  const at = new Date('2026-01-03T00:00:00Z');
  writeFileSync(journalOf(folder), chain(null, entries, { at, id: 'test' }).text);
}

describe('what goes wrong is answered, not a crash', () => {
  test.each([
    [
      'an argument that is not known',
      'check',
      { stagd: true },
      'It takes: range, staged, worktree.',
    ],
    ['an argument of another kind', 'check', { staged: 'yes' }, 'staged: '],
    ['arguments where there are none', 'policy', { x: 1 }, 'It takes none.'],
    [
      'arguments that exclude each other',
      'check',
      { range: 'HEAD', staged: true },
      'exclude each other',
    ],
    ['a range git does not know', 'check', { range: 'main..nope' }, 'git knows no commit "nope"'],
    ['a range that would be an option', 'check', { range: '--output=x' }, 'cannot be a commit'],
    ['a missing topic', 'explain', {}, 'topic: '],
  ])('%s', async (_, tool, args, says) => {
    const { text, isError } = await call(client, tool, args);
    expect(text).toContain(says);
    expect(isError).toBe(true);
  });

  test('a tool that does not exist', async () => {
    await expect(call(client, 'approve')).rejects.toThrow(
      'there is no tool approve; there are: check',
    );
  });

  test.each([
    ['a folder that is no repository', temporaryFolder(), []],
    ['a folder that does not exist', shop, ['--repo', '/no/such/folder']],
  ])('%s', async (_, folder, args) => {
    const own = await connect(folder, args);
    for (const [tool, given] of [
      ['check', {}],
      ['check_edit', { path: 'a.ts', content: '' }],
      ['policy', {}],
      ['lessons', {}],
    ] as const) {
      const { text, isError } = await call(own, tool, given);
      expect(text).toContain('is not in a git repository');
      expect(isError).toBe(true);
    }
    expect((await call(own, 'explain', { topic: 'sql/drop-column' })).isError).toBe(false);
  });

  test('a bare repository has changes but no files to edit', async () => {
    const bare = await connect(bareClone(shop));
    expect((await call(bare, 'check', { range: 'main..pr' })).isError).toBe(false);
    const { text, isError } = await call(bare, 'check_edit', { path: 'cart.ts', content: '' });
    expect(text).toContain('is a bare repository');
    expect(isError).toBe(true);
  });

  test('text of the repository hides nothing and reveals no secret', async () => {
    const folder = checkOut(
      repo([
        {
          files: {
            '.hallmonitor/policy.yml': `version: 1\n# token: ghp_${'a1B2'.repeat(9)} \u202e\u{e0041}\nrules: []\n`,
          },
        },
        { files: { 'b.md': 'b\n' } },
      ]),
    );
    const said = JSON.stringify(await call(await connect(folder), 'policy'));
    expect(said).toContain('[GitHub token removed]');
    expect(said).not.toMatch(/ghp_|[\u202e\u{e0041}]/u);
  });
});

describe('the connection', () => {
  const hello = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    },
  };

  test('ends when standard input closes, after what was asked is answered; nothing else is printed', () => {
    const ask = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'lessons' } };
    const input = [hello, { jsonrpc: '2.0', method: 'notifications/initialized' }, 'not json', ask]
      .map((message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`)
      .join('');
    const { code, stdout, stderr } = run(shop, [process.execPath, ...command], { input });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([{ id: 1 }, { id: 2, result: { content: [{ type: 'text' }] } }]);
    expect(stderr).toContain('hallmonitor mcp: ');
    expect(code).toBe(0);
  });

  test('without a word ends without a word', () => {
    expect(run(shop, [process.execPath, ...command])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
