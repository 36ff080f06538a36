import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProposedEdit } from '../event.ts';
import { resolveEdits } from './resolve-edits.ts';

const line = fc.constantFrom(
  '*** Begin Patch',
  '*** End Patch',
  '*** Add File: a',
  '*** Update File: a',
  '*** Update File: ../../x',
  '*** Delete File: b',
  '*** Move to: b',
  '*** End of File',
  '@@',
  '@@ one',
  '--- a/a',
  '+++ b/a',
  '+++ /dev/null',
  'diff --git a/a b/a',
  'rename from a',
  'rename to c',
  '+one',
  '-one',
  ' one',
  '',
  '\r',
);
const text = fc.oneof(
  fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
  fc.string({ maxLength: 20 }),
  fc.constantFrom('one\ntwo\n', '{"cells":[{"source":"x"}]}', '{"cells":[null]}', '\r\n', '“one”'),
);
const path = fc.constantFrom(
  'a',
  'b',
  './a',
  '../x',
  '/',
  '',
  'a/b',
  '/repo/a',
  '/repo/../repo/b',
  '\0',
);

const edit: fc.Arbitrary<ProposedEdit> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content: text }),
  fc.record({ kind: fc.constant('append' as const), path, content: text }),
  fc.record({ kind: fc.constant('insert' as const), path, line: fc.integer(), content: text }),
  fc.record({ kind: fc.constant('delete' as const), path }),
  fc.record({ kind: fc.constant('move' as const), path, to: path }),
  fc.record({
    kind: fc.constant('replace' as const),
    path,
    replacements: fc.array(fc.record({ old: text, new: text, all: fc.boolean() }), {
      maxLength: 3,
    }),
    loose: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('patch' as const),
    form: fc.constantFrom('begin-patch' as const, 'unified' as const),
    text,
  }),
  fc.record({
    kind: fc.constant('notebook-cell' as const),
    path,
    cell: fc.constantFrom(null, '0', '9', 'cell-0', '__proto__'),
    mode: fc.constantFrom('replace' as const, 'insert' as const, 'delete' as const),
    source: text,
  }),
);

test('no edits make the reader fall, name a path twice, or leave the repository', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), text, (edits, disk) => {
      const { files, outside } = resolveEdits(edits, {
        cwd: '/repo',
        top: '/repo',
        read: (absolute) => {
          expect(absolute.startsWith('/repo/')).toBe(true);
          return absolute === '/repo/a' ? disk : null;
        },
      });
      const paths = files.map((file) => file.path);
      expect(new Set(paths).size).toBe(paths.length);
      for (const file of files) {
        expect(file.absolute).toBe(`/repo/${file.path}`);
        expect(file.path.split('/')).not.toContain('..');
        expect(file.before !== file.after || file.movedFrom !== undefined).toBe(true);
      }
      for (const absolute of outside) expect(absolute.startsWith('/repo/')).toBe(false);
    }),
    { numRuns: 2_000, seed: 5 },
  );
});
