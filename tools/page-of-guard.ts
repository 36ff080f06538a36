import { diffTexts, linesOf } from '../src/change/diff.ts';
import { redact } from '../src/change/redact.ts';
import type { Example, Guard } from '../src/guards/guard.ts';
import { markdownText } from './markdown-text.ts';

/** Examples whose code is shown; all others are named. */
const shownExamples = 2;
/** Shelves whose examples would set off scanners, or could not be seen at all. */
const unshown: ReadonlySet<string> = new Set(['secrets', 'unicode', 'leftovers']);

/** A guard's own page: why it exists, what sets it off, what does not, and how to answer it. */
export function pageOfGuard(guard: Guard): string {
  const { id, severity, gravest, protects, breaks, fix, outage, caught, passed } = guard;
  return [
    `# ${id}`,
    `At most **${gravest ?? severity}**. Protects ${markdownText(protects)}.`,
    '## Why',
    markdownText(breaks),
    ...(outage === undefined ? [] : [`${markdownText(outage.says)} ([source](${outage.source}))`]),
    '## What to do',
    markdownText(fix),
    `Where the change is right all the same, say so on that line or the one above:\n\`hallmonitor-ignore ${id}: <reason>\``,
    '## What it reads',
    facts(guard),
    '## Fires when',
    ...examples(caught, id),
    '## Stays quiet when',
    ...examples(passed, id),
  ]
    .join('\n\n')
    .concat('\n');
}

function facts({ languages, confidence, cwe, readsGenerated }: Guard): string {
  const weakness = cwe
    .map((number) => `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`)
    .join(', ');
  return [
    `- ${languages === 'any' ? 'any text' : languages.join(', ')}`,
    ...(readsGenerated === true ? ['- generated, vendored and lock files too'] : []),
    `- confidence of an ordinary finding: ${confidence}`,
    ...(weakness === '' ? [] : [`- ${weakness}`]),
  ].join('\n');
}

function examples(all: readonly Example[], id: string): readonly string[] {
  const isShown = !unshown.has(id.split('/')[0] ?? '');
  const names = all.map(({ name }) => `- ${markdownText(name)}`).join('\n');
  const code = isShown ? all.slice(0, shownExamples).map(shown) : [];
  return [names, ...code];
}

function shown({ name, before = {}, after }: Example): string {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const files = paths.map((path) => fileDiff(path, before[path] ?? '', after[path] ?? ''));
  return `${markdownText(name)}:\n\n\`\`\`\`diff\n${files.join('\n')}\n\`\`\`\``;
}

function fileDiff(path: string, before: string, after: string): string {
  const lines: string[] = [`# ${path}`];
  const old = linesOf(before);
  let at = 0;
  for (const hunk of diffTexts(before, after)) {
    const start = hunk.removed.length === 0 ? hunk.oldStart : hunk.oldStart - 1;
    lines.push(...old.slice(Math.max(at, start - 2), start).map((line) => ` ${line}`));
    lines.push(...hunk.removed.map((line) => `-${line}`), ...hunk.added.map((line) => `+${line}`));
    at = start + hunk.removed.length;
  }
  if (lines.length === 1) lines.push(...old.slice(0, 12).map((line) => ` ${line}`));
  return redact(lines.join('\n').trimEnd());
}
