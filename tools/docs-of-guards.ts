import { suggestionRules } from '../src/cli/suggestion-rules.ts';
import type { Example, Guard } from '../src/guards/guard.ts';

/** docs/guards.md: every guard under its id, without the code of its examples, which would set off scanners. */
export function docsOfGuards(guards: readonly Guard[]): string {
  const shelves = Map.groupBy(guards, ({ id }) => id.split('/')[0] ?? '');
  const contents = [...shelves].map(
    ([shelf, members]) =>
      `- **${shelf}**: ${members.map(({ id }) => `[${id.slice(shelf.length + 1)}](#${anchorOf(id)})`).join(', ')}`,
  );
  const sections = [...shelves].map(([shelf, members]) =>
    [`## ${shelf}`, ...members.map(section)].join('\n\n'),
  );
  return [head(guards), contents.join('\n'), ...sections, docsOfRules()].join('\n\n').concat('\n');
}

/** What coding agents are refused or asked about besides; the commands of the examples would set off scanners. */
function docsOfRules(): string {
  const rows = suggestionRules.map(
    ({ id, decision, title, why, instead }) =>
      `| \`${id}\` | ${{ deny: 'refused', ask: 'asked', warn: 'found' }[decision]} | ${plain(title)} | ${plain(why)} | ${plain(instead)} |`,
  );
  return [
    '## Commands and settings',
    'What a coding agent is refused or asked about before it acts (docs/agents.md), and what is found at the commit\n(docs/records.md); `hallmonitor guards <id>` has examples.',
    ['| rule | answer | what | why | instead |', '|---|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function head(guards: readonly Guard[]): string {
  return `# Guards

Generated from the guards themselves by \`node tools/write-docs.ts\`; a test fails when it is stale. Each of the
${guards.length} guards looks for one class of fault in what a change does, never in what was there before.
\`hallmonitor guards <id>\` shows one with the code of its examples.

\`block\` stops a change, \`warn\` asks for somebody who knows the code, \`note\` informs. Where the change is right all
the same, a comment on that line or the one above says so, with its reason:
\`hallmonitor-ignore <id>: <reason>\`. Silenced findings stay visible.`;
}

function section(guard: Guard): string {
  const { id, severity, confidence, protects, breaks, fix, cwe } = guard;
  const languages = guard.languages === 'any' ? 'any text' : guard.languages.join(', ');
  const weakness = cwe.map((number) => `CWE-${number}`).join(', ');
  return [
    `### ${id}`,
    `**${severity}**, protects ${plain(protects)}.`,
    plain(breaks),
    `*Fix:* ${plain(fix)}`,
    [
      `- Reads: ${languages}`,
      `- Confidence of an ordinary finding: ${confidence}${weakness === '' ? '' : `; ${weakness}`}`,
      `- Fires when ${names(guard.caught)}`,
      `- Stays quiet when ${names(guard.passed)}`,
    ].join('\n'),
  ].join('\n\n');
}

function names(examples: readonly Example[]): string {
  return examples.map(({ name }) => plain(name)).join('; ');
}

/** Text that Markdown would take for its own. */
function plain(text: string): string {
  return text.replaceAll(/[\\*_<>[\]]/g, String.raw`\$&`);
}

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
