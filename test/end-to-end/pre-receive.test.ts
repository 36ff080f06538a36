import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fullClone, git, id, repo, shallowClone, temporaryFolder } from '../story.ts';
import { runCli, runGit, type Ran } from './run-cli.ts';
import {
  emptyServer,
  foreignFiles,
  guarded,
  objectCount,
  push,
  refsOf,
  serverOf,
} from './server.ts';

const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';
const policyFile = '.hallmonitor/policy.yml';
const onePerson = 'rules:\n  - name: Everything gets one reviewer\n    require: { approvals: 1 }\n';
const expert = `who:\n  expert:\n    any: [ changed the file at least 1 time ]\n    within: 12 months\n    covering: 50% of changed lines\n`;
const enforcing = `version: 1\nmode: enforce\n${expert}rules:\n  - name: Someone who knows it\n    require: { approvals: 1, from: expert }\n`;
const observing = `version: 1\nmode: observe\n${onePerson}`;
const broken = `version: 1\nmode: enforce\nrules:\n  - name: Everything\n    requir: { approvals: 1 }\n`;
const token = ['ghp', 'R8tZk2LwQ9vXn4Bc7YdH1sJm6PfG3uEaT5oK'].join('_');
const conflict = `${'<'.repeat(7)} HEAD\nconst retries = 3;\n${'='.repeat(7)}\nconst retries = 5;\n${'>'.repeat(7)} pr\n`;

/** One developer's repository with a branch for every case; each test pushes some of them to a server. */
const shop = repo([
  { by: 'Ann', says: 'Cart', files: { 'cart.ts': 'export const retries = 2;\n' } },
  { by: 'Bob', says: 'Orders', files: { 'orders.ts': 'export const orders = 1;\n' }, as: 'start' },
  { branch: 'clean', from: 'main', says: 'Say it', files: { 'notes.md': 'Carts hold orders.\n' } },
  {
    branch: 'clean-2',
    from: 'clean',
    says: 'More',
    files: { 'notes.md': 'Carts hold all orders.\n' },
  },
  { branch: 'rewritten', from: 'main', says: 'Say it anew', files: { 'notes.md': 'A cart.\n' } },
  {
    branch: 'drops',
    from: 'main',
    files: { 'db/migrations/0002_coupon.sql': `-- Coupons\n${drop}` },
  },
  {
    branch: 'secret',
    from: 'main',
    files: { 'deploy.ts': `const a = 1;\nconst github = '${token}';\n` },
  },
  { branch: 'conflict', from: 'main', files: { 'cart.ts': conflict } },
  { branch: 'hidden', from: 'main', files: { 'db/migrations/0003_x.sql': `\0${drop}` } },
  { branch: 'data', from: 'main', files: { 'logo.png': '\0\0' } },
  { branch: 'merge', from: 'clean', says: 'Other', files: { 'other.md': 'Other.\n' } },
  {
    branch: 'merge',
    merge: 'rewritten',
    says: 'Merge',
    files: { 'notes.md': 'A cart holds orders.\n' },
  },
  { branch: 'bad-merge', from: 'clean', says: 'Other' },
  {
    branch: 'bad-merge',
    merge: 'drops',
    says: 'Merge',
    files: { 'db/migrations/0002_coupon.sql': drop },
  },
  { branch: 'enforcing', from: 'main', says: 'Policy', files: { [policyFile]: enforcing } },
  { branch: 'work', says: 'Work', files: { 'orders.ts': 'export const orders = 2;\n' } },
  {
    branch: 'freed',
    from: 'enforcing',
    says: 'Free',
    files: { [policyFile]: observing, 'x.md': 'x\n' },
  },
  { branch: 'breaks', from: 'enforcing', says: 'Break', files: { [policyFile]: broken } },
  { branch: 'observing', from: 'main', says: 'Policy', files: { [policyFile]: observing } },
  { branch: 'observed-drop', files: { 'db/migrations/0002_coupon.sql': drop } },
  { branch: 'observed-break', from: 'observing', files: { [policyFile]: broken } },
  { branch: 'broken', from: 'main', says: 'Policy', files: { [policyFile]: broken } },
  { branch: 'broken-work', says: 'Work', files: { 'cart.ts': 'export const retries = 3;\n' } },
  { branch: 'repair', from: 'broken', says: 'Repair', files: { [policyFile]: enforcing } },
  { branch: 'repair-and-more', says: 'More', files: { 'cart.ts': 'export const retries = 4;\n' } },
  { branch: 'mended', from: 'breaks', says: 'Repair', files: { [policyFile]: observing } },
  { branch: 'elsewhere', from: null, says: 'Another project', files: { 'a.md': 'A.\n' } },
]);

