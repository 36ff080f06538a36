import type { ProposedEdit, Replacement } from '../../../suggestion/event.ts';
import { editing } from './call.ts';
import type { ReadCall } from './call.ts';
import { asFields, field, flag, given, list, whole, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { parseJson } from './payload.ts';

/**
 * Names that the agents' tools have for the same argument. A tool that renames an argument to another of these still
 * works; one that gives two of them with different values is not believed.
 */
export const names = {
  path: [
    'file_path',
    'filePath',
    'path',
    'notebook_path',
    'notebookPath',
    'target_file',
    'targetFile',
    'target_notebook',
    'absolutePath',
    'absolute_path',
    'TargetFile',
    'file',
    'filename',
    'relative_path',
    'relativePath',
    'pathInProject',
  ],
  content: [
    'content',
    'contents',
    'file_text',
    'fileText',
    'code_content',
    'CodeContent',
    'new_content',
  ],
  old: ['old_string', 'oldString', 'old_str', 'oldStr', 'old_text', 'oldText', 'TargetContent'],
  new: [
    'new_string',
    'newString',
    'new_str',
    'newStr',
    'new_text',
    'newText',
    'ReplacementContent',
  ],
  all: ['replace_all', 'replaceAll', 'allow_multiple', 'AllowMultiple'],
  patch: ['command', 'patch', 'patchText', 'patch_text', 'input', 'diff'],
} as const;

/** Edits inside one call; more is refused rather than half read. */
const editsLimit = 2_000;

export function pathIn(args: Fields): string | null {
  const path = given(args, names.path);
  return path.kind === 'text' && path.text.trim() !== '' ? plainPath(path.text) : null;
}

// Editors name files by their address as well.
function plainPath(path: string): string {
  if (!path.startsWith('file://')) return path;
  try {
    return decodeURIComponent(path.slice('file://'.length));
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

export function writeCall(args: Fields): ReadCall {
  const [path, content] = [pathIn(args), given(args, names.content)];
  if (path === null) return noPath;
  if (content.kind !== 'text') return { malformed: 'the text of the file is not one text' };
  return editing([{ kind: 'write', path, content: content.text }]);
}

/** One or several replacements, in the arguments themselves or in a list among them. */
export function replaceCall(args: Fields, loose: boolean): ReadCall {
  const path = pathIn(args);
  const several =
    field(args, 'edits') ?? field(args, 'replacements') ?? field(args, 'ReplacementChunks');
  const entries = several === undefined ? null : list(several);
  if (several !== undefined && entries === null)
    return { malformed: 'the list of edits is not a list' };
  if (entries === null) {
    const one = replacementIn(args);
    if (path === null) return noPath;
    return one === null ? noTexts : replacing(path, [one], loose);
  }
  if (entries.length > editsLimit)
    return { malformed: `one call has more than ${editsLimit} edits` };
  const edits: ProposedEdit[] = [];
  for (const entry of entries) {
    const fields = asFields(entry);
    const one = fields === null ? null : replacementIn(fields);
    const own = fields === null ? null : (pathIn(fields) ?? path);
    if (one === null) return noTexts;
    if (own === null) return noPath;
    edits.push(replaceEdit(own, [one], loose));
  }
  return edits.length === 0 ? { malformed: 'the list of edits is empty' } : editing(edits);
}

function replacing(path: string, replacements: readonly Replacement[], loose: boolean): ReadCall {
  return editing([replaceEdit(path, replacements, loose)]);
}

function replaceEdit(
  path: string,
  replacements: readonly Replacement[],
  loose: boolean,
): ProposedEdit {
  return { kind: 'replace', path, replacements, ...(loose ? { loose } : {}) };
}

function replacementIn(fields: Fields): Replacement | null {
  const [old, now] = [given(fields, names.old), given(fields, names.new)];
  if (now.kind !== 'text' || old.kind === 'wrong' || old.kind === 'torn') return null;
  return {
    old: old.kind === 'text' ? old.text : '',
    new: now.text,
    all: flag(fields, ...names.all),
  };
}

/** `before`: the line that is named comes behind the new text, not before it. */
export function insertCall(args: Fields, before: boolean): ReadCall {
  const path = pathIn(args);
  const line = whole(args, 'insert_line', 'insertLine', 'line');
  const text = given(args, [...names.new, 'insert_text', 'content']);
  if (path === null) return noPath;
  if (line === null || line < 0 || text.kind !== 'text')
    return { malformed: 'the line or the text to insert is missing' };
  const at = before ? Math.max(0, line - 1) : line;
  return editing([{ kind: 'insert', path, line: at, content: text.text }]);
}

export function deleteCall(args: Fields): ReadCall {
  const path = pathIn(args);
  return path === null ? noPath : editing([{ kind: 'delete', path }]);
}

export function moveCall(args: Fields): ReadCall {
  const from = word(
    args,
    'from',
    'source',
    'source_path',
    'sourcePath',
    'old_path',
    'oldPath',
    'path',
  );
  const to = word(args, 'to', 'destination', 'destination_path', 'new_path', 'newPath', 'target');
  if (from === null || to === null) return { malformed: 'a file to move is not named' };
  return editing([{ kind: 'move', path: from, to }]);
}

/** Arguments that are a patch, or have it under one of its names. */
export function patchCall(args: unknown): ReadCall {
  const fields = asFields(args);
  const text: unknown = fields === null ? args : patchIn(fields);
  return typeof text === 'string' && text.trim() !== ''
    ? editing([patchEdit(text)])
    : { malformed: 'the call carries no patch' };
}

function patchIn(fields: Fields): unknown {
  const found = given(fields, names.patch);
  if (found.kind === 'text') return found.text;
  const parts = list(field(fields, 'command'));
  // Older agents gave the words of a program: apply_patch and the patch itself.
  return parts?.find((part) => typeof part === 'string' && part.includes(beginPatch));
}

export const beginPatch = '*** Begin Patch';

export function patchEdit(text: string): ProposedEdit {
  const form =
    text.includes(beginPatch) || !/^(?:diff --git |--- )/m.test(text) ? 'begin-patch' : 'unified';
  return { kind: 'patch', form, text };
}

export function notebookCall(args: Fields): ReadCall {
  const path = pathIn(args);
  const mode =
    word(args, 'edit_mode', 'editMode', 'editType') ??
    (flag(args, 'is_new_cell') ? 'insert' : 'replace');
  const source = given(args, ['new_source', 'newSource', 'newCode', ...names.new]);
  const index = whole(args, 'cell_number', 'cell_idx');
  const kind = mode === 'edit' ? 'replace' : mode;
  if (path === null) return noPath;
  if (kind !== 'replace' && kind !== 'insert' && kind !== 'delete')
    return { malformed: 'the notebook is edited in an unknown way' };
  if (source.kind !== 'text' && kind !== 'delete')
    return { malformed: 'the text of the cell is missing' };
  return editing([
    {
      kind: 'notebook-cell',
      path,
      cell: word(args, 'cell_id', 'cellId') ?? (index === null ? null : String(index)),
      mode: kind,
      source: source.kind === 'text' ? source.text : '',
    },
  ]);
}

/** The argument as an object: some agents send it as JSON text. */
export function argumentFields(value: unknown): Fields | null {
  return asFields(typeof value === 'string' ? parseJson(value) : value);
}

const noPath: ReadCall = { malformed: 'the call does not say clearly which file it writes' };
const noTexts: ReadCall = { malformed: 'the call does not say clearly what it replaces by what' };
