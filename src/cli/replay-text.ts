import type { Gap } from '../change/change.ts';
import { grouped } from '../change/numbers.ts';
import type { PolicyResult } from '../replay/policies-result.ts';
import type { RiskFigures } from '../replay/report-risk.ts';
import { gapLines } from './findings-text.ts';
import type { Paint } from './paint.ts';
import { count, plain, sentence, wrap } from './plain.ts';
import { policyJson, replayJson, joinPolicies, sorted } from './replay-json.ts';
import type { ReplayJson, RepositoryRow } from './replay-json.ts';
import type { Replay } from './replay-one.ts';

/** With fewer bad changes than this, what a policy caught is chance. */
const fewestBad = 20;
/** A policy must pick out bad changes this much better than chance to be called better. */
const leastLift = 1.2;
const mostGuards = 12;

/** A replay for people: the verdict first, then the table, then what it rests on. */
export function replayText(replay: Replay, paint: Paint): string {
  const { history, results } = replay;
  const data = replayJson(replay);
  const where = history.branch === null ? '' : ` on ${plain(history.branch)}`;
  const lines = [
    ...wrap(`${count(data.changes, 'change')} landed${where}${period(data)}.`, 78),
    ...wrap(outcomeWords(data), 78),
    '',
    ...wrap(verdictOf(data, results), 78).map((line) => paint.bold(line)),
    '',
    ...policyTable(data.policies, data.changes, paint),
    '',
    ...results.flatMap((result) => policyNotes(result, data.changes, paint)),
    ...guardTable(data, paint),
    ...restsOn(data, replay.risk, paint),
    ...gapLines(history.gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function period({ from, to }: ReplayJson): string {
  return from === null || to === null ? '' : ` from ${day(from)} to ${day(to)}`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** How changes turned out, in a sentence. */
function outcomeWords({ outcomes, assumptions }: ReplayJson): string {
  const { bad, reverted, fixed, hotfixed, incidents, clean, unknown } = outcomes;
  const kinds = [
    [reverted, 'reverted'],
    [fixed, 'fixed forward'],
    [hotfixed, 'hotfixed'],
    [incidents, 'named by an incident'],
  ] as const;
  const parts = kinds.flatMap(([number, what]) =>
    number > 0 ? [`${grouped(number)} ${what}`] : [],
  );
  const how = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `${grouped(bad)} turned out bad${how}, ${grouped(clean)} are clean after ${assumptions.observeDays} days, of ${grouped(unknown)} nothing can be said yet.`;
}

function verdictOf({ outcomes }: ReplayJson, results: readonly PolicyResult[]): string {
  if (outcomes.bad < fewestBad)
    return `With ${count(outcomes.bad, 'bad change')} no policy can be called safer than another here; what they cost can be compared.`;
  const [best] = results
    .filter(({ lift, escalated, changes }) => lift !== null && escalated < 0.9 * changes)
    .toSorted((a, b) => (b.lift ?? 0) - (a.lift ?? 0));
  if (best === undefined || (best.lift ?? 0) < leastLift || (best.liftRange?.[0] ?? 0) <= 1)
    return 'None of these policies picks out bad changes better than chance would.';
  const share = percent(best.bad, outcomes.bad);
  return `Best at picking out bad changes is "${plain(best.name)}": it holds ${percent(best.escalated, best.changes)} of the changes and ${share} of the bad ones, ${best.lift?.toFixed(1)} times as many as chance (${best.liftRange?.map((one) => one.toFixed(1)).join(' to ')}).`;
}

function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  return `${share > 0 && share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

type PolicyRow = ReplayJson['policies'][number];

const nameWidth = 19;

/** One line for each policy; names that are too long go on in the next. */
function policyTable(rows: readonly PolicyRow[], changes: number, paint: Paint): readonly string[] {
  const head = cells('', [
    'escalated',
    '',
    'bad',
    'lift',
    'caught',
    'review h',
    'close h',
    'delay h',
  ]);
  return [
    paint.bold(`Policy${head.slice('Policy'.length)}`),
    ...rows.flatMap((row) => policyLines(row, changes)),
  ];
}

function policyLines(row: PolicyRow, changes: number): readonly string[] {
  const [first = '', ...more] = wrap(plain(row.name), nameWidth).map((part) =>
    part.slice(0, nameWidth),
  );
  const numbers = cells(first, [
    grouped(row.escalated),
    percent(row.escalated, changes),
    grouped(row.bad),
    row.lift === null ? '-' : row.lift.toFixed(1),
    rangeWords(row.caught),
    grouped(Math.round(row.reviewerMinutes / 60)),
    grouped(Math.round(row.closeMinutes / 60)),
    grouped(row.delayHours),
  ]);
  return [numbers, ...more];
}

function rangeWords([low, high]: readonly [number, number]): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  return from === to ? grouped(from) : `${grouped(from)}-${grouped(to)}`;
}

const widths = [10, 6, 6, 5, 9, 9, 8, 8] as const;

function cells(name: string, values: readonly string[]): string {
  return `${name.padEnd(nameWidth)}${values.map((value, at) => ` ${value}`.padStart(widths[at] ?? 8)).join('')}`.trimEnd();
}

/** What the table cannot hold about one policy: gaps in what is known, and whose desk it lands on. */
function policyNotes(result: PolicyResult, changes: number, paint: Paint): readonly string[] {
  const { cost, unsure, stopped, overloaded } = result;
  const top = cost.people
    .filter(({ weeksOver }) => weeksOver > 0)
    .slice(0, 3)
    .map(({ person, weeksOver }) => `${plain(person.name)} in ${count(weeksOver, 'week')}`);
  const special = cost.minutesBy
    .filter(({ from }) => from !== 'anyone')
    .slice(0, 3)
    .map(({ from, minutes }) => `${plain(from)} ${grouped(Math.round(minutes / 60))} h`);
  const notes = [
    ...(unsure > 0
      ? [
          `${grouped(unsure)} (${percent(unsure, changes)} of all) are escalated only because something is not known, mostly who wrote them; "humans:" in the policy can settle that`,
        ]
      : []),
    ...(stopped > 0 ? [`${grouped(stopped)} are stopped by a finding that blocks`] : []),
    ...(special.length > 0 ? [`of the reading ${special.join(', ')}`] : []),
    ...(overloaded > 0
      ? [`over the reading budget: ${count(overloaded, 'person', 'people')}, ${top.join(', ')}`]
      : []),
    ...(cost.unanswered > 0
      ? [`for ${count(cost.unanswered, 'approval')} nobody was known who could have given it`]
      : []),
  ];
  if (notes.length === 0) return [];
  return [
    paint.bold(plain(result.name)),
    ...notes.flatMap((note) =>
      wrap(note, 76).map((line, at) => (at === 0 ? `  · ${line}` : `    ${line}`)),
    ),
    '',
  ];
}

function guardTable({ guards }: ReplayJson, paint: Paint): readonly string[] {
  if (guards.length === 0) return [];
  const shown = guards.slice(0, mostGuards);
  return [
    paint.bold(guardRow('Guard', ['fired', 'on bad', 'on clean', 'lift', 'between'])),
    ...shown.map(({ guard, fired, firedOnBad, firedOnClean, lift, liftRange }) =>
      guardRow(plain(guard), [
        grouped(fired),
        grouped(firedOnBad),
        grouped(firedOnClean),
        lift === null ? '-' : lift.toFixed(1),
        liftRange === null ? '-' : liftRange.map((one) => one.toFixed(1)).join('-'),
      ]),
    ),
    ...(guards.length > shown.length
      ? [`… and ${guards.length - shown.length} more (--format json shows all)`]
      : []),
    '',
  ];
}

const guardWidths = [7, 8, 9, 6, 12] as const;

function guardRow(name: string, values: readonly string[]): string {
  const cut = name.length > 37 ? `${name.slice(0, 36)}…` : name;
  return `${cut.padEnd(37)}${values.map((value, at) => value.padStart(guardWidths[at] ?? 8)).join('')}`;
}

function restsOn(
  { assumptions, guards }: ReplayJson,
  risk: RiskFigures,
  paint: Paint,
): readonly string[] {
  const [low, high] = assumptions.catch;
  const points = [
    `Escalated: more than one ordinary approval is asked, or a finding stops it. Bad: of those, the ones that turned out bad. Lift: how often a bad change is escalated against any change; 1 is chance.`,
    `Review h: all reading the policy asks. Close h: what of it goes beyond one ordinary reviewer.`,
    `Caught: bad times a chance of ${low === high ? low : `${low} to ${high}`} that a closer look finds it. Nobody can know that from history; --catch sets it.`,
    `Reading at ${assumptions.linesPerHour} lines an hour, at least ${assumptions.leastMinutes} minutes a change (--reading-speed). Delay: working hours until the answer the policy allows, and longer where a desk is full.`,
    ...(guards.length === 0
      ? []
      : [
          `Lift of a guard: how often it speaks on a bad change against a clean one, and where the true lift lies with 95 % certainty. Where that holds 1, its lift may be chance.`,
        ]),
    ...riskWords(risk).map(plain),
  ];
  return [
    paint.bold('What this rests on'),
    ...points.flatMap((point) =>
      wrap(point, 76).map((line, at) => (at === 0 ? `  · ${line}` : `    ${line}`)),
    ),
    '',
  ];
}

/** The model beside what needs none, and which of them to believe. */
function riskWords({
  auc,
  aucRange,
  captured20,
  recall20,
  baselines,
  says,
  heldOut,
  bad,
}: RiskFigures): readonly string[] {
  if (auc === null)
    return [
      `The risk model was not measured: nothing of what landed last turned out bad. ${sentence(says)}`,
    ];
  const added = baselines.added.auc ?? 0.5;
  const range = aucRange === null ? '' : `, ${aucRange.map((one) => one.toFixed(2)).join(' to ')}`;
  const beaten = (aucRange?.[0] ?? 0) <= added ? '; not better than the lines for certain' : '';
  const few = bad < fewestBad ? ' So few bad changes say little.' : '';
  return [
    `Risk, judged on the last ${count(heldOut, 'change')} (${grouped(bad)} bad) by a model fitted on the earlier ones: AUC ${auc.toFixed(2)}${range} (lines added alone ${added.toFixed(2)}${beaten}); the riskiest fifth holds ${percent(captured20 ?? 0, 1)} of the bad.${few} ${sentence(says)}`,
    `Where an hour of reading finds most: by risk a line, a fifth of the lines holds ${percent(recall20 ?? 0, 1)} of the bad changes (smallest changes first ${percent(baselines.fewest.recall20 ?? 0, 1)}).`,
  ];
}

/** Several repositories: the sums first, then a line for each. */
export function repositoriesText(rows: readonly RepositoryRow[], paint: Paint): string {
  const { done, failed } = sorted(rows);
  const results = done.map(({ result }) => result);
  const changes = results.reduce((sum, result) => sum + result.changes, 0);
  const bad = results.reduce((sum, result) => sum + result.outcomes.bad, 0);
  const gaps: readonly Gap[] = failed.map(({ folder, result }) => ({
    what: folder,
    why: result.message,
  }));
  const lines = [
    `${count(changes, 'change')} in ${count(done.length, 'repository', 'repositories')}, ${grouped(bad)} turned out bad.`,
    '',
    ...policyTable(joinPolicies(results), changes, paint),
    '',
    ...done.flatMap(({ folder, result }) => [
      paint.bold(plain(folder)),
      ...wrap(`${count(result.changes, 'change')}; ${outcomeWords(result)}`, 78),
      ...policyTable(result.policies, result.changes, paint),
      '',
    ]),
    ...gapLines(gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The table alone, for other commands that tell policies side by side. */
export function resultsTable(
  results: readonly PolicyResult[],
  changes: number,
  paint: Paint,
): readonly string[] {
  return policyTable(results.map(policyJson), changes, paint);
}
