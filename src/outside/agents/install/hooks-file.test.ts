import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { isOurCommand, isOurs, withHooks, withoutHooks, type WantedHooks } from './hooks-file.ts';
import { readJsonText, valueOf } from './json-text.ts';

const ours = 'sh .hallmonitor/hook.sh codex PreToolUse || exit 2';
const wanted: WantedHooks = {
  hooks: [
    { event: 'PreToolUse', entry: { hooks: [{ type: 'command', command: ours }] } },
    {
      event: 'Stop',
      entry: { hooks: [{ type: 'command', command: 'sh .hallmonitor/hook.sh codex Stop' }] },
    },
  ],
  beside: { version: 1 },
};

function install(now: string | null): string {
  const done = withHooks(now, wanted);
  if ('problem' in done) throw new Error(done.problem);
  return done.text ?? '';
}

function remove(now: string): string | null {
  const done = withoutHooks(now, wanted.beside);
  if ('problem' in done) throw new Error(done.problem);
  return done.text;
}

function read(text: string): unknown {
  const root = readJsonText(text);
  if ('problem' in root) throw new Error(root.problem.message);
  return valueOf(root);
}

const commented = `// our settings
{
    "permissions": { "deny": ["Read(.env)"] }, // keep
    /* hooks of the team */
    "hooks": {
        "PreToolUse": [
            { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./audit.sh" }] }, // theirs
        ],
    },
}
`;

