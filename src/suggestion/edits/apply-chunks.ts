import { seekLines } from './seek-lines.ts';

/** Some lines of a patch that stand together. */
export interface Chunk {
  /** Lines above the chunk that say which of several places is meant, outermost first. */
  readonly anchors: readonly string[];
  readonly old: readonly string[];
  readonly new: readonly string[];
  readonly atEnd: boolean;
}

/** Puts chunks into a text, each behind the one before. What has no place goes to the end, and is said. */
export function applyChunks(
  before: string,
  chunks: readonly Chunk[],
): { text: string; problems: readonly string[] } {
  const end =
    before.indexOf('\n') > 0 && before.charAt(before.indexOf('\n') - 1) === '\r' ? '\r\n' : '\n';
  const lines = before.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  const problems: string[] = [];
  const done: string[] = [];
  const lost: string[] = [];
  let from = 0;
  for (const chunk of chunks) {
    const at = placeOfChunk(lines, chunk, from);
    if (at === null) {
      problems.push('a part of the patch has no place in the file');
      lost.push(...chunk.new);
      continue;
    }
    done.push(...lines.slice(from, at.line), ...at.new);
    from = at.line + at.taken;
  }
  done.push(...lines.slice(from), ...lost);
  return { text: done.length === 0 ? '' : `${done.join(end)}${end}`, problems };
}

interface ChunkPlace {
  readonly line: number;
  readonly taken: number;
  readonly new: readonly string[];
}

function placeOfChunk(lines: readonly string[], chunk: Chunk, from: number): ChunkPlace | null {
  const start = behindAnchors(lines, chunk.anchors, from);
  if (start === null) return null;
  if (chunk.old.length === 0) {
    // Lines without neighbours go to the end, or right behind the line that was named.
    const line = chunk.anchors.length > 0 && !chunk.atEnd ? start : lines.length;
    return { line, taken: 0, new: chunk.new };
  }
  const at = seekLines(lines, chunk.old, { from: start, atEnd: chunk.atEnd });
  if (at >= from) return { line: at, taken: chunk.old.length, new: chunk.new };
  if (chunk.old.at(-1) !== '') return null;
  // Models often end a chunk with an empty line that stands for the end of the file.
  const old = chunk.old.slice(0, -1);
  const now = chunk.new.at(-1) === '' ? chunk.new.slice(0, -1) : chunk.new;
  return old.length === 0 ? null : placeOfChunk(lines, { ...chunk, old, new: now }, from);
}

function behindAnchors(
  lines: readonly string[],
  anchors: readonly string[],
  from: number,
): number | null {
  let start = from;
  for (const anchor of anchors) {
    const at = seekLines(lines, [anchor], { from: start, atEnd: false });
    if (at < 0) return null;
    start = at + 1;
  }
  return start;
}
