import { quotable } from '../change/redact.ts';
import { readDisclosure } from './disclosure.ts';
import { readAttestations } from './git-ai-attestations.ts';
import type { Attestation } from './git-ai-attestations.ts';
import { toolNamed } from './agents.ts';
import { canonicalModel } from './models.ts';
import type { Confidence, Evidence } from './provenance.ts';
import { mergeRanges } from './ranges.ts';
import type { Range } from './ranges.ts';
import { asList, asRecord, field, parseJson, textField } from './json.ts';
import type { JsonRecord } from './json.ts';

/** What a note says, and what in it could not be understood; parsing never throws. */
export interface NoteReading {
  readonly evidence: readonly Evidence[];
  readonly problems: readonly string[];
}

export interface NoteOptions {
  /** The commit the note hangs on. */
  readonly commit: string;
  /** Where it was found, such as `refs/notes/ai`. */
  readonly ref: string;
}

/** Refs that hold one git-ai authorship log per commit. */
export const noteRefs: readonly string[] = ['refs/notes/ai', 'refs/notes/exceeds-ink'];

/** A note that only shows that a session took place. */
export const presenceRefs: readonly string[] = ['refs/notes/claude-conversations'];

/** Longest note that is read. */
const noteLimit = 8 * 1024 * 1024;

/** Pieces of evidence taken from one note. */
const evidenceLimit = 5_000;

/** Reads a note of any known format: git-ai 3.x, the older git-ai JSON, or a note that only shows a session. */
export function readNote(text: string, options: NoteOptions): NoteReading {
  if (text.length > noteLimit) return unread(`is longer than ${noteLimit} characters`, options);
  if (presenceRefs.includes(options.ref)) return { evidence: [presence(options)], problems: [] };
  return text.trimStart().startsWith('{') ? readOlderNote(text, options) : readGitAi(text, options);
}

function readGitAi(text: string, options: NoteOptions): NoteReading {
  const { attestations, json, problems } = readAttestations(text);
  const parsed = json === null ? null : asRecord(parseJson(json));
  const version = parsed ? textField(parsed, 'schema_version') : null;
  const known = version?.startsWith('authorship/3.') ?? false;
  const troubles = [
    ...problems,
    ...(parsed ? [] : ['the metadata is not a JSON object']),
    ...(parsed && !known
      ? [`the schema version ${quotable(version ?? 'is missing', 40)} is not known`]
      : []),
  ];
  const metadata: Metadata = { record: parsed ?? {}, known, options };
  const read = grouped(attestations).map((group) => evidenceOf(group, metadata));
  const evidence = read.flatMap(({ facts }) => (facts ? [facts] : []));
  const gaps = new Set(read.flatMap(({ problem }) => (problem === null ? [] : [problem])));
  return {
    evidence: evidence.slice(0, evidenceLimit).map(withId),
    problems: [...troubles, ...gaps],
  };
}

interface Metadata {
  readonly record: JsonRecord;
  readonly known: boolean;
  readonly options: NoteOptions;
}

interface Group {
  readonly path: string;
  readonly key: string;
  readonly ranges: readonly Range[];
}

type Unnumbered = Omit<Evidence, 'id'>;

/** One piece of evidence per file and session, however many traces of it touched the file. */
function grouped(attestations: readonly Attestation[]): readonly Group[] {
  const groups = new Map<string, { path: string; key: string; ranges: Range[] }>();
  for (const { path, key, ranges } of attestations) {
    const owner = key.split('::', 1)[0] ?? key;
    const place = `${owner}\n${path}`;
    const group = groups.get(place);
    if (group) for (const range of ranges) group.ranges.push(range);
    else groups.set(place, { path, key: owner, ranges: [...ranges] });
  }
  return [...groups.values()].map((group) => ({ ...group, ranges: mergeRanges(group.ranges) }));
}

interface Found {
  readonly facts: Unnumbered | null;
  readonly problem: string | null;
}

/** Keys are told apart by their prefix; their length is not promised. */
function evidenceOf(group: Group, metadata: Metadata): Found {
  if (group.key.startsWith('h_')) return humanEvidence(group, metadata);
  const shelf = group.key.startsWith('s_') ? 'sessions' : 'prompts';
  const entry = asRecord(field(field(metadata.record, shelf), group.key));
  const agent = asRecord(field(entry, 'agent_id'));
  const missing = entry === null ? `${shelf} does not describe ${quotable(group.key, 40)}` : null;
  return { facts: aiEvidence(group, metadata.options, agent), problem: missing };
}

