import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from '../change/problems.ts';
import { grouped } from '../change/numbers.ts';
import { bypassesOf } from '../replay/bypasses.ts';
import { adviceFrom, type Advice } from '../replay/report-advice.ts';
import type { Rate } from '../replay/report-rates.ts';
import { aiEffectIn } from '../replay/report-risk.ts';
import { reviewOf, type Review } from '../replay/report.ts';
import type { AiEffect } from '../risk/fit/ai-effect.ts';
import { norms } from './bypasses.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain, sentence, shortRevision, wrap } from './plain.ts';
import { printJson } from './print.ts';
import { replayOne, type Replay, type ReplayOptions } from './replay-one.ts';
import { resultsTable } from './replay-text.ts';

export interface ReportOptions extends ReplayOptions {
  readonly html?: string;
}

/** What a review says, before it is printed or drawn. */
interface Told {
  readonly replay: Replay;
  readonly review: Review;
  readonly effect: AiEffect;
  readonly found: ReturnType<typeof bypassesOf>;
  readonly advice: readonly Advice[];
}

/** `report`: the operational review, as text or as one HTML file. */
export async function report(options: ReportOptions): Promise<number> {
  const replay = await replayOne(options);
  if (options.html !== undefined) await writeReport(options.html, replay);
  const told = tell(replay);
  if (options.format === 'json') printJson(reportJson(told));
  else process.stdout.write(reportText(told, options.html, paintFor(process.stdout, process.env)));
  return 0;
}

function tell(replay: Replay): Told {
  const { facts, outcomes, span } = replay.history;
  const review = reviewOf(facts, outcomes, span);
  const effect = aiEffectIn(facts, outcomes, span);
  const found = bypassesOf(facts, span);
  // Where there is no usual way, nothing went round it.
  const usual = found.norm === 'merges' || found.norm === 'requests';
  const bypasses = usual ? found.bypasses.length : 0;
  const advice = adviceFrom({ review, effect, results: replay.results, bypasses });
  return { replay, review, effect, found, advice };
}

/** Writes the review as one HTML file that asks nothing of the network. */
export async function writeReport(path: string, replay: Replay): Promise<void> {
  const { reportPage } = await import('./report-html.ts');
  const { review, effect, found, advice } = tell(replay);
  const { history, results } = replay;
  const page = reportPage({
    title: `Operational review of ${nameOf(replay)}`,
    summary: summaryOf(replay, review),
    review,
    effect,
    advice,
    results,
    bypasses: found.bypasses,
    norm: norms[found.norm],
    gaps: [...history.gaps, ...found.gaps],
  });
  try {
    await writeFile(path, page);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(
      `cannot write ${path}: ${error.message}`,
      'Name a file in a folder that exists.',
    );
  }
}

function nameOf({ history }: Replay): string {
  const { workTree, cwd } = history.repository;
  return plain(basename(resolve(workTree ?? cwd)).replace(/\.git$/, ''));
}

function summaryOf({ history }: Replay, { all }: Review): string {
  const { facts, span, branch } = history;
  const [first, last] = [facts[span[0]], facts[span[1] - 1]];
  if (first === undefined || last === undefined) return 'No change landed in this time.';
  const where = branch === null ? '' : ` on ${branch}`;
  return `${count(all.changes, 'change')} landed${where} from ${day(first.landedAt)} to ${day(last.landedAt)}. ${grouped(all.bad)} of the ${grouped(all.known)} whose outcome is known turned out bad. A change counts as clean after ${history.observeDays} days.`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function aiEffectJson({ difference, low, high, verdict, says }: AiEffect): object {
  return { difference, low, high, verdict, says };
}

function reportJson({ replay, review, effect, found, advice }: Told): object {
  const { all, ai, other, aiGap, months, tools, areas, kinds, nearMisses } = review;
  return {
    schema: 'hallmonitor/report/v1',
    changes: all.changes,
    all,
    ai,
    other,
    aiGap,
    aiEffect: aiEffectJson(effect),
    months,
    tools,
    areas,
    kinds,
    nearMisses: nearMisses.map(({ fact, outcome, hours }) => ({
      commit: fact.commit,
      subject: fact.subject,
      hours: Math.round(hours * 10) / 10,
      says: outcome.says,
    })),
    bypasses: found.bypasses.length,
    advice,
    notChecked: [...replay.history.gaps, ...found.gaps],
  };
}

/** Near misses that are named on the screen. */
const mostNamed = 5;

function reportText(
  { replay, review, effect, found, advice }: Told,
  html: string | undefined,
  paint: Paint,
): string {
  const { results, history } = replay;
  const lines = [
    ...wrap(summaryOf(replay, review), 78).map((line) => paint.bold(line)),
    '',
    paint.bold('What to change'),
    ...(advice.length === 0 ? ['  nothing stands out clearly enough to act on'] : []),
    ...advice.flatMap(({ says, because }, at) =>
      wrap(`${at + 1}. ${plain(says)} ${plain(because)}`, 76).map((line) => `  ${line}`),
    ),
    '',
    paint.bold('Turned out bad'),
    rateLine('AI-assisted', review.ai),
    rateLine('no sign of AI', review.other),
    ...wrap(plain(sentence(effect.says)), 76).map((line) => `  ${line}`),
    ...review.tools.slice(0, 5).map((tool) => rateLine(tool.name, tool)),
    '',
    ...resultsTable(results, review.all.changes, paint),
    '',
    paint.bold(`Near misses: ${grouped(review.nearMisses.length)}`),
    ...review.nearMisses
      .slice(0, mostNamed)
      .map(({ fact }) => `  ${shortRevision(fact.commit)}  ${plain(fact.subject).slice(0, 66)}`),
    paint.bold(`Went round the gate: ${grouped(found.bypasses.length)}`),
    '',
    ...gapLines([...history.gaps, ...found.gaps], paint),
    ...(html === undefined ? [] : [`The whole review with its charts is in ${plain(html)}`]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function rateLine(name: string, { changes, known, bad, share, low, high }: Rate): string {
  const rate =
    share === null
      ? 'not known'
      : `${(100 * share).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
  return `  ${plain(name).slice(0, 28).padEnd(28)} ${grouped(bad).padStart(6)} of ${grouped(known).padStart(6)} known, ${rate}; ${grouped(changes)} in all`.slice(
    0,
    100,
  );
}
