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

/** Findings and gaps of a judgement as a hook prints them. */
export function hookLines(judgement: Judgement): readonly string[] {
  const paint = process.stderr.isTTY ? paintFor(process.stderr, process.env) : noColours;
  return [...findingLines(tellable(judgement), paint), ...gapLines(judgement.gaps, paint)];
}

/** What a change still owes besides fixing findings, one line each, with who can give it. */
export function owedLines({ decision }: Judgement): readonly string[] {
  return decision.owed
    .filter(({ kind }) => kind !== 'finding')
    .map((debt) => {
      const who = debt.candidates.slice(0, 5).map(plain).join(', ');
      return `  · ${demand(debt)}${who === '' ? '' : `: ${who}`}  (rule: ${plain(debt.rule)})`;
    });
}

/** Writes lines where git shows them. */
export function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n').trimEnd()}\n`);
}
