import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkOut, repo, stage, commit, edit, temporaryFolder } from '../../test/story.ts';
import { answerHook, unjudged } from './answer-hook.ts';

const drop = 'ALTER TABLE orders DROP COLUMN coupon;';
const policy = 'version: 1\nrules:\n  - name: One\n    require: { approvals: 1 }\n';

let shop = '';

beforeEach(() => {
  shop = checkOut(
    repo([
      {
        files: {
          'db/migrations/1.sql': 'CREATE TABLE orders (id int, coupon text);\n',
          'db/migrations/3.sql': 'ALTER TABLE orders ADD COLUMN (city text);\n',
          'src/pay.ts':
            'export async function pay(id: string): Promise<void> {\n  await send(id);\n}\n',
          'notes.ipynb': JSON.stringify({
            cells: [],
            metadata: {},
            nbformat: 4,
            nbformat_minor: 5,
          }),
        },
      },
    ]),
  );
});

interface Said {
  readonly decision: string;
  readonly reason: string;
  readonly exitCode: number;
}

/** Asks the hook as Claude Code does. */
async function claude(tool: string, input: object, more: object = {}): Promise<Said> {
  const payload = JSON.stringify({
    session_id: 's-1',
    transcript_path: join(shop, 'none.jsonl'),
    cwd: shop,
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: 'toolu_1',
    ...more,
  });
  const { answer, afterwards } = await answerHook(
    { agent: 'claude-code', event: 'PreToolUse', cwd: shop, payload: Buffer.from(payload) },
    () => Promise.resolve(),
  );
  await afterwards?.();
  const said =
    answer.stdout === ''
      ? undefined
      : (JSON.parse(answer.stdout) as { hookSpecificOutput?: Record<string, string> });
  return {
    decision: said?.hookSpecificOutput?.['permissionDecision'] ?? 'pass',
    reason: said?.hookSpecificOutput?.['permissionDecisionReason'] ?? answer.stderr,
    exitCode: answer.exitCode,
  };
}

function bash(command: string): Promise<Said> {
  return claude('Bash', { command });
}

function path(name: string): string {
  return join(shop, name);
}

test('a dropped column is refused with a reason that the agent can act on', async () => {
  const said = await claude('Write', { file_path: path('db/migrations/2.sql'), content: drop });
  expect(said.exitCode).toBe(2);
  expect(said.decision).toBe('deny');
  expect(said.reason).toMatchInlineSnapshot(
    `"Hallmonitor refuses this (sql/drop-column): drops column coupon of orders (db/migrations/2.sql:1). The data in the column is gone for good, and instances still running the old code fail every query that names it. Instead: Stop reading and writing the column in one release, drop it in a later one, and keep a copy of the data. The same thing by another tool or command is refused too."`,
  );
  expect(said.reason).not.toContain('ALTER TABLE');
});

test('its corrected form goes through', async () => {
  const content = 'ALTER TABLE orders ADD COLUMN voucher text;\n';
  expect(
    (await claude('Write', { file_path: path('db/migrations/2.sql'), content })).decision,
  ).toBe('pass');
});

