import type { ChangedFile, Scene } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { align } from './align.ts';
import type { Run } from './align.ts';
import { textOf, tokensOf } from './tokens.ts';

/** One place where words of a file went, came, or were exchanged. Layout and comments do not count. */
export interface Edit {
  readonly file: ChangedFile;
  readonly run: Run;
  /** What went and what came, as text without layout. */
  readonly gone: string;
  readonly came: string;
  /** 1-based line after the change, where it happened or at the seam. */
  readonly line: number;
  /** 1-based line before the change. */
  readonly lineBefore: number;
  readonly hunk: EditedHunk;
}

/** The edits of one run of changed lines. */
export interface EditedHunk {
  readonly edits: readonly Edit[];
  /** Words and signs of the changed lines that stayed. */
  readonly kept: number;
}

const known = new WeakMap<ChangedFile, readonly Edit[]>();

/** What the change did to a file, word by word. */
export function editsOf(scene: Scene, file: ChangedFile): readonly Edit[] {
  const found = known.get(file) ?? readEdits(scene, file);
  known.set(file, found);
  return found;
}

/** Edits of every file that may run in production and is there before and after the change. */
export function productionEdits(scene: Scene, trace: RegExp): readonly Edit[] {
  return scene.files
    .filter((file) => file.before !== null && file.after !== null && isProductionPath(file.path))
    .filter((file) => file.change.hunks.some((hunk) => hasTrace(hunk, trace)))
    .flatMap((file) => editsOf(scene, file));
}

type Hunk = ChangedFile['change']['hunks'][number];

function hasTrace({ removed, added }: Hunk, trace: RegExp): boolean {
  return removed.some((line) => trace.test(line)) || added.some((line) => trace.test(line));
}

const arrived = new WeakMap<Scene, string>();

/** All that came to files that may run in production, one line for each place. */
export function arrivedText(scene: Scene): string {
  const found =
    arrived.get(scene) ??
    scene.files
      .filter((file) => !file.isTest && file.after !== null && isProductionPath(file.path))
      .flatMap((file) => editsOf(scene, file))
      .filter((edit) => edit.came !== '')
      .map((edit) => edit.came)
      .join('\n');
  arrived.set(scene, found);
  return found;
}

function readEdits(scene: Scene, file: ChangedFile): readonly Edit[] {
  return file.change.hunks.flatMap((hunk) => {
    const before = tokensOf(hunk.removed, hunk.oldStart, file.language);
    const after = tokensOf(hunk.added, hunk.newStart, file.language);
    const alignment = align(before, after);
    if (alignment === null) {
      const why = 'a run of its changed lines is too long to compare word by word';
      scene.report({ what: file.path, why });
    }
    const { runs, kept } = alignment ?? {
      runs: [{ gone: before, came: after, left: null, right: null }],
      kept: 0,
    };
    return editsOfRuns(file, { runs, kept, hunk });
  });
}

interface Aligned {
  readonly runs: readonly Run[];
  readonly kept: number;
  readonly hunk: Hunk;
}

function editsOfRuns(file: ChangedFile, { runs, kept, hunk }: Aligned): readonly Edit[] {
  const edits: Edit[] = [];
  const edited: EditedHunk = { edits, kept };
  const last = file.after?.lines.length ?? 1;
  for (const run of runs) {
    const line = run.came[0]?.line ?? run.right?.line ?? run.left?.line ?? hunk.newStart;
    edits.push({
      file,
      run,
      gone: textOf(run.gone),
      came: textOf(run.came),
      line: Math.max(1, Math.min(line, last)),
      lineBefore: run.gone[0]?.line ?? hunk.oldStart,
      hunk: edited,
    });
  }
  return edits;
}
