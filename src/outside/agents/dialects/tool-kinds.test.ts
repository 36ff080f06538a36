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

test.each<readonly [string, unknown, string]>([
  ['mcp__serena__replace_regex', { relative_path: 'a', regex: 'x.*', repl: 'y' }, 'append'],
  ['mcp__serena__replace_symbol_body', { name_path: 'f', relative_path: 'a', body: 'y' }, 'append'],
  ['mcp__serena__insert_after_symbol', { name_path: 'f', relative_path: 'a', body: 'y' }, 'append'],
  ['mcp__serena__replace_lines', { relative_path: 'a', start_line: 1, content: 'y' }, 'append'],
  ['edit', { filename: 'a', replacement: 'y', line: 0 }, 'append'],
])(
  '%s with %j is judged by its new text, and the rest is said to be unseen',
  (tool, args, kind) => {
    expect(guessCall(tool, args)).toEqual({
      edits: [{ kind, path: 'a', content: '\ny\n' }],
      command: null,
      reads: [],
      unseen: expect.stringContaining('Only the new text'),
    });
  },
);

test.each<readonly [string, unknown, object]>([
  [
    'mcp__files__append_to_file',
    { path: 'a', content: 'y' },
    { edits: [{ kind: 'append', path: 'a' }], unseen: null },
  ],
  [
    'mcp__serena__create_text_file',
    { relative_path: 'a', content: 'y' },
    { edits: [{ kind: 'write', path: 'a', content: 'y' }], unseen: null },
  ],
  [
    'mcp__idea__replace_text_in_file',
    { pathInProject: 'a', oldText: 'x', newText: 'y' },
    { edits: [{ kind: 'replace', path: 'a', loose: true }], unseen: null },
  ],
  [
    'mcp__files__delete_file',
    { path: 'a' },
    { edits: [{ kind: 'delete', path: 'a' }], unseen: null },
  ],
  [
    'push_files',
    { files: [{ path: 'a', content: 'x' }, { path: 'b' }] },
    { edits: [{ kind: 'write', path: 'a' }], unseen: expect.stringContaining('Not every file') },
  ],
  ['push_files', { files: ['a'] }, { edits: [], unseen: expect.anything() }],
])('%s with %j is read as what it says', (tool, args, expected) => {
  expect(guessCall(tool, args)).toMatchObject(expected);
});

test.each<readonly [unknown, readonly string[]]>([
  [{ sql: 'drop table x' }, ['drop table x']],
  [{ query: ' \n/* a */ -- b\n# c\n(SELECT 1)' }, [' \n/* a */ -- b\n# c\n(SELECT 1)']],
  [{ query: '/*! DROP TABLE x */' }, ['/*! DROP TABLE x */']],
  [{ statements: ['begin', 'delete from x', 3] }, ['begin', 'delete from x']],
  [{ params: { sqlStatements: ['truncate x'] } }, ['truncate x']],
  [{ queries: [{ sql: 'select 1' }] }, ['select 1']],
  ['{"ddl":"alter table x drop y"}', ['alter table x drop y']],
  [{ migration: 'CREATE TABLE x (id int)', name: 'add x' }, ['CREATE TABLE x (id int)']],
])('the SQL in %j is told', (args, statements) => {
  expect(guessCall('mcp__db__do', args)).toMatchObject({ statements, unseen: null });
});

test.each<readonly [unknown]>([
  [{ query: 'how to drop a table' }],
  [{ body: 'drop table x' }],
  [{ query: '' }],
  [{ query: 'updates of react' }],
])('there is no SQL in %j', (args) => {
  expect(guessCall('mcp__wiki__do', args)).not.toHaveProperty('statements');
});

test.each<readonly [unknown]>([
  [{ command: 'set -e; rm -rf /' }],
  [{ query: 'select 1', body: 'x'.repeat(400) }],
  [{ statements: Array.from({ length: 600 }, (_, at) => `select ${at}`) }],
])('a call that may do more than its SQL is said to be unseen', (args) => {
  const call = guessCall('mcp__db__do', args);
  expect(call).toMatchObject({ statements: expect.anything(), unseen: expect.anything() });
});

test('many statements and deep arguments end', () => {
  const deep = (depth: number): object =>
    depth === 0 ? { sql: 'drop x' } : { a: deep(depth - 1) };
  expect(guessCall('do', { sql: '-- \n'.repeat(20_000) })).toBeDefined();
  expect(guessCall('do', deep(150))).toHaveProperty('statements');
  expect(guessCall('do', { query: `/*${' '.repeat(100_000)}` })).toBeDefined();
});

test('a call passed on to a server is read as the call of its tool', () => {
  const kinds = { use_mcp_tool: 'server' } as const;
  const passed = (args: unknown) => readCall({ name: 'use_mcp_tool', args }, kinds);
  expect(passed({ tool_name: 'w', arguments: '{"path":"a","content":"x"}' })).toMatchObject({
    edits: [{ kind: 'write', path: 'a', content: 'x' }],
  });
  expect(passed({ tool_name: 'w' })).toMatchObject({ unseen: expect.stringContaining('not in') });
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
