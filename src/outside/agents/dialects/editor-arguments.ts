import { silentCall } from './call.ts';
import type { ReadCall } from './call.ts';
import { insertCall, names, pathIn, replaceCall, writeCall } from './edit-arguments.ts';
import { asFields, field, given, list, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { readSearchReplace } from './search-replace.ts';

/** Blocks of text to find and text to put there. */
export function blocksCall(args: Fields): ReadCall {
  const path = pathIn(args);
  const diff = given(args, ['diff', 'changes']);
  const replacements = diff.kind === 'text' ? readSearchReplace(diff.text) : null;
  if (path === null || replacements === null)
    return { malformed: 'the blocks of the edit cannot be read' };
  return { ...silentCall, edits: [{ kind: 'replace', path, replacements, loose: true }] };
}

/** One tool with a `command` that says what it does. */
export function editorCall(args: Fields): ReadCall {
  switch (word(args, 'command')) {
    case 'view':
    case 'undo_edit':
      return { ...silentCall, reads: pathsIn(args) };
    case 'create':
      return writeCall(args);
    case 'insert':
      return insertCall(args, false);
    case 'str_replace':
    case 'edit':
    case null:
      return anyEditCall(args);
    default:
      return { malformed: 'the editor is given an unknown command' };
  }
}

/** A tool that writes, inserts or replaces, by the arguments it gets. */
export function anyEditCall(args: Fields): ReadCall {
  const [old, content] = [given(args, names.old), given(args, names.content)];
  if (field(args, 'edits') !== undefined) return replaceCall(args, true);
  const line = field(args, 'insert_line');
  if (line !== undefined && line !== null) return insertCall(args, true);
  if (old.kind !== 'none' || content.kind === 'none') return replaceCall(args, true);
  return writeCall(args);
}

/** A sketch that another model works into the file. */
export function sketchCall(args: Fields): ReadCall {
  const path = pathIn(args);
  const text = given(args, ['code', 'code_edit', 'codeEdit', ...names.content]);
  if (path === null || text.kind !== 'text')
    return { malformed: 'the sketch of the edit cannot be read' };
  return {
    ...silentCall,
    edits: [{ kind: 'append', path, content: text.text }],
    unseen: 'Another model works the sketch into the file, so the file itself was not seen.',
  };
}

/** Files that the arguments name, one or several. */
export function pathsIn(args: Fields): readonly string[] {
  const several = ['paths', 'files', 'file_paths', 'filePaths'].flatMap((name) => {
    const value = field(args, name);
    return list(value) ?? (typeof value === 'string' ? [value] : []);
  });
  const found = several.flatMap((entry) => {
    const fields = asFields(entry);
    const path = typeof entry === 'string' ? entry : fields === null ? null : pathIn(fields);
    return path === null ? [] : [path];
  });
  const one = pathIn(args);
  return one === null ? found : [one, ...found];
}
