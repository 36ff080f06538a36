import type { ProposedEdit } from '../event.ts';
import { applyChunks } from './apply-chunks.ts';
import { editNotebook } from './edit-notebook.ts';
import type { FilePatch } from './file-patch.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import { readBeginPatch } from './read-begin-patch.ts';
import { readUnifiedDiff } from './read-unified-diff.ts';
import { atEnd, replaceText } from './replace-text.ts';

export interface ResolveOptions {
  readonly cwd: string;
  /** Top of the repository, absolute. */
  readonly top: string;
  /** Text of a file; null when there is none; `unread` says why it cannot be had. */
  readonly read: (absolutePath: string) => string | null | { readonly unread: string };
}

/** A file as the edits leave it. */
export interface ResolvedFile {
  /** Relative to the top, with `/` between the parts. */
  readonly path: string;
  readonly absolute: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly movedFrom?: string;
}

export interface EditProblem {
  readonly path: string;
  readonly why: string;
  /** The agent may write something all the same, so this is "not checked"; otherwise its own tool fails as well. */
  readonly mayApply: boolean;
}

export interface ResolvedEdits {
  readonly files: readonly ResolvedFile[];
  readonly problems: readonly EditProblem[];
  /** Absolute paths that lie outside the repository. */
  readonly outside: readonly string[];
}

/** Edits of one tool call; what comes behind is a problem, not a silence. */
const editLimit = 2_000;

/** Works out what the files of a repository would hold after the edits, in their order, without touching them. */
export function resolveEdits(
  edits: readonly ProposedEdit[],
  options: ResolveOptions,
): ResolvedEdits {
  const desk: Desk = { options, files: new Map(), problems: [], outside: new Set() };
  for (const edit of edits.slice(0, editLimit)) apply(desk, edit);
  if (edits.length > editLimit)
    problem(desk, '', { why: `the call has more than ${editLimit} edits`, mayApply: true });
  return { files: filesOf(desk), problems: desk.problems, outside: [...desk.outside] };
}

interface Desk {
  readonly options: ResolveOptions;
  readonly files: Map<string, Sheet>;
  readonly problems: EditProblem[];
  readonly outside: Set<string>;
}

/** One file while edits are applied. */
interface Sheet {
  readonly place: Place;
  readonly before: string | null;
  now: string | null;
  movedFrom: Sheet | null;
}

function apply(desk: Desk, edit: ProposedEdit): void {
  if (edit.kind === 'patch') return applyPatch(desk, edit);
  if (edit.kind === 'move') return move(desk, { from: edit.path, to: edit.to });
  const sheet = sheetOf(desk, edit.path, edit.kind === 'write' || edit.kind === 'delete');
  if (sheet === null) return;
  const said = (why: string, mayApply: boolean): void =>
    problem(desk, edit.path, { why, mayApply });
  switch (edit.kind) {
    case 'write':
      sheet.now = edit.content;
      break;
    case 'delete':
      sheet.now = null;
      break;
    case 'append':
      sheet.now = atEnd(sheet.now ?? '', edit.content);
      break;
    case 'insert':
      sheet.now = insertAt(sheet.now ?? '', edit);
      break;
    case 'replace': {
      const loose = edit.loose ?? false;
      if (sheet.now === null && !loose && edit.replacements.some(({ old }) => old !== '')) {
        said('there is no such file', false);
        break;
      }
      const done = replaceText(sheet.now ?? '', { replacements: edit.replacements, loose });
      for (const why of done.problems) said(why, loose);
      sheet.now = done.text;
      break;
    }
    case 'notebook-cell': {
      const done = editNotebook(sheet.now ?? '', edit);
      if ('problem' in done) said(done.problem, true);
      else sheet.now = done.text;
      break;
    }
  }
}

function applyPatch(desk: Desk, { form, text }: { form: string; text: string }): void {
  const patch = form === 'unified' ? readUnifiedDiff(text) : readBeginPatch(text);
  for (const why of patch.problems) problem(desk, '', { why, mayApply: true });
  for (const file of patch.files) applyFilePatch(desk, file);
}

