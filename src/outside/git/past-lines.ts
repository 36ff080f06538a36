import type { ChangedLines } from '../../change/line-marks.ts';
import { lineScan } from './line-scan.ts';
import { asData, diffTree, passWith } from './past-diffs.ts';
import type { Batch, CountedFile, Pass } from './past-diffs.ts';
import { streamGit } from './run.ts';

/** A file of a commit with the marks of its lines. */
export interface LinedFile extends CountedFile {
  readonly letter: string;
  readonly lines: ChangedLines | null;
}

const patchOptions = [
  '--raw',
  '--patch',
  '--unified=0',
  '--inter-hunk-context=0',
  '--no-abbrev',
  '--full-index',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--submodule=short',
  '-M',
  '-l400',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
];

/** Which lines each commit took out and put in; `excluded` are pathspecs of what must not be read. */
export function readLines(batch: Batch, excluded: readonly string[]): Promise<Pass<LinedFile>> {
  const args = [...asData, ...diffTree, ...patchOptions, '--', '.', ...excluded];
  return passWith<LinedFile>(batch, async (input, hear) => {
    const scan = lineScan({ title: (sha) => void hear.title(sha), file: hear.file });
    const { code } = await streamGit(batch.place, args, {
      input,
      onChunk(chunk) {
        scan.push(chunk);
        return true;
      },
    });
    scan.end();
    return code;
  });
}
