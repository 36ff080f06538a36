import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storyEnvironment, temporaryFolder } from '../../../../test/story.ts';
import type { InstalledAgent, InstallWishes } from './agent-install.ts';
import { codexTrust } from './codex-trust.ts';
import { detectAgents } from './detect.ts';
import { hookRunPath, hookRunnerText, hookScriptPath, hookScriptText } from './hook-command.ts';
import { agentInstall, installedAgents } from './install.ts';
import { hooksFor } from './installed-hooks.ts';
import { understood } from './probe-answer.ts';
import { probeOf } from './probe.ts';

const edit = { path: 'db/1.sql', content: 'DROP TABLE orders;\n' };

function wishes(top: string, more: Partial<InstallWishes> = {}): InstallWishes {
  const places = { top, home: join(top, 'home') };
  return {
    level: 'project',
    places,
    program: { words: ['/opt/h/hallmonitor-hook'] },
    http: null,
    ...more,
  };
}

/** The texts of a fresh installation by path from the top. */
function texts(agent: InstalledAgent, asked: InstallWishes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    agentInstall(agent, asked).files.map((file) => {
      const done = file.install(null);
      if ('problem' in done) throw new Error(done.problem);
      return [file.path.slice(asked.places.top.length + 1), done.text ?? ''];
    }),
  );
}

describe('every agent', () => {
  test.each(installedAgents.map((agent) => [agent]))(
    '%s: installing twice changes nothing more, and all of it goes again',
    (agent) => {
      for (const level of ['project', 'user'] as const) {
        for (const file of agentInstall(agent, wishes('/p', { level })).files) {
          const once = file.install(null);
          const text = 'problem' in once ? null : once.text;
          expect(text).not.toBeNull();
          expect(file.install(text)).toEqual({ text });
          expect(file.remove(text ?? '')).toEqual({ text: null });
        }
      }
    },
  );

  test.each(installedAgents.map((agent) => [agent]))(
    '%s: hooks of a project name no path of this machine; those of a user do',
    (agent) => {
      const shared = Object.values(texts(agent, wishes('/p'))).join();
      const own = Object.values(texts(agent, wishes('/p', { level: 'user' }))).join();
      expect(shared).not.toContain('/opt/');
      expect(shared).not.toContain('/p/');
      expect(own).toContain('/opt/h/hallmonitor-hook');
      expect(own).not.toContain('.hallmonitor/hook.sh');
    },
  );

  test.each(
    installedAgents
      .filter((agent) => agent !== 'cline' && agent !== 'opencode')
      .map((agent) => [agent]),
  )('%s: runs one hook before it writes a file', (agent) => {
    const [text = ''] = Object.values(texts(agent, wishes('/p')));
    const read = hooksFor(agent, text, probeOf(agent, '/p', edit));
    expect(read).toMatchObject({ off: null, hooks: [{ url: null, group: 0, index: 0 }] });
  });

  test('has a place of its own', () => {
    const paths = installedAgents.flatMap((agent) => Object.keys(texts(agent, wishes('/p'))));
    expect(paths.filter((path) => !path.startsWith('.clinerules/'))).toMatchInlineSnapshot(`
      [
        ".claude/settings.json",
        ".codex/hooks.json",
        ".cursor/hooks.json",
        ".github/hooks/hallmonitor.json",
        ".gemini/settings.json",
        ".windsurf/hooks.json",
        ".opencode/plugins/hallmonitor.ts",
      ]
    `);
  });
});

test('Claude Code by HTTP: the secret address goes only where git does not see it', () => {
  const http = { port: 4711, token: 'abc', start: ['/opt/h/hallmonitor', 'gate-server', 'start'] };
  const files = texts('claude-code', wishes('/p', { http }));
  expect(Object.keys(files)).toEqual(['.claude/settings.local.json']);
  const [text = ''] = Object.values(files);
  const settings = JSON.parse(text) as { hooks: Record<string, unknown[]> };
  expect(settings.hooks['PreToolUse']).toEqual([
    {
      hooks: [
        {
          type: 'http',
          url: 'http://127.0.0.1:4711/hook/claude-code/abc',
          timeout: 30,
          onFailure: 'block',
        },
      ],
    },
  ]);
  expect(settings.hooks['SessionStart']).toHaveLength(2);
});

