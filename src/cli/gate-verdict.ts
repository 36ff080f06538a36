import type { Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import type { Judgement } from '../judge.ts';
import { findingLines, gapLines } from './findings-text.ts';
import { demand } from './judgement-text.ts';
import { noColours, paintFor } from './paint.ts';
import { plain } from './plain.ts';

/** Findings that stop a change wherever it is met: blocking, and silenced by nobody. */
export function stopping({ findings }: Judgement): readonly Finding[] {
  return findings.filter(({ severity, suppressed }) => severity === 'block' && suppressed === null);
}

/** Findings worth a line in a hook's output; notes are for reviews. */
export function tellable({ findings }: Judgement): readonly Finding[] {
  return findings.filter(({ severity, suppressed }) => severity !== 'note' && suppressed === null);
}

/** Findings and gaps of a judgement as a hook prints them; what was silenced is told, or nobody would see it. */
export function hookLines(judgement: Judgement): readonly string[] {
  const paint = process.stderr.isTTY ? paintFor(process.stderr, process.env) : noColours;
  const silenced = judgement.findings.filter(
    ({ severity, suppressed }) => severity === 'block' && suppressed !== null,
  );
  return [
    ...findingLines([...tellable(judgement), ...silenced], paint),
    ...gapLines(gapsOfTheCheck(judgement), paint),
  ];
}

/** What was not checked of the change itself; how it ranks among earlier ones is for reviews. */
function gapsOfTheCheck({ gaps, risk }: Judgement): readonly Gap[] {
  const ofRisk = risk.gaps ?? [];
  return gaps.filter(
    ({ what, why }) => !ofRisk.some((other) => other.what === what && other.why === why),
  );
}

/** How to get past findings that stop the change; nothing when none does. */
export function adviceLines(judgement: Judgement): readonly string[] {
  if (stopping(judgement).length === 0) return [];
  return [
    'Fix what blocks, or say in a comment on that line or above it why it is right:',
    '  hallmonitor-ignore <guard>: <reason>',
  ];
}

/** What a change still owes besides fixing findings, one line each, with who can give it, and the shortest way out. */
export function owedLines({ decision }: Judgement): readonly string[] {
  const debts = decision.owed.filter(({ kind }) => kind !== 'finding');
  if (debts.length === 0) return [];
  const lines = debts.map((debt) => {
    const who = debt.candidates.slice(0, 5).map(plain).join(', ');
    return `  · ${demand(debt)}${who === '' ? '' : `: ${who}`}  (rule: ${plain(debt.rule)})`;
  });
  const way = decision.unblock === null ? [] : [`What would do: ${plain(decision.unblock.says)}`];
  return ['Owed before it may land', ...lines, ...way];
}

/** Writes lines where git shows them. */
export function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n').trimEnd()}\n`);
}