describe('the same edit in another form is refused too', () => {
  test.each<readonly [string, () => Promise<Said>]>([
    [
      'by the edit tool',
      () =>
        claude('Edit', {
          file_path: path('db/migrations/1.sql'),
          old_string: 'CREATE TABLE',
          new_string: `${drop}\nCREATE TABLE`,
        }),
    ],
    [
      'by many edits in one call',
      () =>
        claude('MultiEdit', {
          file_path: path('db/migrations/3.sql'),
          edits: [
            { old_string: '(city text);', new_string: 'city text;\nALTER TABLE shops ' },
            {
              old_string: 'ALTER TABLE shops ',
              new_string: drop,
            },
          ],
        }),
    ],
    ['by a heredoc', () => bash(`cat > db/migrations/2.sql <<'EOF'\n${drop}\nEOF`)],
    [
      'by a heredoc that a variable names',
      () => bash(`F=db/migrations/2.sql; cat <<EOF > "$F"\n${drop}\nEOF`),
    ],
    ['by echo', () => bash(`echo '${drop}' > db/migrations/2.sql`)],
    [
      'by printf in two parts',
      () =>
        bash(
          `printf 'ALTER TABLE orders ' > db/migrations/2.sql; printf 'DROP COLUMN coupon;' >> db/migrations/2.sql`,
        ),
    ],
    ['by tee', () => bash(`echo "${drop}" | tee db/migrations/2.sql`)],
    ['in a shell in a shell', () => bash(`bash -c "echo '${drop}' > db/migrations/2.sql"`)],
    ['in a folder gone to before', () => bash(`cd db/migrations && echo '${drop}' > 2.sql`)],
    [
      'by sed',
      () =>
        bash(`sed -i 's/ALTER TABLE orders ADD COLUMN (city text);/${drop}/' db/migrations/3.sql`),
    ],
    ['by python', () => bash(`python3 -c "open('db/migrations/2.sql','w').write('${drop}')"`)],
    [
      'by a python script',
      () =>
        bash(
          `python3 - <<'EOF'\nfrom pathlib import Path\nPath('db/migrations/2.sql').write_text("""${drop}""")\nEOF`,
        ),
    ],
    [
      'by node',
      () => bash(`node -e "require('fs').writeFileSync('db/migrations/2.sql', '${drop}')"`),
    ],
    [
      'by git apply',
      () =>
        bash(
          `git apply <<'EOF'\n--- /dev/null\n+++ b/db/migrations/2.sql\n@@ -0,0 +1 @@\n+${drop}\nEOF`,
        ),
    ],
    [
      'by patch',
      () =>
        bash(
          `patch -p1 <<'EOF'\n--- /dev/null\n+++ b/db/migrations/2.sql\n@@ -0,0 +1 @@\n+${drop}\nEOF`,
        ),
    ],
    [
      'by base64',
      () => bash(`echo ${Buffer.from(drop).toString('base64')} | base64 -d > db/migrations/2.sql`),
    ],
    [
      'copied from elsewhere',
      () => {
        const place = temporaryFolder();
        writeFileSync(join(place, 'x.sql'), drop);
        return bash(`cp ${place}/x.sql db/migrations/2.sql`);
      },
    ],
    ['run by a tool of an MCP server', () => claude('mcp__postgres__execute_sql', { sql: drop })],
    ['run against the database', () => bash(`psql "$DATABASE_URL" -c '${drop}'`)],
  ])('%s', async (_, ask) => {
    const said = await ask();
    expect(said).toMatchObject({ decision: 'deny', exitCode: 2 });
  });

  test('in smaller pieces', async () => {
    edit(shop, { 'db/migrations/2.sql': 'ALTER TABLE orders\n  -- next\n;\n' });
    const said = await claude('Edit', {
      file_path: path('db/migrations/2.sql'),
      old_string: '  -- next',
      new_string: '  DROP COLUMN coupon',
    });
    expect(said.decision).toBe('deny');
  });

  test('in a script of which only pieces are understood, after it was refused once', async () => {
    await claude('Write', { file_path: path('db/migrations/2.sql'), content: drop });
    const script = `lua -e 'f=io.open(arg[1],"w") f:write("${drop}")' db/migrations/2.sql`;
    expect((await bash(script)).decision).toBe('deny');
    expect((await bash(`grep -rn "${drop}" db`)).decision).toBe('pass');
  });
});

test('an edit that silences its own finding waits for a person', async () => {
  const content = `-- hallmonitor-ignore sql/drop-column: nobody reads it\n${drop}\n`;
  const said = await claude('Write', { file_path: path('db/migrations/2.sql'), content });
  expect(said.decision).toBe('ask');
});

describe('the monitor stays on', () => {
  test.each<readonly [string, () => Promise<Said>]>([
    [
      'git hooks by an edit',
      () => claude('Write', { file_path: path('.git/hooks/pre-commit'), content: '#!/bin/sh\n' }),
    ],
    ['git hooks by a command', () => bash("echo 'exit 0' > .git/hooks/pre-commit")],
    [
      'git hooks through a link',
      () => {
        symlinkSync(path('.git/hooks'), path('tools'));
        return claude('Write', { file_path: path('tools/pre-commit'), content: '#!/bin/sh\n' });
      },
    ],
    ['our record', () => bash('rm -rf .git/hallmonitor')],
    [
      'hooks of the agent',
      () => {
        edit(shop, {
          '.claude/settings.json':
            '{"hooks":{"PreToolUse":[{"hooks":[{"command":"hallmonitor-hook"}]}]}}',
        });
        return claude('Write', { file_path: path('.claude/settings.json'), content: '{}' });
      },
    ],
    [
      'all hooks of the agent',
      () =>
        claude('Write', {
          file_path: path('.claude/settings.local.json'),
          content: '{"disableAllHooks": true}',
        }),
    ],
  ])('%s cannot be taken away', async (_, ask) => {
    expect((await ask()).decision).toBe('deny');
  });
});

