import type { Gap } from '../change/change.ts';
import { grouped } from '../change/numbers.ts';
import type { Bypass } from '../replay/bypasses.ts';
import type { PolicyResult } from '../replay/policies-result.ts';
import type { Advice } from '../replay/report-advice.ts';
import type { Gap95, Rate } from '../replay/report-rates.ts';
import type { AiEffect } from '../risk/fit/ai-effect.ts';
import type { Group, NearMiss, Review } from '../replay/report.ts';
import { plain, sentence, shortRevision } from './plain.ts';
import { groupChart, monthChart, policyChart, shareChart, type Chart } from './report-charts.ts';

/** Everything the page shows. */
export interface Page {
  readonly title: string;
  readonly summary: string;
  readonly review: Review;
  readonly effect: AiEffect;
  readonly advice: readonly Advice[];
  readonly results: readonly PolicyResult[];
  readonly bypasses: readonly Bypass[];
  readonly norm: string;
  readonly gaps: readonly Gap[];
}

/** Rows of a list that are shown; the numbers count all. */
const mostRows = 15;
/** Older months than these are left out of the charts. */
const mostMonths = 36;

const style = `
:root { color-scheme: light; --ink: #222; --soft: #5a6470; --line: #d5dbe1; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.2rem 0 0.4rem; }
p { margin: 0.4rem 0; max-width: 46rem; }
.soft { color: var(--soft); }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.6rem; margin: 1rem 0; }
.numbers div { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.6rem 0.8rem; }
.numbers b { display: block; font-size: 1.5rem; line-height: 1.2; }
figure { margin: 0.6rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
.narrow { display: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td { overflow-wrap: anywhere; }
td.word { overflow-wrap: break-word; min-width: 8.5rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: normal; white-space: nowrap; }
ol li { margin: 0.5rem 0; }
@media (max-width: 40rem) {
  .wide { display: none; } .narrow { display: block; }
  body { padding: 0.8rem; } th, td { padding: 0.3rem 0.3rem; }
}
@media print {
  @page { margin: 15mm; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  .wide { display: block; } .narrow { display: none; }
  .scroll { overflow: visible; }
  h2 { break-after: avoid; } figure, tr, li, .numbers { break-inside: avoid; }
}`;

