import type { Judgement } from '../judge.ts';
import { judgeAsked, type CheckOptions } from './check.ts';
import { demand, describeChange } from './judgement-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { plain, wrap } from './plain.ts';
import { printJson } from './print.ts';

/** `policy explain`: each rule, whether it applies to this change and why, and who can unblock it. */
export async function explainPolicy(
  range: string | undefined,
  options: CheckOptions,
): Promise<number> {
  const judgement = await judgeAsked(range, options);
  if (options.format === 'json') {
    const { decision, policy } = judgement;
    printJson({ schema: 'hallmonitor/policy-explain/v1', policy, ...decision });
  } else {
    process.stdout.write(explanation(judgement, paintFor(process.stdout, process.env)));
  }
  return 0;
}

/** Every rule of the policy for one change, and the smallest thing that would let it land. */
export function explanation(judgement: Judgement, paint: Paint): string {
  const { decision, policy, change } = judgement;
  const lines = [
    `${plain(policy.name)}, mode ${policy.mode}, on ${describeChange(change)}`,
    '',
    ...decision.outcomes.flatMap((outcome) => [
      `${stateMark(outcome.state, paint)} ${paint.bold(plain(outcome.rule))}`,
      ...wrap(plain(outcome.why), 74).map((line) => `    ${line}`),
      ...outcome.obligations.map((debt) => `    asks for ${demand(debt)}: ${debt.state}`),
    ]),
    '',
    ...unblockLines(judgement),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function stateMark(state: string, paint: Paint): string {
  const marks: Readonly<Record<string, string>> = {
    not_applicable: paint.dim('does not apply'),
    met: paint.green('met           '),
    owed: paint.yellow('owed          '),
    waived: paint.dim('waived        '),
    unknown: paint.yellow('unknown       '),
  };
  return marks[state] ?? state;
}

function unblockLines({ decision }: Judgement): readonly string[] {
  if (decision.unblock === null) return ['Nothing is owed: it may land.'];
  return [
    'The smallest thing that would let it land:',
    ...wrap(plain(decision.unblock.says), 78).map((line) => `  ${line}`),
  ];
}
