import { UserError } from '../change/problems.ts';
import { grouped } from '../change/numbers.ts';
import { compare } from '../replay/compare.ts';
import type { Comparison, Difference } from '../replay/compare.ts';
import { replayPolicy } from '../replay/policies.ts';
import type { Outcome } from '../replay/fact.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain, shortRevision, wrap } from './plain.ts';
import { printJson, readNamed } from './print.ts';
import { usablePolicy } from './policy-file.ts';
import { gatherHistory, type History, type HistoryOptions } from './replay-history.ts';
import { ownPolicy, type WrittenCandidate } from './replay-policies.ts';

export interface PolicyDiffOptions extends HistoryOptions {
  readonly format: string;
}

/** Changes that are named on the screen; `--format json` has them all. */
const mostNamed = 20;

/** `policy diff [OLD] NEW`: the past changes that a new policy would have held differently. */
export async function policyDiff(
  files: readonly string[],
  options: PolicyDiffOptions,
): Promise<number> {
  const [first, second, ...more] = files;
  if (first === undefined || more.length > 0)
    throw new UserError(
      'policy diff takes one policy or two',
      'Name the new one, or the old one and the new one.',
    );
  const history = await gatherHistory(options);
  const after = await named(second ?? first);
  const before = second === undefined ? ownPolicy(history.house.policyText) : await named(first);
  const { ground, facts, span } = history;
  const comparison = compare(
    facts,
    replayPolicy(before.policy, ground, span),
    replayPolicy(after.policy, ground, span),
  );
  if (options.format === 'json') printJson(diffJson(comparison, { before, after, history }));
  else
    process.stdout.write(
      diffText(comparison, { before, after, history }, paintFor(process.stdout, process.env)),
    );
  return 0;
}

async function named(path: string): Promise<WrittenCandidate> {
  const text = await readNamed(path);
  return { name: path, text, builtIn: false, policy: usablePolicy(text, path) };
}

interface Sides {
  readonly before: WrittenCandidate;
  readonly after: WrittenCandidate;
  readonly history: History;
}

function diffJson(comparison: Comparison, { before, after, history }: Sides): object {
  const { changes, same, loosens, tightens, differs, differences } = comparison;
  return {
    schema: 'hallmonitor/policy-diff/v1',
    old: before.name,
    new: after.name,
    changes,
    same,
    loosens,
    tightens,
    differs,
    differences: differences.map(({ fact, effect, before: was, after: is, index }) => ({
      commit: fact.commit,
      subject: fact.subject,
      request: fact.request,
      landedAt: fact.landedAt,
      effect,
      before: was,
      after: is,
      outcome: history.outcomes[index]?.verdict ?? 'unknown',
    })),
    notChecked: history.gaps,
  };
}

function diffText(comparison: Comparison, sides: Sides, paint: Paint): string {
  const { before, after, history } = sides;
  const { differences } = comparison;
  const shown = differences.slice(0, mostNamed);
  const rest = differences.length - shown.length;
  const lines = [
    ...wrap(verdictOf(comparison, sides), 78).map((line) => paint.bold(line)),
    ...wrap(`${plain(before.name)} -> ${plain(after.name)}`, 78).map((line) => paint.dim(line)),
    '',
    ...shown.flatMap((difference) =>
      differenceLines(difference, history.outcomes[difference.index], paint),
    ),
    ...(rest > 0 ? [`… and ${grouped(rest)} more (--format json shows all)`, ''] : []),
    ...gapLines(history.gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function verdictOf(comparison: Comparison, { history }: Sides): string {
  const { changes, loosens, tightens, differs, differences } = comparison;
  if (changes === 0) return 'No change landed in this time, so nothing can be compared.';
  if (differences.length === 0)
    return `Both ask the same of all ${count(changes, 'change')} that landed.`;
  const parts = [
    ...(loosens > 0 ? [`loosens ${grouped(loosens)}`] : []),
    ...(tightens > 0 ? [`tightens ${grouped(tightens)}`] : []),
    ...(differs > 0 ? [`asks something else of ${grouped(differs)}`] : []),
  ];
  const bad = differences.filter(
    ({ effect, index }) => effect === 'loosens' && history.outcomes[index]?.verdict === 'bad',
  ).length;
  const warning = bad > 0 ? ` ${count(bad, 'change')} it loosens turned out bad.` : '';
  return `The new policy ${parts.join(', ')} of ${count(changes, 'change')} that landed.${warning}`;
}

const words = { loosens: 'loosens ', tightens: 'tightens', differs: 'differs ' } as const;

function differenceLines(
  { fact, effect, before, after }: Difference,
  outcome: Outcome | undefined,
  paint: Paint,
): readonly string[] {
  const bad = outcome?.verdict === 'bad' ? ` ${paint.red(`turned out bad`)}` : '';
  const mark = effect === 'loosens' ? paint.yellow(words[effect]) : words[effect];
  return [
    `${mark}  ${shortRevision(fact.commit)}  ${plain(fact.subject).slice(0, 58)}${bad}`,
    ...wrap(`${plain(before)} -> ${plain(after)}`, 68).map((line) => `          ${line}`),
  ];
}
