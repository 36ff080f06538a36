import type { Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import type { Severity } from '../guards/guard.ts';
import { elsewhereWords, joinAlike, type Alike } from './alike.ts';
import type { Paint } from './paint.ts';
import { count, plain, wrap } from './plain.ts';

const columns = 80;
/** More gaps than this are counted rather than listed; `--format json` has them all. */
const maxGapLines = 12;
/** More notes than this are counted rather than listed; blocks and warnings are always shown. */
const maxNotes = 10;

/** Findings, worst first, three things each: what, why it breaks production, how to fix it. */
export function findingLines(findings: readonly Finding[], paint: Paint): readonly string[] {
  const open = findings.filter(({ suppressed }) => suppressed === null);
  const silenced = findings.filter(({ suppressed }) => suppressed !== null);
  if (findings.length === 0) return [];
  const told = joinAlike(open.toSorted(worstFirst));
  const notes = told.filter(({ finding }) => finding.severity === 'note');
  const shown = [
    ...told.filter(({ finding }) => finding.severity !== 'note'),
    ...notes.slice(0, maxNotes),
  ];
  return [
    `${paint.bold('Findings')}  ${tally(open, silenced.length)}`,
    ...shown.flatMap((alike) => ['', ...findingBlock(alike, paint)]),
    ...(notes.length > maxNotes
      ? ['', `  … and ${count(notes.length - maxNotes, 'more note')} (--format json shows all)`]
      : []),
    ...(silenced.length > 0
      ? ['', ...silenced.map((finding) => silencedLine(finding, paint))]
      : []),
    '',
  ];
}

/** `2 block, 1 warn`; severities that did not occur are left out. */
export function tally(findings: readonly Finding[], silenced: number): string {
  const parts = (['block', 'warn', 'note'] as const)
    .map((severity) => [
      findings.filter((finding) => finding.severity === severity).length,
      severity,
    ])
    .filter(([number]) => number !== 0)
    .map(([number, severity]) => `${number} ${severity}`);
  if (silenced > 0) parts.push(`${silenced} suppressed`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** What was not checked, and why; alike reasons are told once. */
export function gapLines(gaps: readonly Gap[], paint: Paint): readonly string[] {
  if (gaps.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { what, why } of gaps) byReason.set(why, [...(byReason.get(why) ?? []), what]);
  const lines = [...byReason].map(([why, whats]) => gapText(whats, why));
  const shown = lines.slice(0, maxGapLines);
  const rest = lines.length - shown.length;
  return [
    paint.bold('Not checked'),
    ...shown.flatMap((text) =>
      wrap(text, columns - 4).map((line, at) => (at === 0 ? `  · ${line}` : `    ${line}`)),
    ),
    ...(rest > 0 ? [`  · and ${count(rest, 'more reason')} (--format json shows all)`] : []),
    '',
  ];
}

function gapText(whats: readonly string[], why: string): string {
  const shown = whats.slice(0, 3).map(plain).join(', ');
  const more = whats.length > 3 ? ` and ${whats.length - 3} more` : '';
  return `${shown}${more}: ${plain(why)}`;
}

function findingBlock({ finding, elsewhere }: Alike, paint: Paint): readonly string[] {
  const place = `${plain(finding.path)}:${finding.line}`;
  const body = wrap(plain(finding.impact), columns - 9);
  const fix = wrap(`Fix: ${plain(finding.fix)}`, columns - 9);
  return [
    `  ${colourOf(finding.severity, paint)(finding.severity.padEnd(5))}  ${paint.bold(place)}`,
    ...wrap(`${plain(finding.message)}${elsewhereWords(elsewhere)}`, columns - 9).map(
      (line) => `         ${line}`,
    ),
    ...body.map((line) => `         ${paint.dim(line)}`),
    ...fix.map((line) => `         ${line}`),
    ...wrap(`${finding.guard}${adjustedWords(finding)}`, columns - 9).map(
      (line) => `         ${paint.dim(line)}`,
    ),
  ];
}

/** Why a finding is graver or milder here than elsewhere. */
function adjustedWords({ adjusted, severity }: Finding): string {
  if (adjusted === undefined) return '';
  const { from, because, until } = adjusted;
  const end = until === null ? '' : ` until ${until}`;
  return ` (${severity} instead of ${from} here${end}: ${plain(because)})`;
}

function silencedLine(finding: Finding, paint: Paint): string {
  const { by, reason } = finding.suppressed ?? { by: 'comment', reason: '' };
  const text = `  suppressed  ${plain(finding.path)}:${finding.line}  ${finding.guard} (${by}: ${plain(reason)})`;
  return paint.dim(text);
}

/** Orders findings: block before warn before note, surer first, then by place. */
export function worstFirst(a: Finding, b: Finding): number {
  return (
    rank[a.severity] - rank[b.severity] ||
    b.confidence - a.confidence ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line)
  );
}

const rank: Readonly<Record<Severity, number>> = { block: 0, warn: 1, note: 2 };

function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  return { block: paint.red, warn: paint.yellow, note: paint.dim }[severity];
}