/** The server most tests share: refused pushes leave it as it is. */
const shared = serverOf(shop, { main: 'main' });

function accepted({ code, stderr }: Ran): string {
  expect(stderr).not.toContain('hallmonitor refuses');
  expect(code).toBe(0);
  return stderr;
}

function refused(ran: Ran, server: string, before: Readonly<Record<string, string>>): string {
  expect(ran.stderr).toContain('hallmonitor refuses this push.');
  expect(ran.code).toBe(1);
  expect(refsOf(server)).toEqual(before);
  return ran.stderr.replaceAll(/^remote: ?/gm, '').replaceAll(/ +$/gm, '');
}

/** The text without its line breaks and without git's margin. */
function flat(said: string): string {
  return said.replaceAll(/\s*\n(?:remote: )?\s*/g, ' ');
}

/** Pushes what must not get in, and gives what the developer reads. */
function refusal(server: string, ...specs: readonly string[]): string {
  const before = refsOf(server);
  return refused(push(shop, [server, ...specs]), server, before);
}

describe('a push to the default branch', () => {
  test('is accepted when it is clean, without a word', () => {
    const server = serverOf(shop, { main: 'main' });
    expect(accepted(push(shop, ['--quiet', server, 'clean:main']))).toBe('');
    expect(refsOf(server)['refs/heads/main']).toBe(id(shop, 'clean'));
    expect(accepted(push(shop, ['--quiet', server, 'merge:main']))).toBe('');
    expect(
      foreignFiles(server).filter((path) => !/^hallmonitor\/.*\.portrait$/.test(path)),
    ).toEqual(['hooks/pre-receive']);
  });

  test.each([
    ['drops a column', 'drops', 'sql/drop-column', 'db/migrations/0002_coupon.sql:2'],
    ['holds a secret', 'secret', 'secrets/added', 'deploy.ts:2'],
    ['holds a conflict', 'conflict', 'leftovers/conflict-marker', 'cart.ts:1'],
    ['merges what drops a column', 'bad-merge', 'sql/drop-column', '0002_coupon.sql:1'],
  ])('is refused when it %s, and says what, where and what to do', (_, branch, guard, place) => {
    const said = refusal(shared, `${branch}:main`);
    expect(said).toContain(place);
    expect(said).toContain(guard);
    expect(said).toContain('Fix: ');
    expect(said).toContain('hallmonitor-ignore <guard>: <reason>');
    expect(said).toContain('refs/heads/main: it would break something; see above');
    expect(said).not.toContain(token);
  });

  test('shows one refusal from top to bottom', () => {
    const said = refusal(shared, 'drops:main');
    expect(said.slice(0, said.indexOf('To /'))).toMatchInlineSnapshot(`
      "Findings  1 block

        block  db/migrations/0002_coupon.sql:2
               drops column coupon of orders
               The data in the column is gone for good, and instances still running
               the old code fail every query that names it.
               Fix: Stop reading and writing the column in one release, drop it in a
               later one, and keep a copy of the data.
               sql/drop-column

      Fix what blocks, or say in a comment on that line or above it why it is right:
        hallmonitor-ignore <guard>: <reason>
      hallmonitor refuses this push.
        · refs/heads/main: it would break something; see above
      "
    `);
  });

  test('is refused when it rewrites or deletes what has landed', () => {
    expect(refusal(shared, '+rewritten~1^:main')).toContain('this rewrites what has landed');
    git(shared, 'config', 'receive.denyDeleteCurrent', 'ignore');
    expect(refusal(shared, ':main')).toContain('it is protected, so it is not deleted');
  });

  test('leaves nothing of a refused push behind', () => {
    const before = objectCount(shared);
    refusal(shared, 'bad-merge:main');
    expect(objectCount(shared)).toBe(before);
  });
});

