import { lineAfter } from '../seam.ts';
import type { ChangedFile, Language, Scene, Severity } from '../guard.ts';
import { codeLinesOf } from './faults.ts';

/** Something on a line of code that protects what stays when it goes. */
export interface Protection {
  readonly languages: readonly Language[] | 'any';
  readonly pattern: RegExp;
  /** Must still be in the file after the change: what was protected. */
  readonly keeps?: RegExp;
  /** On any added line of the change: another protection took over. The pattern itself counts too. */
  readonly replaced?: RegExp;
  readonly says: string;
  readonly severity: Severity;
}

/** A protection that went. */
export interface LostProtection {
  readonly file: ChangedFile;
  readonly protection: Protection;
  /** What the pattern matched. */
  readonly what: string;
  /** Where to show it, after the change. */
  readonly line: number;
  /** Where it was. */
  readonly lostAt: number;
}

const longestLine = 1_000;
const imports =
  /^\s*(?:import\b|from\b|use\b|using\b|#include|require\b|(?:const|let|var)\s[^=]*=\s*require\()/;

/** Protections that a change took from a file which otherwise stays, and put nowhere else; each once. */
export function lostProtections(
  scene: Scene,
  file: ChangedFile,
  protections: readonly Protection[],
): readonly LostProtection[] {
  const { before, after } = file;
  if (before === null || after === null || file.removed.size === 0) return [];
  const known = protections.filter(
    ({ languages, keeps }) =>
      (languages === 'any' || languages.includes(before.language)) &&
      keeps?.test(after.text) !== false,
  );
  const suspects = [...file.removed].filter((line) => {
    const text = before.lines[line - 1] ?? '';
    return text.length <= longestLine && known.some(({ pattern }) => pattern.test(text));
  });
  if (suspects.length === 0) return [];
  const old = codeLinesOf(before);
  return known.flatMap((protection) => {
    const at = suspects.find((line) => {
      const text = old[line - 1] ?? '';
      return !imports.test(text) && protection.pattern.test(text);
    });
    if (at === undefined || isKept(scene, file, protection)) return [];
    const what = protection.pattern.exec(old[at - 1] ?? '')?.[0] ?? '';
    const plain = what.trim().replace(/\s*[({[:=,]+$/, '');
    return [{ file, protection, what: plain, line: lineAfter(file, at), lostAt: at }];
  });
}

// Not fewer than before in this file, or on an added line anywhere.
function isKept(scene: Scene, file: ChangedFile, { pattern, replaced }: Protection): boolean {
  const before = count(file.before === null ? [] : codeLinesOf(file.before), pattern);
  const after = count(file.after === null ? [] : codeLinesOf(file.after), pattern);
  if (after >= before) return true;
  return scene.files.some(
    (other) =>
      !other.isTest &&
      addedLines(other).some((text) => pattern.test(text) || replaced?.test(text) === true),
  );
}

function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter(
    (text) => text.length <= longestLine && !imports.test(text) && pattern.test(text),
  ).length;
}

function addedLines(file: ChangedFile): readonly string[] {
  if (file.after === null) return [];
  const lines = codeLinesOf(file.after);
  return [...file.added]
    .map((line) => (lines[line - 1] ?? '').slice(0, longestLine))
    .filter((text) => !imports.test(text));
}
