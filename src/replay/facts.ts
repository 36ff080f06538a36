import type { Commit, Person } from '../change/change.ts';
import { quotable } from '../change/redact.ts';
import type { Evidence } from '../provenance/provenance.ts';
import { stats } from '../provenance/stats.ts';
import type { CountedCommit, LineCounts } from '../provenance/stats.ts';
import { featureNames } from '../risk/features.ts';
import type { Portrait } from '../risk/portrait.ts';
import { portraits } from '../risk/portraits.ts';
import { blamedBy } from './blamed.ts';
import type { ChangeFact, FactFile, FactTraces } from './fact.ts';
import type { LandedChange, LandedFile } from './landed-change.ts';
import { landingOf, reviewersIn } from './landing.ts';
import { trackLines } from './line-origins.ts';
import type { LineOrigins } from './line-origins.ts';
import { mentionsIn, sortOf, subjectOf } from './mentions.ts';
import { takeUndo, undoWindow } from './undone.ts';
import type { UndoWindow } from './undone.ts';

/** What is remembered from one change to the next while facts are made: only of changes that landed before. */
export interface FactFold {
  portrait: Portrait;
  readonly origins: LineOrigins;
  readonly undo: UndoWindow;
  /** Commits by place in history. */
  readonly commits: string[];
}

/** The fold before anything has landed. */
export function emptyFold(): FactFold {
  return { portrait: portraits.empty(), origins: new Map(), undo: undoWindow(), commits: [] };
}

/** What was read about who wrote a change. */
export interface Writers {
  /** About the landed commit and those that it merged. */
  readonly evidence: readonly Evidence[];
  /** Added lines of each merged commit, where their commits disagree; null where they agree or nothing was merged. */
  readonly counted: readonly CountedCommit[] | null;
}

/** Makes the fact of the next change and remembers what those to come need. Takes the fold over. */
export function factOf(fold: FactFold, landed: LandedChange, writers: Writers): ChangeFact {
  const { commit, merged, author, committer, past, files } = landed;
  const order = fold.commits.push(commit.sha) - 1;
  fold.portrait = portraits.next(fold.portrait, past);
  const features = fold.portrait.landed.at(-1)?.features ?? null;
  const authors = new Set([...past.authors, author.email]);
  const messages = [commit, ...merged].map(({ message }) => message);
  const ofAi = writers.evidence.filter(({ claim }) => claim === 'ai' || claim === 'mixed');
  return {
    commit: commit.sha,
    ...landingOf(commit),
    subject: quotable(subjectOf(commit.message), 120),
    landedAt: commit.committedAt,
    author: plainPerson(author),
    committer: plainPerson(committer),
    reviewers: reviewersIn(messages, authors),
    files: files.map(factFile),
    lines: linesOf(landed, writers),
    tools: toolsOf(ofAi),
    aiSeen: ofAi.length > 0,
    advised: writers.evidence.some(({ claim }) => claim === 'advised'),
    features: features === null ? [] : featureNames.map((name) => Math.fround(features[name])),
    findings: null,
    traces: tracesOf(fold, landed, order),
  };
}

function plainPerson({ name, email }: Person): Person {
  return { name: name.slice(0, 100), email: email.slice(0, 200) };
}

function factFile({ path, oldPath, generated, lines }: LandedFile): FactFile {
  const counted = generated ? null : lines;
  const added = counted?.added.kinds.length ?? 0;
  const deleted = counted?.removed.kinds.length ?? 0;
  return { path, oldPath, added, deleted, generated };
}

function tracesOf(fold: FactFold, landed: LandedChange, order: number): FactTraces {
  const { commit, merged, author, past, files } = landed;
  const removed = trackLines(fold.origins, files, order);
  const undone = takeUndo(fold.undo, files, { order, at: commit.committedAt });
  const nameOf = (place: number): string => fold.commits[place] ?? '';
  return {
    merged: merged.map(({ sha }) => sha.slice(0, shortId)),
    repairs: past.fix,
    sort: sortOf(subjectOf(commit.message), author),
    mentions: [
      ...mentionsIn(commit.message, true),
      ...merged.slice(0, mostMergedRead).flatMap(({ message }) => mentionsIn(message, false)),
    ],
    blamed: blamedBy(removed).map(({ order: place, lines, how }) => ({
      commit: nameOf(place),
      lines,
      how,
    })),
    undone: undone.map(({ order: place, share, own }) => ({
      commit: nameOf(place),
      share: Math.fround(share),
      own: Math.fround(own),
    })),
  };
}

