import { grouped } from '../change/numbers.ts';
import { bypassesOf } from '../replay/bypasses.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain, shortRevision, wrap } from './plain.ts';
import { printJson } from './print.ts';
import { gatherHistory, type History, type HistoryOptions } from './replay-history.ts';

export interface BypassesOptions extends HistoryOptions {
  readonly format: string;
}

type Found = ReturnType<typeof bypassesOf>;

/** Bypasses that are named on the screen; `--format json` has them all. */
const mostNamed = 30;

/** `bypasses`: what landed without going the way that changes go here. */
export async function bypasses(options: BypassesOptions): Promise<number> {
  const history = await gatherHistory(options);
  const found = bypassesOf(history.facts, history.span);
  if (options.format === 'json') printJson(bypassesJson(found, history));
  else process.stdout.write(bypassesText(found, history, paintFor(process.stdout, process.env)));
  return 0;
}

function bypassesJson({ norm, bypasses: all, gaps }: Found, history: History): object {
  return {
    schema: 'hallmonitor/bypasses/v1',
    changes: history.span[1] - history.span[0],
    norm,
    bypasses: all.map(({ commit, kind, says, fact }) => ({
      commit,
      kind,
      says,
      subject: fact.subject,
      author: { ...fact.author },
      landedAt: fact.landedAt,
    })),
    notChecked: [...gaps, ...history.unread],
  };
}

/** How changes usually land, in words. */
export const norms: Readonly<Record<Found['norm'], string>> = {
  merges: 'Changes land here by merges',
  requests: 'Changes land here by pull or merge requests',
  direct: 'Changes land here by direct pushes',
  unclear: 'Changes land here in several ways',
};

function bypassesText(
  { norm, bypasses: all, gaps }: Found,
  history: History,
  paint: Paint,
): string {
  const changes = history.span[1] - history.span[0];
  const newest = all.toReversed().slice(0, mostNamed);
  const rest = all.length - newest.length;
  const tally = [...new Set(all.map(({ kind }) => kind))].map(
    (kind) => `${grouped(all.filter((one) => one.kind === kind).length)} ${kind}`,
  );
  const verdict =
    all.length === 0
      ? `${norms[norm]}; none of ${count(changes, 'change')} is known to have gone another way.`
      : `${norms[norm]}; ${grouped(all.length)} of ${count(changes, 'change')} went round it: ${tally.join(', ')}.`;
  const lines = [
    ...wrap(verdict, 78).map((line) => paint.bold(line)),
    '',
    ...newest.flatMap(({ commit, kind, says, fact }) => [
      `${day(fact.landedAt)}  ${shortRevision(commit)}  ${kind.padEnd(11)}  ${plain(fact.subject).slice(0, 43)}`,
      ...wrap(plain(says), 66).map((line) => `            ${paint.dim(line)}`),
    ]),
    ...(rest > 0 ? [`… and ${grouped(rest)} more (--format json shows all)`] : []),
    '',
    ...gapLines([...gaps, ...history.unread], paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
