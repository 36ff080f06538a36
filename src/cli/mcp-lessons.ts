import { z } from 'zod';
import { openRepository } from '../outside/git/git.ts';
import { gapLines } from './findings-text.ts';
import { refusedCalls, type RefusedCall, type RefusedCalls } from './mcp-refusals.ts';
import { adviceOf } from './suggestion-rules.ts';
import { mcpTool, type McpAnswer, type McpTool } from './mcp-tool.ts';
import { noColours } from './paint.ts';
import { count, plain, wrap } from './plain.ts';

/** `lessons`: what agents were refused in this repository, and what is to be done instead. */
export const lessonsTool: McpTool = mcpTool({
  name: 'lessons',
  title: 'What was refused here before',
  description:
    'Lists what coding agents were refused in this repository before and what to do instead, most frequent first. ' +
    'Ask it when you start, so as not to try again what has failed.',
  args: z.strictObject({}),
  async answer(_, folder) {
    const refused = refusedCalls(await openRepository(folder));
    return answerOf(refused, lessonsOf(refused.calls));
  },
});

interface Lesson {
  readonly rule: string;
  readonly times: number;
  /** When it was last refused, as RFC 3339. */
  readonly last: string | null;
  /** Files of the latest refusals, the last one's first. */
  readonly where: readonly string[];
  /** What breaks otherwise, and what to do; null for a rule that is not known here, such as one of an older version. */
  readonly why: string | null;
  readonly instead: string | null;
}

function lessonsOf(calls: readonly RefusedCall[]): readonly Lesson[] {
  const byRule = new Map<string, RefusedCall[]>();
  for (const call of calls)
    for (const rule of new Set(call.rules)) {
      const known = byRule.get(rule);
      if (known === undefined) byRule.set(rule, [call]);
      else known.push(call);
    }
  return [...byRule]
    .map(([rule, of]): Lesson => {
      const advice = adviceOf(rule);
      return {
        rule,
        times: of.length,
        last: of.at(-1)?.at ?? null,
        where: latestPaths(of),
        why: advice?.why ?? null,
        instead: advice?.instead ?? null,
      };
    })
    .sort((a, b) => b.times - a.times || (a.rule < b.rule ? -1 : 1));
}

/** More files of one rule than these are not named. */
const mostPaths = 3;

function latestPaths(calls: readonly RefusedCall[]): readonly string[] {
  const paths = calls.toReversed().flatMap((call) => call.paths);
  return [...new Set(paths)].slice(0, mostPaths);
}

function answerOf({ recorded, calls, gaps }: RefusedCalls, lessons: readonly Lesson[]): McpAnswer {
  return {
    text: [
      headline(recorded, calls.length),
      '',
      ...lessons.slice(0, mostTold).flatMap(lessonLines),
      ...gapLines(gaps, noColours),
    ].join('\n'),
    data: {
      schema: 'hallmonitor/lessons/v1',
      recorded,
      refusals: calls.length,
      lessons,
      notChecked: gaps,
    },
  };
}

/** Rules beyond these are in the data only. */
const mostTold = 20;

function headline(recorded: boolean, refusals: number): string {
  if (!recorded)
    return 'Nothing recorded yet: no hook of a coding agent has written a journal in this repository, so nothing is known of earlier refusals.';
  if (refusals === 0) return 'The journal of this repository holds no refusal.';
  return `Refused in this repository so far: ${count(refusals, 'suggestion')}.`;
}

function lessonLines({ rule, times, where, why, instead }: Lesson): readonly string[] {
  const told = [
    ...(why === null ? [] : [why]),
    `Instead: ${instead ?? 'ask the tool explain about this rule.'}`,
    ...(where.length === 0 ? [] : [`Last in: ${where.join(', ')}`]),
  ];
  return [
    `${plain(rule)}  ${count(times, 'time')}`,
    ...told.flatMap((text) => wrap(plain(text), 76).map((line) => `    ${line}`)),
  ];
}