/** Digits of a commit id that are kept where many are. */
export const shortId = 12;
/** Commits of one merge whose messages are read for names of other changes. */
const mostMergedRead = 200;

function toolsOf(evidence: readonly Evidence[]): ChangeFact['tools'] {
  const tools = new Map<string, { readonly tool: string; readonly model: string | null }>();
  for (const { tool, model } of evidence) {
    if (tool === null) continue;
    const withModel = [...tools.values()].some((one) => one.tool === tool && one.model !== null);
    if (model === null && withModel) continue;
    if (model !== null) tools.delete(`${tool}\n`);
    tools.set(`${tool}\n${model ?? ''}`, { tool, model });
  }
  return [...tools.values()];
}

/** Whether the commits of a merge must be counted one by one, because they do not say the same about their lines. */
export function needsCounting(landed: LandedChange, evidence: readonly Evidence[]): boolean {
  const work = workOf(landed);
  if (landed.merged.length === 0 || work.length < 2) return false;
  if (evidence.some(({ covers }) => covers.kind === 'lines')) return true;
  const general = new Set(
    evidence
      .filter(({ claim }) => claim === 'ai' || claim === 'mixed' || claim === 'human')
      .map(({ commit }) => commit),
  );
  if (general.size === 0) return false;
  // Asked once for each commit: a merge may bring thousands, each with evidence of its own.
  const about = Map.groupBy(evidence, ({ commit }) => commit);
  const answers = work.map(({ sha }) => answerOf(about.get(sha) ?? []));
  return answers.some((answer) => answer !== answers[0]);
}

function workOf({ commit, merged }: LandedChange): readonly Commit[] {
  const work = merged.filter(({ parents }) => parents.length < 2);
  return work.length > 0 ? work : [commit];
}

function answerOf(about: readonly Evidence[]): string {
  return JSON.stringify(about.map(({ claim, tool, confidence }) => [claim, tool, confidence]));
}

const noLines: LineCounts = { ai: 0, mixed: 0, human: 0, unknown: 0 };

function linesOf(landed: LandedChange, { evidence, counted }: Writers): LineCounts {
  const files = landed.files
    .map(factFile)
    .filter(({ added }) => added > 0)
    .map(({ path, added }) => ({ path, added }));
  const total = files.reduce((sum, { added }) => sum + added, 0);
  if (total === 0) return noLines;
  // Most changes: nothing speaks about who wrote them.
  if (!evidence.some(({ claim }) => claim === 'ai' || claim === 'mixed' || claim === 'human'))
    return { ...noLines, unknown: total };
  const [first = landed.commit] = workOf(landed);
  const { sha, author } = first;
  const whole = [{ sha, parents: [], author, at: landed.commit.committedAt, files }];
  const commits = counted ?? whole;
  const { lines } = stats(commits, { evidence, every: 'month', folderDepth: 1 });
  return counted === null ? lines : scaled(lines, total);
}

/** The commits of a merge write more lines than arrive: what arrives is divided as they are. */
function scaled(lines: LineCounts, total: number): LineCounts {
  const sum = lines.ai + lines.mixed + lines.human + lines.unknown;
  if (sum === 0) return { ...noLines, unknown: total };
  const [ai, mixed, human] = [lines.ai, lines.mixed, lines.human].map((count) =>
    Math.round((count / sum) * total),
  );
  const [a = 0, m = 0, h = 0] = [ai, mixed, human];
  const over = Math.max(0, a + m + h - total);
  return { ai: a, mixed: Math.max(0, m - over), human: h, unknown: Math.max(0, total - a - m - h) };
}
