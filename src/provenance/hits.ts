import { agentAtStart } from './agents.ts';
import { readDisclosure } from './disclosure.ts';
import { asPerson, trailersOf } from './message.ts';
import type { Part, Trailer } from './message.ts';
import { findModel } from './models.ts';
import { readPerson } from './people-signals.ts';
import type { PersonHit } from './people-signals.ts';
import type { Claim, Confidence, EvidenceKind } from './provenance.ts';
import { signals } from './signals.ts';
import type { Signal } from './signals.ts';
import { adviserKeys, readDisclosureTrailer, strongKeys, writerKeys } from './trailer-keys.ts';

/** One sign found in one part of a message, before it is known how much of the commit it speaks about. */
export interface Hit {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly tool: string | null;
  readonly model: string | null;
  readonly claim: Claim;
  readonly confidence: Confidence;
  readonly source: string;
  /** The matched text as it stood; not yet fit to be shown. */
  readonly text: string;
  /** It names somebody who wrote, so that a forge may have collected it from squashed commits. */
  readonly writer: boolean;
}

const trailerSignals = signals.filter((row) => row.where === 'trailer');
const subjectSignals = signals.filter((row) => row.where === 'subject');
// A squash often carries the pull request's description, so its marks count in a message as well.
const bodySignals = signals.filter((row) => row.where === 'body' || row.where === 'pr-body');

/** Trailers of one part that are looked at; a message with more is not written by anyone. */
const trailerLimit = 2_000;

/** Everything one part of a message says, strongest kinds first. Free text is left to `freeTextHits`. */
export function hitsOf(part: Part): readonly Hit[] {
  const trailers = trailersOf(part.lines).slice(0, trailerLimit);
  const author = part.author ? readPerson(part.author) : null;
  return [
    ...(author && part.author
      ? [personHit(author, author.claim, `Author: ${part.author.name} <${part.author.email}>`)]
      : []),
    ...joinReplit(withCompanionModel(trailers.flatMap(trailerHits), trailers)),
    ...textHits([part.subject], subjectSignals),
    ...textHits([part.subject, ...part.lines], bodySignals),
  ];
}

/** Hits of the trailers alone: what stands in the block that a forge collects. */
export function trailerHitsOf(lines: readonly string[]): readonly Hit[] {
  return trailersOf(lines).slice(0, trailerLimit).flatMap(trailerHits);
}

function trailerHits(trailer: Trailer): readonly Hit[] {
  const line = `${trailer.key}: ${trailer.value}`;
  const row = trailerSignals.find(({ match }) => match.kind === 'text' && match.shape.test(line));
  if (row) return [signalHit(row, line, 'trailer')];
  if (
    writerKeys.has(trailer.key) ||
    trailer.key === 'signed-off-by' ||
    adviserKeys.has(trailer.key)
  )
    return trailerPerson(trailer, line);
  const said = readDisclosureTrailer(trailer);
  if (!said) return [];
  const source = `trailer/${trailer.key} (${strongKeys.has(trailer.key) ? 'strong' : 'weak'} key, aiblame)`;
  return [
    { ...said, id: `trailer/${trailer.key}`, kind: 'trailer', source, text: line, writer: false },
  ];
}

function trailerPerson({ key, value }: Trailer, line: string): readonly Hit[] {
  const hit = readPerson(asPerson(value));
  if (!hit) return [];
  if (adviserKeys.has(key)) return hit.claim === 'ai' ? [personHit(hit, 'advised', line)] : [];
  if (key === 'signed-off-by' && hit.claim === 'ai') {
    const note = 'an agent must not sign off: kernel, Zephyr and Mesa forbid it';
    return [{ ...personHit(hit, 'ai', line), source: `${hit.source}; ${note}` }];
  }
  return [personHit(hit, hit.asCoAuthor, line)];
}

function personHit(hit: PersonHit, claim: Claim, text: string): Hit {
  const { id, tool, model, confidence, source } = hit;
  return { id, kind: 'trailer', tool, model, claim, confidence, source, text, writer: true };
}

