import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOut, git, repo, temporaryFolder } from '../story.ts';
import { runCli, type Ran } from './run-cli.ts';

/** A repository in a folder that can be copied and moved, and a home of its own. */
interface Project {
  readonly folder: string;
  readonly home: string;
}

function project(): Project {
  const folder = join(temporaryFolder(), 'orig');
  const start = checkOut(repo([{ by: 'Ann', says: 'Start', files: { 'a.md': 'a\n' } }]));
  cpSync(start, folder, { recursive: true });
  return { folder, home: temporaryFolder() };
}

function cli({ folder, home }: Project, ...args: readonly string[]): Ran {
  return runCli(folder, args, {
    env: { HOME: home, HALLMONITOR_GATE: 'off', HALLMONITOR_RUN_DIR: join(home, 'run') },
  });
}

function install(place: Project, ...args: readonly string[]): void {
  const ran = cli(place, 'init', '--yes', '--ci', 'none', '--agents', 'claude-code', ...args);
  expect(ran.stderr).toBe('');
}

function undo(place: Project): string {
  const ran = cli(place, 'init', '--undo');
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}

const written = ['.git/hooks/pre-commit', '.hallmonitor/hook.sh', '.claude/settings.json'];

function thereOf({ folder }: Project): readonly string[] {
  return written.filter((path) => existsSync(join(folder, path)));
}

/** The record as it was first written: with absolute paths. */
function toOldRecord({ folder }: Project): void {
  const path = join(folder, '.git/hallmonitor/init.json');
  interface Spot {
    readonly in: string;
    readonly path: string;
  }
  const { entries } = JSON.parse(readFileSync(path, 'utf8')) as {
    entries: { spot: Spot; fromSpot: Spot | null }[];
  };
  const roots: Readonly<Record<string, string>> = { git: join(folder, '.git'), tree: folder };
  const absolute = (spot: Spot): string => join(roots[spot.in] ?? '/', spot.path);
  const old = entries.map(({ spot, fromSpot, ...rest }) => ({
    ...rest,
    path: absolute(spot),
    from: fromSpot === null ? null : absolute(fromSpot),
  }));
  writeFileSync(path, JSON.stringify({ version: 1, entries: old }));
}

describe.each([
  ['a record of now', false],
  ['an old record', true],
])('with %s', (_, isOld) => {
  test('undo in a copy takes back the copy, and leaves the original whole', () => {
    const orig = project();
    install(orig);
    if (isOld) toOldRecord(orig);
    const copy = { ...orig, folder: join(dirname(orig.folder), 'copy') };
    cpSync(orig.folder, copy.folder, { recursive: true });
    expect(undo(copy)).toContain('  removed   .git/hooks/pre-commit\n');
    expect(thereOf(copy)).toEqual([]);
    expect(thereOf(orig)).toEqual(written);
    expect(undo(copy)).toContain('Nothing to take back: init did nothing here.');
    undo(orig);
    expect(thereOf(orig)).toEqual([]);
  });

  test('undo works where the repository was moved to', () => {
    const orig = project();
    install(orig);
    if (isOld) toOldRecord(orig);
    const moved = { ...orig, folder: join(dirname(orig.folder), 'moved') };
    renameSync(orig.folder, moved.folder);
    expect(undo(moved)).toContain('  removed   .hallmonitor/hook.sh\n');
    expect(thereOf(moved)).toEqual([]);
    expect(existsSync(orig.folder)).toBe(false);
  });

  test("the user's own files are taken back only from where they were installed", () => {
    const orig = project();
    install(orig, '--agents-level', 'user');
    if (isOld) toOldRecord(orig);
    const settings = join(orig.home, '.claude/settings.json');
    const copy = { ...orig, folder: join(dirname(orig.folder), 'copy') };
    cpSync(orig.folder, copy.folder, { recursive: true });
    expect(undo(copy)).toMatch(
      new RegExp(String.raw`left +${settings} +\(it was installed from ${orig.folder}/\.git\)`),
    );
    expect(existsSync(settings)).toBe(true);
    expect(undo(orig)).toContain(`removed   ${settings}`);
    expect(existsSync(settings)).toBe(false);
  });
});

