import type { Chunk } from './apply-chunks.ts';
import { patchFileLimit } from './file-patch.ts';
import type { FilePatch, PatchText } from './file-patch.ts';

const heads = {
  begin: '*** Begin Patch',
  end: '*** End Patch',
  add: '*** Add File:',
  delete: '*** Delete File:',
  update: '*** Update File:',
  move: '*** Move to:',
  endOfFile: '*** End of File',
  environment: '*** Environment ID:',
} as const;

/**
 * Reads the `*** Begin Patch` form. More is accepted than any one agent accepts (text around it, no end, blanks around
 * the marks): an agent that reads more than we do would write what nobody looked at.
 */
export function readBeginPatch(text: string): PatchText {
  const all = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const begin = all.findIndex((line) => line.trim() === heads.begin);
  const lines = all.slice(begin + 1);
  const problems: string[] = begin < 0 ? ['the patch has no beginning'] : [];
  const files: FilePatch[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = (lines[at] ?? '').trim();
    if (files.length >= patchFileLimit) {
      problems.push(`the patch names more than ${patchFileLimit} files`);
      break;
    }
    if (line === heads.end) {
      // What stands behind a patch is not of it, but there may be another one: a shell command can hold several.
      const more = lines.findIndex((each, index) => index > at && each.trim() === heads.begin);
      if (more < 0) break;
      at = more + 1;
      continue;
    }
    const read = readFile(lines, at);
    if (read === null) {
      // Where Codex runs the patch is no part of what it writes.
      const idle = line === '' || line === heads.begin || line.startsWith(heads.environment);
      if (!idle) problems.push('a line of the patch is not understood');
      at++;
      continue;
    }
    files.push(read.file);
    at = read.next;
  }
  if (files.length === 0) problems.push('the patch names no file');
  return { files, problems: [...new Set(problems)] };
}

interface Read {
  readonly file: FilePatch;
  readonly next: number;
}

function readFile(lines: readonly string[], at: number): Read | null {
  const head = (lines[at] ?? '').trim();
  const [add, gone, update] = [
    after(head, heads.add),
    after(head, heads.delete),
    after(head, heads.update),
  ];
  if (gone !== null) return { file: { kind: 'delete', path: gone }, next: at + 1 };
  if (add !== null) return readAdded(lines, { path: add, at: at + 1 });
  return update === null ? null : readUpdated(lines, { path: update, at: at + 1 });
}

function after(line: string, head: string): string | null {
  return line.startsWith(head) ? line.slice(head.length).trim() : null;
}

function readAdded(lines: readonly string[], { path, at }: { path: string; at: number }): Read {
  const content: string[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (!line.startsWith('+')) break;
    content.push(line.slice(1));
  }
  const text = content.length === 0 ? '' : `${content.join('\n')}\n`;
  return { file: { kind: 'add', path, content: text }, next };
}

function readUpdated(lines: readonly string[], { path, at }: { path: string; at: number }): Read {
  let next = at;
  const to = after((lines[next] ?? '').trim(), heads.move);
  if (to !== null) next++;
  const chunks: Chunk[] = [];
  let open: OpenChunk | null = null;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line.trim() === heads.endOfFile) {
      if (open) open.atEnd = true;
    } else if (line.startsWith('***')) break;
    else if (line.startsWith('@@')) {
      const anchor = line.slice(2).trim();
      if (open === null || hasLines(open)) {
        close(open, chunks);
        open = newChunk();
      }
      if (anchor !== '' && anchor !== '@@') open.anchors.push(anchor);
    } else {
      open ??= newChunk();
      takeLine(open, line);
    }
  }
  close(open, chunks);
  return { file: { kind: 'update', path, to, chunks }, next };
}

interface OpenChunk {
  readonly anchors: string[];
  readonly old: string[];
  readonly new: string[];
  atEnd: boolean;
}

function newChunk(): OpenChunk {
  return { anchors: [], old: [], new: [], atEnd: false };
}

function hasLines(chunk: OpenChunk): boolean {
  return chunk.old.length + chunk.new.length > 0;
}

function close(chunk: OpenChunk | null, chunks: Chunk[]): void {
  if (chunk && hasLines(chunk)) chunks.push(chunk);
}

function takeLine(chunk: OpenChunk, line: string): void {
  const rest = line.slice(1);
  if (line.startsWith('+')) chunk.new.push(rest);
  else if (line.startsWith('-')) chunk.old.push(rest);
  else {
    // A context line whose leading blank got lost is still a context line.
    const kept = line.startsWith(' ') ? rest : line;
    chunk.old.push(kept);
    chunk.new.push(kept);
  }
}
