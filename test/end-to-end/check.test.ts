import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  checkOut,
  edit,
  emptyRepo,
  git,
  id,
  loseObjects,
  partialClone,
  repo,
  shallowClone,
  stage,
  temporaryFolder,
} from '../story.ts';
import { misfits, shapesIn } from '../json-shape.ts';
import { root, run, runCli, type RunOptions } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));
const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';
const claude = 'Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>';
const session = 's_0123456789abcd';
const note = `cart.ts\n  ${session}::t_00112233445566 2\n---\n${JSON.stringify({
  schema_version: 'authorship/3.0.0',
  base_commit_sha: '0'.repeat(40),
  prompts: {},
  sessions: { [session]: { agent_id: { tool: 'cursor', id: 'x', model: 'gpt-5.5' } } },
})}\n`;
const services = 'services:\n  - name: checkout\n    tier: 1\n    paths: [ cart.ts ]\n';

/** A shop whose pull request drops a column, with work of two assistants in its history. */
const shop = checkOut(
  repo([
    {
      by: 'Ann',
      says: 'Cart',
      files: { 'cart.ts': 'one\n', '.hallmonitor/services.yml': services },
    },
    { by: 'Bob', says: 'Second', files: { 'cart.ts': 'one\ntwo\n' }, notes: note, as: 'noted' },
    {
      branch: 'pr',
      by: 'Ann',
      says: `Coupons\n\n${claude}`,
      files: {
        'cart.ts': 'one\ntwo\nthree\n',
        'db/migrations/2.sql': drop,
        'db/migrations/3.sql': `-- hallmonitor-ignore sql/drop-column: nobody reads it since March\n${drop}`,
      },
    },
  ]),
);

/** A policy that asks for nothing here, as a file. */
const lenient = policy(
  'rules:\n  - name: None\n    when: { touches: [ "nowhere/**" ] }\n    require: { approvals: 1 }\n',
);

function policy(rest: string): string {
  const path = join(temporaryFolder(), 'policy.yml');
  writeFileSync(path, `version: 1\nmode: enforce\n${rest}`);
  return path;
}

interface Json {
  readonly [key: string]: unknown;
}