test('agents are found by the project, else by the user, else by a program', () => {
  const there = new Set(['/p/.cursor', '/p/.codex', '/h/.codex', '/h/.gemini']);
  const found = detectAgents(
    { exists: (path) => there.has(path), onPath: (program) => program === 'opencode' },
    { top: '/p', home: '/h' },
  );
  expect(found.map(({ agent, where, sign }) => `${agent} ${where} ${sign}`)).toEqual([
    'codex project .codex',
    'cursor project .cursor',
    'gemini-cli user ~/.gemini',
    'opencode program opencode',
  ]);
});

describe('the script that shared hooks call', () => {
  const says = `#!/bin/sh\necho "$1 $2 $3 $4 $(cat) $PWD"\n`;

  function put(folder: string, path: string, text: string): void {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, 0o755);
  }

  function project(): string {
    const folder = temporaryFolder();
    execFileSync('git', ['init', '--quiet', folder]);
    put(folder, hookScriptPath, hookScriptText());
    mkdirSync(join(folder, 'deep/down'), { recursive: true });
    return folder;
  }

  function call(
    folder: string,
    command: string,
    cwd = folder,
  ): { code: number | null; stdout: string; stderr: string } {
    const env = { PATH: '/usr/bin:/bin', CLAUDE_PROJECT_DIR: folder };
    const ran = spawnSync('sh', ['-c', command], { cwd, env, input: 'payload', encoding: 'utf8' });
    return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  }

  function commandOf(agent: InstalledAgent, event?: string): string {
    const asked = wishes('/p');
    const [text = ''] = Object.values(texts(agent, asked));
    const probe = probeOf(agent, '/p', edit);
    const read = hooksFor(agent, text, event === undefined ? probe : { ...probe, event });
    if ('problem' in read) throw new Error(read.problem);
    return read.hooks[0]?.command ?? '';
  }

  const agents = installedAgents.filter((agent) => agent !== 'cline' && agent !== 'opencode');

  test.each(agents.map((agent) => [agent]))(
    '%s: finds the program of the project, also from a folder below',
    (agent) => {
      const folder = project();
      put(folder, 'node_modules/.bin/hallmonitor-hook', says);
      const { event } = probeOf(agent, folder, edit);
      for (const cwd of [folder, join(folder, 'deep/down')]) {
        const expected = `--agent ${agent} --event ${event} payload ${folder}\n`;
        expect(call(folder, commandOf(agent), cwd)).toEqual({
          code: 0,
          stdout: expected,
          stderr: '',
        });
      }
    },
  );

  test('finds the program of this machine, in a linked work tree too', () => {
    const folder = project();
    put(folder, `.git/${hookRunPath}`, hookRunnerText([join(folder, "it's mine")], '/n'));
    put(folder, "it's mine", says);
    const linked = join(temporaryFolder(), 'linked');
    const person = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    const start = ['commit', '--quiet', '--allow-empty', '--message=Start'];
    execFileSync('git', [...person, ...start], { cwd: folder, env: storyEnvironment });
    execFileSync('git', ['worktree', 'add', '--quiet', linked], {
      cwd: folder,
      env: storyEnvironment,
    });
    put(linked, hookScriptPath, hookScriptText());
    for (const top of [folder, linked]) {
      const { stdout } = call(top, commandOf('codex'));
      expect(stdout).toBe(`--agent codex --event PreToolUse payload ${top}\n`);
    }
  });

  test.each(agents.map((agent) => [agent]))(
    '%s: refuses in its own form when there is no program, and lets a turn end',
    (agent) => {
      const folder = project();
      const end = call(folder, commandOf(agent));
      const heard = understood(agent, end, { failClosed: false });
      expect(heard.effect).toBe('stops');
      expect(heard.reason).toContain('npx hallmonitor init');
      const after = {
        copilot: 'postToolUse',
        cursor: 'postToolUse',
        'gemini-cli': 'AfterTool',
        windsurf: 'post_write_code',
      };
      const event = agent in after ? after[agent as keyof typeof after] : 'PostToolUse';
      expect(call(folder, commandOf(agent, event)).code).toBe(0);
    },
  );

  test.each(agents.map((agent) => [agent]))(
    '%s: refuses when the script is gone, or the program fails',
    (agent) => {
      const folder = project();
      put(folder, 'node_modules/.bin/hallmonitor-hook', '#!/bin/sh\nkill -KILL $$\n');
      expect(understood(agent, call(folder, commandOf(agent)), { failClosed: false }).effect).toBe(
        'stops',
      );
      rmSync(join(folder, hookScriptPath));
      expect(understood(agent, call(folder, commandOf(agent)), { failClosed: false }).effect).toBe(
        'stops',
      );
    },
  );

  test('Cline: asks the hook that was there too, and refuses when either does', () => {
    const folder = project();
    const [path = '', text = ''] = Object.entries(texts('cline', wishes(folder)))[0] ?? [];
    put(folder, path, text);
    const run = (): unknown => JSON.parse(call(folder, `'${join(folder, path)}'`, '/').stdout);
    expect(run()).toMatchObject({ cancel: true });
    put(folder, 'node_modules/.bin/hallmonitor-hook', `#!/bin/sh\necho '{"cancel":false}'\n`);
    expect(run()).toEqual({ cancel: false });
    put(
      folder,
      `${path}.before-hallmonitor`,
      `#!/bin/sh\necho '{"cancel": true, "errorMessage":"theirs"}'\n`,
    );
    expect(run()).toEqual({ cancel: true, errorMessage: 'theirs' });
    put(
      folder,
      `${path}.before-hallmonitor`,
      `#!/bin/sh\ncat >/dev/null; echo '{"cancel": false, "contextModification":"hint"}'\n`,
    );
    expect(run()).toMatchObject({ contextModification: 'hint' });
    put(folder, 'node_modules/.bin/hallmonitor-hook', `#!/bin/sh\nexit 3\n`);
    expect(run()).toMatchObject({ cancel: true });
  });
});

