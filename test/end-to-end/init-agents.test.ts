import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOut, repo, temporaryFolder } from '../story.ts';
import { root, runCli, type Ran } from './run-cli.ts';

const settings = `{
  // what the team agreed on
  "permissions": { "deny": ["Read(.env)"], },
  "hooks": {
    "PreToolUse": [
      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./audit.sh" }] } // theirs
    ]
  }
}`;

/** A project that several agents are used in, and a home of its own. */
interface Project {
  readonly folder: string;
  readonly home: string;
}

function project(files: Readonly<Record<string, string>> = {}): Project {
  const folder = checkOut(repo([{ by: 'Ann', says: 'Start', files: { 'a.md': 'a\n', ...files } }]));
  return { folder, home: temporaryFolder() };
}

function cli({ folder, home }: Project, ...args: readonly string[]): Ran {
  // Without a resident gate nothing of a test outlives it.
  const env = {
    HOME: home,
    HALLMONITOR_GATE: 'off',
    HALLMONITOR_RUN_DIR: join(home, 'run'),
    SHELL: '/bin/sh',
  };
  return runCli(folder, args, { env });
}

function init(place: Project, ...args: readonly string[]): string {
  const ran = cli(place, 'init', '--no-hooks', '--ci', 'none', '--yes', ...args);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}

function stateOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    entries.flatMap((path) => {
      const place = join(folder, path);
      if (path.startsWith('.git/') || !statSync(place).isFile()) return [];
      return [[path, `${statSync(place).mode.toString(8)} ${readFileSync(place, 'utf8')}`]];
    }),
  );
}

