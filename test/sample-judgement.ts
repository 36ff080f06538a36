import type { FileChange } from '../src/change/change.ts';
import type { Finding } from '../src/guards/finding.ts';
import type { Judgement } from '../src/judge.ts';

/** A finding to print; anything can be overridden. */
export function finding(over: Partial<Finding> = {}): Finding {
  return {
    guard: 'sql/drop-column',
    severity: 'block',
    path: 'db/0042_coupon.sql',
    line: 12,
    endLine: 12,
    message: 'drops column coupon of orders',
    impact: 'Instances still running the old code fail every query that names the column.',
    fix: 'Stop using it in one release, drop it in the next.',
    confidence: 0.95,
    fingerprint: 'f1',
    suppressed: null,
    ...over,
  };
}

const file: FileChange = {
  path: 'db/0042_coupon.sql',
  oldPath: 'db/0042_coupon.sql',
  status: 'added',
  content: 'text',
  oldMode: '000000',
  newMode: '100644',
  generated: null,
  hunks: [],
  added: 12,
  deleted: 0,
  before: null,
  after: '',
  unread: null,
  origins: [],
};

/** A judgement to print; anything can be overridden. */
export function sampleJudgement(over: Partial<Judgement> = {}): Judgement {
  return {
    change: { base: 'a'.repeat(40), head: 'b'.repeat(40), commits: [], files: [file], gaps: [] },
    provenance: {
      lines: { ai: 9, mixed: 0, human: 0, unknown: 3 },
      tools: [{ tool: 'claude-code', model: 'Opus 5', lines: 9 }],
      files: [],
      evidence: [],
      advised: false,
    },
    findings: [finding()],
    reach: null,
    risk: {
      score: 0.23,
      percentile: 91,
      compared: 2000,
      model: 'default',
      factors: [
        {
          name: 'lines added',
          effect: 0.1,
          says: 'adds 12 lines; half of the changes here add fewer than 9',
        },
      ],
      services: [{ name: 'checkout', tier: 1, paths: ['db/**'], owner: null }],
    },
    decision: {
      verdict: 'block',
      enforced: true,
      rules: ['AI-assisted work needs someone who knows the code'],
      owed: [
        {
          kind: 'approval',
          state: 'owed',
          from: 'expert',
          count: 1,
          candidates: ['Ann <ann@example.org>'],
          rule: 'AI-assisted work needs someone who knows the code',
          why: '75 % of the added lines are AI-written',
          evidence: [],
        },
      ],
      outcomes: [],
    },
    gaps: [{ what: 'vendor/big.bin', why: 'the object is missing here' }],
    policy: { name: '.hallmonitor/policy.yml at aaaaaaaaa', builtIn: false, mode: 'enforce' },
    ...over,
  } as Judgement;
}