/** Runs a command for its JSON, which must be exactly what docs/json.md says. */
function json(
  folder: string,
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Json {
  const ran = runCli(folder, [...command.split(' '), ...args, '--format', 'json'], options);
  const value = JSON.parse(ran.stdout) as Json;
  const name = value['schema'] === 'hallmonitor/error/v1' ? 'error' : command;
  expect(misfits(value, name, shapes)).toEqual([]);
  return { ...value, exit: ran.code };
}

function checkJson(folder: string, ...args: readonly string[]): Json & { readonly change: Json } {
  return json(folder, 'check', args) as Json & { readonly change: Json };
}

describe('check prints', () => {
  test('text without colour where nobody looks', () => {
    const { stdout, stderr, code } = runCli(shop, ['check']);
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/^BLOCK {2}may not land/);
    expect(stdout).toContain('db/migrations/2.sql:1');
    expect(stdout).toContain('suppressed  db/migrations/3.sql:2');
    expect(stdout).toContain('claude-code (claude-opus-4-5): 4 lines');
    expect(stdout).toContain('touches checkout (tier 1)');
    expect(stdout).toContain('Policy: the default policy, mode enforce.');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('colour when it is forced, unless it is forbidden', () => {
    const coloured = runCli(shop, ['check'], { env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[1m\u001b[31mBLOCK');
    const plain = runCli(shop, ['check'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  test('JSON, exactly as documented', () => {
    const { change, provenance, findings, decision, risk, exit } = checkJson(shop);
    expect(exit).toBe(1);
    expect(change).toEqual({
      base: id(shop, 'main'),
      head: id(shop, 'pr'),
      commits: 1,
      files: 3,
      added: 4,
      deleted: 0,
    });
    expect(provenance).toMatchObject({
      ai: 4,
      unknown: 0,
      tools: [{ tool: 'claude-code', model: 'claude-opus-4-5', lines: 4 }],
      evidence: [{ kind: 'trailer', strength: 4, commit: id(shop, 'pr') }],
    });
    expect(findings).toMatchObject([
      { guard: 'sql/drop-column', severity: 'block', path: 'db/migrations/2.sql', line: 1 },
      { path: 'db/migrations/3.sql', suppressed: { by: 'comment', addedHere: true } },
    ]);
    expect(decision).toMatchObject({ verdict: 'block', enforced: true });
    expect(risk).toMatchObject({ services: [{ name: 'checkout', tier: 1 }] });
  });

  test('SARIF and Markdown', () => {
    const sarif = runCli(shop, ['check', '--format', 'sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'sql/drop-column', level: 'error' }, { suppressions: [{}] }] }],
    });
    const markdown = runCli(shop, ['check', '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/^<!-- hallmonitor -->\n\n### Hallmonitor: block\n/);
    expect([sarif.code, markdown.code]).toEqual([1, 1]);
  });

  test('no more than a reader wants, and without a complaint', () => {
    const bin = join(root, 'src/cli/bin.ts');
    const script = `{ '${process.execPath}' '${bin}' check --format json; echo "code $?" >&2; } | head -n 1`;
    const ran = run(shop, ['sh', '-c', script]);
    expect(ran.stdout).toBe('{\n');
    expect(ran.stderr).toBe('code 1\n');
  });
});

describe('the exit code', () => {
  const broken = policy('rules:\n  - name: One\n    requir: { approvals: 1 }\n');
  const observing = policy('rules:\n  - name: One\n    require: { approvals: 1 }\n');
  writeFileSync(observing, readFileSync(observing, 'utf8').replace('enforce', 'observe'));

  test.each<[number, string, readonly string[], string]>([
    [0, 'it may land', ['check', 'noted', '--policy', lenient], 'LAND'],
    [0, 'the policy only observes', ['check', 'noted', '--policy', observing], 'only observed'],
    [1, 'it may not land yet', ['check', 'noted'], 'REVIEW'],
    [2, 'a range is unknown', ['check', 'nope..HEAD'], 'git knows no commit "nope" here'],
    [2, 'a range looks like an option', ['check', '--', '--output=x'], 'cannot be a commit'],
    [2, 'a range and a mode are given', ['check', 'HEAD', '--staged'], 'exclude each other'],
    [2, 'an option is unknown', ['check', '--stagd'], '(Did you mean --staged?)'],
    [2, 'a command is unknown', ['chek'], 'Did you mean check?'],
    [2, 'a format is unknown', ['check', '--format', 'xml'], 'Allowed choices are text, json'],
    [2, 'a policy is missing', ['check', '--policy', '/no/such.yml'], 'cannot read /no/such.yml'],
    [2, 'a policy is a folder', ['check', '--policy', '/'], 'cannot read /'],
    [2, 'a policy is broken', ['check', '--policy', broken], `${broken}:5:5 `],
    [
      2,
      'a folder is missing',
      ['check', '--repo', '/no/such'],
      '/no/such is not in a git repository',
    ],
    [2, 'there is no repository', ['check', '--repo', '/'], '/ is not in a git repository'],
  ])('is %i when %s', (code, _, args, says) => {
    const ran = runCli(shop, args);
    expect(ran.stdout + ran.stderr).toContain(says);
    expect(ran.code).toBe(code);
  });

  test('is 2 when the policy of the target branch is broken, with its place', () => {
    const folder = repo([
      { files: { '.hallmonitor/policy.yml': readFileSync(broken, 'utf8') } },
      { says: 'Work', files: { 'a.md': 'a\n' } },
      { says: 'Repair', files: { '.hallmonitor/policy.yml': readFileSync(lenient, 'utf8') } },
    ]);
    const stopped = runCli(folder, ['check', 'HEAD~1']);
    expect(stopped.stderr).toMatch(/policy\.yml at [0-9a-f]{9}:5:5 /);
    expect(stopped.code).toBe(2);
    const repaired = runCli(folder, ['check', 'HEAD']);
    expect(repaired.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'this change repairs it and is judged by the default policy',
    );
    expect(repaired.code).toBe(1);
  });

  test('is 3 when the program itself fails, and both forms say whose fault it is', () => {
    const crash = join(temporaryFolder(), 'crash.cjs');
    const code = `require('node:child_process').spawn = () => { throw new Error('on fire'); };\nrequire('node:module').syncBuiltinESMExports();\n`;
    writeFileSync(crash, code);
    const env = { NODE_OPTIONS: `--require ${crash}` };
    const ran = runCli(shop, ['check'], { env });
    expect(ran.stderr).toContain('failed, so nothing was judged: on fire');
    expect(ran.code).toBe(3);
    expect(json(shop, 'check', [], { env })).toMatchObject({ kind: 'failure', exit: 3 });
  });

  test('goes with an error as data', () => {
    const told = checkJson(shop, 'nope');
    expect(told).toMatchObject({
      kind: 'usage',
      message: 'git knows no commit "nope" here',
      exit: 2,
    });
    expect(checkJson(shop, '--stagd')).toMatchObject({ kind: 'usage', exit: 2 });
  });
});

describe('what check judges', () => {
  test('what is staged, or everything that is not committed', () => {
    const folder = checkOut(repo([{ files: { 'a.md': 'a\n', 'b.md': 'b\n' } }]));
    stage(folder, { 'a.md': 'A\n' });
    edit(folder, { 'b.md': 'B\n', 'c.md': 'c\n' });
    expect(checkJson(folder, '--staged').change).toMatchObject({
      base: id(folder),
      head: 'index',
      files: 1,
      added: 1,
    });
    expect(checkJson(folder, '--worktree').change).toMatchObject({
      head: 'worktree',
      files: 3,
      added: 3,
    });
    expect(checkJson(folder)['notChecked']).toContainEqual({
      what: 'uncommitted changes',
      why: 'only commits are judged here; --staged and --worktree judge what is not committed',
    });
  });

  test('a range, one commit, and the first commit', () => {
    expect(checkJson(shop, 'main..pr').change).toMatchObject({ commits: 1, files: 3 });
    expect(checkJson(shop, 'noted').change).toMatchObject({ commits: 1, files: 1, added: 1 });
    expect(checkJson(shop, 'noted~1').change).toMatchObject({ base: null, files: 2 });
  });

  test('a repository without a commit', () => {
    const folder = emptyRepo();
    edit(folder, { 'a.ts': 'a\n' });
    expect(checkJson(folder)['notChecked']).toContainEqual({
      what: 'commits',
      why: 'this repository has none yet; --worktree judges its files',
    });
    expect(checkJson(folder, '--worktree').change).toMatchObject({ base: null, files: 1 });
  });

  test('a detached HEAD, from a folder inside, or named from outside', () => {
    const folder = join(temporaryFolder(), `it's "here"`);
    git(temporaryFolder(), 'clone', '--quiet', `file://${shop}`, folder);
    git(folder, 'checkout', '--quiet', '--detach', 'origin/pr');
    const inside = join(folder, 'db/migrations');
    expect(checkJson(inside).change).toMatchObject({ head: id(shop, 'pr'), files: 3 });
    expect(checkJson(temporaryFolder(), '--repo', folder).change).toMatchObject({ files: 3 });
  });

  test('clones with less in them: what is missing is not checked, and said', () => {
    const shallow = checkJson(shallowClone(shop), 'origin/pr');
    expect(JSON.stringify(shallow['notChecked'])).toContain('are not in this shallow clone');
    expect(shallow).toMatchObject({ findings: [], exit: 1 });
    const partial = checkJson(
      partialClone(repo([{ files: { 'a.ts': '1\n' } }, { files: { 'a.ts': '2\n' } }])),
      'HEAD',
    );
    expect(JSON.stringify(partial['notChecked'])).toContain('missing from this clone');
    const damaged = loseObjects(
      repo([{ files: { 'a.ts': '1\n' } }, { files: { 'a.ts': '2\n' } }]),
      ['main:a.ts'],
    );
    expect(JSON.stringify(checkJson(damaged, 'HEAD')['notChecked'])).toContain('missing');
  });

  test('a bare repository', () => {
    const bare = bareClone(shop);
    expect(checkJson(bare, 'main..pr').change).toMatchObject({ files: 3 });
    expect(checkJson(bare, '--staged')).toMatchObject({ kind: 'usage', exit: 2 });
  });

  test('hostile names, messages and people, which do nothing and are shown harmless', () => {
    const mark = join(temporaryFolder(), 'pwned');
    const names = [
      `$(touch ${mark})`.replaceAll('/', '\u2215'),
      '`id`',
      '-rf',
      'a\nb',
      '\u001b[31mred',
      'x\u202egpj',
      'a"b\'c',
    ];
    const folder = checkOut(
      repo([
        { files: { 'a.md': 'a\n' } },
        {
          branch: 'x;touch$IFS"pwned"',
          by: `Eve $(touch ${mark})`,
          says: `$(touch ${mark})\u001b]0;title\u0007`,
          files: Object.fromEntries(names.map((name) => [`db/migrations/${name}.sql`, drop])),
        },
      ]),
    );
    const { stdout, code } = runCli(folder, ['check', 'HEAD']);
    expect(code).toBe(1);
    // oxlint-disable-next-line no-control-regex -- controls are what must not appear
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const { findings } = checkJson(folder, 'HEAD') as { findings?: readonly { path: string }[] };
    expect(findings?.map(({ path }) => path).sort()).toEqual(
      names.map((name) => `db/migrations/${name}.sql`).sort(),
    );
    expect(existsSync(mark) || existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('under the policy of the branch it is to land on as that is now, wherever it started', () => {
    const rule = (name: string): string =>
      `version: 1\nmode: enforce\nrules:\n  - name: ${name}\n    require: { approvals: 1 }\n`;
    const folder = checkOut(
      repo([
        { files: { '.hallmonitor/policy.yml': rule('Old').replace('enforce', 'observe') } },
        { branch: 'pr', files: { 'a.md': 'a\n', '.hallmonitor/policy.yml': rule('Own') } },
        { branch: 'main', files: { '.hallmonitor/policy.yml': rule('New') } },
        { branch: 'pr', files: { 'b.md': 'b\n' } },
      ]),
    );
    for (const asked of [[], ['main..pr']]) {
      const found = checkJson(folder, ...asked);
      expect(found).toMatchObject({ decision: { enforced: true, rules: ['New'] }, exit: 1 });
      expect(found.change).toMatchObject({ commits: 2, files: 3 });
    }
  });

  test('facts about the history are kept where one says', () => {
    const cache = join(temporaryFolder(), 'cache');
    const cold = checkJson(shop, '--cache', cache);
    expect(existsSync(cache)).toBe(true);
    const warm = checkJson(shop, '--cache', cache);
    expect({ ...warm, timings: 0 }).toEqual({ ...cold, timings: 0 });
  });
});

describe('blame and stats', () => {
  test('tell tool and model line by line, from trailers and from notes', () => {
    const { stdout } = runCli(shop, ['blame', 'cart.ts']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(10).replaceAll(/ +/g, ' '));
    expect(lines).toEqual([
      'unknown 1 one',
      'ai cursor gpt-5.5 2 two',
      'ai claude-code claude-opus-4-5 3 three',
    ]);
    const { runs } = json(join(shop, 'db'), 'blame', ['../cart.ts']) as { runs?: unknown };
    expect(runs).toMatchObject([
      { from: 1, to: 1, authorship: 'unknown', commit: id(shop, 'noted~1') },
      { from: 2, to: 2, tool: 'cursor', model: 'gpt-5.5', commit: id(shop, 'noted') },
      { from: 3, to: 3, tool: 'claude-code', commit: id(shop, 'pr') },
    ]);
    const gone = runCli(shop, ['blame', 'nope.ts']);
    expect(gone.stderr).toContain('git knows no file nope.ts at HEAD');
    expect(gone.code).toBe(2);
  });

  test('cut runs of one author where the commit changes', () => {
    const folder = repo([{ files: { 'a.ts': '1\n' } }, { files: { 'a.ts': '1\n2\n' } }]);
    const { runs } = json(folder, 'blame', ['a.ts']) as { runs?: unknown };
    expect(runs).toMatchObject([
      { from: 1, to: 1, commit: id(folder, 'main~1') },
      { from: 2, to: 2, commit: id(folder) },
    ]);
  });

  test('add up a range', () => {
    expect(json(shop, 'stats', [])).toMatchObject({
      commits: 3,
      lines: { ai: 5, mixed: 0, human: 0, unknown: 5 },
      tools: [
        { name: 'claude-code', commits: 1 },
        { name: 'cursor', commits: 1 },
      ],
      exit: 0,
    });
    expect(json(shop, 'stats', ['main..pr'])).toMatchObject({ commits: 1, lines: { ai: 4 } });
    expect(runCli(shop, ['stats']).stdout).toContain('claude-code');
  });
});

describe('scan', () => {
  const before = temporaryFolder();
  const after = edit(temporaryFolder(), { 'db/migrations/1.sql': drop, 'a b/ü\n.md': 'x\n' });

  test('runs the guards over two folders', () => {
    expect(json(shop, 'scan', ['--before', before, '--after', after])).toMatchObject({
      files: 2,
      findings: [{ guard: 'sql/drop-column', path: 'db/migrations/1.sql', line: 1 }],
      exit: 1,
    });
    expect(json(shop, 'scan', ['--before', after, '--after', after])).toMatchObject({
      files: 0,
      exit: 0,
    });
    const sarif = runCli(shop, ['scan', '--before', before, '--after', after, '--format', 'sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0' });
  });

  test.each([
    ['a folder is missing', ['--before', '/no/such', '--after', after], '/no/such'],
    ['an option is missing', ['--before', before], '--after'],
  ])('says so when %s', (_, args, says) => {
    const ran = runCli(shop, ['scan', ...args]);
    expect(ran.stderr).toContain(says);
    expect(ran.code).toBe(2);
  });
});

describe('policy', () => {
  const folder = checkOut(repo([{ files: { 'a.md': 'a\n' } }]));
  runCli(folder, ['init', '--yes', '--no-hooks', '--ci', 'none']);
  const fixtures = join(root, '../shared/fixtures/policy-bot');

  test('lint, test and explain the policy that init wrote', () => {
    expect(json(folder, 'policy lint', [])).toMatchObject({ usable: true, exit: 0 });
    expect(json(folder, 'policy test', [])).toMatchObject({ failed: 0, exit: 0 });
    const explained = json(shop, 'policy explain', ['pr']);
    expect(explained).toMatchObject({
      verdict: 'block',
      exit: 0,
      unblock: { people: ['bob@example.com'] },
    });
    expect(runCli(shop, ['policy', 'explain', 'pr']).stdout).toContain(
      'The smallest thing that would let it land:',
    );
  });

  test('point at what is wrong, with line, column and a suggestion', () => {
    const path = policy('rules:\n  - name: One\n    require: { approvalz: 1 }\ntests: 3\n');
    const { problems, exit } = json(folder, 'policy lint', [path]) as {
      problems?: object[];
      exit?: number;
    };
    expect(problems).toContainEqual(
      expect.objectContaining({ line: 5, column: 16, suggestion: 'did you mean "approvals"?' }),
    );
    expect(exit).toBe(1);
    expect(runCli(folder, ['policy', 'test', path]).code).toBe(2);
    expect(runCli(shop, ['policy', 'lint']).stderr).toContain(
      'there is no .hallmonitor/policy.yml here',
    );
  });

  test('fail their own tests loudly', () => {
    const path = policy(
      'rules:\n  - name: One\n    require: { approvals: 1 }\ntests:\n  - name: None\n    given: { lines: 1 }\n    expect: { approvals: 0 }\n',
    );
    expect(json(folder, 'policy test', [path])).toMatchObject({ failed: 1, exit: 1 });
  });

  test('are imported from CODEOWNERS and policy-bot, and the result can be used', () => {
    const owners = join(temporaryFolder(), 'CODEOWNERS');
    writeFileSync(owners, '* @ann\n/db/ @acme/data # the data team\n');
    const bot = join(temporaryFolder(), '.policy.yml');
    writeFileSync(
      bot,
      'policy:\n  approval:\n    - one\napproval_rules:\n  - name: one\n    requires:\n      count: 1\n      users: [ann]\n',
    );
    for (const args of [
      ['codeowners', owners],
      ['policy-bot', bot],
    ]) {
      const { policy: text } = json(folder, 'policy import', args) as { policy?: string };
      const path = join(temporaryFolder(), 'imported.yml');
      writeFileSync(path, text ?? '');
      expect(json(folder, 'policy lint', [path])).toMatchObject({ usable: true });
    }
    expect(runCli(folder, ['policy', 'import', 'nonsense', owners]).code).toBe(2);
  });

  test('agree with policy-bot on all its cases', () => {
    const files = [
      '--cases',
      join(fixtures, 'cases.jsonl.gz'),
      '--verdicts',
      join(fixtures, 'verdicts.jsonl.gz'),
    ];
    if (!existsSync(fixtures)) return;
    expect(json(folder, 'policy conformance', ['policy-bot', ...files])).toMatchObject({
      total: 1000,
      agreed: 1000,
      exit: 0,
    });
  });

  test('have a schema for editors', () => {
    const { stdout, code } = runCli(folder, ['policy', 'schema']);
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(readFileSync(join(root, 'docs/policy.schema.json'), 'utf8')),
    );
    expect(code).toBe(0);
  });
});

test('guards lists the catalogue, and one in full', () => {
  expect(json(shop, 'guards', [])['exit']).toBe(0);
  expect(runCli(shop, ['guards', 'sql/drop-column']).stdout).toContain('Silence   a comment');
  const unknown = runCli(shop, ['guards', 'sql/nope']);
  expect(unknown.stderr).toContain('On that shelf: ');
  expect(unknown.code).toBe(2);
});

test('help and version', () => {
  expect(runCli(shop, ['--version']).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  const help = runCli(shop, ['--help']);
  expect(help.stdout).toContain('$ hallmonitor check');
  // What git hooks call is not for people.
  expect(help.stdout).not.toMatch(/^ {2}gate /m);
  expect(help.code).toBe(0);
});
