import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/story.ts';
import { unifiedDiff } from './init-diff.ts';

test('changes that are near stand in one piece, others apart', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n'].join('\n');
  const after = before.replace('b', 'B').replace('d', 'D').replace('n', 'N');
  expect(unifiedDiff(before, after)).toMatchInlineSnapshot(`
    [
      "@@ -1,7 +1,7 @@",
      " a",
      "-b",
      "+B",
      " c",
      "-d",
      "+D",
      " e",
      " f",
      " g",
      "@@ -11,4 +11,4 @@",
      " k",
      " l",
      " m",
      "-n",
      "\\ no line end at the end of the file",
      "+N",
      "\\ no line end at the end of the file",
    ]
  `);
});

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '-x', '+y'), { maxLength: 20 })
  .map((all) => all.map((line) => `${line}\n`).join(''));

property.prop([lines, lines], { numRuns: 40 })('git can apply it', (before, after) => {
  fc.pre(before !== after && before !== '' && after !== '');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'f'), before);
  const patch = ['--- a/f', '+++ b/f', ...unifiedDiff(before, after), ''].join('\n');
  const ran = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: folder,
    input: patch,
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after);
});
