import { describe, expect, test } from 'vitest';
import { parseShell } from './shell.ts';

function first(text: string) {
  return parseShell(text)?.commands[0];
}

describe('a shell script as data', () => {
  test('words keep what is literal and what is not', () => {
    expect(first(`r''m -rf "$X"/a`)).toMatchObject({
      kind: 'simple',
      words: [
        { pieces: [{ text: 'r' }, { text: '', quoted: true }, { text: 'm' }] },
        { pieces: [{ text: '-rf', quoted: false }] },
        { pieces: [{ text: '' }, { kind: 'variable', name: 'X', quoted: true }, { text: '/a' }] },
      ],
    });
  });

  test('documents carry their text', () => {
    expect(first("cat <<'E'\na $b\nE\n")).toMatchObject({
      redirects: [{ kind: 'text', body: { pieces: [{ text: 'a $b\n' }] } }],
    });
  });

  test.each([
    ['a | b', 'pipeline'],
    ['a && b', 'list'],
    ['(a)', 'group'],
    ['{ a; } > x', 'group'],
    ['if a; then b; fi', 'branches'],
    ['case a in b) c;; esac', 'branches'],
    ['for a in b; do c; done', 'loop'],
    ['while a; do b; done', 'loop'],
    ['f() { a; }', 'function'],
    ['[[ -n $(a) ]]', 'simple'],
  ])('%s is a %s', (text, kind) => {
    expect(first(text)?.kind).toBe(kind);
  });

  test.each([`echo "open`, 'if a; then', 'a )', 'echo $('])('%s is not complete', (text) => {
    expect(parseShell(text)?.complete).toBe(false);
  });

  test.each([
    ['too long', 'a'.repeat(1_000_001), null],
    ['too deep', `${'$('.repeat(200)}a${')'.repeat(200)}`, false],
  ])('%s is said', (_, text, complete) => {
    expect(parseShell(text)?.complete ?? null).toBe(complete);
  });
});
