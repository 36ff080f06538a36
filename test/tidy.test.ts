import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rooms } from './rooms.ts';
import { findCycle, untidy, valueImports } from './tidy.ts';

const root = join(import.meta.dirname, '..');

describe('the house rules', () => {
  test.each([
    [
      'src/change/change.ts',
      `import { decide } from '../gate/gate.ts';`,
      'change/ may not import gate/',
    ],
    ['src/gate/gate.ts', `import { readFile } from 'node:fs';`, 'gate/ is pure'],
    ['src/gate/gate.ts', `let seen = 0;`, 'module level'],
    ['src/gate/gate.ts', `const now = Date.now();`, 'clock'],
    ['src/gate/gate.ts', `const now = new Date();`, 'clock'],
    ['src/risk/risk.ts', `import { x } from '../people/secret.ts';`, 'not a door'],
    ['src/risk/risk.ts', `export { x } from '../gate/gate.ts';`, 'may not import gate/'],
    ['src/risk/risk.ts', `const gate = await import('../gate/gate.ts');`, 'may not import gate/'],
    ['src/outside/git/git.ts', `import { inspect } from '../../guards/guards.ts';`, 'types only'],
    ['src/outside/git/git.ts', `import { x } from '../agents/agents.ts';`, 'each other'],
    ['src/corner/corner.ts', `import { x } from '../change/change.ts';`, 'not in the map'],
  ])('%s complains about %s', (path, text, complaint) => {
    expect(untidy(path, text).join('\n')).toContain(complaint);
  });

  test.each([
    ['src/gate/gate.ts', `const example = 'Date.now() and new Date()'; // setTimeout(`],
    ['src/gate/gate.ts', `import { createHash } from 'node:crypto';`],
    ['src/outside/git/git.ts', `import type { Evidence } from '../../provenance/provenance.ts';`],
    ['src/risk/risk.ts', `import type { Roster } from '../people/people.ts';`],
  ])('%s is content with %s', (path, text) => {
    expect(untidy(path, text)).toEqual([]);
  });

  test('a cycle is found and told as the way round', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
  });
});

describe('this repository', () => {
  const files = execFileSync('git', ['ls-files', '-z', '--cached'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  const sources = files.filter((file) => file.startsWith('src/') && file.endsWith('.ts'));
  const texts = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

  test('every source file was looked at', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(texts.size).toBe(sources.length);
  });

  test('every file keeps the house rules', () => {
    expect([...texts].flatMap(([path, text]) => untidy(path, text))).toEqual([]);
  });

  test('no file imports itself by a detour', () => {
    const graph = new Map([...texts].map(([path, text]) => [path, valueImports(path, text)]));
    expect(findCycle(graph)).toEqual([]);
  });

  test('no file is larger than one megabyte', () => {
    expect(files.filter((file) => statSync(join(root, file)).size > 1_000_000)).toEqual([]);
  });

  test('every dependency has its line in docs/dependencies.md', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const names = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test('the map in docs/architecture.md is the map that is held', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const drawn = Object.keys(rooms).map((room) => {
      const granted = new RegExp(`^\\| ${room} \\| ([^|]*) \\|`, 'm').exec(text)?.[1] ?? 'no row';
      return [room, granted === 'nothing' ? [] : granted.split(', ')];
    });
    expect(Object.fromEntries(drawn)).toEqual(rooms);
  });
});
