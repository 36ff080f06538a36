import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ciSnippet, type Forge } from '../../src/cli/init-ci.ts';
import {
  bareClone,
  checkOut,
  edit,
  emptyRepo,
  git,
  id,
  repo,
  stage,
  temporaryFolder,
} from '../story.ts';
import { run, runCli, runGit, type Ran } from './run-cli.ts';

const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';
const migration = 'db/migrations/0002_coupon.sql';
const enforcing =
  'version: 1\nmode: enforce\nrules:\n  - name: One reviewer\n    require: { approvals: 1 }\n';
const policyFile = '.hallmonitor/policy.yml';

/** A small project with its files checked out. */
function project(files: Readonly<Record<string, string>> = { 'a.md': 'a\n' }): string {
  return checkOut(repo([{ by: 'Ann', says: 'Start', files }]));
}

function init(folder: string, ...args: readonly string[]): string {
  const ran = runCli(folder, ['init', ...args]);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}

function hook(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

function commitAll(folder: string, env: Readonly<Record<string, string>> = {}): Ran {
  runGit(folder, ['add', '--all']);
  return runGit(folder, ['commit', '--message=Change'], { env });
}

/** Everything below a folder: mode and content of each file, folder and link. */
function stateOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    entries.map((path) => {
      const place = join(folder, path);
      const there = lstatSync(place);
      const content = there.isFile()
        ? readFileSync(place, 'base64')
        : there.isSymbolicLink()
          ? readlinkSync(place)
          : '';
      return [path, `${there.mode.toString(8)} ${content}`];
    }),
  );
}

