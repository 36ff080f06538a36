/** A bound on a number: `> 400`, `at most 10`, `50%`. */
export interface Bound {
  readonly sign: '>' | '>=' | '<' | '<=' | '=';
  readonly value: number;
}

const signs: Readonly<Record<string, Bound['sign']>> = {
  '>': '>',
  'more than': '>',
  over: '>',
  '>=': '>=',
  'at least': '>=',
  '<': '<',
  'less than': '<',
  under: '<',
  '<=': '<=',
  'at most': '<=',
  '=': '=',
  exactly: '=',
};

const sign = '(>=|<=|>|<|=|at least|at most|more than|less than|over|under|exactly)';

/** `> 400`, `at least 10`; a bare number means exactly. */
export const countPattern: RegExp = new RegExp(`^(?:${sign}\\s*)?(\\d{1,9})$`);

/** `> 50%`. */
export const sharePattern: RegExp = new RegExp(`^(?:${sign}\\s*)?(\\d{1,3}(?:\\.\\d{1,3})?)\\s?%$`);

/** `top 10%`, or a score such as `> 0.3`. */
export const riskPattern: RegExp = new RegExp(
  `^(?:(top)\\s+(\\d{1,2}(?:\\.\\d{1,3})?|100)\\s?%|${sign}\\s*(0(?:\\.\\d{1,6})?|1))$`,
);

/** `L5`, `L5+`, `below L5`. */
export const levelPattern: RegExp = /^(?:(below|under)\s+)?[Ll](\d{1,2})(\+)?$/;

/** `changed the file at least 1 time`, `reviewed the file at least 3 times`. */
export const historyPattern: RegExp =
  /^(changed|reviewed) the file(?: at least (\d{1,3}) times?| once)?$/;

/** `12 months`, `4 working hours`. */
export const durationPattern: RegExp =
  /^(\d{1,4})\s+(working\s+)?(minute|hour|day|week|month|year)s?$/;

/** `50% of changed lines`. */
export const coveringPattern: RegExp = /^(\d{1,3})\s?%(?: of (?:the )?changed lines)?$/;

/** Reads a bound on a number or a share (in percent); null when it is none. */
export function readBound(text: string, pattern: RegExp): Bound | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  return { sign: signs[match[1] ?? '='] ?? '=', value: Number(match[2]) };
}

/** A bound on the score (0 to 1), or the riskiest share of changes in percent. */
export type RiskBound =
  | { readonly kind: 'top'; readonly percent: number }
  | { readonly kind: 'score'; readonly bound: Bound };

/** Reads `top 10%` or `> 0.3`. */
export function readRisk(text: string): RiskBound | null {
  const match = riskPattern.exec(text);
  if (match === null) return null;
  if (match[1] === 'top') return { kind: 'top', percent: Number(match[2]) };
  return {
    kind: 'score',
    bound: { sign: signs[match[3] ?? '='] ?? '=', value: Number(match[4]) },
  };
}

/** Levels from `least` to `most`, both included. */
export interface Levels {
  readonly least: number;
  readonly most: number;
}

/** Reads `L5+`, `L3` or `below L5`. */
export function readLevels(text: string): Levels | null {
  const match = levelPattern.exec(text);
  if (match === null) return null;
  const level = Number(match[2]);
  if (match[1] !== undefined) return { least: 0, most: level - 1 };
  return { least: level, most: match[3] === '+' ? Infinity : level };
}

/** How often somebody changed or reviewed a file. */
export interface HistoryPhrase {
  readonly did: 'changed' | 'reviewed';
  readonly times: number;
}

/** Reads `changed the file at least 1 time`. */
export function readHistory(text: string): HistoryPhrase | null {
  const match = historyPattern.exec(text);
  if (match === null) return null;
  return { did: match[1] === 'changed' ? 'changed' : 'reviewed', times: Number(match[2] ?? 1) };
}

/** A stretch of time; working time runs on weekdays only. */
export interface Duration {
  readonly hours: number;
  readonly working: boolean;
}

const hoursOf: Readonly<Record<string, readonly [number, number]>> = {
  // Ordinary hours, and working hours: a day is eight, a week five days.
  minute: [1 / 60, 1 / 60],
  hour: [1, 1],
  day: [24, 8],
  week: [168, 40],
  month: [24 * 30.4375, 8 * 21],
  year: [24 * 365.25, 8 * 252],
};

/** Reads `12 months`, `24 hours`, `4 working hours`. */
export function readDuration(text: string): Duration | null {
  const match = durationPattern.exec(text);
  if (match === null) return null;
  const working = match[2] !== undefined;
  const [plain, atWork] = hoursOf[match[3] ?? ''] ?? [0, 0];
  return { hours: Number(match[1]) * (working ? atWork : plain), working };
}

/** Reads `50% of changed lines` as 0.5; null when it is not a share up to 100 %. */
export function readCovering(text: string): number | null {
  const match = coveringPattern.exec(text);
  const percent = Number(match?.[1] ?? Number.NaN);
  return percent <= 100 ? percent / 100 : null;
}

/** Whether a number keeps a bound, when it lies somewhere from `low` to `high`. */
export function keeps({ sign, value }: Bound, low: number, high: number): 'yes' | 'no' | 'unknown' {
  const [least, most] = rangeOf(sign, value);
  if (low >= least && high <= most) return 'yes';
  return high < least || low > most ? 'no' : 'unknown';
}

/** Numbers that keep a bound, from and to; the smallest step makes `>` and `<` strict. */
export function rangeOf(sign: Bound['sign'], value: number): readonly [number, number] {
  const step = 1e-9;
  switch (sign) {
    case '>':
      return [value + step, Infinity];
    case '>=':
      return [value, Infinity];
    case '<':
      return [-Infinity, value - step];
    case '<=':
      return [-Infinity, value];
    case '=':
      return [value, value];
  }
}
