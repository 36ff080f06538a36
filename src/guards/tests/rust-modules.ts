import type { ChangedFile, Source } from '../guard.ts';

const marks = /#\[(?:\w+::)*(?:test|rstest|test_case)\b/;

/** Whether a file may hold tests: by its path, or because Rust keeps them beside the code they test. */
export function mayHoldTests(file: ChangedFile): boolean {
  if (file.isTest) return true;
  if (file.language !== 'rust') return false;
  return [file.before, file.after].some((side) => side !== null && marks.test(side.text));
}

/** The line on which a source stops being code and begins to be tests of it; Infinity where it never does. */
export function firstTestLine(source: Source | null): number {
  if (source === null || source.language !== 'rust') return Infinity;
  const index = source.lines.findIndex((line) => /^\s*#\[cfg\(test\)\]/.test(line));
  return index < 0 ? Infinity : index + 1;
}