function applyFilePatch(desk: Desk, file: FilePatch): void {
  const sheet = sheetOf(desk, file.path, file.kind !== 'update');
  if (sheet === null) return;
  if (file.kind !== 'update') {
    sheet.now = file.kind === 'add' ? file.content : null;
    return;
  }
  if (sheet.now === null && file.chunks.length > 0)
    problem(desk, file.path, { why: 'there is no such file', mayApply: true });
  const done = applyChunks(sheet.now ?? '', file.chunks);
  for (const why of done.problems) problem(desk, file.path, { why, mayApply: true });
  if (file.chunks.length > 0) sheet.now = done.text;
  if (file.to !== null) move(desk, { from: file.path, to: file.to });
}

function move(desk: Desk, { from, to }: { from: string; to: string }): void {
  const [source, target] = [sheetOf(desk, from, false), sheetOf(desk, to, true)];
  if (source === null || target === null || source === target) return;
  if (source.now === null)
    return problem(desk, from, { why: 'there is no such file', mayApply: false });
  target.now = source.now;
  target.movedFrom = source;
  source.now = null;
}

function insertAt(text: string, { line, content }: { line: number; content: string }): string {
  const lines = text.split('\n');
  const at = Math.max(0, Math.min(line, lines.at(-1) === '' ? lines.length - 1 : lines.length));
  const added = content.endsWith('\n') ? content.slice(0, -1) : content;
  const end = text.includes('\r\n') ? '\r' : '';
  const now = added.split('\n').map((each) => (each.endsWith('\r') ? each : each + end));
  return [...lines.slice(0, at), ...now, ...lines.slice(at)].join('\n');
}

/** The sheet of a path; null when the file cannot be read and its text is needed. */
function sheetOf(desk: Desk, path: string, unneeded: boolean): Sheet | null {
  if (path === '') {
    problem(desk, path, { why: 'the edit names no file', mayApply: true });
    return null;
  }
  const place = placeOf(path, desk.options);
  const known = desk.files.get(place.absolute);
  if (known) return known;
  if (place.path === null) desk.outside.add(place.absolute);
  // A file outside is not ours to read; that something is written there is what matters.
  const text = place.path === null ? null : desk.options.read(place.absolute);
  const unread = typeof text === 'object' && text !== null;
  if (unread) problem(desk, path, { why: text.unread, mayApply: true });
  if (unread && !unneeded) return null;
  const before = unread ? null : text;
  const sheet: Sheet = { place, before, now: before, movedFrom: null };
  desk.files.set(place.absolute, sheet);
  return sheet;
}

function problem(desk: Desk, path: string, what: { why: string; mayApply: boolean }): void {
  // What happens outside the repository is named as such, once; more is not known about it.
  if (path !== '' && placeOf(path, desk.options).path === null) return;
  desk.problems.push({ path, ...what });
}

function filesOf(desk: Desk): readonly ResolvedFile[] {
  const files: ResolvedFile[] = [];
  const renamed = new Set<Sheet>();
  for (const sheet of desk.files.values()) {
    const source = sheet.movedFrom;
    if (isRename(sheet) && source !== null) renamed.add(source);
  }
  for (const sheet of desk.files.values()) {
    const { absolute, path } = sheet.place;
    if (path === null || renamed.has(sheet)) continue;
    const source = isRename(sheet) ? sheet.movedFrom : null;
    const movedFrom = source?.place.path ?? null;
    if (source !== null && movedFrom !== null)
      files.push({
        path,
        absolute,
        before: source.before,
        after: sheet.now,
        movedFrom,
      });
    else if (sheet.now !== sheet.before)
      files.push({ path, absolute, before: sheet.before, after: sheet.now });
  }
  return files;
}

// A move onto an existing file destroys it: that is a deletion and a rewrite, not a rename.
function isRename({ movedFrom, before, now, place }: Sheet): boolean {
  return (
    movedFrom !== null &&
    before === null &&
    now !== null &&
    place.path !== null &&
    movedFrom.place.path !== null &&
    movedFrom.now === null &&
    movedFrom.before !== null
  );
}
