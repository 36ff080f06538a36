import type { Change, Gap, Person } from './change/change.ts';
import type { Past } from './change/past.ts';
import { adjust, type Adjustments } from './guards/adjust.ts';
import type { Baseline } from './guards/baseline.ts';
import type { Finding, Inspection } from './guards/finding.ts';
import type { Answers } from './guards/dependencies/registry.ts';
import type { Guard, Parsers, Search } from './guards/guard.ts';
import { guards, inspect } from './guards/guards.ts';
import { decide, type Approval, type Decision } from './gate/gate.ts';
import { ownersOf, type Codeowners } from './people/codeowners.ts';
import { expertiseOf } from './people/expertise.ts';
import type { Identities } from './people/identities.ts';
import type { Expertise, Roster } from './people/people.ts';
import { knowledgeAsked, type Policy } from './policy/policy.ts';
import type { Unknown } from './policy/subject.ts';
import { attribute, type Evidence, type Provenance } from './provenance/provenance.ts';
import type { Reach } from './reach/reach.ts';
import { assess, type Risk } from './risk/risk.ts';
import { servicesOf, topTier, type Catalogue } from './risk/services.ts';

/** Everything that is known about one change when it is judged. */
export interface Facts {
  readonly change: Change;
  readonly evidence: readonly Evidence[];
  /** What the edges found besides the guards, such as lines that went past an agent's hook. */
  readonly reported: readonly Finding[];
  readonly parsers: Parsers;
  /** A file of the tree after the change that the change did not touch. */
  readonly readAfter: (path: string) => string | null;
  readonly search?: Search;
  /** What registries say of new packages; absent where nobody allowed to ask. */
  readonly registry?: Answers;
  readonly baseline: Baseline;
  /** Guards that the team wrote. */
  readonly ownGuards?: readonly Guard[];
  /** How grave the team takes what guards find here. */
  readonly adjustments?: Adjustments;
  readonly past: Past;
  readonly catalogue: Catalogue;
  /** What users of the changed code lead to; left out where nobody followed them. */
  readonly reach?: Reach;
  readonly identities: Identities;
  readonly roster: Roster | Unknown;
  /** Null when the repository has no CODEOWNERS. */
  readonly codeowners: Codeowners | null;
  readonly policy: Policy;
  readonly policySource: PolicySource;
  readonly approvals: readonly Approval[];
  /** Unix seconds of the moment of judgement. */
  readonly now: number;
  readonly branch?: string;
  /** Who is about to commit, for a change that is not committed yet. */
  readonly writer?: Person;
  /** What the edges could not read. */
  readonly gaps: readonly Gap[];
}

/** Which policy judges, for people to read. */
export interface PolicySource {
  readonly name: string;
  /** Nobody wrote one for this repository. */
  readonly builtIn: boolean;
}

/** Everything said about one change. */
export interface Judgement {
  readonly change: Change;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
  readonly risk: Risk;
  /** Null where nobody followed who uses the changed code. */
  readonly reach: Reach | null;
  readonly decision: Decision;
  /** What was not checked, and why. */
  readonly gaps: readonly Gap[];
  readonly policy: PolicySource & { readonly mode: Policy['mode'] };
}

/** Judges one change from recorded facts alone: same facts, same judgement, today or in replay. */
export function judge(facts: Facts): Judgement {
  const { change, evidence, policy, past, catalogue } = facts;
  const provenance = attribute(change, { evidence, trust: policy.trust });
  const inspection = withReported(inspectHere(facts), facts.reported);
  const risk = assess(change, { provenance, findings: inspection.findings, past, catalogue });
  const decision = decide(policy, {
    change,
    provenance,
    inspection,
    risk,
    ...(facts.reach === undefined ? {} : { reach: facts.reach }),
    roster: facts.roster,
    experts: expertsFor(facts),
    owners: ownedFiles(facts),
    identities: facts.identities,
    now: facts.now,
    approvals: facts.approvals,
    ...incompleteness(change),
    ...(facts.branch === undefined ? {} : { branch: facts.branch }),
    ...(facts.writer === undefined ? {} : { writer: facts.writer }),
  });
  return {
    change,
    provenance,
    findings: inspection.findings,
    risk,
    reach: facts.reach ?? null,
    decision,
    gaps: distinct([
      ...change.gaps,
      ...facts.gaps,
      ...inspection.gaps,
      ...past.gaps,
      ...(risk.gaps ?? []),
      ...(facts.reach?.gaps ?? []),
    ]),
    policy: { ...facts.policySource, mode: policy.mode },
  };
}

/** What guards find, those of the team included, as grave as the team takes it. */
function inspectHere(facts: Facts): Inspection {
  const { change, ownGuards, adjustments, catalogue, now } = facts;
  const asked = ownGuards === undefined ? {} : { guards: [...guards, ...ownGuards] };
  const inspection = inspect(change, { ...facts, ...asked });
  if (adjustments === undefined) return inspection;
  const tierOf = (path: string): number | null =>
    topTier(servicesOf({ files: [{ path, oldPath: path }] }, catalogue));
  const today = new Date(now * 1000).toISOString().slice(0, 10);
  return { ...inspection, findings: adjust(inspection.findings, adjustments, { tierOf, today }) };
}

/** What was reported counts like what guards found; nothing that guards found goes by it. */
function withReported(inspection: Inspection, reported: readonly Finding[]): Inspection {
  return reported.length === 0
    ? inspection
    : { ...inspection, findings: [...inspection.findings, ...reported] };
}

/** Why there may be more to the change than its list of files says. */
function incompleteness({ gaps }: Change): { readonly incomplete?: string } {
  const gap = gaps.find(
    ({ what }) => what === 'the whole change' || what === 'a part of the change',
  );
  return gap === undefined ? {} : { incomplete: `${gap.what} could not be read: ${gap.why}` };
}

/**
 * Who knows the files, by each definition the policy has. Recency counts from the last landed change and not from
 * today, so that an old change is judged as it would have been then. A past that was cut off proves nobody ignorant.
 */
function expertsFor(facts: Facts): ReadonlyMap<string, readonly Expertise[] | Unknown> {
  const { change, past, policy, identities } = facts;
  const asked = [...knowledgeAsked(policy)];
  const cut = past.gaps.find(({ what }) => what === 'older history' || what === 'history');
  if (cut !== undefined) return new Map(asked.map(([name]) => [name, { unknown: cut.why }]));
  const now = past.at === 0 ? facts.now : past.at;
  return new Map(
    asked.map(([name, definition]) => [
      name,
      expertiseOf(change, past, { definition, identities, now }),
    ]),
  );
}

function ownedFiles({
  change,
  codeowners,
}: Facts): readonly { path: string; owners: Codeowners['rules'][number]['owners'] }[] {
  if (codeowners === null) return [];
  return change.files.map(({ path }) => ({
    path,
    owners: ownersOf(codeowners, path).flatMap(({ owners }) => owners),
  }));
}

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.what}\0${gap.why}`, gap])).values()];
}
