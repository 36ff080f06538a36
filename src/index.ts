/** The library: `judge` and the nouns it speaks of. How a change is read is the program's business. */
export { judge, type Facts, type Judgement, type PolicySource } from './judge.ts';
export type { Change, Commit, FileChange, Gap, Hunk, Person } from './change/change.ts';
export type { Past } from './change/past.ts';
export type { Authorship, Evidence, Provenance } from './provenance/provenance.ts';
export type { Finding } from './guards/finding.ts';
export type { Risk } from './risk/risk.ts';
export { readPolicy, type Policy, type ReadPolicy } from './policy/policy.ts';
export type { Approval, Decision, Obligation, Verdict } from './gate/gate.ts';
