import { grouped } from '../change/numbers.ts';
import type { Change } from '../change/change.ts';
import type { Obligation } from '../gate/gate.ts';
import type { Judgement } from '../judge.ts';
import type { Reach } from '../reach/reach.ts';
import { disputedLines } from './disputed-lines.ts';
import { findingLines, gapLines } from './findings-text.ts';
import type { Paint } from './paint.ts';
import { count, plain, shortRevision, wrap } from './plain.ts';
import { reachSentences } from './reach-text.ts';

const columns = 80;

/** A judgement for a person at a terminal: verdict, what is owed and by whom, findings, then the rest. */
export function judgementText(judgement: Judgement, paint: Paint): string {
  const lines = [
    headline(judgement, paint),
    '',
    ...owedLines(judgement, paint),
    ...findingLines(judgement.findings, paint),
    ...authorLines(judgement, paint),
    ...riskLines(judgement, paint),
    ...gapLines(judgement.gaps, paint),
    paint.dim(policyLine(judgement)),
  ];
  return `${lines.join('\n')}\n`;
}

/** `main 1a2b3c4d5..6f7a8b9c0, 3 commits, 5 files, +120 −14`. */
export function describeChange(change: Change): string {
  const added = change.files.reduce((sum, file) => sum + file.added, 0);
  const deleted = change.files.reduce((sum, file) => sum + file.deleted, 0);
  return [
    `${shortRevision(change.base)}..${shortRevision(change.head)}`,
    ...(change.commits.length > 0 ? [count(change.commits.length, 'commit')] : []),
    count(change.files.length, 'file'),
    `+${grouped(added)} −${grouped(deleted)}`,
  ].join(', ');
}

/** What the verdict means, in a few words. */
export function verdictWords({ decision }: Judgement): string {
  const words = {
    land: 'may land',
    review: 'may not land yet: it owes something',
    block: 'may not land: it would break something',
  }[decision.verdict];
  return decision.enforced || decision.verdict === 'land'
    ? words
    : `${words} (only observed: the policy does not enforce)`;
}

function headline(judgement: Judgement, paint: Paint): string {
  const { verdict } = judgement.decision;
  const colour = { land: paint.green, review: paint.yellow, block: paint.red }[verdict];
  return [
    `${paint.bold(colour(verdict.toUpperCase()))}  ${verdictWords(judgement)}`,
    paint.dim(describeChange(judgement.change)),
  ].join('\n');
}

function owedLines({ decision }: Judgement, paint: Paint): readonly string[] {
  // A blocking finding is told once, in full, under the findings.
  const owed = decision.owed.filter(({ kind }) => kind !== 'finding');
  if (owed.length === 0) return [];
  return [paint.bold('Owed'), ...owed.flatMap((debt) => obligationLines(debt, paint)), ''];
}

function obligationLines(debt: Obligation, paint: Paint): readonly string[] {
  const who = debt.candidates.map(plain).join(', ');
  const tail = [
    ...(who === '' ? [] : [`Can give it: ${who}`]),
    plain(debt.why),
    `Rule: ${plain(debt.rule)}`,
  ];
  return [
    `  ${paint.yellow('·')} ${demand(debt)}`,
    ...tail.flatMap((text) => wrap(text, columns - 4).map((line) => `    ${paint.dim(line)}`)),
  ];
}

/** An obligation as a demand: `2 approvals from senior and expert`. */
export function demand({ kind, count: number, from }: Obligation): string {
  const name = plain(from);
  switch (kind) {
    case 'approval':
      return `${count(number, 'approval')}${name === '' ? '' : ` from ${name}`}`;
    case 'check':
      return `the check ${name} must pass`;
    case 'split':
      return `split it, it is too big to review well${name === '' ? '' : ` (or ${name})`}`;
    case 'rollout':
      return `a ${name} rollout`;
    case 'change-record':
      return 'a change record';
    case 'finding':
      return `fix ${name}`;
  }
}

function authorLines({ provenance, change }: Judgement, paint: Paint): readonly string[] {
  const { ai, mixed, human, unknown } = provenance.lines;
  const total = ai + mixed + human + unknown;
  if (total === 0 && provenance.evidence.length === 0) return [];
  const shares = Object.entries({ AI: ai, mixed, human, unknown })
    .filter(([, lines]) => lines > 0)
    .map(([name, lines]) => `${name} ${percent(lines, total)}`)
    .join(', ');
  const tools = provenance.tools.map(
    ({ tool, model, lines }) =>
      `  · ${plain(tool)}${model ? ` (${plain(model)})` : ''}: ${count(lines, 'line')}`,
  );
  const advice = provenance.advised ? ['  · a person followed advice of an AI'] : [];
  const dispute = disputedLines(provenance);
  const none =
    provenance.evidence.length === 0 && change.commits.length > 0
      ? ['  · no evidence either way, which is not evidence of a human']
      : [];
  return [
    `${paint.bold('Who wrote it')}  ${shares === '' ? 'no reviewable lines added' : shares}`,
    ...tools,
    ...advice,
    ...(dispute === null ? [] : [`  · ${dispute}`]),
    ...none,
    '',
  ];
}

function percent(lines: number, total: number): string {
  const share = Math.round((100 * lines) / total);
  return share === 0 ? '<1 %' : share === 100 && lines < total ? '>99 %' : `${share} %`;
}

function riskLines(judgement: Judgement, paint: Paint): readonly string[] {
  const rank = rankWords(judgement.risk);
  const { risk, change } = judgement;
  if (change.files.length === 0) return [];
  const reach = risk.services.map(
    ({ name, tier }) => `${plain(name)}${tier === null ? '' : ` (tier ${tier})`}`,
  );
  return [
    `${paint.bold('Risk')}  ${rank}`,
    ...risk.factors.flatMap(({ says }) => bullet(plain(says))),
    ...(reach.length > 0 ? bullet(`touches ${reach.join(', ')}`) : []),
    ...(judgement.reach === null ? [] : reachLines(judgement.reach)),
    '',
  ];
}

/** From the changed line to what people or machines call: how far a fault would be felt. */
function reachLines(reach: Reach): readonly string[] {
  const [first, ...others] = reachSentences(reach).map(plain);
  if (first === undefined) return [];
  return [...bullet(`reaches ${first}`), ...others.flatMap(bullet)];
}

/** The rank of a risk as a phrase: `riskier than 91 % of the last 2,000 changes`. */
export function rankWords({ percentile, compared }: Judgement['risk']): string {
  if (percentile === null) return 'too few earlier changes to compare with';
  if (percentile >= 99.5) return `riskier than nearly all of the last ${count(compared, 'change')}`;
  return `riskier than ${Math.round(percentile)} % of the last ${count(compared, 'change')}`;
}

function bullet(text: string): readonly string[] {
  return wrap(text, columns - 4).map((line, at) => (at === 0 ? `  · ${line}` : `    ${line}`));
}

function policyLine({ policy }: Judgement): string {
  return `Policy: ${plain(policy.name)}, mode ${policy.mode}.`;
}