describe('what only a person may do', () => {
  test.each<readonly [string, () => Promise<Said>]>([
    [
      'changes the policy',
      () => claude('Write', { file_path: path('.hallmonitor/policy.yml'), content: policy }),
    ],
    [
      'writes into the system',
      () => claude('Write', { file_path: '/etc/hosts', content: '127.0.0.1 x\n' }),
    ],
  ])('%s: it is asked', async (_, ask) => {
    expect((await ask()).decision).toBe('ask');
  });
});

describe('files that one path stands for', () => {
  const database = 'resource "aws_db_instance" "main" {\n  identifier = "main"\n}\n';

  test.each([
    ['a folder is deleted', 'rm -rf infra'],
    ['a folder is moved away', 'mv infra /tmp/elsewhere'],
    ['a pattern is deleted', 'rm infra/*.tf'],
  ])('%s like each of its files', async (_, command) => {
    stage(shop, { 'infra/main.tf': database });
    commit(shop, 'Database');
    expect((await bash(command)).decision).toBe('deny');
  });
});

test('an edit of several that belong together is not refused for the others', async () => {
  stage(shop, {
    'package.json': '{"name":"shop","dependencies":{}}\n',
    'package-lock.json': '{}\n',
  });
  commit(shop, 'Manifest');
  const manifest = '{"name":"shop","dependencies":{"lodash":"4.17.21"}}\n';
  const code = "import { chunk } from 'lodash';\nexport const pairs = chunk([1, 2], 2);\n";
  for (const [file, content] of [
    ['package.json', manifest],
    ['src/pairs.ts', code],
  ]) {
    expect((await claude('Write', { file_path: path(file ?? ''), content })).decision).toBe('pass');
  }
});

test('the corrected form of a refused statement is no repetition', async () => {
  const content = 'ALTER TABLE orders\n  ADD COLUMN note_for_buyer text,\n  DROP COLUMN coupon;\n';
  const name = 'db/migrations/9.sql';
  expect((await claude('Write', { file_path: path(name), content })).decision).toBe('deny');
  const corrected = `cat > ${name} <<'EOF'\nALTER TABLE orders\n  ADD COLUMN note_for_buyer text;\nEOF`;
  expect((await bash(corrected)).decision).toBe('pass');
});

test('what a command copies after it wrote it is judged as what it wrote', async () => {
  const said = await bash(
    `printf '${drop}' > /tmp/draft.txt; cp /tmp/draft.txt db/migrations/9.sql`,
  );
  expect(said.decision).toBe('deny');
});

test('a pattern that an in-place edit looks for hides nothing', async () => {
  const said = await bash(`sed -i 's/CREATE TABLE.*/${drop}/' db/migrations/1.sql`);
  expect(said.decision).toBe('deny');
});

test('a file in another repository is judged by that one', async () => {
  const other = checkOut(repo([{ files: { 'db/migrations/1.sql': 'SELECT 1;\n' } }]));
  const said = await claude('Write', {
    file_path: join(other, 'db/migrations/2.sql'),
    content: drop,
  });
  expect(said.decision).toBe('deny');
});

test('where the policy lets agents be observed, it is told and not refused', async () => {
  stage(shop, { '.hallmonitor/policy.yml': `${policy}agents: observe\n` });
  commit(shop, 'Observe');
  const said = await claude('Write', { file_path: path('db/migrations/2.sql'), content: drop });
  expect(said).toMatchObject({ decision: 'pass', exitCode: 0 });
});

