import type { Change, Gap } from './change/change.ts';
import type { Finding } from './guards/finding.ts';
import type { Decision } from './gate/gate.ts';
import type { Provenance } from './provenance/provenance.ts';
import type { Risk } from './risk/risk.ts';

/** Everything said about one change. */
export interface Judgement {
  readonly change: Change;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
  readonly risk: Risk;
  readonly decision: Decision;
  readonly gaps: readonly Gap[];
}
