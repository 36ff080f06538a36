import { quotable } from '../change/redact.ts';
import { toolNamed } from './agents.ts';
import type { Linked } from './evidence-index.ts';
import { asList, asRecord, field, parseJson, textField } from './json.ts';
import type { JsonRecord } from './json.ts';
import { canonicalModel } from './models.ts';
import type { NoteReading } from './notes.ts';
import type { Claim, Confidence, Evidence } from './provenance.ts';
import { mergeRanges } from './ranges.ts';
import type { Range } from './ranges.ts';

export interface TraceOptions {
  /** Commits of the change: a record made before its commit existed names the parent. */
  readonly commits: readonly Linked[];
  /** What uncommitted lines stand on. */
  readonly head: string | null;
}

const textLimit = 64 * 1024 * 1024;
const recordLimit = 100_000;
const rangeLimit = 200_000;
const problemLimit = 20;

/** Events that the reference store files under names that are no files. */
const pseudoFiles: ReadonlySet<string> = new Set(['.shell-history', '.sessions']);

/**
 * Reads agent-trace records, one JSON object a line. The reference store writes the parent of the commit that will
 * hold the lines, a version of its own, line 1 for "somewhere", and the first place where a text occurs: such
 * records are found by that parent and are of low confidence, and "somewhere" is no evidence about lines.
 */
export function readAgentTrace(text: string, options: TraceOptions): NoteReading {
  const problems: string[] = [];
  if (text.length > textLimit)
    return { evidence: [], problems: ['the traces are too long to read'] };
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  if (lines.length > recordLimit) problems.push(`more than ${recordLimit} records`);
  const claims: LineClaim[] = [];
  for (const line of lines.slice(0, recordLimit)) {
    const record = asRecord(parseJson(line));
    const found = record ? readRecord(record, options) : 'a line is not a JSON object';
    if (typeof found !== 'string') for (const claim of found) claims.push(claim);
    else if (problems.length < problemLimit && !problems.includes(found)) problems.push(found);
  }
  return { evidence: gathered(claims.slice(0, rangeLimit)), problems };
}

interface LineClaim {
  readonly commit: string | null;
  readonly path: string;
  readonly claim: Claim;
  readonly tool: string | null;
  readonly model: string | null;
  readonly confidence: Confidence;
  /** Null: somewhere in the file. */
  readonly range: Range | null;
}

interface Landing {
  readonly commits: readonly (string | null)[];
  /** The revision is that of the edit, not of the commit, so line numbers may have moved since. */
  readonly early: boolean;
}

/** The claims of one record, or why it could not be used. */
function readRecord(record: JsonRecord, options: TraceOptions): readonly LineClaim[] | string {
  const version = textField(record, 'version');
  if (version === null) return 'a record has no version';
  const vcs = asRecord(field(record, 'vcs'));
  if (vcs && (textField(vcs, 'type') ?? 'git') !== 'git') return 'a record is not about git';
  const revision = textField(vcs, 'revision');
  if (revision === null || !/^[0-9a-f]{40,64}$/i.test(revision)) return 'a record names no commit';
  const landing = landingOf(revision.toLowerCase(), version, options);
  const tool = toolNamed(textField(field(record, 'tool'), 'name') ?? '');
  return asList(field(record, 'files')).flatMap((file) => fileClaims(file, tool, landing));
}

function landingOf(revision: string, version: string, { commits, head }: TraceOptions): Landing {
  const published = /^\d+\.\d+\.\d+$/.test(version);
  if (published && commits.some(({ sha }) => sha === revision))
    return { commits: [revision], early: false };
  const children = commits.filter(({ parents }) => parents[0] === revision).map(({ sha }) => sha);
  return { commits: revision === head ? [...children, null] : children, early: true };
}

function fileClaims(file: unknown, tool: string | null, landing: Landing): readonly LineClaim[] {
  const path = textField(file, 'path');
  if (path === null || path === '') return [];
  return asList(field(file, 'conversations')).flatMap((conversation) =>
    asList(field(conversation, 'ranges')).flatMap((range) => {
      const contributor =
        asRecord(field(range, 'contributor')) ?? asRecord(field(conversation, 'contributor'));
      const lines = pseudoFiles.has(path) ? null : readRange(range, landing.early);
      const model = textField(contributor, 'model_id');
      const said = claimOf(textField(contributor, 'type'));
      return landing.commits.map((commit) => ({
        commit,
        path,
        claim: lines === null ? ('unknown' as const) : said,
        tool,
        model: model === null ? null : canonicalModel(model.slice(0, 250)),
        confidence: landing.early ? ('low' as const) : ('medium' as const),
        range: lines,
      }));
    }),
  );
}

function claimOf(type: string | null): Claim {
  return type === 'ai' || type === 'mixed' || type === 'human' ? type : 'unknown';
}

/** Null for what does not say which lines: line 1 alone, without a hash of it, is how the store writes that. */
function readRange(range: unknown, early: boolean): Range | null {
  const from = field(range, 'start_line');
  const to = field(range, 'end_line');
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || to < from)
    return null;
  const somewhere = from === 1 && to === 1 && early && textField(range, 'content_hash') === null;
  return somewhere ? null : [from, to];
}

/** One piece of evidence per commit, file and contributor. */
function gathered(claims: readonly LineClaim[]): readonly Evidence[] {
  const groups = new Map<string, { first: LineClaim; ranges: Range[] }>();
  for (const claim of claims) {
    const { commit, path, claim: said, tool, model, confidence, range } = claim;
    const key = JSON.stringify([commit, path, said, tool, model, confidence, range === null]);
    const group = groups.get(key);
    if (group && range) group.ranges.push(range);
    else if (!group) groups.set(key, { first: claim, ranges: range ? [range] : [] });
  }
  return [...groups.values()].map(({ first, ranges }, index) => ({
    id: `${first.commit?.slice(0, 12) ?? 'uncommitted'}:agent-trace:${index}`,
    kind: 'note',
    claim: first.claim,
    tool: first.tool,
    model: first.model,
    confidence: first.confidence,
    commit: first.commit,
    covers:
      ranges.length === 0
        ? { kind: 'commit' }
        : { kind: 'lines', path: first.path, ranges: mergeRanges(ranges) },
    text: quotable(
      ranges.length === 0
        ? `${first.path}: a session touched it, the lines are not known`
        : `${first.path}: ${first.claim} by ${first.tool ?? 'a tool without a name'}`,
      160,
    ),
    source: 'agent-trace',
  }));
}
