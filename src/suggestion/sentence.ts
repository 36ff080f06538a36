import { quotable } from '../change/redact.ts';
import type { Finding } from '../guards/finding.ts';
import type { Verdict } from './event.ts';
import type { Objection } from './suggestion.ts';

/** Longest reason an agent is given, in characters. */
const longestReason = 900;

/** Rules that are named beside the first. */
const mostOthers = 4;

/** Why a suggestion is refused or needs a person, and what to do instead. Nothing of the suggestion's text is in it. */
export function oneSentence(
  decision: Exclude<Verdict['decision'], 'pass'>,
  against: readonly Objection[],
): string {
  const [first, ...others] = against;
  if (first === undefined) throw new Error('a refusal needs a reason');
  const head =
    decision === 'deny'
      ? `Hallmonitor refuses this (${first.rule})`
      : `Hallmonitor asks a person first (${first.rule})`;
  const more = [...new Set(others.map(({ rule }) => rule))].filter((rule) => rule !== first.rule);
  const rest = more.length === 0 ? '' : ` Also: ${more.slice(0, mostOthers).join(', ')}.`;
  const again =
    decision === 'deny' ? ' The same thing by another tool or command is refused too.' : '';
  return quotable(
    `${head}: ${ended(first.says)} Instead: ${ended(first.instead)}${rest}${again}`,
    longestReason,
  );
}

/** What an agent is told of warnings, which stop nothing. */
export function contextSentence(warnings: readonly Finding[]): string {
  const told = warnings
    .slice(0, 3)
    .map(
      ({ guard, path, line, message, fix }) =>
        `${guard} at ${path}:${line}: ${ended(message)} ${ended(fix)}`,
    );
  return quotable(
    `Hallmonitor warns, and a reviewer will see it: ${told.join(' ')}`,
    longestReason,
  );
}

function ended(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
