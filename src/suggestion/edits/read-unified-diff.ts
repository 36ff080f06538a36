import type { Chunk } from './apply-chunks.ts';
import { patchFileLimit } from './file-patch.ts';
import type { FilePatch, PatchText } from './file-patch.ts';

/**
 * Reads a unified diff as an agent may write it: line numbers are hints that models get wrong, so that the lines
 * themselves say where a part belongs.
 */
export function readUnifiedDiff(text: string): PatchText {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const files: FilePatch[] = [];
  const problems: string[] = [];
  let open: OpenFile | null = null;
  for (const [at, line] of lines.entries()) {
    if (files.length >= patchFileLimit) {
      problems.push(`the patch names more than ${patchFileLimit} files`);
      break;
    }
    const starts = startsFile(lines, at);
    if (starts) {
      closeFile(open, files);
      open = newFile();
    }
    open ??= newFile();
    takeLine(open, line);
  }
  closeFile(open, files);
  if (files.length === 0) problems.push('the patch names no file');
  return { files, problems };
}

interface OpenFile {
  from: string | null;
  to: string | null;
  renamedFrom: string | null;
  renamedTo: string | null;
  inHunk: boolean;
  readonly chunks: { anchors: string[]; old: string[]; new: string[]; atEnd: boolean }[];
}

function newFile(): OpenFile {
  return { from: null, to: null, renamedFrom: null, renamedTo: null, inHunk: false, chunks: [] };
}

// `--- ` may also be a removed line that starts with two dashes: only with `+++ ` below it is it a head.
function startsFile(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.startsWith('diff --git ')) return true;
  const previous = lines.slice(Math.max(0, at - 8), at);
  const underGitHead = previous.some((above) => above.startsWith('diff --git '));
  return line.startsWith('--- ') && (lines[at + 1] ?? '').startsWith('+++ ') && !underGitHead;
}

function takeLine(file: OpenFile, line: string): void {
  if (line.startsWith('@@')) {
    file.inHunk = true;
    file.chunks.push({ anchors: [], old: [], new: [], atEnd: false });
  } else if (file.inHunk) takeHunkLine(file, line);
  else if (line.startsWith('--- ')) file.from = nameIn(line.slice(4));
  else if (line.startsWith('+++ ')) file.to = nameIn(line.slice(4));
  else if (line.startsWith('rename from ')) file.renamedFrom = line.slice(12);
  else if (line.startsWith('rename to ')) file.renamedTo = line.slice(10);
}

function takeHunkLine(file: OpenFile, line: string): void {
  const chunk = file.chunks.at(-1);
  if (!chunk || line === '' || line.startsWith('\\')) return;
  const rest = line.slice(1);
  if (!line.startsWith('+')) chunk.old.push(rest);
  if (!line.startsWith('-')) chunk.new.push(rest);
}

function nameIn(text: string): string {
  const [name = ''] = text.split('\t');
  return name.trim();
}

function closeFile(file: OpenFile | null, files: FilePatch[]): void {
  if (!file) return;
  const prefixed = [file.from, file.to].every(
    (name) => name === null || name === '/dev/null' || /^[ab]\//.test(name),
  );
  const plain = (name: string | null): string | null =>
    name === null || name === '/dev/null' ? null : prefixed ? name.slice(2) : name;
  const from = file.renamedFrom ?? plain(file.from);
  const to = file.renamedTo ?? plain(file.to);
  const chunks: readonly Chunk[] = file.chunks.filter(
    (chunk) => chunk.old.length + chunk.new.length > 0,
  );
  if (from === null && to !== null) {
    const lines = chunks.flatMap((chunk) => chunk.new);
    const content = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
    files.push({ kind: 'add', path: to, content });
  } else if (from !== null && to === null) files.push({ kind: 'delete', path: from });
  else if (from !== null)
    files.push({ kind: 'update', path: from, to: to === from ? null : to, chunks });
}
