import { addedCode } from '../code/added-code.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { functionAround, nodeAt } from '../code/node-at.ts';
import { excerpt } from '../code/nodes.ts';
import { effectsWithoutCleanup } from './effects.ts';
import { openings } from './openings.ts';
import type { Opening } from './openings.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './not-closed.examples.ts';

/** Something newly opened that nothing in the same function closes, returns or keeps. */
export const notClosed: Guard = guard({
  id: 'resources/not-closed',
  severity: 'warn',
  protects: 'files, connections, timers and listeners from running out',
  breaks:
    'Each call leaves one open behind, until the process or the database has none left and every further request fails.',
  fix: 'Close it in the form that closes by itself: with, defer, using, try-with-resources, or the clean-up of the effect.',
  languages: codeLanguages,
  cwe: [404, 772, 775],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter((file) => isProductionPath(file.path) && file.after !== null)
        .flatMap((file) => [...opened(file), ...effectsWithoutCleanup(file)]),
    ),
});

function opened(file: ChangedFile): readonly Sighting[] {
  const code = addedCode(file);
  return openings
    .filter(({ languages, opens }) => languages.includes(file.language) && opens.test(code))
    .flatMap((opening) => places(file, opening));
}

function places(file: ChangedFile, opening: Opening): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  return [...file.added].flatMap((line) => {
    const text = after.lines[line - 1] ?? '';
    const match = opening.opens.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined || opening.but?.test(text) === true) return [];
    if (before?.text.includes(text.trim()) === true) return [];
    const around = textAround(file, line, match.index + match[0].length - 1);
    if (around === null || isHandled(around, name, opening)) return [];
    return [
      {
        path: file.path,
        line,
        says: `opens ${excerpt(name, 40)} and does not close it: ${excerpt(text, 60)}`,
        subject: `open ${name} ${match[2] ?? ''}`,
        severity: severityIn(file, opening),
      },
    ];
  });
}

function severityIn({ path }: ChangedFile, { severity }: Opening): Severity {
  return /(?:^|\/)(?:scripts?|tools?|bin|cmd|cli|hack|build|migrations?|ci)\//.test(path)
    ? 'note'
    : severity;
}

// The function that opens it; at the top of a file a thing may live as long as the process.
function textAround({ after, language }: ChangedFile, line: number, column: number): string | null {
  const grammar = grammarOf(language);
  const node = after === null ? null : nodeAt(after, { text: '', line, column });
  if (node === null || grammar === null) return null;
  const kinds = [node, ...node.ancestors()].map((one) => String(one.kind()));
  if (kinds.some((kind) => grammar.strings.includes(kind) || grammar.comments.includes(kind)))
    return null;
  return functionAround(node, grammar)?.text() ?? null;
}

function isHandled(text: string, name: string, { closes, passes }: Opening): boolean {
  const word = name.replaceAll('$', String.raw`\$`);
  const fill = (pattern: string): RegExp => new RegExp(pattern.replaceAll('NAME', word));
  if (fill(closes).test(text)) return true;
  const kept = String.raw`\breturn\b[^\n;]*(?<![\w.])&?NAME\b(?!\s*(?:\.|->)\s*(?:read|Read|json|text|Text|Body|StatusCode|status|content))|\byield\s+NAME\b|(?:self|this)\.[\w.]+\s*=\s*[^\n]*\bNAME\b(?!\s*\.)|[\w.]+\.\w+\s*=\s*NAME\b|(?<![\w.])_\w+\s*=\s*NAME\b|[:{,][ \t]*&?NAME[ \t]*[,}]|(?:append|push|add|Add|enter_context|callback|register|track)\([^\n]*\bNAME\b(?!\s*\.)|<-\s*NAME\b`;
  return fill(kept).test(text) || (passes !== undefined && fill(passes).test(text));
}
