import type { Language, Scene, Severity, Sighting } from '../guard.ts';
import { arrivedText, productionEdits } from './edits.ts';
import type { Edit } from './edits.ts';
import { excerpt } from './nodes.ts';

/** Something that a change can take away while what it protected stays: one row of a guard's table. */
export interface Loss {
  readonly languages?: readonly Language[];
  /** All that went at one place, without layout: `with self.lock:`. Anchor it: what else went tells of a rewrite. */
  readonly gone: RegExp;
  /** What may have come instead; nothing unless told otherwise. */
  readonly came?: RegExp;
  /** Must be on the lines around the place after the change. */
  readonly near?: RegExp;
  /** Must be on the very line after the change. */
  readonly line?: RegExp;
  /** Must not be near. */
  readonly notNear?: RegExp;
  readonly severity: Severity;
  /** The sentence, from what went. */
  readonly says: (edit: Edit) => string;
}

export interface Losing {
  readonly rows: readonly Loss[];
  /** On a removed line: cheap to ask first. */
  readonly trace: RegExp;
  /** What came anywhere in the change and may have taken the place of what went. */
  readonly back: RegExp;
  /** Paths where the loss does no harm. */
  readonly notIn?: RegExp;
}

/** Longest piece of removed code that a row is asked about. */
const longestGone = 400;
/** Lines before and after the place that count as near. */
const nearLines = 12;

/** Sightings of what went for good. */
export function lossesIn(scene: Scene, losing: Losing): readonly Sighting[] {
  const { rows, trace, back, notIn } = losing;
  if (!isRemovedSomewhere(scene, trace)) return [];
  const found = productionEdits(scene, trace).flatMap((edit) => {
    if (edit.gone === '' || edit.gone.length > longestGone) return [];
    if (notIn?.test(edit.file.path) === true) return [];
    const row = rows.find((one) => fits(one, edit));
    return row === undefined ? [] : [{ edit, row }];
  });
  if (found.length === 0 || back.test(arrivedText(scene))) return [];
  return found.map(({ edit, row }) => ({
    path: edit.file.path,
    line: edit.line,
    says: excerpt(row.says(edit), 140),
    subject: edit.gone.replace(/\d+/g, ''),
    severity: row.severity,
  }));
}

/** Whether a line that the change removed from code that runs in production looks like this. */
export function isRemovedSomewhere(scene: Scene, trace: RegExp): boolean {
  return scene.files.some(
    (file) =>
      !file.isTest &&
      file.change.hunks.some((hunk) => hunk.removed.some((line) => trace.test(line))),
  );
}

/** The lines around an edit, as they are after the change. */
export function nearText({ file, line }: Edit, lines: number = nearLines): string {
  return (file.after?.lines ?? []).slice(Math.max(0, line - 1 - lines), line + lines).join('\n');
}

function fits({ languages, gone, came, near, notNear, line }: Loss, edit: Edit): boolean {
  if (languages !== undefined && !languages.includes(edit.file.language)) return false;
  if (!gone.test(edit.gone) || !(came ?? /^[,;]?$/).test(edit.came)) return false;
  if (line?.test(edit.file.after?.lines[edit.line - 1] ?? '') === false) return false;
  if (near === undefined && notNear === undefined) return true;
  const text = nearText(edit);
  return near?.test(text) !== false && notNear?.test(text) !== true;
}
