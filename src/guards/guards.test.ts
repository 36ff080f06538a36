import { describe, expect, test } from 'vitest';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { emptyBaseline, readBaseline, writeBaseline } from './baseline.ts';
import type { Baseline } from './baseline.ts';
import { changeOf, readExample } from './examples.ts';
import { guard } from './guard.ts';
import type { Example, Guard, Sighting } from './guard.ts';
import { guardById, guards, inspect, languagesIn } from './guards.ts';

const parsers = await loadParsers(['typescript', 'sql', 'python']);

const shout: Guard = guard({
  id: 'test/shout',
  severity: 'warn',
  protects: 'ears',
  breaks: 'It is loud.',
  fix: 'Whisper.',
  languages: 'any',
  cwe: [],
  confidence: 0.9,
  caught: [],
  passed: [],
  look: (scene) =>
    scene.files.flatMap(({ path, after }): readonly Sighting[] =>
      (after?.lines ?? []).flatMap((text, index) =>
        text.includes('SHOUT') ? [{ path, line: index + 1, says: 'shouts', subject: 'SHOUT' }] : [],
      ),
    ),
});

function look(
  example: Omit<Example, 'name'>,
  {
    asked = [shout],
    baseline = emptyBaseline,
  }: { asked?: readonly Guard[]; baseline?: Baseline } = {},
) {
  const named = { name: 'x', ...example };
  return inspect(changeOf(named), {
    parsers,
    readAfter: readExample(named),
    baseline,
    guards: asked,
  });
}

function linesOf(example: Omit<Example, 'name'>): readonly number[] {
  return look(example).findings.map(({ line }) => line);
}

describe('a look at a change', () => {
  test('keeps what the change added and drops what stood there before', () => {
    const lines = ['a', 'SHOUT', 'b', 'c', 'd'];
    expect(
      linesOf({
        before: { 'x.ts': `${lines.join('\n')}\n` },
        after: { 'x.ts': `${lines.join('\n')}\nSHOUT\n` },
      }),
    ).toEqual([6]);
  });

  test('keeps what stands beside a removed line', () => {
    expect(
      linesOf({ before: { 'x.ts': 'try {\nSHOUT\n}\nx\n' }, after: { 'x.ts': 'SHOUT\nx\n' } }),
    ).toEqual([1]);
  });

  test('says the same thing about one place once', () => {
    const twice: Guard = {
      ...shout,
      look: (scene) => [...shout.look(scene), ...shout.look(scene)],
    };
    expect(look({ after: { 'x.ts': 'SHOUT\n' } }, { asked: [twice] }).findings).toHaveLength(1);
  });

  test('turns a guard that fails into something not checked, and asks the others', () => {
    const broken: Guard = {
      ...shout,
      id: 'test/broken',
      look: () => {
        throw new TypeError('no such thing');
      },
    };
    const { findings, gaps } = look({ after: { 'x.ts': 'SHOUT\n' } }, { asked: [broken, shout] });
    expect(findings).toHaveLength(1);
    expect(gaps).toEqual([
      {
        what: 'guard test/broken',
        why: 'it failed, so the change is not checked by it: no such thing',
      },
    ]);
  });

  test('says once that a file could not be read or parsed', () => {
    const curious: Guard = {
      ...shout,
      look: (scene) => {
        for (const { after } of scene.files) scene.parsers.hcl(after?.text ?? '');
        return [];
      },
    };
    const { gaps } = look(
      { after: { 'x.tf': 'a {' } },
      { asked: [curious, { ...curious, id: 'test/other' }] },
    );
    expect(gaps).toEqual([{ what: 'x.tf', why: 'it could not be parsed as HCL' }]);
    const change = changeOf({ name: 'x', after: { 'big.ts': '' } });
    const unread = {
      ...change,
      files: change.files.map((file) => ({ ...file, after: null, unread: 'it is too large' })),
    };
    const looked = inspect(unread, {
      parsers,
      readAfter: () => null,
      baseline: emptyBaseline,
      guards: [shout],
    });
    expect(looked.gaps).toEqual([{ what: 'big.ts', why: 'it is too large' }]);
  });

  test('leaves generated files to the guards that want them', () => {
    const change = changeOf({ name: 'x', after: { 'x.ts': 'SHOUT\n' } });
    const generated = {
      ...change,
      files: change.files.map((file) => ({ ...file, generated: 'generated' as const })),
    };
    const asking = { parsers, readAfter: () => null, baseline: emptyBaseline };
    expect(inspect(generated, { ...asking, guards: [shout] }).findings).toEqual([]);
    expect(
      inspect(generated, { ...asking, guards: [{ ...shout, readsGenerated: true }] }).findings,
    ).toHaveLength(1);
  });
});

