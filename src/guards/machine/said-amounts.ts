/** An amount that a comment names: "retry 3 times", "timeout of 30 seconds". */
export interface SaidAmount {
  readonly text: string;
  readonly value: number;
  readonly unit: 'time' | 'count';
  /** Seconds in one of the unit; 1 for counts. */
  readonly scale: number;
  readonly about: RegExp;
}

const seconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  millisecond: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  week: 604_800,
};

const times =
  /\b(?:retr(?:y|ies)|try|tries|attempts?)\b[^.\d\n]{0,30}?\b(\d{1,4})\s+(?:times|attempts|retries|tries)\b|\b(?:max(?:imum)?(?: of)?|up to)\s+(\d{1,4})\s+(?:times|attempts|retries|tries)\b/gi;
const spans =
  /\b(timeout|time out|times out|expires?|ttl|interval|delay|wait|cache[ds]?|poll(?:s|ing)?|refresh(?:es)?|debounce|throttle|lifetime|every)\b[^.\d\n]{0,25}?\b(\d{1,5})[\s-]*(ms|milliseconds?|secs?|seconds?|s|mins?|minutes?|hrs?|hours?|h|days?|weeks?)\b/gi;

const about: Readonly<Record<string, RegExp>> = {
  times: /(?:retr(?:y|ies)|attempts?|tries)\w*/i,
  timeout: /time_?out\w*/i,
  'time out': /time_?out\w*/i,
  'times out': /time_?out\w*/i,
  expire: /(?:expir|ttl|lifetime|max_?age)\w*/i,
  expires: /(?:expir|ttl|lifetime|max_?age)\w*/i,
  ttl: /(?:expir|ttl|lifetime|max_?age)\w*/i,
  lifetime: /(?:expir|ttl|lifetime|max_?age)\w*/i,
  interval: /(?:interval|every|period|poll)\w*/i,
  every: /(?:interval|every|period)\w*/i,
  delay: /(?:delay|wait|sleep)\w*/i,
  wait: /(?:delay|wait|sleep|timeout)\w*/i,
  debounce: /debounce\w*/i,
  throttle: /throttle\w*/i,
};

const hedged =
  /\b(?:was|were|previously|instead of|formerly|used to|than|at least|or|between|e\.g\.|example|from|plus|minus|not|default)\b|\d\s*-\s*\d|[~≈<>]/i;

/** The amounts a comment names plainly. */
export function amountsSaid(comment: string): readonly SaidAmount[] {
  if (hedged.test(comment)) return [];
  const counts = [...comment.matchAll(times)].map(([text, one, other]) => ({
    text,
    value: Number(one ?? other),
    unit: 'count' as const,
    scale: 1,
    about: about['times'] ?? /retr/i,
  }));
  const lasting = [...comment.matchAll(spans)].flatMap(([text, word = '', value, unit = '']) => {
    const key =
      about[word.toLowerCase()] ??
      /(?:cache|ttl|poll|refresh|interval|expir|max_?age|lifetime)\w*/i;
    const name = unit.toLowerCase();
    const scale = seconds[name] ?? seconds[name.replace(/s$/, '')];
    return scale === undefined
      ? []
      : [{ text, value: Number(value), unit: 'time' as const, scale, about: key }];
  });
  return [...counts, ...lasting];
}

/** An amount that a line of code gives to such a name. */
export interface CodeAmount {
  readonly text: string;
  readonly value: number;
}

const given =
  /^[\w$"']*\s*(?::\s*\w+\s*)?(?:=|:|\()\s*(\d[\d_]*(?:\.\d+)?(?:\s*\*\s*\d[\d_]*)*)\s*(?:[,;)}]|$)/;

/** What the code gives to a name of this kind as a plain number; null when it is none. */
export function amountIn(code: string, name: RegExp): CodeAmount | null {
  const found = name.exec(code);
  if (found === null) return null;
  const rest = code.slice(found.index + found[0].length);
  const written = given.exec(rest)?.[1];
  if (written === undefined) return null;
  const value = written
    .split('*')
    .reduce((product, part) => product * Number(part.trim().replaceAll('_', '')), 1);
  return {
    text: code
      .slice(found.index, found.index + found[0].length + (given.exec(rest)?.[0].length ?? 0))
      .trim()
      .replace(/[,;)}]$/, ''),
    value,
  };
}

// A number of the code may be in any unit; more or fewer by one may be the first try.
/** Whether the code may mean what the comment says. */
export function fitsAmount(said: SaidAmount, { value }: CodeAmount): boolean {
  if (value === 0) return true;
  if (said.unit === 'count') return Math.abs(value - said.value) <= 1;
  const wanted = said.value * said.scale;
  return [0.001, 1, 60, 3600, 86_400, 0.000_001, 0.000_000_001].some(
    (unit) => Math.abs((value * unit) / wanted - 1) < 0.011,
  );
}
