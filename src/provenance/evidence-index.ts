import type { Commit } from '../change/change.ts';
import type { Evidence } from './provenance.ts';
import { mergeRanges } from './ranges.ts';
import type { Range } from './ranges.ts';

/** A commit as far as its place in history goes. */
export type Linked = Pick<Commit, 'sha' | 'parents'>;

/** Evidence about given lines of one file in one commit, its ranges merged. */
export interface LineEvidence {
  readonly evidence: Evidence;
  readonly ranges: readonly Range[];
}

/** Evidence sorted by what it speaks about. */
export interface EvidenceIndex {
  /** About everything a commit added; null is what is not committed. */
  readonly ofCommit: (commit: string | null) => readonly Evidence[];
  readonly ofLines: (commit: string | null, path: string) => readonly LineEvidence[];
}

/** Sorts evidence by commit and by file, so that looking at a line costs the evidence about that line. */
export function indexEvidence(
  evidence: readonly Evidence[],
  commits: readonly Linked[],
): EvidenceIndex {
  const everywhere: Evidence[] = [];
  const byCommit = new Map<string | null, Evidence[]>();
  const byLines = new Map<string, LineEvidence[]>();
  for (const one of evidence) {
    switch (one.covers.kind) {
      case 'commit':
        append(byCommit, one.commit, one);
        break;
      case 'merged':
        for (const commit of mergedBy(one.commit, commits)) append(byCommit, commit, one);
        break;
      case 'change':
        // The environment of this process knows nothing about what was committed earlier.
        if (one.kind === 'environment') append(byCommit, null, one);
        else everywhere.push(one);
        break;
      case 'lines': {
        const ranges = mergeRanges(one.covers.ranges);
        append(byLines, placeOf(one.commit, one.covers.path), { evidence: one, ranges });
        break;
      }
    }
  }
  return {
    ofCommit: (commit) => [...(byCommit.get(commit) ?? []), ...everywhere],
    ofLines: (commit, path) => byLines.get(placeOf(commit, path)) ?? [],
  };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function placeOf(commit: string | null, path: string): string {
  return `${commit ?? ''}\n${path}`;
}

/** The known commits that a merge brought in: reachable from its other parents and not from its first. */
function mergedBy(merge: string | null, commits: readonly Linked[]): ReadonlySet<string> {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const [first, ...others] = (merge === null ? undefined : known.get(merge))?.parents ?? [];
  if (first === undefined) return new Set();
  const before = reachable([first], known);
  const merged = reachable(others, known);
  return new Set([...merged].filter((sha) => !before.has(sha)));
}

function reachable(
  from: readonly string[],
  known: ReadonlyMap<string, Linked>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = known.get(sha);
    if (!commit || seen.has(sha)) continue;
    seen.add(sha);
    open.push(...commit.parents);
  }
  return seen;
}
