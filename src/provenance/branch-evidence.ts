import { quotable } from '../change/redact.ts';
import type { Evidence } from './provenance.ts';
import { signals } from './signals.ts';

const branchSignals = signals.filter((row) => row.where === 'branch');

/** What a branch name says: anyone can type it. With `merge`, it speaks about what that merge commit brought in. */
export function readBranch(branch: string, merge: string | null = null): readonly Evidence[] {
  const name = branch.slice(0, 300).replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '');
  const row = branchSignals.find(({ match }) => match.kind === 'text' && match.shape.test(name));
  if (!row) return [];
  return [
    {
      id: `${merge?.slice(0, 12) ?? 'change'}:branch`,
      kind: 'text',
      claim: row.claim,
      tool: row.tool,
      model: null,
      confidence: row.confidence,
      commit: merge,
      covers: merge === null ? { kind: 'change' } : { kind: 'merged' },
      text: quotable(`branch ${name}`, 120),
      source: `${row.id} (${row.source})`,
    },
  ];
}
