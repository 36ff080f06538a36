import type { Paint } from './paint.ts';
import { plain, wrap } from './plain.ts';

/** How one part of the protection stands. Only `good` and `unused` let the command succeed. */
export type Standing = 'good' | 'bad' | 'unused' | 'unknown';

/** What was looked at, what was found, and what to do about it. */
export interface DoctorCheck {
  /** `git-hooks`, `policy`, `gate`, or an agent's name. */
  readonly subject: string;
  readonly standing: Standing;
  /** A word for programs, such as `refused` or `no-hook`. */
  readonly result: string;
  /** One sentence. */
  readonly says: string;
  /** What to do; empty when nothing. */
  readonly advice: string;
  readonly notChecked: readonly string[];
}

/** Whether everything that is in use is protected. What cannot be known is no protection. */
export function allGood(checks: readonly DoctorCheck[]): boolean {
  return checks.every(({ standing }) => standing === 'good' || standing === 'unused');
}

/** The report as people read it, worst first within the order of the checks. */
export function doctorText(checks: readonly DoctorCheck[], paint: Paint): string {
  const lines = checks.flatMap((check) => checkLines(check, paint));
  const bad = checks.filter(({ standing }) => standing === 'bad' || standing === 'unknown');
  const verdict =
    bad.length === 0
      ? paint.green('Everything that is set up works.')
      : paint.red(`Not protected: ${bad.map(({ subject }) => subject).join(', ')}.`);
  return [verdict, '', ...lines].join('\n');
}

function checkLines(check: DoctorCheck, paint: Paint): readonly string[] {
  const { subject, standing, says, advice, notChecked } = check;
  const mark = {
    good: paint.green('ok'),
    bad: paint.red('NO'),
    unused: '--',
    unknown: paint.yellow('??'),
  };
  const texts = [says, advice, ...notChecked.map((what) => `Not checked: ${what}`)];
  const [first = '', ...rest] = texts
    .filter((text) => text !== '')
    .flatMap((text) => wrap(plain(text), 60));
  return [
    `  ${mark[standing]}  ${subject.padEnd(12)} ${first}`,
    ...rest.map((line) => `${' '.repeat(19)}${line}`),
  ];
}