// The page runs no script and asks nothing of the network; the browser holds it to that.
const allowed = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The review as one file that needs nothing else. */
export function reportPage(page: Page): string {
  const { review } = page;
  const months = review.months.slice(-mostMonths);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<title>${safe(page.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${safe(page.title)}</h1>
<p>${safe(page.summary)}</p>
${numbers(page)}
<h2>What to change</h2>
${adviceList(page.advice)}
<h2>Do more changes turn out bad?</h2>
<p class="soft">Bad changes by the month they landed. What landed lately is left out: it has had no time to turn out bad or to be known for clean.</p>
${figure(monthChart(months), 'Bad changes by month')}
<p class="soft">The same as a share of the changes whose outcome is known.</p>
${figure(shareChart(months), 'Share of bad changes by month')}
<h2>Do AI-assisted changes turn out bad more often?</h2>
<p>${safe(aiWords(review, page.effect))}</p>
${figure(groupChart([group('AI-assisted', review.ai), group('no sign of AI', review.other)]), 'Share of bad changes, AI-assisted or not')}
<p class="soft">The dot is what was seen, the bar is where the truth lies with 95 % certainty, in brackets the changes whose outcome is known. No sign of AI does not mean no AI.</p>
${groupSection('Which tools?', review.tools, 'No tool is named in this history.')}
${groupSection('Where?', review.areas, 'No file was changed.')}
${groupSection('What kind of change?', review.kinds, 'There is no change.')}
<h2>What would rules have done?</h2>
${policySection(page.results)}
<h2>Near misses</h2>
${nearMisses(review.nearMisses)}
<h2>What went round the gate</h2>
${bypassSection(page)}
<h2>What was not checked</h2>
${gapList(page.gaps)}
</body>
</html>
`;
}

/** Text from a repository, made harmless for HTML. */
function safe(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function numbers({ review, bypasses }: Page): string {
  const tiles = [
    [grouped(review.all.changes), 'changes landed'],
    [
      grouped(review.all.bad),
      `turned out bad, ${percent(review.all.share)} of ${grouped(review.all.known)} known`,
    ],
    [grouped(review.ai.changes), 'with evidence of AI'],
    [grouped(review.nearMisses.length), 'near misses'],
    [grouped(bypasses.length), 'went round the gate'],
  ];
  return `<div class="numbers">${tiles.map(([value = '', says = '']) => `<div><b>${safe(value)}</b>${safe(says)}</div>`).join('')}</div>`;
}

function percent(share: number | null): string {
  return share === null ? 'unknown' : `${(100 * share).toFixed(1)} %`;
}

function adviceList(advice: readonly Advice[]): string {
  if (advice.length === 0)
    return '<p>Nothing stands out clearly enough to act on. That is an answer too.</p>';
  return `<ol>${advice.map(({ says, because }) => `<li><strong>${safe(says)}</strong><br>${safe(because)}</li>`).join('')}</ol>`;
}

function figure({ wide, narrow }: Chart, says: string): string {
  return `<figure role="img" aria-label="${safe(says)}"><div class="wide">${wide}</div><div class="narrow">${narrow}</div></figure>`;
}

function group(name: string, rate: Rate): Group {
  return { name, ...rate };
}

const verdicts = { 'more often': 'Yes.', 'less often': 'No, less often.' } as const;

function aiWords({ aiGap, ai }: Review, { verdict, says }: AiEffect): string {
  if (aiGap === null || ai.known === 0)
    return 'Nothing can be said: no AI-assisted change has a known outcome.';
  const answer = verdict === 'cannot tell' ? '' : `${verdicts[verdict]} `;
  return `${answer}${sentence(says)} Counted as they are, AI-assisted changes turned out bad ${gapWords(aiGap)} (95 %); that compares large changes with small ones.`;
}

function gapWords({ low, high }: Gap95): string {
  const [from, to] = [Math.abs(100 * low), Math.abs(100 * high)].map((one) => one.toFixed(1));
  if (low > 0) return `more often, by ${from} to ${to} points of 100`;
  if (high < 0) return `less often, by ${to} to ${from} points of 100`;
  return `between ${from} points of 100 less often and ${to} more often`;
}

function groupSection(title: string, groups: readonly Group[], none: string): string {
  const body =
    groups.length === 0
      ? `<p>${safe(none)}</p>`
      : figure(groupChart(groups), `Share of bad changes: ${title}`);
  return `<h2>${safe(title)}</h2>\n${body}`;
}

function policySection(results: readonly PolicyResult[]): string {
  const rows = results.map(
    ({ name, escalated, changes, bad, caught, lift, cost, overloaded }, at) => `<tr>
<td class="n">${at + 1}</td><td class="word">${safe(name)}</td><td class="n">${grouped(escalated)} of ${grouped(changes)}</td><td class="n">${grouped(bad)}</td><td class="n">${lift === null ? '–' : lift.toFixed(1)}</td>
<td class="n">${Math.round(caught[0])}–${Math.round(caught[1])}</td><td class="n">${grouped(Math.round(cost.reviewerMinutes / 60))}</td><td class="n">${grouped(Math.round(cost.closeMinutes / 60))}</td><td class="n">${grouped(Math.round(cost.delayHours))}</td><td class="n">${grouped(overloaded)}</td>
</tr>`,
  );
  return `${figure(policyChart(results), 'Policies by review hours and bad changes held')}
<div class="scroll"><table><thead><tr><th class="n">#</th><th>policy</th><th class="n">escalates</th><th class="n">bad held</th><th class="n">× chance</th><th class="n">caught</th><th class="n">review h</th><th class="n">close h</th><th class="n">delay h</th><th class="n">overloaded</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function nearMisses(misses: readonly NearMiss[]): string {
  if (misses.length === 0)
    return '<p>None is known: nothing was taken back or repaired within a day.</p>';
  const rows = misses
    .slice(0, mostRows)
    .map(
      ({ fact, outcome, hours }) =>
        `<tr><td><code>${safe(shortRevision(fact.commit))}</code></td><td class="word">${safe(fact.subject)}</td><td class="word">${safe(outcome.says)}</td><td class="n">${Math.round(hours)} h</td></tr>`,
    );
  return `<p>${grouped(misses.length)} changes were taken back or repaired within a day of landing.${restWords(misses.length)}</p>
<div class="scroll"><table><thead><tr><th>commit</th><th>change</th><th>what happened</th><th class="n">after</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function restWords(all: number): string {
  return all > mostRows ? ` The last ${mostRows}:` : '';
}

function bypassSection({ bypasses, norm }: Page): string {
  if (bypasses.length === 0)
    return `<p>${safe(norm)}; nothing is known to have gone another way.</p>`;
  const rows = bypasses
    .toReversed()
    .slice(0, mostRows)
    .map(
      ({ fact, kind, says }) =>
        `<tr><td><code>${safe(shortRevision(fact.commit))}</code></td><td>${safe(kind)}</td><td class="word">${safe(fact.subject)}</td><td class="word">${safe(says)}</td></tr>`,
    );
  return `<p>${safe(norm)}; ${grouped(bypasses.length)} went round it.${restWords(bypasses.length)}</p>
<div class="scroll"><table><thead><tr><th>commit</th><th>how</th><th>change</th><th>what says so</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function gapList(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return '<p>Nothing was left out.</p>';
  const shown = gaps.slice(0, mostRows);
  const rest = gaps.length - shown.length;
  return `<ul>${shown.map(({ what, why }) => `<li>${safe(what)}: ${safe(why)}</li>`).join('')}${rest > 0 ? `<li>and ${rest} more</li>` : ''}</ul>`;
}
