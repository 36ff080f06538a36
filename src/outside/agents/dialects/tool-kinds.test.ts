import { expect, test } from 'vitest';
import { guessCall } from './guess.ts';
import { readSearchReplace } from './search-replace.ts';
import { shellCall } from './shell-arguments.ts';
import { readCall } from './tool-kinds.ts';
import type { ToolKind } from './tool-kinds.ts';

test.each<readonly [string, string, unknown]>([
  [
    'the form with dashes',
    '------- SEARCH\na\nb\n=======\nc\n+++++++ REPLACE',
    [{ old: 'a\nb\n', new: 'c\n', all: false }],
  ],
  [
    'the form with arrows',
    '<<<<<<< SEARCH\na\n=======\nc\n>>>>>>> REPLACE',
    [{ old: 'a\n', new: 'c\n', all: false }],
  ],
  [
    'Windows line ends',
    '------- SEARCH\r\na\r\n=======\r\nc\r\n+++++++ REPLACE\r\n',
    [{ old: 'a\n', new: 'c\n', all: false }],
  ],
  [
    'nothing to find',
    '------- SEARCH\n=======\nc\n+++++++ REPLACE',
    [{ old: '', new: 'c\n', all: false }],
  ],
  [
    'a deletion',
    '------- SEARCH\na\n=======\n+++++++ REPLACE',
    [{ old: 'a\n', new: '', all: false }],
  ],
  [
    'a block that never ends',
    '------- SEARCH\na\n=======\nc',
    [{ old: 'a\n', new: 'c\n', all: false }],
  ],
  ['no block', 'hello', null],
])('blocks: %s', (_, text, expected) => {
  expect(readSearchReplace(text)).toEqual(expected);
});

test.each<readonly [unknown, unknown]>([
  [{ command: 'ls' }, { text: 'ls', shell: 'posix', cwd: null }],
  [
    { command: ['git', 'commit', '-m', "it's"] },
    { text: String.raw`git commit -m 'it'\''s'`, shell: 'posix', cwd: null },
  ],
  [{ command: ['/bin/zsh', '-lc', 'a && b'] }, { text: 'a && b', shell: 'posix', cwd: null }],
  [{ command: ['pwsh.exe', '-c', 'rm x'] }, { text: 'rm x', shell: 'powershell', cwd: null }],
  [
    { cmd: 'ls', workdir: '/x' },
    { text: 'ls', shell: 'posix', cwd: '/x' },
  ],
  [{ commands: ['a b', 'c'] }, { text: 'a b\nc', shell: 'posix', cwd: null }],
  [
    { commands: [{ command: 'rm', args: ['-rf', '/'] }, 'ls'] },
    { text: 'rm -rf /\nls', shell: 'posix', cwd: null },
  ],
  ['ls', { text: 'ls', shell: 'posix', cwd: null }],
])('the command of %j is read', (args, command) => {
  expect(shellCall(args, 'posix')).toMatchObject({ command });
});

test.each([
  [{}],
  [{ command: '' }],
  [{ command: 3 }],
  [{ command: 'a', cmd: 'b' }],
  [{ command: [] }],
  [null],
  [[3]],
])('the command of %j is malformed', (args) => {
  expect(shellCall(args, 'posix')).toEqual({ malformed: 'the command is not one text' });
});

test.each<readonly [ToolKind, unknown]>([
  ['write', { path: 'a' }],
  ['write', { content: 'x' }],
  ['write', { path: 'a', content: ['x'] }],
  ['write', { path: 'a', file_path: 'b', content: 'x' }],
  ['write', { path: 'a', content: 'x', file_text: 'y' }],
  ['write', 'text'],
  ['write', null],
  ['replace', { path: 'a', old_string: 'x' }],
  ['replace', { path: 'a', edits: 'x' }],
  ['replace', { path: 'a', edits: [] }],
  ['replace', { path: 'a', edits: [{}] }],
  ['replace', { path: 'a', edits: Array.from({ length: 3_000 }, () => ({ new_string: '' })) }],
  ['search-replace', { path: 'a', diff: 'x' }],
  ['insert', { path: 'a', new_str: 'x' }],
  ['insert', { path: 'a', new_str: 'x', insert_line: -1 }],
  ['editor', { command: 'vanish', path: 'a' }],
  ['delete', {}],
  ['move', { from: 'a' }],
  ['patch', {}],
  ['patch', ''],
  ['notebook', { notebook_path: 'a', edit_mode: 'sing', new_source: 'x' }],
  ['batch', { tool_calls: [{ tool: 'write', parameters: {} }] }],
  ['batch', { tool_calls: 'x' }],
  ['batch', { tool_calls: Array.from({ length: 300 }, () => ({ tool: 'read' })) }],
])('a %s with %j is malformed', (kind, args) => {
  expect(readCall({ name: 'tool', args }, { tool: kind, write: 'write' })).toHaveProperty(
    'malformed',
  );
});