describe('the first push to an empty server', () => {
  test('is accepted when it is clean, with all branches and tags at once', () => {
    const server = guarded(emptyServer());
    accepted(push(shop, [server, 'main', 'clean', 'start', 'clean:refs/tags/v1']));
    expect(Object.keys(refsOf(server))).toEqual([
      'refs/heads/clean',
      'refs/heads/main',
      'refs/tags/start',
      'refs/tags/v1',
    ]);
  });

  test('is refused when it drops a column: everything in it is new', () => {
    const said = refusal(guarded(emptyServer()), 'drops:main');
    expect(said).toContain('sql/drop-column');
  });

  test('protects main even where HEAD names another branch', () => {
    const server = guarded(emptyServer(['--initial-branch=trunk']));
    accepted(push(shop, [server, 'clean:main']));
    expect(refusal(server, '+rewritten:main')).toContain('this rewrites what has landed');
    expect(refusal(server, ':main')).toContain('not deleted');
  });
});

describe('other branches', () => {
  test('are proposals: made, moved, rewritten and deleted freely while nothing in them blocks', () => {
    const server = serverOf(shop, { main: 'main' });
    accepted(push(shop, [server, 'clean:refs/heads/pr']));
    accepted(push(shop, [server, 'clean-2:pr']));
    accepted(
      push(shop, [server, '+rewritten:pr', 'clean:refs/heads/feature/two words'.replace(' ', '-')]),
    );
    accepted(push(shop, [server, ':pr']));
    expect(Object.keys(refsOf(server))).toEqual([
      'refs/heads/feature/two-words',
      'refs/heads/main',
    ]);
  });

  test('are refused with what blocks, new and rewritten alike', () => {
    const server = serverOf(shop, { main: 'main', pr: 'clean' });
    expect(refusal(server, 'drops:refs/heads/pr-2')).toContain('sql/drop-column');
    expect(refusal(server, '+drops:pr')).toContain('sql/drop-column');
    expect(refusal(server, 'elsewhere:refs/heads/elsewhere', 'drops:refs/heads/x')).toContain(
      'sql/drop-column',
    );
  });

  test('may be other names for what is there, or for another project', () => {
    const server = serverOf(shop, { main: 'enforcing' });
    accepted(
      push(shop, [server, 'enforcing:refs/heads/release', 'enforcing:refs/tags/v1', 'elsewhere']),
    );
  });

  test('need no approval yet', () => {
    const server = serverOf(shop, { main: 'enforcing' });
    accepted(push(shop, [server, 'work:refs/heads/pr']));
  });
});

describe('tags', () => {
  test('are made, moved and deleted, annotated or not', () => {
    const server = serverOf(shop, { main: 'main' });
    git(shop, 'tag', '--annotate', '--force', '--message=One', 'v1.0', 'clean');
    accepted(push(shop, [server, 'v1.0', 'clean:refs/tags/light']));
    git(shop, 'tag', '--annotate', '--force', '--message=Again', 'v1.0', 'clean-2');
    accepted(push(shop, [server, '+v1.0', '+clean-2:refs/tags/light']));
    accepted(push(shop, [server, ':v1.0', ':light']));
    git(shop, 'tag', '--delete', 'v1.0');
    expect(Object.keys(refsOf(server))).toEqual(['refs/heads/main']);
  });

  test('are refused with what blocks, and take the whole push with them', () => {
    const said = refusal(shared, 'clean:main', 'drops:refs/tags/v2');
    expect(said).toContain('refs/tags/v2: it would break something');
    expect(said).not.toContain('refs/heads/main:');
  });

  test('that name no commit pass with a remark', () => {
    const server = serverOf(shop, { main: 'main' });
    const said = accepted(
      push(shop, [server, `${git(shop, 'rev-parse', 'main:cart.ts')}:refs/tags/key`]),
    );
    expect(said).toContain('refs/tags/key names no commit, so nothing in it was checked');
  });
});