describe('files that others wrote', () => {
  test.each([
    ['comments and trailing commas', commented],
    ['no final newline', '{\n  "a": 1\n}'],
    ['CRLF', '{\r\n  "a": 1,\r\n  "b": [1, 2]\r\n}\r\n'],
    ['tabs', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n'],
    ['one line', '{"a":1,"b":[1,2]}'],
    ['one line with spaces', '{ "a": 1 }\n'],
    ['a byte order mark', '\ufeff{\n  "a": 1\n}\n'],
    ['a comment behind the last member', '{\n  "a": 1 // last\n}\n'],
    ['a block comment behind the last member', '{\n  "a": 1 /* one\n two */\n}\n'],
    [
      'hooks of others',
      '{"version":1,"hooks":{"PreToolUse":[{"hooks":[{"command":"x"}]}],"Other":[1]}}',
    ],
    [
      'a version of its own',
      '{\n  "version": 2,\n  "hooks": {\n    "Stop": [\n      {"command":"y"}\n    ]\n  }\n}',
    ],
    ['a closing brace on the last line', '{\n  "a": 1 }'],
  ])('%s come back byte for byte', (_, text) => {
    const installed = install(text);
    expect(read(installed)).toMatchObject({
      hooks: { Stop: expect.arrayContaining([wanted.hooks[1]?.entry]) },
    });
    expect(install(installed)).toBe(installed);
    const left = remove(installed);
    const version = '"version": 1';
    // Whether somebody else put a version there cannot be known, so it stays; `--undo` has the text from before.
    if (text.includes('version')) expect(left).toBe(text);
    else
      expect(left?.replace(new RegExp(`,?\\s*${version.replace(': ', ':\\s?')}`), '')).toContain(
        '"a"'.slice(0, text.includes('"a"') ? 3 : 0),
      );
  });

  test('look as before, with ours behind theirs', () => {
    expect(withHooks(commented, { ...wanted, hooks: wanted.hooks.slice(0, 1), beside: {} }))
      .toMatchInlineSnapshot(`
      {
        "text": "// our settings
      {
          "permissions": { "deny": ["Read(.env)"] }, // keep
          /* hooks of the team */
          "hooks": {
              "PreToolUse": [
                  { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./audit.sh" }] }, // theirs
                  {
                      "hooks": [
                          {
                              "type": "command",
                              "command": "sh .hallmonitor/hook.sh codex PreToolUse || exit 2"
                          }
                      ]
                  },
              ],
          },
      }
      ",
      }
    `);
  });

  test.each([null, '', ' \n', '\ufeff'])('%j becomes a file of our own, and goes again', (text) => {
    expect(install(text)).toMatch(/^\{\n {2}"version": 1,\n {2}"hooks": \{\n/);
    expect(remove(install(text))).toBeNull();
  });

  test.each(['{}', '{\n}\n', '{ /* nothing yet */ }'])('%j is filled', (text) => {
    const installed = install(text);
    expect(read(installed)).toMatchObject({ version: 1 });
    expect(install(installed)).toBe(installed);
  });

  test.each([
    ['not closed', '{"a": 1', /line 1/],
    ['two values', '{} {}', /line 1/],
    ['a list', '[]', /no JSON object/],
    ['hooks as text', '{"hooks": "none"}', /shape/],
    ['an event as text', '{"hooks": {"Stop": "x"}}', /shape/],
    ['a misspelt word', '{\n "a": tru\n}', /line 2/],
    ['very deep', '['.repeat(100_000), /nested/],
  ])('%s is left alone, with a reason', (_, text, reason) => {
    const done = withHooks(text, wanted);
    expect('problem' in done ? done.problem : done.text).toMatch(reason);
  });
});

describe('our own entries', () => {
  test('of an older version are renewed where they stand', () => {
    const old =
      '{"hooks":{"PreToolUse":[{"hooks":[{"command":"hallmonitor-hook --agent codex"}]},{"hooks":[{"command":"x"}]}]}}';
    const installed = read(install(old)) as { hooks: { PreToolUse: unknown[] } };
    expect(installed.hooks.PreToolUse).toEqual([
      wanted.hooks[0]?.entry,
      { hooks: [{ command: 'x' }] },
    ]);
  });

  test('written twice, or under an event no longer wanted, are taken out', () => {
    const entry = JSON.stringify(wanted.hooks[0]?.entry);
    const text = `{"version":1,"hooks":{"PreToolUse":[${entry},${entry}],"Gone":[${entry}]}}`;
    expect(read(install(text))).toEqual({
      version: 1,
      hooks: { PreToolUse: [wanted.hooks[0]?.entry], Stop: [wanted.hooks[1]?.entry] },
    });
  });

  test('in a group with somebody else’s leave, and theirs stays', () => {
    const text = `{"version":1,"hooks":{"PreToolUse":[{"hooks":[{"command":"x"},{"type":"prompt"},{"command":${JSON.stringify(ours)}}]}]}}`;
    expect(read(install(text))).toMatchObject({
      hooks: {
        PreToolUse: [{ hooks: [{ command: 'x' }, { type: 'prompt' }] }, wanted.hooks[0]?.entry],
      },
    });
    expect(remove(text)).toBe(
      '{"version":1,"hooks":{"PreToolUse":[{"hooks":[{"command":"x"},{"type":"prompt"}]}]}}',
    );
  });

  test.each([
    ['sh "$CLAUDE_PROJECT_DIR/.hallmonitor/hook.sh" claude-code Stop', true],
    ["'/usr/bin/node' '/opt/h/hallmonitor-hook.js' --agent codex --event Stop", true],
    ["'/usr/bin/node' '/opt/h/dist/hallmonitor.js' 'hook' --agent codex --event Stop", true],
    ['http://127.0.0.1:4711/hook/claude-code/abc_DEF-1', true],
    ["'/usr/bin/node' '/opt/h/dist/hallmonitor.js' 'gate-server' 'start'", true],
    ['cat .hallmonitor/hook.sh', false],
    ['my-gate-server start', false],
    ['./hallmonitor-hook-report.sh', false],
    ['http://example.com/hook/claude-code/abc', false],
  ])('are known by their command: %s', (command, expected) => {
    expect(isOurCommand(command)).toBe(expected);
  });

  test('a group with anything else in it is not ours', () => {
    expect(isOurs({ hooks: [{ command: ours }, { type: 'prompt', prompt: 'x' }] })).toBe(false);
    expect(isOurs({ hooks: [] })).toBe(false);
  });
});

/** JSON objects as files have them: with hooks of others or without, in several layouts. */
const files = fc
  .tuple(
    fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
    fc.option(
      fc.dictionary(
        fc.constantFrom('PreToolUse', 'Stop', 'Other', '__proto__x'),
        fc.array(fc.record({ command: fc.string() }), { minLength: 1, maxLength: 3 }),
        { minKeys: 1 },
      ),
    ),
    fc.constantFrom<string | number>(0, 2, 4, '\t'),
    fc.boolean(),
  )
  .map(([others, hooks, indent, crlf]) => {
    const value = { ...others, version: 1, ...(hooks === null ? {} : { hooks }) };
    if (hooks === null) Reflect.deleteProperty(value, 'hooks');
    const text = JSON.stringify(value, null, indent);
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

property.prop([files])(
  'installing twice is installing once; removing gives the bytes back',
  (text) => {
    const installed = install(text);
    expect(install(installed)).toBe(installed);
    const left = remove(installed);
    expect(left === null ? { version: 1 } : left).toEqual(left === null ? read(text) : text);
  },
);

property.prop([fc.string()])('no text makes it throw', (text) => {
  withHooks(text, wanted);
  withoutHooks(text, {});
});
