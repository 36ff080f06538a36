import type { ChangedFile, Language, Scene, Severity, Source } from '../guard.ts';
import { removedCode } from './added-code.ts';
import { excerpt } from './nodes.ts';
import { writtenOf } from './written.ts';

/** A line that is a fault by itself, given what stands around it. */
export interface Fault {
  readonly languages: readonly Language[] | 'any';
  /** On one line of code, comments taken out. */
  readonly pattern: RegExp;
  /** Must stand within a few lines. */
  readonly near?: RegExp;
  /** Must not stand within a few lines. */
  readonly unless?: RegExp;
  /** Must stand in the file. */
  readonly needs?: RegExp;
  /** Lines looked at on each side for `near` and `unless`; 3 unless told otherwise. */
  readonly reach?: number;
  readonly says: string;
  readonly severity: Severity;
  readonly fix?: string;
}

/** A fault on a line that the change added. */
export interface FoundFault {
  readonly file: ChangedFile;
  readonly fault: Fault;
  readonly line: number;
  /** The line as written, short. */
  readonly text: string;
}

/** Longer lines are generated. */
const longestLine = 1_000;

/** Faults on added lines of a file that were not there before, here or in a file they moved from. */
export function faultsOf(
  scene: Scene,
  file: ChangedFile,
  faults: readonly Fault[],
): readonly FoundFault[] {
  const { after } = file;
  if (after === null) return [];
  const known = faults.filter(
    ({ languages, needs }) =>
      (languages === 'any' || languages.includes(after.language)) &&
      needs?.test(after.text) !== false,
  );
  const suspects = [...file.added].filter((line) => {
    const text = after.lines[line - 1] ?? '';
    return text.length <= longestLine && known.some(({ pattern }) => pattern.test(text));
  });
  if (suspects.length === 0) return [];
  const lines = codeLinesOf(after);
  const found: FoundFault[] = [];
  for (const line of suspects) {
    const text = lines[line - 1] ?? '';
    const fault = known.find((one) => isFault(one, lines, line));
    if (fault === undefined || wasThere(scene, file, text.trim())) continue;
    found.push({ file, fault, line, text: excerpt(text, 80) });
  }
  return found;
}

function isFault(
  { pattern, near, unless, reach = 3 }: Fault,
  lines: readonly string[],
  line: number,
): boolean {
  if (!pattern.test(lines[line - 1] ?? '')) return false;
  if (near === undefined && unless === undefined) return true;
  const around = lines.slice(Math.max(0, line - 1 - reach), line + reach).join('\n');
  return (near === undefined || near.test(around)) && unless?.test(around) !== true;
}

const knownLines = new WeakMap<Source, readonly string[]>();

/** A file's lines without comments, where its language is one we read. */
export function codeLinesOf(source: Source): readonly string[] {
  const found = knownLines.get(source);
  if (found !== undefined) return found;
  const made = writtenOf(source)?.code.split(/\r?\n/) ?? source.lines;
  knownLines.set(source, made);
  return made;
}

/** Whether the very line was in the file before, or went from another file of the change. */
export function wasThere(scene: Scene, file: ChangedFile, text: string): boolean {
  if (file.before !== null && linesBefore(file).has(text)) return true;
  return scene.files.some((other) => other !== file && linesRemoved(other).has(text));
}

const knownBefore = new WeakMap<ChangedFile, ReadonlySet<string>>();
const knownRemoved = new WeakMap<ChangedFile, ReadonlySet<string>>();

function linesBefore(file: ChangedFile): ReadonlySet<string> {
  const found = knownBefore.get(file);
  if (found !== undefined) return found;
  const lines = file.before === null ? [] : [...codeLinesOf(file.before), ...file.before.lines];
  const made = new Set(lines.map((line) => line.trim()));
  knownBefore.set(file, made);
  return made;
}

function linesRemoved(file: ChangedFile): ReadonlySet<string> {
  const found =
    knownRemoved.get(file) ??
    new Set(
      removedCode(file)
        .split('\n')
        .map((line) => line.trim()),
    );
  knownRemoved.set(file, found);
  return found;
}
