import type { Difference, Outcome } from './search.ts';

/** Characters shown of an input, and of an answer. */
const longestInput = 300;
const longestAnswer = 160;

/** A difference in one sentence: `slug("a  a") gave "a-a" before and gives "a--a" now`. */
export function messageOf(name: string, { input, old, fresh }: Difference): string {
  const [before, after] = contrasted(old, fresh);
  const call = `${name}(${shortened(input.replaceAll(/\n\s*/g, ' '), longestInput)})`;
  if (isSilent(old, fresh))
    return `${call} leaves its arguments as ${after} now, and as ${before} before`;
  return `${call} ${ended(old, before, 'before')} and ${ended(fresh, after, 'now')}`;
}

/** The same answer, but the arguments were changed in another way. */
function isSilent(old: Outcome, fresh: Outcome): boolean {
  return old.kind === 'value' && fresh.kind === 'value' && old.text === fresh.text;
}

function ended(outcome: Outcome, text: string, when: 'before' | 'now'): string {
  const past = when === 'before';
  switch (outcome.kind) {
    case 'value':
      return `${past ? 'gave' : 'gives'} ${text} ${when}`;
    case 'error':
      return `${past ? 'threw' : 'throws'} ${outcome.name}${text === '' ? '' : ` (${text})`} ${when}`;
    case 'endless':
      return `${past ? 'did' : 'does'} not end ${when}`;
    case 'stack':
      return `${past ? 'called itself' : 'calls itself'} without end ${when}`;
    case 'memory':
      return `${past ? 'ran' : 'runs'} out of memory ${when}`;
    case 'unreadable':
      return `${past ? 'gave' : 'gives'} what cannot be told ${when}`;
  }
}

/** Both answers, cut so that the first place where they differ can be seen. */
function contrasted(old: Outcome, fresh: Outcome): readonly [string, string] {
  const silent = isSilent(old, fresh);
  const before = textOf(old, silent);
  const after = textOf(fresh, silent);
  const at = firstDifference(before, after);
  return [around(before, at), around(after, at)];
}

function textOf(outcome: Outcome, silent: boolean): string {
  if (outcome.kind === 'value') return silent ? outcome.args : outcome.text;
  return outcome.kind === 'error' ? outcome.message : '';
}

function firstDifference(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let at = 0;
  while (at < end && one[at] === other[at]) at += 1;
  return at;
}

function around(text: string, at: number): string {
  if (text.length <= longestAnswer) return text;
  const from = Math.max(0, Math.min(at - longestAnswer / 4, text.length - longestAnswer));
  return `${from > 0 ? '…' : ''}${shortened(text.slice(from), longestAnswer)}`;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
