import { quotable } from '../change/redact.ts';
import type { Confidence, Evidence, EvidenceKind } from '../provenance/provenance.ts';
import { sessionOf, wasGated, type Author } from './author.ts';
import type { LandedFile, LandedRun, LandedSession } from './landed.ts';

/** How far what is said of a commit's lines can be believed. */
export interface Standing {
  /** The commit; null for what is not committed. */
  readonly commit: string | null;
  /** This machine's own journal has it, so that it is more than what somebody may have written into a note. */
  readonly own: boolean;
  readonly sessions: Readonly<Record<string, LandedSession>>;
  /** The names under which tool and model are counted. */
  readonly named: (session: LandedSession) => {
    readonly tool: string | null;
    readonly model: string | null;
  };
}

/** What the record says of lines, as evidence. */
export function landedEvidence(
  files: readonly LandedFile[],
  standing: Standing,
): readonly Evidence[] {
  const groups = new Map<string, { path: string; first: LandedRun; ranges: [number, number][] }>();
  for (const { path, runs } of files) {
    for (const run of runs) {
      const who = sessionOf(run.author) ?? run.author;
      if (who === 'base' || who === 'unknown') continue;
      const key = JSON.stringify([path, who, run.via, wasGated(run.author)]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { path, first: run, ranges: [[run.from, run.to]] });
      else group.ranges.push([run.from, run.to]);
    }
  }
  return [...groups.values()].map(({ path, first, ranges }, index) => ({
    id: `${standing.commit?.slice(0, 12) ?? 'uncommitted'}:record:${index}`,
    ...spoken(path, first, standing),
    commit: standing.commit,
    covers: { kind: 'lines', path, ranges },
    source: first.via === null ? 'the record of who wrote what' : 'carried over',
  }));
}

type Spoken = Pick<Evidence, 'kind' | 'claim' | 'tool' | 'model' | 'confidence' | 'text'>;

function spoken(path: string, { author, via }: LandedRun, standing: Standing): Spoken {
  const kind: EvidenceKind = standing.own && via === null ? 'captured' : 'note';
  const key = sessionOf(author);
  const from = via === null ? '' : `, carried over from ${via.slice(0, 9)}`;
  if (key !== null) {
    const session = standing.sessions[key];
    const { tool, model } = session === undefined ? nameless : standing.named(session);
    const call = wasGated(author) ? 'a gated call' : 'a call that was not gated';
    const says = `${path}: written by ${tool ?? 'an agent'} in ${call}${from}`;
    return { kind, claim: 'ai', tool, model, confidence: 'high', text: quotable(says, 200) };
  }
  const nobody = { kind, tool: null, model: null };
  if (author === 'human') {
    // A note alone must not make lines a person's: that is the answer that asks for less.
    const confidence: Confidence = standing.own ? 'medium' : 'low';
    const says = `${path}: changed while no agent was at work${from}`;
    return { ...nobody, claim: 'human', confidence, text: quotable(says, 200) };
  }
  const says = `${path}: ${unheard(author)}${from}`;
  return { ...nobody, claim: 'unknown', confidence: 'low', text: quotable(says, 200) };
}

const nameless = { tool: null, model: null };

function unheard(author: Author): string {
  return author === 'gap'
    ? 'changed while an agent, or what it left running, was at work, in no gated call'
    : 'nobody is known';
}