describe('the plan', () => {
  test('is shown first; --dry-run and nobody to ask change nothing', () => {
    const folder = project();
    const before = stateOf(folder);
    const plan = init(folder, '--dry-run', '--ci', 'github');
    for (const part of [
      policyFile,
      '.git/hooks/pre-commit',
      '.git/hooks/commit-msg',
      '.git/hooks/pre-push',
      '.github/workflows/hallmonitor.yml',
    ])
      expect(plan).toContain(`write   ${part}`);
    const asked = runCli(folder, ['init']);
    expect(asked.stdout).toContain('This is what init will do:');
    expect(asked.stderr).toContain('nobody is here to say yes');
    expect(asked.code).toBe(2);
    expect(stateOf(folder)).toEqual(before);
  });

  test('is carried out with --yes, a second time does nothing, and --undo restores every byte and mode', () => {
    const folder = project({ 'a.md': 'a\n', '.github/workflows/ci.yml': 'name: ci\n' });
    hook(join(folder, '.git/hooks'), 'pre-push', '#!/bin/sh\nexit 0\n');
    chmodSync(join(folder, '.git/hooks/pre-push'), 0o711);
    writeFileSync(join(folder, '.git/hooks/commit-msg'), 'not executable');
    symlinkSync('../../missing', join(folder, '.git/hooks/pre-commit'));
    const before = stateOf(folder);
    expect(init(folder, '--yes', '--ci', 'github')).toContain('Done. Next:');
    expect(statSync(join(folder, '.git/hooks/pre-push')).mode & 0o777).toBe(0o755);
    const done = stateOf(folder);
    expect(init(folder, '--yes', '--ci', 'github')).toContain('Nothing to do');
    expect(stateOf(folder)).toEqual(done);
    const undone = init(folder, '--undo');
    expect(undone).toContain('restored  .git/hooks/pre-push');
    expect(stateOf(folder)).toEqual(before);
    expect(init(folder, '--undo')).toContain('Nothing to take back');
  });

  test('removes at --undo the folders it made, and leaves and names what was edited since', () => {
    const folder = emptyRepo();
    const before = stateOf(folder);
    init(folder, '--yes', '--ci', 'gitlab');
    writeFileSync(join(folder, policyFile), enforcing);
    writeFileSync(join(folder, '.gitlab/mine.yml'), 'a: 1\n');
    const undone = init(folder, '--undo');
    expect(undone).toContain(`left      ${policyFile}  (changed since, so it is yours)`);
    expect(stateOf(folder)).toEqual({
      ...before,
      ...Object.fromEntries(
        Object.entries(stateOf(folder)).filter(([path]) => /^\.(?:hallmonitor|gitlab)/.test(path)),
      ),
    });
    expect(readFileSync(join(folder, policyFile), 'utf8')).toBe(enforcing);
    expect(existsSync(join(folder, '.gitlab/hallmonitor.yml'))).toBe(false);
  });

  test('keeps a hook of ours that was edited', () => {
    const folder = project();
    init(folder, '--yes');
    const path = join(folder, '.git/hooks/pre-commit');
    writeFileSync(path, readFileSync(path, 'utf8').replace('gate pre-commit', 'gate  pre-commit'));
    const edited = readFileSync(path, 'utf8');
    expect(init(folder, '--yes')).toContain('(changed since init wrote it, so it is yours)');
    expect(readFileSync(path, 'utf8')).toBe(edited);
    expect(init(folder, '--undo')).toContain('left      .git/hooks/pre-commit');
  });

  test('is written through no link of the repository', () => {
    const elsewhere = temporaryFolder();
    const folder = checkOut(
      repo([{ files: { '.hallmonitor': { mode: '120000', text: elsewhere } } }]),
    );
    const ran = runCli(folder, ['init', '--yes']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('.hallmonitor is a symbolic link, and init writes through none');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test.each([
    ['a bare repository', ['--yes'], 'hallmonitor init --pre-receive', true],
    ['a work tree', ['--yes', '--pre-receive'], 'belongs on the server', false],
  ])('says what to do instead in %s', (_, args, advice, bare) => {
    const ran = runCli(bare ? bareClone(project()) : project(), ['init', ...args]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(advice);
  });
});

describe('hooks', () => {
  const server = bareClone(project());

  /** A project with a drop staged, its hooks installed, and its policy on the branch. */
  function dropping(policy: string | null): string {
    const folder = project({ 'a.md': 'a\n', ...(policy === null ? {} : { [policyFile]: policy }) });
    init(folder, '--yes', '--ci', 'none');
    return stage(folder, { [migration]: drop });
  }

  test('stop a commit and a push that would break something, once the policy enforces', () => {
    const folder = dropping(enforcing);
    const before = id(folder);
    const ran = commitAll(folder);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`${migration}:1`);
    expect(ran.stderr).toContain('hallmonitor stops this commit.');
    expect(ran.stderr).toContain('git commit --no-verify goes round this hook');
    expect(id(folder)).toBe(before);
    expect(runGit(folder, ['commit', '--quiet', '--no-verify', '--message=x']).code).toBe(0);
    const pushed = runGit(folder, ['push', server, 'HEAD:refs/heads/pr']);
    expect(pushed.stderr).toContain('hallmonitor stops the push to refs/heads/pr.');
    expect(pushed.code).toBe(1);
    const { code } = runGit(folder, ['push', '--no-verify', server, 'HEAD:refs/heads/pr']);
    expect(code).toBe(0);
    expect(runGit(folder, ['push', server, ':refs/heads/pr']).code).toBe(0);
  });

  test('only tell while the policy observes, and say that they do', () => {
    const folder = dropping(enforcing.replace('enforce', 'observe'));
    const ran = commitAll(folder);
    expect(ran.stderr).toContain('sql/drop-column');
    expect(ran.stderr).toContain(
      "hallmonitor lets this commit go on, because the policy's mode is observe",
    );
    expect(ran.code).toBe(0);
  });

  test('see what is committed, not what merely lies there', () => {
    const folder = dropping(enforcing);
    edit(folder, { 'a.md': 'b\n' });
    expect(runGit(folder, ['commit', '--quiet', '--message=One', 'a.md']).code).toBe(0);
    edit(folder, { 'a.md': 'c\n' });
    const all = runGit(folder, ['commit', '--quiet', '--message=All', '--all']);
    expect(all.stderr).toContain('hallmonitor stops this commit.');
    expect(all.code).toBe(1);
  });

  test('let a repairing commit through a broken policy', () => {
    const folder = project({ [policyFile]: enforcing.replace('require', 'requir') });
    init(folder, '--yes', '--ci', 'none');
    edit(folder, { [policyFile]: enforcing });
    expect(commitAll(folder).code).toBe(0);
  });

  test('remind of the disclosure line when an agent commits, and stop nothing', () => {
    const folder = project();
    init(folder, '--yes', '--ci', 'none');
    const ran = commitAll(folder, { CLAUDECODE: '1' });
    expect(ran.stderr).toContain('Assisted-by: claude-code');
    expect(ran.code).toBe(0);
    expect(git(folder, 'log', '-1', '--format=%B').trim()).toBe('Change');
  });

  test('run after those that were there, with their arguments and input, which may stop all', () => {
    const folder = project();
    const own = join(folder, '.git/hooks');
    const log = join(folder, '.git/log');
    hook(own, 'commit-msg', `#!/bin/sh\necho "msg $# $1" >> '${log}'\n`);
    hook(own, 'pre-push', `#!/bin/sh\necho "push $# $1" >> '${log}'\ncat >> '${log}'\n`);
    hook(own, 'pre-commit', `#!/bin/sh\necho commit >> '${log}'\ntest ! -e '${own}/closed'\n`);
    init(folder, '--yes', '--ci', 'none');
    expect(commitAll(folder).code).toBe(0);
    expect(runGit(folder, ['push', server, 'HEAD:refs/heads/one']).code).toBe(0);
    expect(readFileSync(log, 'utf8')).toBe(
      `commit\nmsg 1 .git/COMMIT_EDITMSG\npush 2 ${server}\nHEAD ${id(folder)} refs/heads/one ${'0'.repeat(40)}\n`,
    );
    writeFileSync(join(own, 'closed'), '');
    edit(folder, { 'b.md': 'b\n' });
    expect(commitAll(folder).code).toBe(1);
  });

  test.each([['with spaces'], [`it's "quoted" $HOME`]])('work in a folder called %s', (name) => {
    const folder = join(temporaryFolder(), name);
    git(temporaryFolder(), 'clone', '--quiet', dropping(enforcing), folder);
    init(folder, '--yes', '--ci', 'none');
    stage(folder, { [migration]: drop });
    expect(commitAll(folder).stderr).toContain('hallmonitor stops this commit.');
  });

  test('refuse when the program is gone, and say how to go on', () => {
    const folder = dropping(enforcing);
    const path = join(folder, '.git/hooks/pre-commit');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^script=.*$/m, "script='/gone'"));
    const ran = commitAll(folder);
    expect(ran.stderr).toContain('hallmonitor: not found, so nothing was checked');
    expect(ran.stderr).toContain('--no-verify');
    expect(ran.code).toBe(1);
  });
});

describe('where git looks for hooks', () => {
  test("husky: its own folder is left alone, and the script beside it runs first as husky's did", () => {
    const folder = project({ 'a.md': 'a\n', [policyFile]: enforcing });
    git(folder, 'config', 'core.hooksPath', '.husky/_');
    const log = join(folder, '.git/log');
    const wrapper = '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n';
    hook(join(folder, '.husky/_'), 'pre-commit', wrapper);
    writeFileSync(
      join(folder, '.husky/_/h'),
      'n=$(basename "$0")\ns=$(dirname "$(dirname "$0")")/$n\n[ ! -f "$s" ] && exit 0\nsh -e "$s" "$@"\n',
    );
    writeFileSync(join(folder, '.husky/pre-commit'), `echo lint >> '${log}'\n`);
    const before = stateOf(folder);
    expect(init(folder, '--yes', '--ci', 'none')).toContain('write   .husky/pre-commit');
    expect(readFileSync(join(folder, '.husky/_/pre-commit'), 'utf8')).toBe(wrapper);
    expect(readFileSync(join(folder, '.husky/pre-commit'), 'utf8')).not.toContain(folder);
    stage(folder, { [migration]: drop });
    const ran = runGit(folder, ['commit', '--message=Drop']);
    expect(ran.stderr).toContain('hallmonitor stops this commit.');
    expect(readFileSync(log, 'utf8')).toBe('lint\n');
    init(folder, '--undo');
    const after = stateOf(folder);
    for (const path of Object.keys(before).filter((name) => name.startsWith('.husky')))
      expect(after[path]).toBe(before[path]);
  });

  test('a folder of the work tree gets hooks that name no path of this machine', () => {
    const folder = project();
    git(folder, 'config', 'core.hooksPath', '.githooks');
    const text = init(folder, '--yes', '--ci', 'none');
    expect(text).toContain('write   .githooks/pre-commit');
    expect(text).toContain('write   .git/hallmonitor/run');
    expect(readFileSync(join(folder, '.githooks/pre-commit'), 'utf8')).not.toContain('/bin.ts');
    expect(commitAll(folder).stderr).not.toContain('not found');
    init(folder, '--undo');
    expect(existsSync(join(folder, '.githooks'))).toBe(false);
    expect(existsSync(join(folder, '.git/hallmonitor/run'))).toBe(false);
  });

  test('a folder for all repositories of the user is not touched', () => {
    const folder = project();
    const config = join(temporaryFolder(), 'gitconfig');
    const shared = temporaryFolder();
    writeFileSync(config, `[core]\n\thooksPath = ${shared}\n`);
    const env = { GIT_CONFIG_GLOBAL: config };
    const ran = runCli(folder, ['init', '--yes'], { env });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('would run in each of them');
    expect(readdirSync(shared)).toEqual([]);
    expect(runCli(folder, ['init', '--yes', '--no-hooks'], { env }).code).toBe(0);
  });

  test('linked work trees share one, and submodules have their own', () => {
    const outer = project({ [policyFile]: enforcing });
    const linked = join(temporaryFolder(), 'linked');
    git(outer, 'worktree', 'add', '--quiet', '-b', 'pr', linked);
    init(linked, '--yes', '--ci', 'none');
    expect(existsSync(join(outer, '.git/hooks/pre-commit'))).toBe(true);
    stage(linked, { [migration]: drop });
    expect(runGit(linked, ['commit', '--message=Drop']).stderr).toContain('stops this commit');

    const inner = bareClone(outer);
    const over = project();
    git(over, 'submodule', '--quiet', 'add', `file://${inner}`, 'sub');
    const sub = join(over, 'sub');
    init(sub, '--yes', '--ci', 'none');
    expect(existsSync(join(over, '.git/modules/sub/hooks/pre-commit'))).toBe(true);
    expect(existsSync(join(over, '.git/hooks/pre-commit'))).toBe(false);
    stage(sub, { [migration]: drop });
    expect(runGit(sub, ['commit', '--message=Drop']).stderr).toContain('stops this commit');
  });
});

describe('CI snippets', () => {
  test.each<[Forge, string]>([
    ['github', 'git@github.com:acme/shop.git'],
    ['gitlab', 'https://gitlab.example.com/acme/shop.git'],
  ])('%s: chosen by the remote, valid YAML, and clean to our own guards', (forge, url) => {
    const folder = project();
    git(folder, 'remote', 'add', 'origin', url);
    const { path } = ciSnippet(forge, '1.0.0');
    expect(init(folder, '--yes')).toContain(`write   ${path}`);
    const text = readFileSync(join(folder, path), 'utf8');
    expect(scriptsIn(parse(text)).join('\n')).not.toContain('${{');
    const after = edit(temporaryFolder(), {
      // GitLab reads the job from its main file.
      [forge === 'gitlab' ? '.gitlab-ci.yml' : path]: text,
    });
    const ran = runCli(folder, ['scan', '--before', temporaryFolder(), '--after', after]);
    expect(ran.stdout.trim()).toBe('1 changed file, no findings');
    expect(ran.code).toBe(0);
  });

  test('the script of a snippet is a shell script that keeps names as data', () => {
    const workflow = parse(ciSnippet('github', '1.0.0').text) as object;
    const script = scriptsIn(workflow).join('\n');
    const mark = join(temporaryFolder(), 'pwned');
    const bin = temporaryFolder();
    hook(bin, 'npx', '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 1\n');
    const ran = run(temporaryFolder(), ['sh', '-e', '-c', script], {
      env: {
        BASE: `x$(touch ${mark})"; touch ${mark}; "`,
        GITHUB_STEP_SUMMARY: '/dev/null',
        PATH: `${bin}:${process.env['PATH']}`,
      },
    });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain(`origin/x$(touch ${mark})"; touch ${mark}; "..HEAD`);
    expect(existsSync(mark)).toBe(false);
  });
});

/** Every text under `run:` or `script:`, however deep. */
function scriptsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'run' || key === 'script' ? [value].flat().map(String) : scriptsIn(value),
  );
}
