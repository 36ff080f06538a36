import type { Sighted } from '../behaviour/behaviour.ts';
import type { BehaviourReport } from './behaviour.ts';
import { gapLines } from './findings-text.ts';
import type { Paint } from './paint.ts';
import { count, plain, wrap } from './plain.ts';

const columns = 80;

/** `behaviour --format json`, schema `hallmonitor/behaviour/v1` (docs/json.md). */
export function behaviourJson(report: BehaviourReport, totalMs: number): object {
  const { change, changed, examined, differences, gaps } = report;
  return {
    schema: 'hallmonitor/behaviour/v1',
    change: { base: change.base, head: change.head, commits: change.commits.length },
    changedFunctions: changed,
    examined: examined.map(({ examination: { path, line, endLine, name }, inputs }) => ({
      path,
      line,
      endLine,
      function: name,
      inputs,
    })),
    differences: differences.map(differenceJson),
    notChecked: gaps.map(({ what, why }) => ({ what, why })),
    timings: { total_ms: Math.round(totalMs) },
  };
}

function differenceJson({ examination, difference, severity, message }: Sighted): object {
  const { path, line, endLine, name, intent } = examination;
  return {
    severity,
    path,
    line,
    endLine,
    function: name,
    input: difference.input,
    before: difference.old,
    after: difference.fresh,
    unusual: difference.unusual,
    intent: { said: intent.said, why: intent.why },
    message,
  };
}

/** `behaviour` for people. */
export function behaviourText(report: BehaviourReport, paint: Paint): string {
  const { changed, examined, differences, gaps } = report;
  const warned = differences.filter(({ severity }) => severity === 'warn');
  const noted = differences.filter(({ severity }) => severity !== 'warn');
  const head =
    changed === 0
      ? 'No function at the top of a JavaScript or TypeScript module changed.'
      : examined.length === 0
        ? `${count(changed, 'function')} changed, none of them could be run: nothing was checked.`
        : `${count(changed, 'function')} changed, ${examined.length} could be run: ${verdict(warned.length, noted.length)}.`;
  const lines = [
    ...wrap(head, columns),
    '',
    ...[...warned, ...noted].flatMap((one) => [...block(one, paint), '']),
    ...gapLines(gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function verdict(warned: number, noted: number): string {
  if (warned + noted === 0) return 'no difference was found';
  const parts = [
    ...(warned > 0
      ? [`${warned} ${warned === 1 ? 'behaves' : 'behave'} differently without a word about it`]
      : []),
    ...(noted > 0
      ? [`${noted} ${noted === 1 ? 'differs' : 'differ'} as meant or only in rare cases`]
      : []),
  ];
  return parts.join(', ');
}

function block(
  { examination, difference, severity, message }: Sighted,
  paint: Paint,
): readonly string[] {
  const colour = severity === 'warn' ? paint.yellow : paint.dim;
  const place = `${plain(examination.path)}:${examination.line}`;
  const rare = difference.unusual ? ' Only unusual values show it.' : '';
  return [
    `  ${colour(severity.padEnd(5))}  ${paint.bold(place)}`,
    ...indented(plain(message)),
    ...indented(`${said(examination.intent)}${rare}`).map(paint.dim),
  ];
}

function said({ said: what, why }: Sighted['examination']['intent']): string {
  const reason = plain(why);
  if (what === 'meant') return `It seems meant: ${reason}.`;
  return what === 'denied' ? `Nobody announced it: ${reason}.` : `Nobody announced it: ${reason}.`;
}

function indented(text: string): readonly string[] {
  return wrap(text, columns - 9).map((line) => `         ${line}`);
}
