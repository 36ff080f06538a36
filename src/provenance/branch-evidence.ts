import { quotable } from '../change/redact.ts';
import { trailerHitsOf, hitsOf } from './hits.ts';
import { readMessage } from './message.ts';
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

/** What a pull request's title and description say about the whole change. */
export function readDescription(text: string): readonly Evidence[] {
  const { whole, sections, collected } = readMessage(text);
  const hits = [...hitsOf(whole), ...sections.flatMap(hitsOf), ...trailerHitsOf(collected)];
  return hits.slice(0, 20).map((hit, index) => ({
    id: `change:description:${index}`,
    kind: 'text',
    claim: hit.claim,
    tool: hit.tool,
    model: hit.model,
    confidence: hit.confidence,
    commit: null,
    covers: { kind: 'change' },
    text: quotable(hit.text, 200),
    source: hit.source,
  }));
}
