import type { Finding } from '../guards/finding.ts';
import type { Obligation } from '../gate/gate.ts';
import type { Judgement } from '../judge.ts';
import { strengthOf } from '../provenance/provenance.ts';

/** `check --format json`, schema `hallmonitor/check/v1` (docs/json.md). */
export function judgementJson(judgement: Judgement, totalMs: number): object {
  const { provenance, findings, risk, decision } = judgement;
  return {
    schema: 'hallmonitor/check/v1',
    change: changeJson(judgement),
    provenance: {
      ...provenance.lines,
      advised: provenance.advised,
      tools: provenance.tools,
      evidence: provenance.evidence.map((piece) => ({
        id: piece.id,
        kind: piece.kind,
        strength: strengthOf[piece.kind],
        claim: piece.claim,
        tool: piece.tool,
        model: piece.model,
        confidence: piece.confidence,
        commit: piece.commit,
        text: piece.text,
        source: piece.source,
      })),
    },
    findings: findings.map(findingJson),
    risk: {
      score: risk.score,
      percentile: risk.percentile,
      compared: risk.compared,
      model: risk.model,
      factors: risk.factors,
      services: risk.services.map(({ name, tier, owner }) => ({ name, tier, owner })),
      reach:
        judgement.reach === null
          ? null
          : { ways: judgement.reach.ways, services: judgement.reach.services },
    },
    decision: {
      verdict: decision.verdict,
      enforced: decision.enforced,
      rules: decision.rules,
      owed: decision.owed.map(obligationJson),
      outcomes: decision.outcomes.map(({ rule, state, why }) => ({ rule, state, why })),
    },
    policy: judgement.policy,
    notChecked: judgement.gaps.map(({ what, why }) => ({ what, why })),
    timings: { total_ms: Math.round(totalMs) },
  };
}

function changeJson({ change }: Judgement): object {
  return {
    base: change.base,
    head: change.head,
    commits: change.commits.length,
    files: change.files.length,
    added: change.files.reduce((sum, file) => sum + file.added, 0),
    deleted: change.files.reduce((sum, file) => sum + file.deleted, 0),
  };
}

/** A finding as every command prints it. */
export function findingJson(finding: Finding): object {
  return {
    guard: finding.guard,
    severity: finding.severity,
    path: finding.path,
    line: finding.line,
    endLine: finding.endLine,
    message: finding.message,
    impact: finding.impact,
    fix: finding.fix,
    confidence: finding.confidence,
    fingerprint: finding.fingerprint,
    ...(finding.suppressed ? { suppressed: finding.suppressed } : {}),
    ...(finding.adjusted ? { adjusted: finding.adjusted } : {}),
  };
}

function obligationJson(owed: Obligation): object {
  return {
    kind: owed.kind,
    state: owed.state,
    from: owed.from,
    count: owed.count,
    candidates: owed.candidates,
    rule: owed.rule,
    why: owed.why,
    evidence: owed.evidence,
  };
}