describe('a fingerprint', () => {
  function prints(text: string, before = ''): readonly string[] {
    return look({ before: { 'x.ts': before }, after: { 'x.ts': text } }).findings.map(
      (finding) => finding.fingerprint,
    );
  }
  const inside = 'class Cart {\n  pay() {\n    SHOUT;\n  }\n}\n';

  test('survives lines above it', () => {
    expect(prints(`const a = 1;\n\n${inside}`)).toEqual(prints(inside));
  });

  test('tells functions apart, and the second from the first', () => {
    const [one] = prints(inside);
    const [other] = prints(inside.replace('pay', 'refund'));
    const both = prints(inside.replace('SHOUT;', 'SHOUT;\n    SHOUT;'));
    expect(new Set([one, other, ...both]).size).toBe(3);
    expect(both[0]).toBe(one);
  });
});

describe('silence', () => {
  test.each([
    ['x.ts', '// hallmonitor-ignore test/shout: agreed in #12\nSHOUT\n', 'agreed in #12'],
    ['x.py', 'SHOUT  # hallmonitor: ignore test/shout: legacy\n', 'legacy'],
    [
      'x.sql',
      '-- hallmonitor-ignore sql/drop-table, test/shout: empty table\nSHOUT\n',
      'empty table',
    ],
    [
      'x.ts',
      'get("http://x") // hallmonitor-ignore test/shout: it is "fine"\nSHOUT\n',
      'it is "fine"',
    ],
    ['x.ts', '/* hallmonitor-ignore test/shout: why */\nSHOUT\n', 'why'],
    ['x.yaml', 'a: b # hallmonitor-ignore test/shout: why SHOUT\n', 'why SHOUT'],
  ])('of a comment with a reason in %s: %j', (path, text, reason) => {
    const [finding] = look({ after: { [path]: text } }).findings;
    expect(finding?.suppressed).toEqual({ by: 'comment', reason, addedHere: true });
  });

  test('remembers when the comment was there before the change', () => {
    const comment = '// hallmonitor-ignore test/shout: agreed\n';
    const [finding] = look({
      before: { 'x.ts': comment },
      after: { 'x.ts': `${comment}SHOUT\n` },
    }).findings;
    expect(finding?.suppressed?.addedHere).toBe(false);
  });

  test.each([
    ['without a reason', '// hallmonitor-ignore test/shout\nSHOUT\n'],
    ['without a reason after the colon', '// hallmonitor-ignore test/shout:\nSHOUT\n'],
    ['with a dot for a reason', '// hallmonitor-ignore test/shout: .\nSHOUT\n'],
    ['with nothing visible for a reason', '// hallmonitor-ignore test/shout: \u200b\nSHOUT\n'],
    ['inside a string', "f('// hallmonitor-ignore test/shout: because'); SHOUT\n"],
    ['for another guard', '// hallmonitor-ignore test/whisper: because\nSHOUT\n'],
    ['for no guard', '// hallmonitor-ignore: because\nSHOUT\n'],
    ['outside a comment', 'const a = "hallmonitor-ignore test/shout: because";\nSHOUT\n'],
    ['too far above', '// hallmonitor-ignore test/shout: because\n\nSHOUT\n'],
  ])('is not kept %s', (_name, text) => {
    expect(look({ after: { 'x.ts': text } }).findings[0]?.suppressed).toBeNull();
  });

  test('that gives no reason is shown', () => {
    const [finding] = look({
      after: { 'x.ts': '// hallmonitor-ignore test/shout\nSHOUT\n' },
    }).findings;
    expect(finding?.message).toBe('shouts (the comment that asks to ignore it gives no reason)');
  });

  test('of the baseline goes by fingerprint and carries its reason', () => {
    const example = { after: { 'x.ts': 'SHOUT\n' } };
    const text = writeBaseline(look(example).findings, 'was there when we began');
    const [finding] = look(example, { baseline: readBaseline(text) }).findings;
    expect(finding?.suppressed).toEqual({ by: 'baseline', reason: 'was there when we began' });
  });

  test.each([
    ['not JSON', '{', 'it is not JSON'],
    ['another schema', '{"schema":"x"}', 'it does not say "schema": "hallmonitor/baseline/v1"'],
    ['no list', '{"schema":"hallmonitor/baseline/v1"}', '"accepted" is not a list'],
    [
      'no reason',
      '{"schema":"hallmonitor/baseline/v1","accepted":[{"fingerprint":"f"}]}',
      'entry 1 (f) has no reason, so it accepts nothing',
    ],
  ])('of a baseline with %s accepts nothing and says so', (_name, text, why) => {
    const { accepted, gaps } = readBaseline(text);
    expect(accepted.size).toBe(0);
    expect(gaps).toEqual([{ what: '.hallmonitor/baseline.json', why }]);
  });
});

describe('the catalogue', () => {
  test('is found by id, and every guard says what breaks and how to fix it', () => {
    for (const one of guards) {
      expect(guardById(one.id)).toBe(one);
      expect(one.breaks).toMatch(/\.$/);
      expect(one.fix).toMatch(/\.$/);
      expect(one.confidence).toBeGreaterThan(0);
      expect(one.confidence).toBeLessThanOrEqual(1);
    }
  });

  test('needs the SQL parser for migrations in other languages', () => {
    const languages = languagesIn(
      changeOf({ name: 'x', after: { 'db/migrations/1_x.ts': '', 'a.py': '' } }),
    );
    expect([...languages].sort()).toEqual(['python', 'sql', 'typescript']);
  });
});
