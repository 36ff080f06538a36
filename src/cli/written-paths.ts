import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { FileWrite } from '../commands/commands.ts';

/** Files that one path of a command stands for; a command that means more is a build or a clean-up. */
const mostFiles = 500;
/** Folders that are looked through for them. */
const mostFolders = 2_000;

/** A pattern with more stars takes too long to try, and nobody writes it. */
const mostStars = 8;

/** What a command does to a folder or to a pattern of names, file by file. */
export function expanded(write: FileWrite): readonly FileWrite[] {
  switch (write.kind) {
    case 'delete':
      return filesAt(write.path).map((path) => ({ ...write, path }));
    case 'replace-by-sed':
      return namesFor(write.path).map((path) => ({ ...write, path }));
    case 'move':
    case 'copy':
      return carried(write);
    case 'write':
    case 'append':
    case 'patch':
    case 'unknown':
      return [write];
  }
}

/** A folder that is moved or copied takes its files along. */
function carried(write: Extract<FileWrite, { kind: 'move' | 'copy' }>): readonly FileWrite[] {
  const form = write.kind === 'copy' ? write.form : undefined;
  const name = basename(write.path);
  return namesFor(write.path).flatMap((path): readonly FileWrite[] => {
    // Where a pattern stood for several names, each keeps its own.
    const isPattern = path !== write.path && basename(write.to) === name;
    const to = isPattern ? join(dirname(write.to), basename(path)) : write.to;
    const target = isFolder(to) && form !== 'contents' ? join(to, basename(path)) : to;
    if (form === 'link' && isFolder(path)) return [];
    if (!isFolder(path)) return [{ ...write, path, to: target }];
    return filesIn(path).map((one) => ({
      ...write,
      path: one,
      to: join(target, one.slice(path.length)),
    }));
  });
}

/** The files of a folder, or those that a pattern stands for; a path of one file is itself. */
function filesAt(path: string): readonly string[] {
  return namesFor(path).flatMap((one) => (isFolder(one) ? filesIn(one) : [one]));
}

function filesIn(folder: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let looked = 0; looked < mostFolders && found.length < mostFiles; looked += 1) {
    const next = folders.pop();
    if (next === undefined) break;
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      // What is installed or built is not written by people; git's own folder has rules of its own.
      if (entry.isDirectory()) {
        if (!/^(?:\.git|node_modules|dist|build|target|\.venv)$/.test(entry.name))
          folders.push(path);
      } else if (entry.isFile() && found.length < mostFiles) found.push(path);
    }
  }
  return found;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // gone, or not ours to read: the command will not get further
  }
}

/** What a pattern in the last parts of a path stands for; a pattern that fits nothing stands for itself, as in a shell. */
function namesFor(path: string): readonly string[] {
  if (!/[*?[]/.test(path) || path.split('*').length > mostStars) return [path];
  const parts = path.split(sep);
  const first = parts.findIndex((part) => /[*?[]/.test(part));
  let found = [parts.slice(0, first).join(sep) || sep];
  for (const part of parts.slice(first)) {
    found = found.flatMap((folder) => below(folder, part)).slice(0, mostFiles);
  }
  return found.length === 0 ? [path] : found;
}

function below(folder: string, part: string): string[] {
  if (part === '**') return [folder, ...filesIn(folder).map((path) => dirname(path))];
  if (!/[*?[]/.test(part)) return [join(folder, part)];
  const fits = asExpression(part);
  return entriesOf(folder)
    .filter(({ name }) => fits.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .map(({ name }) => join(folder, name));
}

/** A part of a shell pattern; stars are joined, so that none of them is tried twice. */
function asExpression(part: string): RegExp {
  const source = part
    .replaceAll(/\*+/g, '*')
    .replaceAll(/[.+^${}()|\\[\]]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
