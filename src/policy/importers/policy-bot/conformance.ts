import { readCase, readVerdict } from './case-file.ts';
import { judgePolicy } from './policy-bot.ts';
import { readPolicyFile } from './policy-file.ts';
import type { BotResult, Judged } from './result.ts';
import { triggerOf } from './trigger.ts';
import type { Verdict } from './case-file.ts';

interface Disagreement {
  /** Which case, counted from 0. */
  readonly case: number;
  readonly id: string;
  readonly expected: string;
  readonly got: string;
}

export interface Conformance {
  readonly total: number;
  readonly agreed: number;
  readonly disagreements: readonly Disagreement[];
}

/** Compares our evaluation with recorded verdicts; both texts hold one JSON object a line. */
export function conformance(casesText: string, verdictsText: string): Conformance {
  const cases = linesOf(casesText);
  const verdicts = linesOf(verdictsText);
  const total = Math.max(cases.length, verdicts.length);
  const disagreements = Array.from({ length: total }, (_, index) => {
    const difference = compareLine(cases[index] ?? '', verdicts[index] ?? '');
    return difference === null ? [] : [{ case: index, ...difference }];
  }).flat();
  return { total, agreed: total - disagreements.length, disagreements };
}

type Difference = Omit<Disagreement, 'case'>;

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function compareLine(caseLine: string, verdictLine: string): Difference | null {
  const given = readCase(caseLine);
  if ('problem' in given) return { id: '', expected: 'a case', got: given.problem };
  const verdict = readVerdict(verdictLine);
  const { id } = given;
  if ('problem' in verdict) return { id, expected: verdict.problem, got: 'a case without verdict' };
  if (verdict.id !== '' && id !== '' && verdict.id !== id) {
    return { id, expected: `verdict of ${verdict.id}`, got: `case ${id}` };
  }
  const policy = readPolicyFile(given.policy);
  if ('parseError' in policy) {
    // The words of a parse error come from Go's YAML library; that there is one is what counts.
    if (verdict.parseError !== null) return null;
    return { id, expected: sketch(verdict), got: `parse error: ${policy.parseError}` };
  }
  const judged = judgePolicy(policy, given.facts);
  if (verdict.result === null) return { id, expected: sketch(verdict), got: say(judged, '') };
  const difference = compareNode(verdict.result, judged, '');
  if (difference !== null) return { id, ...difference };
  const trigger = triggerOf(policy);
  if (verdict.trigger === null || verdict.trigger === trigger) return null;
  return { id, expected: verdict.trigger, got: trigger };
}

function sketch(verdict: Verdict): string {
  if (verdict.parseError !== null) return `parse error: ${verdict.parseError}`;
  return verdict.result === null ? 'nothing' : say(verdict.result, '');
}

function say(node: BotResult, place: string): string {
  const failure = node.error === undefined ? '' : `, error: ${node.error}`;
  const below = node.children === undefined ? '' : `, ${node.children.length} children`;
  return `${place}${node.name}: ${node.status}, "${node.description}"${failure}${below}`;
}

function compareNode(
  wanted: BotResult,
  judged: Judged,
  place: string,
): { readonly expected: string; readonly got: string } | null {
  const ours = judged.children ?? [];
  const theirs = wanted.children ?? [];
  const same =
    wanted.name === judged.name &&
    wanted.status === judged.status &&
    (wanted.error === undefined) === (judged.error === undefined) &&
    theirs.length === ours.length &&
    sameDescription(wanted.description, judged);
  if (!same) return { expected: say(wanted, place), got: say(judged, place) };
  for (const [index, child] of theirs.entries()) {
    const other = ours[index];
    if (other === undefined) continue;
    const difference = compareNode(child, other, `${place}${wanted.name} / `);
    if (difference !== null) return difference;
  }
  return null;
}

function sameDescription(wanted: string, judged: Judged): boolean {
  if (wanted === judged.description) return true;
  switch (judged.freedom?.kind) {
    case undefined:
      return false;
    case 'choice':
      return judged.freedom.descriptions.includes(wanted);
    case 'order': {
      const names = judged.freedom.people.map(({ user }) => user).join(', ');
      const suffix = judged.description.slice('Approved by '.length + names.length);
      if (!wanted.startsWith('Approved by ') || !wanted.endsWith(suffix)) return false;
      const listed = wanted.slice('Approved by '.length, wanted.length - suffix.length).split(', ');
      return sameButForTies(listed, judged.freedom.people);
    }
  }
}

function sameButForTies(
  listed: readonly string[],
  people: readonly { readonly user: string; readonly at: number }[],
): boolean {
  if (listed.length !== people.length || new Set(listed).size !== listed.length) return false;
  const times = new Map(people.map(({ user, at }) => [user, at]));
  // Same people, and at every place somebody of the same time: only ties are in another order.
  return listed.every((user, index) => times.get(user) === people[index]?.at);
}
