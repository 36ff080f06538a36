import type { OperatorName } from '../behaviour/mutants.ts';
import { gapLines } from './findings-text.ts';
import type { Fate, MutantsReport, TriedMutant } from './mutants.ts';
import type { Paint } from './paint.ts';
import { count, plain, wrap } from './plain.ts';

const columns = 80;

/** `mutants --format json`, schema `hallmonitor/mutants/v1` (docs/json.md). */
export function mutantsJson(report: MutantsReport, totalMs: number): object {
  const { change, tried, runners, gaps } = report;
  return {
    schema: 'hallmonitor/mutants/v1',
    change: { base: change.base, head: change.head, commits: change.commits.length },
    runners: runners.map(({ name, folder, ms }) => ({ name, folder, tests_ms: ms })),
    counts: {
      killed: amount(tried, 'killed'),
      survived: amount(tried, 'survived'),
      timedOut: amount(tried, 'timed-out'),
      notCovered: amount(tried, 'not-covered'),
      notRun: amount(tried, 'not-run'),
    },
    mutants: tried.map(({ mutant, fate, runner }) => ({
      path: mutant.path,
      line: mutant.line,
      operator: mutant.operator,
      before: mutant.before,
      after: mutant.after,
      authorship: mutant.authorship,
      fate,
      runner,
      message: messageOf(mutant.operator, mutant.before, mutant.after),
    })),
    notChecked: gaps.map(({ what, why }) => ({ what, why })),
    timings: { total_ms: Math.round(totalMs) },
  };
}

function amount(tried: readonly TriedMutant[], wanted: Fate): number {
  return tried.filter(({ fate }) => fate === wanted).length;
}

/** `mutants` for people. */
export function mutantsText(report: MutantsReport, paint: Paint): string {
  const { tried, runners, gaps } = report;
  const survived = tried.filter(({ fate }) => fate === 'survived');
  const uncovered = tried.filter(({ fate }) => fate === 'not-covered');
  const lines = [
    ...wrap(headOf(tried), columns),
    ...runners.map(({ name, folder }) =>
      paint.dim(`Tests of ${folder === '' ? 'the repository' : plain(folder)}, by ${name}.`),
    ),
    '',
    ...survived.flatMap((one) => [...block(one, paint), '']),
    ...uncoveredLines(uncovered, paint),
    ...gapLines(gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function headOf(tried: readonly TriedMutant[]): string {
  if (tried.length === 0)
    return 'Nothing in the added lines can be made wrong in the ways known here.';
  const parts = [
    `${amount(tried, 'killed') + amount(tried, 'timed-out')} noticed`,
    `${amount(tried, 'survived')} not noticed`,
    `${amount(tried, 'not-covered')} where no test comes`,
    ...(amount(tried, 'not-run') > 0 ? [`${amount(tried, 'not-run')} not tried`] : []),
  ];
  return `${count(tried.length, 'way')} to make the added lines wrong: ${parts.join(', ')}.`;
}

function block({ mutant }: TriedMutant, paint: Paint): readonly string[] {
  const { path, line, authorship, operator, before, after } = mutant;
  const message = `${messageOf(operator, before, after)}: no test noticed.`;
  return [
    `  ${paint.yellow('warn ')}  ${paint.bold(`${plain(path)}:${line}`)}  ${paint.dim(writers[authorship])}`,
    ...wrap(plain(message), columns - 9).map((text) => `         ${text}`),
  ];
}

const writers: Readonly<Record<TriedMutant['mutant']['authorship'], string>> = {
  ai: 'written by an AI',
  mixed: 'written by an AI and a person',
  human: 'written by a person',
  unknown: 'nobody known wrote it',
};

/** `with "a > b" turned into "a >= b"`, in words of the operator. */
function messageOf(operator: OperatorName, before: string, after: string): string {
  const was = shortened(before);
  const is = shortened(after);
  switch (operator) {
    case 'negate-condition':
      return `negated the condition ${was}`;
    case 'remove-call':
      return `removed the call ${was}`;
    case 'return-default':
      return `returned nothing instead of ${was.replace(/^return\s+/, '').replace(/;$/, '')}`;
    case 'drop-await':
      return `dropped the await of ${is}`;
    case 'boundary':
    case 'equality':
    case 'logic':
    case 'arithmetic':
    case 'constant':
      return `replaced ${was} by ${is}`;
  }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

/** Places are joined by file: where no test comes, one mutant says as much as ten. */
function uncoveredLines(uncovered: readonly TriedMutant[], paint: Paint): readonly string[] {
  if (uncovered.length === 0) return [];
  const byPath = Map.groupBy(uncovered, ({ mutant }) => mutant.path);
  return [
    paint.bold('No test comes to'),
    ...[...byPath].map(([path, found]) => {
      const lines = [...new Set(found.map(({ mutant }) => mutant.line))].sort((a, b) => a - b);
      return `  · ${plain(path)}: ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 20).join(', ')}${lines.length > 20 ? ' …' : ''}`;
    }),
    '',
  ];
}