test('a policy that only lies in the work tree loosens nothing', async () => {
  edit(shop, { '.hallmonitor/policy.yml': `${policy}agents: observe\n` });
  const said = await claude('Write', { file_path: path('db/migrations/2.sql'), content: drop });
  expect(said.decision).toBe('deny');
});

test.each([
  ['nothing', ''],
  ['half a payload', '{"hook_event_name":"PreToolUse","tool_na'],
  ['a list', '[]'],
  ['bytes', '\u0000\u0001'],
])('%s is refused', async (_, payload) => {
  const { answer } = await answerHook(
    { agent: 'claude-code', event: 'PreToolUse', cwd: shop, payload: Buffer.from(payload) },
    () => Promise.resolve(),
  );
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain('does not understand');
});

test('no secret of a refused edit is repeated', async () => {
  const key = ['AKIA', 'QX4ZP7LM2NW6TRD5'].join('');
  const said = await claude('Write', {
    file_path: path('src/key.ts'),
    content: `export const key = '${key}';\n`,
  });
  expect(said.decision).toBe('deny');
  expect(said.reason).not.toContain(key);
});

test('a folder that is no repository is watched as well', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'db/migrations'), { recursive: true });
  const said = await claude(
    'Write',
    { file_path: join(folder, 'db/migrations/2.sql'), content: drop },
    { cwd: folder },
  );
  expect(said.decision).toBe('deny');
  expect(readFileSync(join(shop, 'db/migrations/1.sql'), 'utf8')).toContain('CREATE');
});

test.each([
  ['claude-code', 'PreToolUse', { exitCode: 2 }],
  ['codex', 'PreToolUse', { exitCode: 2 }],
  ['copilot', 'preToolUse', { exitCode: 0, stdout: expect.stringContaining('deny') as string }],
  [
    'cline',
    'PreToolUse',
    { exitCode: 0, stdout: expect.stringContaining('"cancel":true') as string },
  ],
  ['nobody', 'PreToolUse', { exitCode: 2 }],
])('a program that fails refuses %s in its own form', (agent, event, answer) => {
  expect(unjudged({ agent, event }, 'the disk is gone')).toMatchObject(answer);
});

test('a program that fails at the end of a turn traps nobody in it', () => {
  const said = unjudged({ agent: 'claude-code', event: 'Stop' }, 'the disk is gone');
  expect(said.exitCode).not.toBe(2);
  expect(said.stdout).not.toContain('block');
});

describe("a team's own words", () => {
  const rule = `id: shop/raw-price
severity: block
language: typescript
says: prints $WHAT
breaks: Card numbers end up in the logs.
fix: Log an id.
appears:
  pattern: console.log($WHAT)
caught: [{ name: a, after: "console.log(card);" }]
passed: [{ name: b, after: "audit(card);" }]
`;
  const pay = 'export function pay(card: string): void {\n  console.log(card);\n}\n';
  const adjust = (severity: string): string =>
    `version: 1\nadjust:\n  - { guard: shop/*, severity: ${severity}, because: lost orders }\n`;

  test('count in the hook though its folder is gone from the work tree', async () => {
    stage(shop, { '.hallmonitor/guards/a.yml': rule });
    commit(shop, 'Guards');
    await claude('Write', { file_path: join(shop, 'src/a.ts'), content: 'a();\n' });
    edit(shop, { '.hallmonitor/guards/a.yml': null, '.hallmonitor/guards': null });
    const said = await claude('Write', { file_path: join(shop, 'src/card.ts'), content: pay });
    expect(said.decision).toBe('deny');
  });

  test('make a warning stop an edit', async () => {
    const files = {
      '.hallmonitor/guards/a.yml': rule.replace('severity: block', 'severity: warn'),
      '.hallmonitor/guards.yml': adjust('block'),
    };
    stage(shop, files);
    commit(shop, 'Guards');
    const said = await claude('Write', { file_path: join(shop, 'src/card.ts'), content: pay });
    expect(said.decision).toBe('deny');
  });

  test.each(['.hallmonitor/guards.yml', '.hallmonitor/guards/a.yml', '.hallmonitor/services.yml'])(
    'are for people to change: %s',
    async (path) => {
      const said = await claude('Write', { file_path: join(shop, path), content: 'version: 1\n' });
      expect(said.decision).toBe('ask');
    },
  );
});