/** An AI line stands without its description; a human one does not, for it is the answer that lowers care. */
function humanEvidence(group: Group, { record, known, options }: Metadata): Found {
  const entry = asRecord(field(field(record, 'humans'), group.key));
  const author = entry ? textField(entry, 'author') : null;
  if (author === null || !known)
    return { facts: null, problem: `${quotable(group.key, 40)} is not described as a person` };
  const text = `${group.path}: written by ${author}`;
  const facts = lineEvidence(group, options, { claim: 'human', tool: null, model: null, text });
  return { facts, problem: null };
}

function aiEvidence(group: Group, options: NoteOptions, agent: JsonRecord | null): Unnumbered {
  const tool = agent ? toolNamed(textField(agent, 'tool') ?? '') : null;
  const named = agent ? textField(agent, 'model') : null;
  const model =
    named === null || /^(?:unknown|default|auto||<.*>)$/i.test(named)
      ? null
      : canonicalModel(named);
  // git-ai makes up a log of 100 % AI for commits of known agents without a note; its id is the commit itself.
  const invented = agent !== null && textField(agent, 'id') === options.commit;
  const text = `${group.path}: written by ${tool ?? 'an AI'}${invented ? ', derived from the commit author' : ''}`;
  const evidence = lineEvidence(group, options, { claim: 'ai', tool, model, text });
  return invented ? { ...evidence, confidence: 'medium' } : evidence;
}

function lineEvidence(
  { path, ranges }: Group,
  { commit, ref }: NoteOptions,
  says: Pick<Evidence, 'claim' | 'tool' | 'model' | 'text'>,
): Unnumbered {
  const confidence: Confidence = 'high';
  return {
    ...says,
    text: quotable(says.text, 160),
    kind: 'note',
    confidence,
    commit,
    covers: { kind: 'lines', path, ranges },
    source: ref,
  };
}

/** git-ai before 3.0: JSON with the authors of each file; entries repeat and overlap. */
function readOlderNote(text: string, options: NoteOptions): NoteReading {
  const files = asRecord(field(asRecord(parseJson(text)), 'files'));
  if (!files) return unread('is neither git-ai text nor git-ai JSON', options);
  const attestations: Attestation[] = [];
  const agents = new Map<string, JsonRecord>();
  for (const [path, file] of Object.entries(files).slice(0, evidenceLimit)) {
    for (const author of asList(field(file, 'authors')).slice(0, evidenceLimit)) {
      const agent = olderAgent(author);
      if (!agent) continue;
      const key = JSON.stringify([textField(agent, 'tool'), textField(agent, 'model')]);
      agents.set(key, agent);
      attestations.push({ path, key, ranges: olderRanges(field(author, 'lines')) });
    }
  }
  const evidence = grouped(attestations)
    .filter(({ ranges }) => ranges.length > 0)
    .map((group) => aiEvidence(group, options, agents.get(group.key) ?? null));
  return { evidence: evidence.slice(0, evidenceLimit).map(withId), problems: [] };
}

/** An author without agent is whoever git names, which is no proof of a person; unless the name is an agent's. */
function olderAgent(author: unknown): JsonRecord | null {
  const agent = asRecord(field(author, 'agent_metadata'));
  if (agent) return agent;
  const said = readDisclosure(textField(author, 'author') ?? '');
  return (said.by === 'agent' || said.by === 'model') && said.pure
    ? { tool: said.tool ?? '', model: said.model ?? '' }
    : null;
}

function olderRanges(lines: unknown): readonly Range[] {
  const read = asList(lines)
    .slice(0, 100_000)
    .flatMap((line): Range[] => {
      const [from, to] = typeof line === 'number' ? [line, line] : asList(line);
      return typeof from === 'number' && typeof to === 'number' && from >= 1 ? [[from, to]] : [];
    });
  return mergeRanges(read);
}

function presence({ commit, ref }: NoteOptions): Evidence {
  return withId(
    {
      kind: 'note',
      claim: 'ai',
      tool: 'claude-code',
      model: null,
      confidence: 'medium',
      commit,
      covers: { kind: 'commit' },
      text: 'a conversation is attached to the commit',
      source: ref,
    },
    0,
  );
}

/** A note that could not be read may say anything, so the commit keeps a sign that somebody wrote one. */
function unread(why: string, { commit, ref }: NoteOptions): NoteReading {
  const facts: Unnumbered = {
    kind: 'note',
    claim: 'unknown',
    tool: null,
    model: null,
    confidence: 'low',
    commit,
    covers: { kind: 'commit' },
    text: `the note ${why}`,
    source: ref,
  };
  return { evidence: [withId(facts, 0)], problems: [`the note ${why}`] };
}

function withId(evidence: Unnumbered, index: number): Evidence {
  return {
    id: `${evidence.commit?.slice(0, 12) ?? 'uncommitted'}:${evidence.source}:${index}`,
    ...evidence,
  };
}