describe('undo', () => {
  test('says so when what was written is gone already, and that the journal stays', () => {
    const place = project();
    install(place);
    const journal = join(place.folder, '.git/hallmonitor/journal.jsonl');
    writeFileSync(journal, '{}\n');
    for (const path of ['.hallmonitor', '.claude', '.git/hooks', '.git/hallmonitor/hook']) {
      rmSync(join(place.folder, path), { recursive: true });
    }
    const said = undo(place);
    expect(said).toContain('Nothing to take back: what init wrote here is gone already.');
    expect(said).toContain('hallmonitor record prune --journal');
    expect(readFileSync(journal, 'utf8')).toBe('{}\n');
  });

  test.each([
    ['after init wrote it anew', true, 'removed'],
    ['since', false, 'left'],
  ])('says one thing of a script that was changed by hand %s', (_, again, verb) => {
    const place = project();
    install(place);
    const script = join(place.folder, '.hallmonitor/hook.sh');
    writeFileSync(script, `${readFileSync(script, 'utf8')}exit 0\n`);
    if (again) install(place);
    const lines = undo(place)
      .split('\n')
      .filter((line) => line.includes('.hallmonitor/hook.sh'));
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([verb]);
  });

  test('takes back the other work trees of the repository, but not in a copy of it', () => {
    const orig = project();
    const linked = { ...orig, folder: join(dirname(orig.folder), 'linked') };
    git(orig.folder, 'worktree', 'add', '--quiet', '-b', 'pr', linked.folder);
    install(linked);
    const copy = { ...orig, folder: join(dirname(orig.folder), 'copy') };
    cpSync(orig.folder, copy.folder, { recursive: true });
    expect(undo(copy)).toContain('(it is in the work tree linked, which cannot be reached');
    expect(thereOf(linked)).toEqual(written.slice(1));
    expect(thereOf(orig)).toEqual(written.slice(0, 1));
    undo(orig);
    expect(thereOf(linked)).toEqual([]);
  });

  test.each([
    ['by its way', { in: 'tree', tree: '', path: '../victim' }],
    ['by name', { in: 'outside', path: 'VICTIM', for: 'COMMON' }],
  ])('touches nothing outside that a record names %s', (_, spot) => {
    const place = project();
    const victim = join(dirname(place.folder), 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(join(place.folder, '.git/hallmonitor'));
    const entry = { kind: 'merge', spot, fromSpot: null, sha256: null, before: null };
    const text = JSON.stringify({ version: 2, entries: [entry] })
      .replace('VICTIM', victim)
      .replace('COMMON', join(place.folder, '.git'));
    writeFileSync(join(place.folder, '.git/hallmonitor/init.json'), text);
    expect(undo(place)).toContain('  left  ');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  test('names a file that the disk refuses, takes back the rest, and can be asked again', () => {
    const place = project();
    install(place);
    const settings = join(place.folder, '.claude/settings.json');
    const text = readFileSync(settings, 'utf8');
    rmSync(settings);
    mkdirSync(settings);
    const ran = cli(place, 'init', '--undo');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${settings} cannot be taken back: a folder stands there`);
    expect(ran.stdout).toContain('  removed   .git/hooks/pre-commit');
    rmSync(settings, { recursive: true });
    writeFileSync(settings, text);
    expect(undo(place)).toContain('removed   .claude/settings.json');
    expect(existsSync(join(place.folder, '.claude'))).toBe(false);
  });

  test.each(['not json', '{"version":1}', '{"version":2,"entries":[{"kind":"write"}]}'])(
    'a damaged record is a mistake that is named: %s',
    (text) => {
      const place = project();
      mkdirSync(join(place.folder, '.git/hallmonitor'));
      writeFileSync(join(place.folder, '.git/hallmonitor/init.json'), text);
      const ran = cli(place, 'init', '--undo');
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('is damaged');
    },
  );
});

test('init says before it begins what the disk refuses', () => {
  const place = project();
  writeFileSync(join(place.folder, '.claude'), 'a file');
  const ran = cli(place, 'init', '--yes', '--ci', 'none', '--agents', 'claude-code');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('.claude/settings.json cannot be read: a file stands where');
  expect(ran.stderr).toContain('Nothing was changed.');
  expect(thereOf(place)).toEqual([]);
});

test('the plan for all agents is short, shows tabs as spaces, and all of it when asked', () => {
  const place = project();
  mkdirSync(join(place.folder, '.cursor'));
  writeFileSync(join(place.folder, '.cursor/hooks.json'), '{\n\t"version": 1,\n\t"hooks": {}\n}\n');
  const plan = cli(place, 'init', '--agents', 'all', '--dry-run').stdout;
  expect(plan.split('\n').length).toBeLessThan(200);
  expect(plan).toContain('-    "hooks": {}');
  expect(plan).not.toContain('u{9}');
  expect(plan).toContain('hallmonitor init --dry-run --verbose');
});
