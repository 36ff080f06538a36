import type { Change, Gap } from '../change/change.ts';
import { quotable } from '../change/redact.ts';
import { textChange } from '../change/text-change.ts';
import { adjust, type Adjustments } from '../guards/adjust.ts';
import { emptyBaseline, type Baseline } from '../guards/baseline.ts';
import type { Finding, Inspection } from '../guards/finding.ts';
import type { Guard, Parsers } from '../guards/guard.ts';
import { guards, inspect } from '../guards/guards.ts';
import type { Mode } from '../policy/policy.ts';
import type { Verdict } from './event.ts';
import { contextSentence, oneSentence } from './sentence.ts';

/** A file as a suggestion would leave it; null where it does not exist. */
export interface SuggestedFile {
  /** Relative to the top of its repository, with `/`. */
  readonly path: string;
  readonly oldPath?: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Something else than a guard's finding that speaks against a suggestion. */
export interface Objection {
  /** `commands/force-push`, `suggestion/monitor-settings`, … */
  readonly rule: string;
  readonly decision: 'deny' | 'ask';
  /** What it does, and what would be lost or what breaks. */
  readonly says: string;
  /** What to do instead. */
  readonly instead: string;
}

/** Everything a suggestion is judged by. */
export interface SuggestionFacts {
  readonly files: readonly SuggestedFile[];
  readonly objections: readonly Objection[];
  readonly parsers: Parsers;
  /** A file of the work tree that the suggestion does not touch. */
  readonly readAfter: (path: string) => string | null;
  readonly gaps: readonly Gap[];
  /** Guards that the team wrote. */
  readonly ownGuards?: readonly Guard[];
  /** Asked only when something was found: reading a policy costs more than most suggestions. */
  readonly house: () => Promise<House>;
}

/** What a repository says on the branch that work lands on, so that no agent can loosen it. */
export interface House {
  readonly mode: Mode;
  /** Findings that the team has accepted. */
  readonly baseline: Baseline;
  /** Guards that the team wrote. */
  readonly ownGuards: readonly Guard[];
  /** How grave the team takes what guards find; what it says about tiers of services counts at the commit. */
  readonly adjustments: Adjustments;
  /** `2026-11-26`. */
  readonly today: string;
}

export interface SuggestionJudgement {
  readonly verdict: Verdict;
  /** What would be answered if the policy enforced. */
  readonly strict: Verdict['decision'];
  /** Ids of the guards and rules behind the verdict. */
  readonly rules: readonly string[];
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** What one suggestion changes, as a change. */
export function changeOf(files: readonly SuggestedFile[]): Change {
  return { base: null, head: 'suggestion', commits: [], files: files.map(textChange), gaps: [] };
}

/**
 * Judges what a coding agent is about to do. A blocking finding or a destructive command is refused; one that the
 * suggestion itself silences is for a person to allow; warnings are told and stop nothing.
 */
export async function judgeSuggestion(facts: SuggestionFacts): Promise<SuggestionJudgement> {
  const { findings, gaps } = look(facts);
  const told = { findings, gaps: [...facts.gaps, ...gaps] };
  if (findings.length === 0 && facts.objections.length === 0) {
    const verdict: Verdict = { decision: 'pass', reason: '', context: null };
    return { verdict, strict: 'pass', rules: [], ...told };
  }
  const house = await facts.house();
  const ground = { tierOf: (): null => null, today: house.today };
  const left = adjust(findings, house.adjustments, ground).map((finding) =>
    accepted(finding, house.baseline),
  );
  const against = speaksAgainst(left, facts.objections);
  const denied = against.filter(({ decision }) => decision === 'deny');
  const weighed = denied.length > 0 ? denied : against;
  const strict = denied.length > 0 ? 'deny' : weighed.length > 0 ? 'ask' : 'pass';
  return {
    verdict: verdictOf({ strict, mode: house.mode, against: weighed, findings: left }),
    strict,
    rules: [...new Set(weighed.map(({ rule }) => rule))],
    ...told,
    findings: left,
  };
}

function look({ files, parsers, readAfter, ownGuards = [] }: SuggestionFacts): Inspection {
  if (files.length === 0) return { findings: [], gaps: [] };
  const asked = ownGuards.length === 0 ? {} : { guards: [...guards, ...ownGuards] };
  return inspect(changeOf(files), { parsers, readAfter, baseline: emptyBaseline, ...asked });
}

function accepted(finding: Finding, { accepted: reasons }: Baseline): Finding {
  const reason = reasons.get(finding.fingerprint);
  return reason === undefined ? finding : { ...finding, suppressed: { by: 'baseline', reason } };
}

function speaksAgainst(
  findings: readonly Finding[],
  objections: readonly Objection[],
): readonly Objection[] {
  return [...findings.flatMap(objectionOf), ...objections];
}

interface Weighed {
  readonly strict: Verdict['decision'];
  readonly mode: Mode;
  readonly against: readonly Objection[];
  readonly findings: readonly Finding[];
}

function verdictOf({ strict, mode, against, findings }: Weighed): Verdict {
  const told = warningsIn(findings);
  if (strict === 'pass') return { decision: 'pass', reason: '', context: told };
  const reason = oneSentence(strict, against);
  if (mode === 'enforce') return { decision: strict, reason, context: told };
  const context = `The policy's mode for agents is ${mode}, so nothing is stopped. ${reason}`;
  return { decision: 'pass', reason: '', context };
}

function warningsIn(findings: readonly Finding[]): string | null {
  const warnings = findings.filter(
    ({ severity, suppressed, guard }) =>
      suppressed === null &&
      (severity === 'warn' || (severity === 'block' && needWholeChange.has(guard))),
  );
  return warnings.length === 0 ? null : contextSentence(warnings);
}

/**
 * Guards that compare a file with others: one edit of several is not yet wrong by them, so here they only warn. The
 * commit is judged as a whole.
 */
const needWholeChange: ReadonlySet<string> = new Set([
  'api/export-broken',
  'dependencies/does-not-exist',
  'dependencies/lock-out-of-step',
]);

/** A blocking finding speaks against it; one that the same edit silences needs a person's word. */
function objectionOf(finding: Finding): readonly Objection[] {
  const { guard, severity, suppressed, message, impact, fix } = finding;
  if (severity !== 'block' || needWholeChange.has(guard)) return [];
  const place = quotable(`${finding.path}:${finding.line}`, 120);
  const says = `${quotable(message, 200)} (${place}). ${quotable(impact, 300)}`;
  if (suppressed === null)
    return [{ rule: guard, decision: 'deny', says, instead: quotable(fix, 300) }];
  if (suppressed.addedHere !== true) return [];
  const silenced = `${says} The edit itself adds the comment that silences this`;
  return [
    { rule: guard, decision: 'ask', says: silenced, instead: 'Leave that comment to a person.' },
  ];
}
