import type { ProposedEdit, Replacement } from '../../../suggestion/event.ts';
import { asFields, field, list, whole } from './fields.ts';
import type { Fields } from './fields.ts';

/** One edit of the documented form, or null when it is not of that form. */
export function readGenericEdit(value: unknown): ProposedEdit | null {
  const fields = asFields(value);
  if (fields === null) return null;
  const kind = field(fields, 'kind');
  if (kind === 'patch') return patchIn(fields);
  const path = text(fields, 'path');
  if (path === null || path === '') return null;
  switch (kind) {
    case 'write':
    case 'append': {
      const content = text(fields, 'content');
      return content === null ? null : { kind, path, content };
    }
    case 'insert': {
      const [content, line] = [text(fields, 'content'), whole(fields, 'line')];
      return content === null || line === null || line < 0 ? null : { kind, path, line, content };
    }
    case 'delete':
      return { kind, path };
    case 'move': {
      const to = text(fields, 'to');
      return to === null || to === '' ? null : { kind, path, to };
    }
    case 'replace':
      return replaceIn(fields, path);
    case 'notebook-cell':
      return cellIn(fields, path);
    default:
      return null;
  }
}

function text(fields: Fields, name: string): string | null {
  const value = field(fields, name);
  return typeof value === 'string' ? value : null;
}

function patchIn(fields: Fields): ProposedEdit | null {
  const [form, patch] = [field(fields, 'form'), text(fields, 'text')];
  if ((form !== 'begin-patch' && form !== 'unified') || patch === null) return null;
  return { kind: 'patch', form, text: patch };
}

function replaceIn(fields: Fields, path: string): ProposedEdit | null {
  const replacements: Replacement[] = [];
  for (const entry of list(field(fields, 'replacements')) ?? []) {
    const one = asFields(entry);
    const [old, now] = one === null ? [null, null] : [text(one, 'old'), text(one, 'new')];
    if (one === null || old === null || now === null) return null;
    replacements.push({ old, new: now, all: field(one, 'all') === true });
  }
  if (replacements.length === 0) return null;
  const loose = field(fields, 'loose') === true;
  return { kind: 'replace', path, replacements, ...(loose ? { loose } : {}) };
}

function cellIn(fields: Fields, path: string): ProposedEdit | null {
  const mode = field(fields, 'mode');
  const source = text(fields, 'source') ?? '';
  if (mode !== 'replace' && mode !== 'insert' && mode !== 'delete') return null;
  return { kind: 'notebook-cell', path, cell: text(fields, 'cell'), mode, source };
}
