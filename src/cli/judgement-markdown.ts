import type { Judgement } from '../judge.ts';
import { elsewhereWords, joinAlike, type Alike } from './alike.ts';
import { disputedLines } from './disputed-lines.ts';
import { tally, worstFirst } from './findings-text.ts';
import { demand, describeChange, rankWords, verdictWords } from './judgement-text.ts';
import { count, plain } from './plain.ts';
import { reachSentences } from './reach-text.ts';

/** Forges cut or refuse longer comments (GitHub: 65,536 characters). */
const maxCharacters = 60_000;
/** A comment lists this many findings in full; the rest is counted. */
const maxFindings = 15;

/** A judgement as a pull-request comment: what to look at first and why, nothing twice. */
export function judgementMarkdown(judgement: Judgement): string {
  const text = [
    '<!-- hallmonitor -->',
    headline(judgement),
    owed(judgement),
    lookFirst(judgement),
    background(judgement),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  if (text.length <= maxCharacters) return `${text}\n`;
  return `${text.slice(0, maxCharacters)}\n\n… cut: the whole judgement is longer than a comment may be.\n`;
}

function headline(judgement: Judgement): string {
  const { verdict } = judgement.decision;
  const words = verdictWords(judgement);
  return `### Hallmonitor: ${verdict}\n\nThis change ${words}. <sub>${code(describeChange(judgement.change))}</sub>`;
}

function owed({ decision }: Judgement): string {
  const debts = decision.owed.filter(({ kind }) => kind !== 'finding');
  if (debts.length === 0) return '';
  const lines = debts.map((debt) => {
    const who = debt.candidates.map(escape).join(', ');
    const from = who === '' ? '' : ` (${who})`;
    return `- [ ] **${escape(demand(debt))}**${from}: ${escape(debt.why)}`;
  });
  return `**Owed**\n\n${lines.join('\n')}`;
}

function lookFirst({ findings }: Judgement): string {
  const open = findings.filter(({ suppressed }) => suppressed === null).sort(worstFirst);
  if (open.length === 0) return '';
  const told = joinAlike(open);
  const rest = told.length - maxFindings;
  const more = rest > 0 ? `\n\n…and ${count(rest, 'more finding')}.` : '';
  const silenced = findings.length - open.length;
  const list = told.slice(0, maxFindings).map(findingItem).join('\n');
  return `**Look at first** (${tally(open, silenced)})\n\n${list}${more}`;
}

function findingItem({ finding, elsewhere }: Alike): string {
  const { severity, path, line, message, impact, fix, guard } = finding;
  return [
    `1. ${{ block: '⛔', warn: '⚠️', note: 'ℹ️' }[severity]} ${code(`${path}:${line}`)} ${escape(message)}${elsewhereWords(elsewhere)}.`,
    `   ${escape(impact)}`,
    `   *Fix:* ${escape(fix)} <sub>${code(guard)}</sub>`,
  ].join('\n');
}

function background(judgement: Judgement): string {
  const { provenance, risk, gaps } = judgement;
  const { ai, mixed, human, unknown } = provenance.lines;
  const tools = provenance.tools.map(
    ({ tool, model, lines }) => `${escape(tool)}${model ? ` (${escape(model)})` : ''} ${lines}`,
  );
  const dispute = disputedLines(provenance);
  const rows = [
    `- Added lines: ${ai} AI, ${mixed} mixed, ${human} human, ${unknown} unknown${
      tools.length > 0 ? ` (${tools.join(', ')})` : ''
    }`,
    ...(dispute === null ? [] : [`  - ${dispute}`]),
    `- Risk: ${rankWords(risk)}`,
    ...risk.factors.map(({ says }) => `  - ${escape(says)}`),
    ...risk.services.map(
      ({ name, tier }) => `- Touches ${escape(name)}${tier === null ? '' : `, tier ${tier}`}`,
    ),
    ...(judgement.reach === null ? [] : reachSentences(judgement.reach)).map(
      (way) => `- Reaches ${escape(way)}`,
    ),
    ...gaps.map(({ what, why }) => `- **Not checked:** ${escape(what)}: ${escape(why)}`),
    `- Policy: ${escape(judgement.policy.name)}, mode ${judgement.policy.mode}`,
  ];
  const open = gaps.length > 0 ? `, ${count(gaps.length, 'thing')} not checked` : '';
  return `<details><summary>Who wrote it, risk${open}</summary>\n\n${rows.join('\n')}\n\n</details>`;
}

/** Text from outside as Markdown that shows it: no markup, mention, link, image or HTML of its own. */
export function escape(text: string): string {
  return plain(text.replaceAll(/\s+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]|~#!]/g, String.raw`\$&`)
    .replaceAll(/@(?=\w)/g, '@<!-- -->')
    .replaceAll(/:\/\//g, ':<!-- -->//');
}

/** Inline code that its content cannot end. */
function code(text: string): string {
  const safe = plain(text);
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