describe('the plug-in of opencode', () => {
  interface Hooks {
    'tool.execute.before': (input: object, output: object) => Promise<void>;
    'chat.message': (input: object) => Promise<void>;
    event: (input: object) => Promise<void>;
  }

  async function plugin(answer: string): Promise<Hooks> {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.hallmonitor'));
    writeFileSync(join(folder, hookScriptPath), answer);
    const [text = ''] = Object.values(texts('opencode', wishes(folder)));
    writeFileSync(join(folder, 'plugin.mjs'), text);
    const loaded = (await import(join(folder, 'plugin.mjs'))) as Record<string, unknown>;
    expect(Object.keys(loaded)).toHaveLength(1);
    const [make] = Object.values(loaded) as [(input: object) => Promise<Hooks>];
    return make({ directory: folder, worktree: folder });
  }

  const call = [
    { tool: 'write', sessionID: 's', callID: 'c' },
    { args: { filePath: 'a' } },
  ] as const;

  test.each([
    ['deny', `echo '{"decision":"deny","reason":"drops a column"}'`, 'drops a column'],
    ['words that are no JSON', 'echo yes', 'no answer that can be understood'],
    ['nothing', '', 'no answer that can be understood'],
    [
      'pass with another exit code',
      `echo '{"decision":"pass"}'; exit 3`,
      'no answer that can be understood',
    ],
    ['a complaint', 'echo "not installed" >&2; exit 2', 'not installed'],
  ])('throws on %s', async (_, answer, says) => {
    const hooks = await plugin(answer);
    await expect(hooks['tool.execute.before'](...call)).rejects.toThrow(says);
  });

  test('goes on at a pass, and tells what it is asked to', async () => {
    const hooks = await plugin(
      `cat > "said-$2"; echo '{"decision":"pass","reason":"","context":null}'`,
    );
    await hooks['chat.message']({ sessionID: 's', model: { providerID: 'p', modelID: 'm' } });
    await expect(hooks['tool.execute.before'](...call)).resolves.toBeUndefined();
    await hooks.event({ event: { type: 'session.idle', properties: { sessionID: 's' } } });
    await hooks.event({ event: { type: 'file.edited' } });
  });

  test('hands over tool, arguments and model', async () => {
    const folder = temporaryFolder();
    const hooks = await plugin(`cat > ${folder}/said; echo '{"decision":"pass"}'`);
    await hooks['chat.message']({ sessionID: 's', model: { providerID: 'p', modelID: 'm' } });
    await hooks['tool.execute.before'](...call);
    expect(JSON.parse(readFileSync(join(folder, 'said'), 'utf8'))).toMatchObject({
      hook: 'tool.execute.before',
      tool: 'write',
      args: { filePath: 'a' },
      model: 'p/m',
    });
  });
});