describe('what nobody could read', () => {
  test('does not land when it is code, without a policy too', () => {
    const said = refusal(serverOf(shop, { main: 'main' }), 'hidden:main');
    expect(said).toContain('db/migrations/0003_x.sql was not read');
  });

  test('lands when it is data', () => {
    expect(push(shop, [serverOf(shop, { main: 'main' }), 'data:main']).code).toBe(0);
  });
});

describe('what replaces objects', () => {
  test('is refused, because it changes what has landed though no branch moves', () => {
    const server = serverOf(shop, { main: 'main' });
    const blob = (name: string) => git(shop, 'rev-parse', name);
    const replacement = `refs/replace/${blob('main:cart.ts')}`;
    const said = refusal(server, `${blob('clean:notes.md')}:${replacement}`);
    expect(said).toContain(`${replacement}: it would put other content in the place of what has`);
  });
});

describe('a policy on the target branch', () => {
  test('that enforces refuses what owes an approval, and says whose would do', () => {
    const server = serverOf(shop, { main: 'enforcing' });
    const said = refusal(server, 'work:main');
    expect(said).toContain('1 approval');
    expect(said).toContain('bob@example.com');
    expect(said).toContain('(rule: Someone who knows it)');
    expect(said).toContain('refs/heads/main: it owes something before it may land; see above');
  });

  test('that only observes lets the same in, with remarks', () => {
    const server = serverOf(shop, { main: 'observing' });
    const said = accepted(push(shop, [server, 'observed-drop:main']));
    expect(said).toContain('sql/drop-column');
    expect(said).toContain("lets this push in, because the policy's mode is observe");
  });

  test('does not read its successor from the push it judges', () => {
    expect(refusal(serverOf(shop, { main: 'enforcing' }), 'freed:main')).toContain('1 approval');
  });

  test('is not replaced by one that nobody could read', () => {
    const said = refusal(serverOf(shop, { main: 'observing' }), 'observed-break:main');
    expect(said).toMatch(/policy\.yml:5:5 .*requir/);
    expect(said).toContain('its policy could not be used afterwards');
  });

  test('does not change for a branch that carries another', () => {
    const server = serverOf(shop, { main: 'main', pr: 'observing' });
    expect(refusal(server, 'observed-drop:pr')).toContain('sql/drop-column');
  });
});

describe('a broken policy on the target branch', () => {
  test('refuses every push to it, with line and column', () => {
    const server = serverOf(shop, { main: 'broken' });
    const before = refsOf(server);
    const ran = push(shop, [server, 'broken-work:main']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/policy\.yml at [0-9a-f]{9}:5:5 .*requir/);
    expect(ran.stderr).toContain('Repair .hallmonitor/policy.yml in a change of its own');
    expect(refsOf(server)).toEqual(before);
  });

  test('lets in the push that repairs it and nothing else, loudly', () => {
    const server = serverOf(shop, { main: 'broken' });
    expect(push(shop, [server, 'repair-and-more:main']).code).toBe(1);
    const said = accepted(push(shop, [server, 'repair:main']));
    expect(flat(said)).toContain('this change repairs it and is judged by the default policy');
  });

  test('is repaired under the last policy that could be read, where there was one', () => {
    const server = serverOf(shop, { main: 'breaks' });
    const said = refusal(server, 'mended:main');
    expect(flat(said)).toContain(
      'this change repairs it and is judged by .hallmonitor/policy.yml at',
    );
    expect(said).toContain('it owes something before it may land');
  });

  test('lets proposals in, so that the repair can be talked about', () => {
    const server = serverOf(shop, { main: 'broken' });
    const said = accepted(push(shop, [server, 'broken-work:refs/heads/pr']));
    expect(flat(said)).toContain('so the default policy judges what is proposed');
    expect(refusal(server, 'drops:refs/heads/pr-2')).toContain('sql/drop-column');
  });
});

