import { quotable } from '../change/redact.ts';
import { mergeRanges } from './ranges.ts';
import type { Range } from './ranges.ts';

/** Lines of one file that one key (a session, a person, a legacy prompt) is named for. */
export interface Attestation {
  readonly path: string;
  readonly key: string;
  readonly ranges: readonly Range[];
}

export interface Attestations {
  readonly attestations: readonly Attestation[];
  /** The text below the dashes; null when there are no dashes. */
  readonly json: string | null;
  readonly problems: readonly string[];
}

/** Ranges read from one note. */
const rangeLimit = 200_000;

/** Highest line number believed; a file with more lines is not reviewed by anybody. */
const lineNumberLimit = 50_000_000;

/** Problems told; the rest would only repeat them. */
const problemLimit = 20;

/** Reads the first section of a git-ai 3.x note: paths at column 0, below them indented keys with ranges. */
export function readAttestations(text: string): Attestations {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const dashes = lines.indexOf('---');
  const problems: string[] = dashes < 0 ? ['there is no line of three dashes'] : [];
  const attestations: Attestation[] = [];
  let path: string | null = null;
  let left = rangeLimit;
  for (const line of dashes < 0 ? lines : lines.slice(0, dashes)) {
    if (line.trim() === '') continue;
    if (!/^[ \t]/.test(line)) {
      path = unquoted(line);
      continue;
    }
    const entry = path === null || left <= 0 ? null : readEntry(path, line, left);
    if (entry && entry.ranges.length > 0) attestations.push(entry);
    left -= entry?.ranges.length ?? 0;
    if ((entry === null || !entry.whole) && problems.length < problemLimit)
      problems.push(
        left <= 0 ? `more than ${rangeLimit} ranges` : `not understood: ${quotable(line, 60)}`,
      );
  }
  const json = dashes < 0 ? null : lines.slice(dashes + 1).join('\n');
  return { attestations, json, problems: [...new Set(problems)] };
}

/** Paths with a blank stand in quotes; the format knows no escapes. */
function unquoted(line: string): string {
  return line.length >= 2 && line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
}

/** `whole`: every range of the entry was understood. */
function readEntry(
  path: string,
  line: string,
  limit: number,
): (Attestation & { readonly whole: boolean }) | null {
  const [, key, list] = /^[ \t]+(\S{1,200})[ \t]+(\S.*)$/.exec(line) ?? [];
  if (key === undefined || list === undefined || !isKey(key)) return null;
  const read = list.split(',', limit).map(readRange);
  const ranges = read.filter((range) => range !== null);
  return { path, key, ranges: mergeRanges(ranges), whole: ranges.length === read.length };
}

/**
 * `s_…::t_…`, `h_…`, or the hexadecimal id of a legacy prompt; lengths are not promised. Found in real notes as
 * well: a conversation's UUID, and `ai_agent`. A plain `human` names nobody and is not understood.
 */
function isKey(key: string): boolean {
  return /^(?:s_[0-9a-z]+(?:::t_[0-9a-z]+)?|h_[0-9a-z]+|[0-9a-f]{4,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|ai_agent)$/i.test(
    key,
  );
}

function readRange(text: string): Range | null {
  const match = /^[ \t]*(\d{1,9})(?:-(\d{1,9}))?[ \t]*$/.exec(text);
  if (!match?.[1]) return null;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from >= 1 && to >= from && to <= lineNumberLimit ? [from, to] : null;
}
