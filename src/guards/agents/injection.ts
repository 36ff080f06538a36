import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { caught, passed } from './injection.examples.ts';
import { decodedIn, isOrder, orders } from './orders.ts';

/** Text aimed at an agent or a reviewing model, not at people. */
export const injection: Guard = guard({
  id: 'agents/injection',
  severity: 'block',
  protects: 'agents and models that read this repository',
  breaks:
    'A model that reads the file takes it as an order: it approves, keeps quiet, or runs what a stranger wrote.',
  fix: 'Take the text out, and ask who wrote it and why.',
  languages: 'any',
  cwe: [1427, 74],
  confidence: 0.85,
  readsGenerated: true,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayHold).flatMap(sightings),
});

/** Longer lines are cut. */
const longestLine = 4000;

// Files about such texts, their tests and prompts may hold them.
const about =
  /prompt|inject|jailbreak|red-?team|guardrail|eval|adversar|attack|security|malicious|safety|moderation|sanitiz|llm|phish|payload/i;

function mayHold({ after, path, change }: ChangedFile): boolean {
  return (
    after !== null &&
    change.content === 'text' &&
    change.generated !== 'minified' &&
    !about.test(path)
  );
}

function sightings(file: ChangedFile): readonly Sighting[] {
  const old = file.before?.text ?? '';
  if (old !== '' && orders.some(({ pattern }) => pattern.test(old.slice(0, 200_000)))) return [];
  return file.change.hunks
    .flatMap(({ added, newStart }) =>
      added.flatMap((text, index) =>
        sightingsIn(file, text.slice(0, longestLine), newStart + index),
      ),
    )
    .slice(0, 5);
}

function sightingsIn(file: ChangedFile, text: string, line: number): readonly Sighting[] {
  const plain = seen(text);
  const order = isOrder(plain);
  if (order !== null) {
    const hidden =
      plain !== text
        ? 'in characters nobody sees'
        : isHidden(file, text, line)
          ? 'where the shown page does not show it'
          : null;
    if (hidden === null && (!order.isClear || file.isTest)) return [];
    return [
      told(
        file,
        {
          line,
          says: `${order.says}${hidden === null ? '' : `, ${hidden}`}: ${shown(plain)}`,
          subject: plain.trim(),
        },
        hidden === null ? 'warn' : 'block',
      ),
    ];
  }
  const coded = decodedIn(text);
  if (coded === null) return [];
  const says = `hides an order to a model in encoded text: ${shown(coded)}`;
  return [told(file, { line, says, subject: coded }, file.isTest ? 'warn' : 'block')];
}

// Letters of no width are left out, and those of the block of tags are read as what they stand for.
function seen(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/g, '')
    .replace(/[\u{e0020}-\u{e007e}]+/gu, (run) => ` ${Array.from(run, untagged).join('')}`);
}

function untagged(letter: string): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0xe0020) - 0xe0000);
}

function told(
  { path }: ChangedFile,
  seen: Pick<Sighting, 'line' | 'says' | 'subject'>,
  severity: Severity,
): Sighting {
  return { path, ...seen, severity };
}

// HTML comments, elements that are not shown, and definitions of Markdown that nothing refers to.
function isHidden({ after, path }: ChangedFile, text: string, line: number): boolean {
  if (
    /\[\/\/\]:\s*#|\[comment\]:\s*#|display\s*:\s*none|font-size\s*:\s*0|visibility\s*:\s*hidden|\bhidden\b[^>]*>/i.test(
      text,
    )
  )
    return true;
  if (!/\.(?:mdx?|html?|vue|svelte|xml|svg|ya?ml|txt)$/i.test(path)) return false;
  const upTo = (after?.lines.slice(Math.max(0, line - 40), line - 1) ?? []).join('\n');
  const opened = `${upTo}\n${text}`;
  const start = opened.lastIndexOf('<!--');
  return start >= 0 && !opened.slice(start, opened.length - text.length).includes('-->');
}

function shown(text: string): string {
  const at =
    orders.map(({ pattern }) => pattern.exec(text)?.index ?? -1).find((index) => index >= 0) ?? 0;
  const flat = text.slice(at).replace(/\s+/g, ' ').trim();
  return `"${flat.length > 80 ? `${flat.slice(0, 79)}…` : flat}"`;
}