test('batches inside batches end', () => {
  const nested = (depth: number): object =>
    depth === 0
      ? { tool: 'batch', parameters: { tool_calls: [] } }
      : { tool: 'batch', parameters: { tool_calls: [nested(depth - 1)] } };
  expect(
    readCall({ name: 'batch', args: { tool_calls: [nested(20)] } }, { batch: 'batch' }),
  ).toHaveProperty('malformed');
});

test.each<readonly [string, unknown, object]>([
  [
    'a file and its text',
    { path: 'a', text: 'x' },
    { edits: [{ kind: 'write', path: 'a', content: 'x' }], unseen: null },
  ],
  [
    'a replacement',
    { filePath: 'a', oldString: 'x', newString: 'y' },
    { edits: [{ kind: 'replace', path: 'a', loose: true }], unseen: null },
  ],
  [
    'a patch anywhere',
    { deep: [{ er: '*** Begin Patch\n*** Delete File: a\n*** End Patch' }] },
    { edits: [{ kind: 'patch' }], unseen: null },
  ],
  [
    'an address of a file',
    { path: 'file:///repo/a%20b', content: 'x' },
    { edits: [{ path: '/repo/a b' }] },
  ],
  [
    'nothing that is known',
    { page: 'x' },
    { edits: [], unseen: expect.stringContaining('does not know the tool') },
  ],
])('the arguments of an unknown tool with %s are looked through', (_, args, expected) => {
  expect(guessCall('thing', args)).toMatchObject(expected);
});

test.each([
  ['mcp__git__get_status', null],
  ['mcp__files__listFiles', null],
  ['browser.search', null],
  ['mcp__get__update', 'said'],
  ['get_and_delete', 'said'],
  ['mcp__db__query', 'said'],
  ['', 'said'],
])('the tool %s is silent or said to be unseen: %s', (tool, expected) => {
  const call = guessCall(tool, {});
  expect('unseen' in call && call.unseen === null ? null : 'said').toBe(expected);
});

test('an unknown tool that runs commands shows its command', () => {
  expect(guessCall('mcp__box__run_terminal', { command: 'rm -rf /' })).toMatchObject({
    command: { text: 'rm -rf /', shell: 'unknown' },
  });
});

test('names of prototypes are no tools and no arguments', () => {
  expect(readCall({ name: 'constructor', args: {} }, {})).toMatchObject({
    unseen: expect.anything(),
  });
  expect(
    readCall({ name: 'w', args: Object.create({ path: 'a', content: 'x' }) }, { w: 'write' }),
  ).toHaveProperty('malformed');
});

test.each<readonly [unknown, object]>([
  [['ls', 'rm -rf x'], { command: { text: 'ls\nrm -rf x' } }],
  ['ls', { command: { text: 'ls' } }],
  [{ cmd: 'ls' }, { command: { text: 'ls' } }],
  [{ command: 'git', args: ['push'] }, { command: { text: 'git push' } }],
])('commands may come as %j', (args, expected) => {
  expect(readCall({ name: 'tool', args }, { tool: 'commands' })).toMatchObject(expected);
});

test.each<readonly [unknown, readonly string[]]>([
  [{ path: 'a' }, ['a']],
  [{ files: [{ path: 'a' }, 'b', 3] }, ['a', 'b']],
  [
    ['a', { file_path: 'b' }],
    ['a', 'b'],
  ],
  ['a', ['a']],
  [null, []],
  [{ pattern: 'x' }, []],
])('files to read may come as %j', (args, reads) => {
  expect(readCall({ name: 'tool', args }, { tool: 'read' })).toMatchObject({ reads, unseen: null });
});
