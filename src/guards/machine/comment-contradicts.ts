import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './comment-contradicts.examples.ts';
import { strangeParameters } from './documented-parameters.ts';
import { amountIn, amountsSaid, fitsAmount } from './said-amounts.ts';

/** A comment says something else than the code it stands at. */
export const commentContradicts: Guard = guard({
  id: 'machine/comment-contradicts',
  severity: 'warn',
  protects: 'readers who believe the comment',
  breaks:
    'One of the two is wrong: the next person relies on a limit or a parameter that is not there.',
  fix: 'Find out which of the two is meant and change the other.',
  languages: codeLanguages,
  cwe: [1116, 710],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter(({ after, path }) => after !== null && isProductionPath(path))
      .flatMap((file) => [...amounts(file), ...strangeParameters(file)].slice(0, 5)),
});

/** Longer lines are generated. */
const longestLine = 300;

const marked = /^\s*(?:\/\/+|#+|\*|\/\*+)\s*(.*)$/;
const beside = /^(.*?\S)\s+(?:\/\/|#)\s(.*)$/;

function amounts(file: ChangedFile): readonly Sighting[] {
  const lines = file.after?.lines ?? [];
  const old = file.before?.text ?? '';
  const places = new Set([...file.added].flatMap((line) => [line, line - 1]));
  return [...places].flatMap((line) => {
    const text = lines[line - 1] ?? '';
    if (text.length > longestLine || !/\d/.test(text)) return [];
    const alone = marked.exec(text)?.[1];
    const [, code = '', comment = ''] =
      alone === undefined ? (beside.exec(text) ?? []) : ['', lines[line] ?? '', alone];
    const at = alone === undefined ? line : line + 1;
    if (!file.added.has(at) && !file.added.has(line)) return [];
    if (
      code.length > longestLine ||
      marked.test(code) ||
      (old.includes(text.trim()) && old.includes(code.trim()))
    )
      return [];
    const said = amountsSaid(comment);
    const [one, ...more] = said;
    if (one === undefined || more.length > 0) return [];
    const found = amountIn(code, one.about);
    if (found === null || fitsAmount(one, found)) return [];
    return [
      {
        path: file.path,
        line: at,
        says: `the comment says ${one.text}, and the code says ${found.text}`,
        subject: `${one.text} ${found.text}`,
      },
    ];
  });
}
