import { tokensOf } from '../code/tokens.ts';
import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './unrelated-rewrite.examples.ts';

/** Most of a file is laid out anew, and somewhere among it something else changed. */
export const unrelatedRewrite: Guard = guard({
  id: 'machine/unrelated-rewrite',
  severity: 'note',
  protects: 'the reviewer who must find what really changed',
  breaks: 'The few words that change behaviour are lost among hundreds of lines that only moved.',
  fix: 'Lay the file out anew in a change of its own, and make this one small.',
  languages: codeLanguages,
  cwe: [1078],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) => scene.files.filter((file) => isProductionPath(file.path)).flatMap(lookAt),
});

/** Fewer lines can be read through. */
const fewLines = 40;
/** Share of the lines that must be different, and of the words that must be the same. */
const rewritten = 0.6;
const same = 0.97;

function lookAt(file: ChangedFile): readonly Sighting[] {
  const { before, after, removed, added } = file;
  if (before === null || after === null || removed.size < fewLines) return [];
  const written = before.lines.filter((line) => line.trim() !== '').length;
  if (removed.size / Math.max(1, written) < rewritten || added.size < fewLines) return [];
  const was = countsOf(before);
  const now = countsOf(after);
  const { all, common } = compare(was, now);
  const differing = all - common;
  if (all === 0 || common / all < same || differing === 0) return [];
  const line = firstNew(file, was);
  return [
    {
      path: file.path,
      line,
      says: `lays out ${removed.size} lines anew and changes ${differing} words among them`,
      subject: `${differing} words`,
    },
  ];
}

// Layout, quotes and separators are what formatters change.
function countsOf(source: Source): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of tokensOf(source.lines, 1, source.language))
    if (/[\p{L}\p{N}]/u.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function compare(
  was: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): { readonly all: number; readonly common: number } {
  let all = 0;
  let common = 0;
  for (const word of new Set([...was.keys(), ...now.keys()])) {
    const [one, other] = [was.get(word) ?? 0, now.get(word) ?? 0];
    all += Math.max(one, other);
    common += Math.min(one, other);
  }
  return { all, common };
}

function firstNew(file: ChangedFile, was: ReadonlyMap<string, number>): number {
  const after = file.after?.lines ?? [];
  for (const line of file.added)
    if (
      tokensOf([after[line - 1] ?? ''], line, file.language).some(
        ({ text }) => /\p{L}/u.test(text) && !was.has(text),
      )
    )
      return line;
  return [...file.added][0] ?? 1;
}
