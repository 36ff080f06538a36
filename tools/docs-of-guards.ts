import { suggestionRules } from '../src/cli/suggestion-rules.ts';
import type { Guard } from '../src/guards/guard.ts';
import { pageOfGuard } from './page-of-guard.ts';
import { markdownText } from './markdown-text.ts';

/** The index of the guards and one page for each, by path. */
export function docsOfGuards(guards: readonly Guard[]): ReadonlyMap<string, string> {
  const pages = guards.map((guard) => [pagePath(guard), pageOfGuard(guard)] as const);
  return new Map([['docs/guards.md', indexOf(guards)], ...pages]);
}

function pagePath({ id }: Guard): string {
  return `docs/guards/${id}.md`;
}

function indexOf(guards: readonly Guard[]): string {
  const shelves = Map.groupBy(guards, ({ id }) => id.split('/')[0] ?? '');
  const sections = [...shelves].map(([shelf, members]) =>
    [`## ${shelf}`, table(members)].join('\n\n'),
  );
  return [head(guards), ...sections, docsOfRules()].join('\n\n').concat('\n');
}

function table(members: readonly Guard[]): string {
  const rows = members.map(
    ({ id, severity, gravest, protects, breaks }) =>
      `| [${id}](guards/${id}.md) | ${gravest ?? severity} | ${markdownText(protects)} | ${markdownText(breaks)} |`,
  );
  return ['| guard | at most | protects | what breaks |', '|---|---|---|---|', ...rows].join('\n');
}

/** What coding agents are refused or asked about besides; the commands of the examples would set off scanners. */
function docsOfRules(): string {
  const rows = suggestionRules.map(
    ({ id, decision, title, why, instead }) =>
      `| \`${id}\` | ${{ deny: 'refused', ask: 'asked', warn: 'found' }[decision]} | ${markdownText(title)} | ${markdownText(why)} | ${markdownText(instead)} |`,
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
\`hallmonitor guards explain <id>\` shows one in the terminal.

\`block\` stops a change, \`warn\` asks for somebody who knows the code, \`note\` informs; a guard gives a milder word
where it is less sure. Where the change is right all the same, a comment on that line or the one above says so, with
its reason: \`hallmonitor-ignore <id>: <reason>\`. Silenced findings stay visible.`;
}
