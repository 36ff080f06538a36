import { addedLines } from '../change/change.ts';
import type { Commit, FileChange, Origin } from '../change/change.ts';
import { decide } from './decide.ts';
import type { Answer } from './decide.ts';
import { indexEvidence } from './evidence-index.ts';
import type { EvidenceIndex, LineEvidence } from './evidence-index.ts';
import type { AttributeOptions, AuthoredRun, Evidence } from './provenance.ts';
import { commonRanges, mergeRanges } from './ranges.ts';
import type { Range } from './ranges.ts';
import { trustIn } from './trusted.ts';
import type { IsTrusted } from './trusted.ts';

/** All that is needed to say who wrote a line. */
export interface Witness {
  readonly commits: readonly Commit[];
  readonly index: EvidenceIndex;
  readonly isTrusted: IsTrusted;
}

/** Prepares evidence and trust for many files. */
export function witnessOf(
  commits: readonly Commit[],
  { evidence, trust }: AttributeOptions,
): Witness {
  return { commits, index: indexEvidence(evidence, commits), isTrusted: trustIn(trust, commits) };
}

/** Who wrote the added lines of one file: every added line in exactly one run, in order. */
export function attributeFile(file: FileChange, witness: Witness): readonly AuthoredRun[] {
  const added = mergeRanges(addedLines(file).map((line) => [line, line] as const));
  if (added.length === 0) return [];
  if (file.origins.length > 0) return authoredRuns(added, file.origins, witness);
  const [only, second] = witness.commits;
  if (!second) return authoredRuns(added, [wholeFile(file.path, only?.sha ?? null)], witness);
  const answer = agreement(witness);
  return added.map(([from, to]) => ({ from, to, ...answer }));
}

/** Who wrote given lines, by where each run of them entered. Lines without an origin are unknown. */
export function authoredRuns(
  lines: readonly Range[],
  origins: readonly Origin[],
  witness: Witness,
): readonly AuthoredRun[] {
  const runs: AuthoredRun[] = [];
  const within = sweepOver(lines);
  const sorted = origins.toSorted((one, other) => one.from - other.from);
  let next = 1;
  for (const origin of sorted) {
    const from = Math.max(origin.from, next);
    if (from > origin.to) continue;
    if (from > next) runs.push(...unknownRuns(within([next, from - 1])));
    for (const part of within([from, origin.to])) runs.push(...originRuns(part, origin, witness));
    next = origin.to + 1;
  }
  runs.push(...unknownRuns(within([next, Number.MAX_SAFE_INTEGER])));
  return joined(runs);
}

function wholeFile(path: string, commit: string | null): Origin {
  return { from: 1, to: Number.MAX_SAFE_INTEGER, commit, commitPath: path, commitFrom: 1 };
}

/** Cuts ranges out of sorted lines in one sweep: each range that is asked for begins after the one before. */
function sweepOver(lines: readonly Range[]): (range: Range) => readonly Range[] {
  let at = 0;
  return ([from, to]) => {
    const parts: Range[] = [];
    for (let line = lines[at]; line !== undefined && line[0] <= to; line = lines[++at]) {
      if (line[1] >= from) parts.push([Math.max(line[0], from), Math.min(line[1], to)]);
      // The rest of it belongs to the next range.
      if (line[1] > to) break;
    }
    return parts;
  };
}

function unknownRuns(parts: readonly Range[]): readonly AuthoredRun[] {
  return parts.map(([from, to]) => ({ from, to, ...decide([]) }));
}

/** Cuts one run of lines with one origin where evidence about given lines begins or ends. */
function originRuns([from, to]: Range, origin: Origin, witness: Witness): readonly AuthoredRun[] {
  const { commit, commitPath } = origin;
  const shift = origin.commitFrom - origin.from;
  const general = witness.index.ofCommit(commit);
  const runs: AuthoredRun[] = [];
  for (const piece of pieces(
    [from + shift, to + shift],
    witness.index.ofLines(commit, commitPath),
  )) {
    const evidence = [...piece.evidence, ...general];
    const answer = answerFor(evidence, witness.isTrusted(commit));
    runs.push({ from: piece.from - shift, to: piece.to - shift, ...answer });
  }
  return runs;
}

/** Lines about which the same evidence speaks. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly evidence: readonly Evidence[];
}

/** Sweeps over the borders of line evidence inside a range; cost follows the borders, not the lines. */
export function pieces([from, to]: Range, about: readonly LineEvidence[]): readonly Piece[] {
  const borders = about.flatMap(({ evidence, ranges }) =>
    commonRanges([[from, to]], ranges).flatMap(([start, end]) => [
      { at: start, evidence, begins: true },
      { at: end + 1, evidence, begins: false },
    ]),
  );
  borders.sort((one, other) => one.at - other.at);
  const active = new Set<Evidence>();
  const found: Piece[] = [];
  let start = from;
  for (const { at, evidence, begins } of borders) {
    if (at > start) {
      found.push({ from: start, to: at - 1, evidence: [...active] });
      start = at;
    }
    if (begins) active.add(evidence);
    else active.delete(evidence);
  }
  if (start <= to) found.push({ from: start, to, evidence: [...active] });
  return found;
}

/** Trust fills in only where nothing at all speaks of anything but a person. */
function answerFor(evidence: readonly Evidence[], trusted: boolean): Answer {
  const answer = decide(evidence);
  if (answer.authorship !== 'unknown' || !trusted) return answer;
  return evidence.every(({ claim }) => claim === 'human')
    ? { ...answer, authorship: 'human' }
    : answer;
}

/** The lineage of a file is not known: only what all commits of the change agree on can be said of its lines. */
function agreement({ commits, index, isTrusted }: Witness): Answer {
  const answers = commits.map(({ sha }) => answerFor(index.ofCommit(sha), isTrusted(sha)));
  const [first] = answers;
  const states = new Set(answers.map(({ authorship }) => authorship));
  if (!first || states.has('unknown') || (states.has('human') && states.size > 1))
    return decide([]);
  const tools = new Set(answers.map(({ tool }) => tool));
  const models = new Set(answers.map(({ model }) => model));
  return {
    authorship: states.size === 1 ? first.authorship : 'mixed',
    tool: tools.size === 1 ? first.tool : null,
    model: models.size === 1 ? first.model : null,
    evidence: answers.flatMap(({ evidence }) => evidence),
    disputed: answers.some(({ disputed }) => disputed),
  };
}

/** Adjacent runs with the same answer become one. */
function joined(runs: readonly AuthoredRun[]): readonly AuthoredRun[] {
  const result: AuthoredRun[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.to + 1 === run.from && sameAnswer(last, run))
      result[result.length - 1] = { ...last, to: run.to };
    else result.push(run);
  }
  return result;
}

function sameAnswer(one: AuthoredRun, other: AuthoredRun): boolean {
  return (
    one.authorship === other.authorship &&
    one.tool === other.tool &&
    one.model === other.model &&
    one.disputed === other.disputed &&
    one.evidence.length === other.evidence.length &&
    one.evidence.every((id, index) => id === other.evidence[index])
  );
}
