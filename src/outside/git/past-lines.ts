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

export interface LinesOptions {
  /** Pathspecs of what must not be read. */
  readonly excluded: readonly string[];
  /** Hears of each commit before its lines. */
  readonly onChange: () => void;
}

/** Which lines each commit took out and put in. */
export function readLines(
  batch: Batch,
  { excluded, onChange }: LinesOptions,
): Promise<Pass<LinedFile>> {
  const args = [...asData, ...diffTree, ...patchOptions, '--', '.', ...excluded];
  return passWith<LinedFile>(batch, async (input, hear) => {
    const scan = lineScan({
      title(sha) {
        hear.title(sha);
        onChange();
      },
      file: hear.file,
    });
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
