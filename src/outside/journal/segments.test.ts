import { appendFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/story.ts';
import { appendLines, cutTorn, journalLines, journalTail, mostSegments } from './segments.ts';

test('lines are kept in order, and the last one is found', () => {
  const folder = join(temporaryFolder(), 'new');
  expect(journalTail(folder)).toEqual({ line: null, tornBytes: 0, present: false });
  appendLines(folder, 'one\ntwo\n');
  appendLines(folder, 'three\n');
  expect(journalLines(folder)).toEqual(['one', 'two', 'three']);
  expect(journalTail(folder)).toEqual({ line: 'three', tornBytes: 0, present: true });
  expect(statSync(join(folder, 'journal.jsonl')).mode & 0o777).toBe(0o600);
});

test('a record that was torn is found and taken off', () => {
  const folder = temporaryFolder();
  appendLines(folder, 'one\n');
  appendFileSync(join(folder, 'journal.jsonl'), '{"half');
  const tail = journalTail(folder);
  expect(tail).toEqual({ line: 'one', tornBytes: 6, present: true });
  expect(journalLines(folder)).toEqual(['one']);
  cutTorn(folder, tail.tornBytes);
  expect(journalLines(folder)).toEqual(['one']);
});

test('a large journal goes on in a new file, and only so many old ones are kept', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'journal.jsonl');
  for (let n = 0; n < mostSegments + 3; n += 1) {
    writeFileSync(path, '');
    truncateSync(path, 8 * 2 ** 20 + 1);
    appendLines(folder, `after ${n}\n`);
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('journal-'))).toHaveLength(
    mostSegments,
  );
  expect(journalTail(folder).line).toBe(`after ${mostSegments + 2}`);
});