function signalHit(row: Signal, text: string, kind: EvidenceKind): Hit {
  return {
    id: row.id,
    kind,
    tool: row.tool,
    model: null,
    claim: row.claim,
    confidence: row.confidence,
    source: `${row.id} (${row.source})`,
    text,
    writer: false,
  };
}

/** `Coding-Agent: X` may be followed by `Model: Y`. */
function withCompanionModel(hits: readonly Hit[], trailers: readonly Trailer[]): readonly Hit[] {
  const companion = trailers.find(({ key }) => key === 'model');
  const model = companion ? (findModel(companion.value)?.model ?? null) : null;
  if (model === null) return hits;
  return hits.map((hit) =>
    hit.model === null && strongKeys.has(hit.id.slice('trailer/'.length)) ? { ...hit, model } : hit,
  );
}

/** Each Replit trailer alone is a hint, both together are the tool's own signature. */
function joinReplit(hits: readonly Hit[]): readonly Hit[] {
  const replit = hits.filter(
    ({ tool, confidence }) => tool === 'replit' && confidence === 'medium',
  );
  if (new Set(replit.map(({ id }) => id)).size < 2) return hits;
  return hits.map((hit) => (replit.includes(hit) ? { ...hit, confidence: 'high' } : hit));
}

function textHits(lines: readonly string[], rows: readonly Signal[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (const line of lines) {
    for (const row of rows) {
      if (row.match.kind !== 'text' || hits.some(({ tool }) => tool === row.tool)) continue;
      const match = row.match.shape.exec(line);
      if (match) hits.push(signalHit(row, line.slice(match.index, match.index + 120), 'text'));
    }
  }
  return hits;
}

const byAgent =
  /(?:^|[^a-z])(?:(?:generated|made|built|created|written|drafted|authored|implemented|coded|vibe[- ]?coded)\s(?:(?:entirely|mostly|fully|completely)\s)?(?:with|by|using))\s\[?(?<who>[a-z@][^\n\]().,;:]{0,40})/gi;

const byAnyAi =
  /\b(?:(?:code|commit|change|pr|patch|implementation|tests?)\s(?:was\s|were\s|is\s)?)?(?:generated|written|created|authored|implemented|vibe[- ]?coded)\s(?:this\s\w+\s|the\s(?:pr|code|patch|change)\s)?(?:(?:entirely|mostly|fully|completely)\s)?(?:by|with|using)\s(?:an\s)?AI\b(?!\s*(?:sdk|gateway|models?\b|provider|agents? sdk))|\[AI[- ]generated\]/i;

/** Lines of a part that are searched for free text. */
const freeTextLines = 400;

/** Plain sentences that name an agent: weak, and used only when nothing else in the message speaks. */
export function freeTextHits(part: Part): readonly Hit[] {
  for (const line of [part.subject, ...part.lines].slice(0, freeTextLines)) {
    for (const match of line.matchAll(byAgent)) {
      const hit = namedInText(match[0].trim(), match.groups?.['who'] ?? '');
      if (hit) return [hit];
    }
    const any = byAnyAi.exec(line);
    if (any) return [freeText(any[0], { tool: null, model: null })];
  }
  return [];
}

/** First names that people carry: "written by Devin" may be about a colleague. */
const firstNames: ReadonlySet<string> = new Set(['devin', 'jules', 'cody']);

function namedInText(text: string, rest: string): Hit | null {
  const who = rest.split(/ (?:and|then|to|for|in|on|with|via|from|but|which)\b/, 1)[0] ?? '';
  const agent = agentAtStart(who);
  if (!agent || (agent.ordinary && !/^[A-Z[]/.test(who))) return null;
  if (agent.ordinary && firstNames.has(agent.tool) && / by /i.test(text)) return null;
  const said = readDisclosure(who);
  // "made with cursor pagination" names no tool; "[Cursor]" and "written by Claude Code" do.
  return agent.ordinary && !said.pure
    ? null
    : freeText(text, { tool: said.tool, model: said.model });
}

function freeText(
  text: string,
  { tool, model }: { tool: string | null; model: string | null },
): Hit {
  return {
    id: 'text/free',
    kind: 'text',
    tool,
    model,
    claim: 'ai',
    confidence: 'low',
    source: 'text/free (aiblame)',
    text,
    writer: false,
  };
}
