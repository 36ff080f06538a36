import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FileWrite } from '../commands/commands.ts';
import { expanded } from './written-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'written-paths-'));
mkdirSync(join(folder, 'from/deep'), { recursive: true });
mkdirSync(join(folder, 'there'));
writeFileSync(join(folder, 'from/a.sql'), 'a');
writeFileSync(join(folder, 'from/deep/b.sql'), 'b');
afterAll(() => rmSync(folder, { recursive: true }));

const cases: readonly (readonly [string, string, 'link' | 'contents' | null, readonly string[]])[] =
  [
    ['from', 'new', null, ['new/a.sql', 'new/deep/b.sql']],
    ['from', 'there', null, ['there/from/a.sql', 'there/from/deep/b.sql']],
    ['from', 'there', 'contents', ['there/a.sql', 'there/deep/b.sql']],
    ['from', 'there', 'link', []],
    ['from/a.sql', 'there', null, ['there/a.sql']],
    ['from/*.sql', 'there', null, ['there/a.sql']],
    ['from/*.sql', 'there/*.sql', null, ['there/a.sql']],
    ['from/a.sql', 'c.sql', 'link', ['c.sql']],
  ];

test.each(cases)('copies %s to %s (%s)', (path, to, form, found) => {
  const write: FileWrite = {
    kind: 'copy',
    path: join(folder, path),
    to: join(folder, to),
    ...(form === null ? {} : { form }),
  };
  const targets = expanded(write).map((one) => ('to' in one ? one.to : ''));
  expect(targets.toSorted()).toEqual(found.map((one) => join(folder, one)));
});