describe('hallmonitor.protected', () => {
  test('protects more branches, and tags by their full name', () => {
    const server = serverOf(shop, { main: 'main', 'release/1': 'clean' });
    git(server, 'config', '--add', 'hallmonitor.protected', 'release/*');
    git(server, 'config', '--add', 'hallmonitor.protected', 'refs/tags/v*');
    accepted(push(shop, [server, 'clean-2:release/1', 'clean:refs/tags/v1']));
    expect(refusal(server, '+rewritten:release/1')).toContain('this rewrites what has landed');
    expect(refusal(server, ':release/1')).toContain('not deleted');
    expect(refusal(server, '+clean-2:refs/tags/v1')).toContain('refs/tags/v1: it is protected');
  });

  test('is not evaded by another name for the same branch', () => {
    const server = serverOf(shop, { main: 'clean' });
    git(server, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    expect(refusal(server, '+rewritten:alias')).toContain('this rewrites what has landed');
  });
});

describe('when the gate itself cannot work', () => {
  test('a missing Node refuses the push', () => {
    const server = serverOf(shop, { main: 'main' });
    const hook = join(server, 'hooks', 'pre-receive');
    writeFileSync(hook, readFileSync(hook, 'utf8').replace(/^node=.*$/m, "node='/gone/node'"));
    const before = refsOf(server);
    const ran = push(shop, [server, 'clean:main']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('hallmonitor: not found, so nothing was checked');
    expect(refsOf(server)).toEqual(before);
  });

  test('a crash refuses the push and says so', () => {
    const crash = join(temporaryFolder(), 'crash.cjs');
    writeFileSync(
      crash,
      `require('node:child_process').spawn = () => { throw new Error('the disk is on fire'); };\nrequire('node:module').syncBuiltinESMExports();\n`,
    );
    const before = refsOf(shared);
    const ran = push(shop, [shared, 'clean:main'], { env: { NODE_OPTIONS: `--require ${crash}` } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('failed, so nothing was judged: the disk is on fire');
    expect(refsOf(shared)).toEqual(before);
    const direct = runCli(shared, ['gate', 'pre-receive'], {
      input: `${'0'.repeat(40)} ${id(shop)} refs/heads/x\n`,
      env: { NODE_OPTIONS: `--require ${crash}` },
    });
    expect(direct.code).toBe(3);
  });

  test('a line that is not in the form of git refuses the push', () => {
    const ran = runCli(shared, ['gate', 'pre-receive'], { input: 'main please\n' });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("a line of git's that is not understood: main please");
  });
});

describe('hostile content', () => {
  const mark = join(temporaryFolder(), 'pwned');
  const names = [
    `$(touch ${mark})`,
    '`id`',
    '; rm -rf x',
    '-rf',
    '--upload-pack=x',
    'a"b\'c',
    '\u001b[31mred',
    'ü\u202egpj.exe',
  ];

  test('in names of files, messages, people and branches does nothing and is shown harmless', () => {
    const hostile = repo([
      { by: 'Ann', says: 'Start', files: { 'a.md': 'a\n' } },
      {
        by: `Eve $(touch ${mark}) "x'`,
        email: '`id`@example.com',
        branch: 'pr',
        says: `$(touch ${mark})\n\n\u001b]0;title\u0007 \`id\`; --upload-pack=x`,
        files: Object.fromEntries(
          names.map((name, at) => [`db/migrations/${at}${name}.sql`, drop]),
        ),
      },
    ]);
    const server = serverOf(hostile, { main: 'main' });
    const branch = `refs/heads/x$(touch>${mark.replaceAll('/', '\u2215')})'";&|`;
    const before = refsOf(server);
    const ran = push(hostile, [server, `pr:${branch}`]);
    const said = refused(ran, server, before);
    expect(said.match(/sql\/drop-column/g)).toHaveLength(names.length);
    expect(said).not.toContain('\u001b[31mred');
    expect(said).not.toContain('\u202e');
    expect(() => readFileSync(mark)).toThrow('ENOENT');
  });
});

describe('other kinds of repositories', () => {
  test('a push of 5,000 files is judged', () => {
    const files = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [
        `src/${at % 50}/file-${at}.ts`,
        `export const a${at} = ${at};\n`,
      ]),
    );
    const big = repo([
      { says: 'Start', files: { 'a.md': 'a\n' } },
      { branch: 'pr', says: 'Many', files },
      { branch: 'bad', says: 'And one', files: { 'db/migrations/1.sql': drop } },
    ]);
    const server = serverOf(big, { main: 'main' });
    const before = refsOf(server);
    expect(refused(push(big, [server, 'bad:main']), server, before)).toContain('sql/drop-column');
    accepted(push(big, [server, 'pr:main']));
  });

  test('SHA-256', () => {
    const server = guarded(emptyServer(['--initial-branch=main', '--object-format=sha256']));
    const work = join(temporaryFolder(), 'work');
    git(
      temporaryFolder(),
      'init',
      '--quiet',
      '--initial-branch=main',
      '--object-format=sha256',
      work,
    );
    writeFileSync(join(work, 'a.md'), 'a\n');
    git(work, 'add', '.');
    git(work, 'commit', '--quiet', '--message=One');
    accepted(push(work, [server, 'main']));
    mkdirSync(join(work, 'db/migrations'), { recursive: true });
    writeFileSync(join(work, 'db/migrations/1.sql'), drop);
    git(work, 'add', '.');
    git(work, 'commit', '--quiet', '--message=Two');
    const before = refsOf(server);
    expect(refused(push(work, [server, 'main']), server, before)).toContain('sql/drop-column');
    accepted(push(work, [server, 'main~1:refs/heads/old']));
  });

  test('core.hooksPath: init installs where git looks', () => {
    const server = emptyServer();
    git(server, 'config', 'core.hooksPath', 'gates');
    const ran = runCli(server, ['init', '--pre-receive', '--yes']);
    expect(ran.stdout).toContain('gates/pre-receive');
    expect(ran.code).toBe(0);
    expect(foreignFiles(server)).toEqual(['gates/pre-receive', 'hallmonitor/init.json']);
    expect(refusal(server, 'drops:main')).toContain('sql/drop-column');
  });

  test('a hook that was there runs first, with its input, and its refusal stands', () => {
    const server = serverOf(shop, { main: 'main' });
    const hook = join(server, 'hooks', 'pre-receive');
    renameSync(hook, `${hook}.ours`);
    const seen = join(server, 'seen');
    writeFileSync(hook, `#!/bin/sh\ncat > '${seen}'\ntest ! -e '${server}/closed'\n`);
    chmodSync(hook, 0o755);
    expect(runCli(server, ['init', '--pre-receive', '--yes']).code).toBe(0);
    accepted(push(shop, [server, 'clean:main']));
    expect(readFileSync(seen, 'utf8')).toBe(
      `${id(shop, 'main')} ${id(shop, 'clean')} refs/heads/main\n`,
    );
    refusal(server, 'bad-merge:main');
    writeFileSync(join(server, 'closed'), '');
    expect(push(shop, [server, 'clean-2:main']).code).toBe(1);
  });

  test('real clones, shallow ones too', () => {
    const server = serverOf(shop, { main: 'main' });
    for (const clone of [fullClone(server), shallowClone(server)]) {
      runGit(clone, ['checkout', '--quiet', '-B', 'pr', 'origin/main']);
      mkdirSync(join(clone, 'db/migrations'), { recursive: true });
      writeFileSync(join(clone, 'db/migrations/1.sql'), drop);
      runGit(clone, ['add', '.']);
      runGit(clone, ['commit', '--quiet', '--message=Drop']);
      const before = refsOf(server);
      expect(refused(push(clone, ['origin', 'pr']), server, before)).toContain('sql/drop-column');
    }
  });
});