describe('how agents understand the end of a hook', () => {
  const denied = {
    hookSpecificOutput: { permissionDecision: 'deny', permissionDecisionReason: 'r' },
  };
  test.each([
    ['claude-code', 2, denied, 's', 'stops', 'r'],
    ['claude-code', 0, denied, '', 'stops', 'r'],
    ['claude-code', 127, null, 'no such file', 'broken', 'it ended with code 127: no such file'],
    ['claude-code', 0, null, '', 'goes on', ''],
    ['codex', 2, denied, '', 'broken', 'it refused without a reason'],
    ['codex', 2, null, 's', 'stops', 's'],
    ['cursor', 0, { permission: 'ask', user_message: 'q' }, '', 'asks', 'q'],
    [
      'copilot',
      2,
      { permissionDecision: 'deny', permissionDecisionReason: 'r' },
      '',
      'broken',
      'it ended with code 2',
    ],
    ['copilot', 0, { permissionDecision: 'deny', permissionDecisionReason: 'r' }, '', 'stops', 'r'],
    ['gemini-cli', 2, null, '', 'broken', 'it ended with code 2'],
    ['gemini-cli', 127, null, 'no such file', 'stops', 'no such file'],
    ['windsurf', 1, null, 's', 'broken', 'it ended with code 1: s'],
    ['windsurf', 2, null, 's', 'stops', 's'],
    ['cline', 0, { cancel: true, errorMessage: 'r' }, '', 'stops', 'r'],
    ['cline', null, null, '', 'broken', 'it took too long or was killed'],
  ] as const)('%s, code %s', (agent, code, said, stderr, effect, reason) => {
    const stdout = said === null ? '' : JSON.stringify(said);
    expect(understood(agent, { code, stdout, stderr }, { failClosed: false })).toEqual({
      effect,
      reason,
    });
  });

  test('with its switch, a broken hook stops', () => {
    const end = { code: null, stdout: '', stderr: '' };
    expect(understood('claude-code', end, { failClosed: true }).effect).toBe('stops');
  });
});

describe('what switches hooks off', () => {
  test.each([
    ['claude-code', '{"disableAllHooks": true}', 'disableAllHooks is set'],
    ['gemini-cli', '{"hooksConfig": {"enabled": false}}', 'hooksConfig.enabled is false'],
    [
      'gemini-cli',
      '{"hooksConfig": {"disabled": ["hallmonitor-BeforeTool"]}}',
      'hooksConfig.disabled names our hook',
    ],
    ['gemini-cli', '{"hooksConfig": {"disabled": ["other"]}}', null],
    ['cursor', '{"disableAllHooks": true}', null],
  ] as const)('%s: %s', (agent, text, off) => {
    expect(hooksFor(agent, text, probeOf(agent, '/p', edit))).toMatchObject({ off });
  });

  test('a matcher for other tools leaves the hook out', () => {
    const hook = { type: 'command', command: 'sh .hallmonitor/hook.sh codex PreToolUse' };
    const text = JSON.stringify({ hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [hook] }] } });
    expect(hooksFor('codex', text, probeOf('codex', '/p', edit))).toMatchObject({ hooks: [] });
  });

  const project = '[projects."/p"]\ntrust_level = "trusted"\n';
  const key = '[hooks.state."/p/.codex/hooks.json:pre_tool_use:0:0"]\n';
  test.each([
    ['no configuration', null, 'project untrusted'],
    ['another project', '[projects."/q"]\ntrust_level = "trusted"\n', 'project untrusted'],
    ['an untrusted project', '[projects."/p"]\ntrust_level = "untrusted"\n', 'project untrusted'],
    ['a trusted project', project, 'untrusted'],
    ['a hook switched off', `${project}\n${key}enabled = false\n`, 'untrusted'],
    ['a trusted hook', `${project}\n${key}trusted_hash = "sha256:00"\n`, 'trusted'],
    [
      'another form',
      `${project}\n[hooks]\nstate = { "/p/.codex/hooks.json:pre_tool_use:0:0" = {} }\n`,
      'unknown',
    ],
  ] as const)('Codex with %s', (_, config, expected) => {
    const hook = {
      top: '/p',
      file: '/p/.codex/hooks.json',
      inProject: true,
      key: 'pre_tool_use:0:0',
    };
    expect(codexTrust(config, hook)).toBe(expected);
  });
});