function put({ folder }: Project, path: string, text: string): string {
  const place = join(folder, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
  chmodSync(place, 0o755);
  return place;
}

interface Report {
  readonly good: boolean;
  readonly checks: readonly {
    subject: string;
    standing: string;
    result: string;
    says: string;
    advice: string;
  }[];
}

function doctor(
  place: Project,
): Pick<Report, 'checks'> & { code: number | null; results: Readonly<Record<string, string>> } {
  const ran = cli(place, 'doctor', '--format', 'json');
  expect(ran.stderr).toBe('');
  const { checks } = JSON.parse(ran.stdout) as Report;
  const results = Object.fromEntries(checks.map(({ subject, result }) => [subject, result]));
  return { code: ran.code, checks, results };
}

describe('installing for coding agents', () => {
  test('all of them: a second time does nothing, and --undo gives every byte back', () => {
    const place = project({
      '.claude/settings.json': settings,
      '.clinerules/hooks/PreToolUse': '#!/bin/sh\n',
    });
    const before = stateOf(place.folder);
    const said = init(place, '--agents', 'all');
    expect(said).toContain('  change  .claude/settings.json');
    expect(said).toContain('  write   .codex/hooks.json');
    expect(said).toContain('run /hooks and trust');
    const installed = stateOf(place.folder);
    expect(Object.keys(installed)).toContain('.hallmonitor/hook.sh');
    expect(installed['.claude/settings.json']).toContain('// what the team agreed on');
    expect(init(place, '--agents', 'all')).toContain('Nothing to do');
    expect(stateOf(place.folder)).toEqual(installed);
    expect(cli(place, 'init', '--undo').code).toBe(0);
    expect(stateOf(place.folder)).toEqual(before);
    expect(readdirSync(place.home).filter((name) => name !== 'run')).toEqual([]);
  });

  test('shows the difference of a file that is there', () => {
    const place = project({ '.cursor/hooks.json': '{\n  "version": 1,\n  "hooks": {}\n}\n' });
    const ran = cli(place, 'init', '--no-hooks', '--ci', 'none', '--dry-run');
    const lines = ran.stdout.split('\n').filter((line) => /^ {10}[-+@ ]/.test(line));
    const from = lines.findIndex((line) => line.includes('@@'));
    expect(lines.slice(from, from + 10).map((line) => line.slice(10))).toMatchInlineSnapshot(`
      [
        "@@ -1,4 +1,74 @@",
        " {",
        "   "version": 1,",
        "-  "hooks": {}",
        "+  "hooks": {",
        "+    "preToolUse": [",
        "+      {",
        "+        "command": "[ -f .hallmonitor/hook.sh ] || cd \\"$(git rev-parse --show-toplevel)\\"; sh .hallmonitor/hook.sh cursor preToolUse || sh -c 'exit 2'",",
        "+        "timeout": 30,",
        "+        "failClosed": true",
      ]
    `);
    expect(readFileSync(join(place.folder, '.cursor/hooks.json'), 'utf8')).toContain('"hooks": {}');
  });

  test('takes those that are found when none is named, and none with none', () => {
    const place = project({ '.gemini/settings.json': '{}' });
    mkdirSync(join(place.home, '.codex'));
    init(place);
    expect(existsSync(join(place.folder, '.codex/hooks.json'))).toBe(true);
    expect(readFileSync(join(place.folder, '.gemini/settings.json'), 'utf8')).toContain(
      'BeforeTool',
    );
    expect(existsSync(join(place.folder, '.cursor'))).toBe(false);
    const other = project({ '.gemini/settings.json': '{}' });
    init(other, '--agents', 'none');
    expect(existsSync(join(other.folder, '.hallmonitor/hook.sh'))).toBe(false);
  });

  test('for the user touches only the home, and --undo only that', () => {
    const place = project();
    mkdirSync(join(place.home, '.claude'));
    writeFileSync(join(place.home, '.claude/settings.json'), '{"model":"x"}');
    init(place, '--agents', 'claude-code,codex', '--agents-level', 'user');
    expect(existsSync(join(place.folder, '.claude'))).toBe(false);
    expect(readFileSync(join(place.home, '.claude/settings.json'), 'utf8')).toContain(
      '--agent claude-code',
    );
    expect(readFileSync(join(place.home, '.codex/hooks.json'), 'utf8')).toContain(root);
    cli(place, 'init', '--undo');
    expect(readFileSync(join(place.home, '.claude/settings.json'), 'utf8')).toBe('{"model":"x"}');
    expect(existsSync(join(place.home, '.codex'))).toBe(false);
  });

  test('by HTTP keeps the secret out of shared files, and readable by its user alone', () => {
    const place = project();
    const said = init(place, '--agents', 'claude-code', '--http');
    const path = join(place.home, '.hallmonitor/gate.json');
    const { token } = JSON.parse(readFileSync(path, 'utf8')) as { token: string };
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(said).not.toContain(token);
    expect(existsSync(join(place.folder, '.claude/settings.json'))).toBe(false);
    expect(readFileSync(join(place.folder, '.claude/settings.local.json'), 'utf8')).toContain(
      token,
    );
    expect(init(place, '--agents', 'claude-code', '--http')).toContain('Nothing to do');
    // No gate runs here, and Claude Code refuses what it cannot ask about.
    const [check] = doctor(place).checks.filter(({ subject }) => subject === 'claude-code');
    expect(check).toMatchObject({
      result: 'refuses-everything',
      advice: 'Run: hallmonitor gate-server start',
    });
    cli(place, 'init', '--undo');
    expect(existsSync(join(place.folder, '.claude'))).toBe(false);
    expect(existsSync(path)).toBe(true);
  });

  test('what others changed since stays when ours is taken back', () => {
    const place = project({ '.claude/settings.json': settings });
    init(place, '--agents', 'claude-code,codex');
    const path = join(place.folder, '.claude/settings.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('Read(.env)', 'Read(.secrets)'));
    cli(place, 'init', '--undo');
    expect(readFileSync(path, 'utf8')).toBe(settings.replace('Read(.env)', 'Read(.secrets)'));
  });

  test('leaves what it cannot read, and links, alone and says so', () => {
    const place = project({ '.claude/settings.json': '{ "hooks": ' });
    mkdirSync(join(place.folder, '.codex'));
    const target = put(place, 'elsewhere.json', '{}');
    symlinkSync(target, join(place.folder, '.codex/hooks.json'));
    const said = init(place, '--agents', 'claude-code,codex');
    expect(said).toMatch(/\.claude\/settings\.json.*not valid JSON \(line 1/);
    expect(said).toMatch(/\.codex\/hooks\.json.*symbolic link/);
    expect(readFileSync(target, 'utf8')).toBe('{}');
  });

  test('names it does not know are a mistake', () => {
    const ran = cli(project(), 'init', '--agents', 'clippy');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('init knows no agent clippy');
  });
});

describe('doctor', () => {
  /** Stands in for the program: refuses what drops something, in the words of the agent. */
  const stub = `#!/bin/sh
case $(cat) in *DROP*) ;; *) [ "$2" = opencode ] && echo '{"decision":"pass"}'; [ "$2" = cline ] && echo '{"cancel":false}'; exit 0 ;; esac
case $2 in
  copilot) echo '{"permissionDecision":"deny","permissionDecisionReason":"drops a column"}' ;;
  cline) echo '{"cancel":true,"errorMessage":"drops a column"}' ;;
  opencode) echo '{"decision":"deny","reason":"drops a column"}' ;;
  *) echo drops a column >&2; exit 2 ;;
esac
`;

  function trustCodex({ folder, home }: Project): void {
    const file = join(folder, '.codex/hooks.json');
    writeFileSync(
      join(home, '.codex/config.toml'),
      `[projects."${folder}"]\ntrust_level = "trusted"\n\n[hooks.state."${file}:pre_tool_use:0:0"]\ntrusted_hash = "sha256:00"\n`,
    );
  }

  test('drives the real configuration of each agent, and says how each one stands', () => {
    const place = project();
    expect(cli(place, 'init', '--ci', 'none', '--yes', '--agents', 'all').code).toBe(0);
    put(place, 'node_modules/.bin/hallmonitor-hook', stub);
    const before = stateOf(place.folder);
    mkdirSync(join(place.home, '.codex'));
    expect(doctor(place)).toMatchObject({
      code: 1,
      results: { codex: 'untrusted', 'claude-code': 'refused' },
    });
    trustCodex(place);
    expect(doctor(place)).toMatchObject({
      code: 0,
      results: {
        'git-hooks': 'installed',
        policy: 'readable',
        gate: 'not-running',
        ...Object.fromEntries(
          [
            'claude-code',
            'codex',
            'cursor',
            'copilot',
            'gemini-cli',
            'windsurf',
            'cline',
            'opencode',
          ].map((agent) => [agent, 'refused']),
        ),
      },
    });
    expect(stateOf(place.folder)).toEqual(before);
  });

  test('sees what keeps a hook from stopping anything', () => {
    const place = project({ '.cursor/rules.md': 'x\n' });
    init(place, '--agents', 'claude-code,gemini-cli,windsurf,copilot');
    put(place, 'node_modules/.bin/hallmonitor-hook', stub);
    put(place, '.claude/settings.local.json', '{"disableAllHooks": true}');
    const gemini = join(place.folder, '.gemini/settings.json');
    writeFileSync(
      gemini,
      readFileSync(gemini, 'utf8').replace('{', '{ "hooksConfig": { "enabled": false },'),
    );
    const copilot = join(place.folder, '.github/hooks/hallmonitor.json');
    writeFileSync(copilot, readFileSync(copilot, 'utf8').replace('sh .hall', 'true; sh .hall'));
    expect(doctor(place)).toMatchObject({
      code: 1,
      results: {
        'git-hooks': 'no-hook',
        'claude-code': 'off',
        cursor: 'no-hook',
        'gemini-cli': 'off',
        windsurf: 'refused',
        copilot: 'outdated',
      },
    });
  });

  test.each([
    ['lets everything through', '#!/bin/sh\ncat >/dev/null\n', 'not-refused'],
    ['refuses everything', '#!/bin/sh\necho no >&2; exit 2\n', 'refuses-everything'],
  ])('a program that %s is told', (_, program, result) => {
    const place = project();
    init(place, '--agents', 'claude-code');
    put(place, 'node_modules/.bin/hallmonitor-hook', program);
    expect(doctor(place).results['claude-code']).toBe(result);
  });

  test('runs nothing of a repository that is not what init writes', () => {
    const place = project();
    init(place, '--agents', 'claude-code,opencode');
    const trace = join(place.home, 'trace');
    put(place, '.hallmonitor/hook.sh', `#!/bin/sh\n# hallmonitor agent hook\ntouch '${trace}'\n`);
    expect(doctor(place).results).toMatchObject({
      'claude-code': 'outdated',
      opencode: 'outdated',
    });
    expect(existsSync(trace)).toBe(false);
  });
});
