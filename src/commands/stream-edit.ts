import { hole } from './command.ts';
import type { Run, StreamEdit } from './command.ts';

/** Most edits of one sed script that are read. */
const mostEdits = 200;

export interface StreamEdits {
  readonly files: readonly string[];
  /** Null when the script holds more than simple substitutions and deletions. */
  readonly edits: readonly StreamEdit[] | null;
  /** Texts that may end in the files. */
  readonly texts: readonly string[];
}

/** The edits that `sed -i` or `perl -pi` makes in files; null when it edits none in place. */
export function streamEdits({ name, args }: Run): StreamEdits | null {
  const read = sorted(args, name);
  return read.inPlace && read.files.length > 0 ? asEdits(read) : null;
}

/** The edits that `sed` or `perl -p` makes between its input and its output; null when it does none of that. */
export function streamScript({ name, args }: Run): StreamEdits | null {
  const isPerl = name === 'perl';
  if (isPerl && !args.some((arg) => /^-[a-zA-Z0-9]{0,9}p[a-zA-Z0-9]{0,9}$/.test(arg))) return null;
  const read = sorted(args, name);
  return read.inPlace ? null : asEdits(read);
}

function asEdits({ scripts, files }: Omit<ReturnType<typeof sorted>, 'inPlace'>): StreamEdits {
  const joined = scripts.join('\n');
  if (joined.includes(hole))
    return { files, edits: null, texts: joined.split(hole).filter((text) => text.trim() !== '') };
  const edits = readEdits(joined);
  return { files, edits, texts: [joined] };
}

function sorted(args: readonly string[], name: string) {
  const scripts: string[] = [];
  const operands: string[] = [];
  let inPlace = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if ((/^-[a-zA-Z0-9]*i/.test(arg) && !/^-[IM]/.test(arg)) || arg.startsWith('--in-place')) {
      inPlace = true;
      // On a Mac the ending of the backup is a word of its own.
      if (arg === '-i' && name !== 'perl' && /^(?:|\.\w{1,6})$/.test(args[at + 1] ?? '-')) at += 1;
      if (name === 'perl' && arg.endsWith('e')) {
        at += 1;
        scripts.push(args[at] ?? '');
      }
    } else if (arg === '-e' || arg === '--expression' || (name === 'perl' && /^-\w*e$/.test(arg))) {
      at += 1;
      scripts.push(args[at] ?? '');
    } else if (name !== 'perl' && (arg === '-f' || arg === '--file')) {
      at += 1;
      scripts.push(hole);
    } else if (arg.startsWith('--expression=')) scripts.push(arg.slice('--expression='.length));
    else if (!arg.startsWith('-')) operands.push(arg);
  }
  if (scripts.length === 0) scripts.push(operands.shift() ?? '');
  return { scripts, files: operands, inPlace };
}

function readEdits(script: string): readonly StreamEdit[] | null {
  const edits: StreamEdit[] = [];
  let rest = script.trim();
  while (rest !== '') {
    if (edits.length >= mostEdits) return null;
    const read = readEdit(rest);
    if (read === null) return null;
    edits.push(read.edit);
    rest = read.rest.replace(/^[\s;]+/, '');
  }
  return edits;
}

function readEdit(text: string): { readonly edit: StreamEdit; readonly rest: string } | null {
  const address = /^(\d{1,7})(?:,(\d{1,7}|\$))?\s*/.exec(text);
  const from = address === null ? null : Number(address[1]);
  const to =
    address?.[2] === undefined
      ? from
      : address[2] === '$'
        ? Number.MAX_SAFE_INTEGER
        : Number(address[2]);
  const lines = from === null || to === null ? null : ([from, to] as const);
  const rest = text.slice(address?.[0].length ?? 0);
  if (rest.startsWith('d')) return simpleDelete(rest.slice(1), { find: null, lines });
  if (rest.startsWith('s')) return substitute(rest, lines);
  if (rest.startsWith('/')) {
    const end = closing(rest, 1, '/');
    const after = rest.slice(end + 1).trimStart();
    return end > 0 && after.startsWith('d')
      ? simpleDelete(after.slice(1), { find: rest.slice(1, end), lines })
      : null;
  }
  return null;
}

function simpleDelete(rest: string, { find, lines }: Pick<StreamEdit, 'find' | 'lines'>) {
  const end = /^\s*(?:;|\n|$)/.exec(rest);
  if (end === null) return null;
  const literal = find !== null && isLiteral(find);
  return {
    edit: { kind: 'delete' as const, find, literal, put: '', all: true, lines },
    rest: rest.slice(end[0].length),
  };
}

function substitute(text: string, lines: StreamEdit['lines']) {
  const mark = text[1] ?? '';
  if (mark === '' || /[\w\s\\]/.test(mark)) return null;
  const middle = closing(text, 2, mark);
  const end = middle < 0 ? -1 : closing(text, middle + 1, mark);
  if (end < 0) return null;
  const flags = /^[gimsxIpE0-9]*/.exec(text.slice(end + 1))?.[0] ?? '';
  const rest = text.slice(end + 1 + flags.length);
  if (!/^\s*(?:;|\n|$)/.test(rest)) return null;
  const find = text.slice(2, middle).replaceAll(`\\${mark}`, mark);
  const literal = isLiteral(find) && !/i/i.test(flags);
  return {
    edit: {
      kind: 'substitute' as const,
      find: literal ? find.replace(/\\([.*[\]^$/])/g, '$1') : find,
      literal,
      put: text
        .slice(middle + 1, end)
        .replaceAll(`\\${mark}`, mark)
        .replaceAll('\\n', '\n'),
      all: flags.includes('g'),
      lines,
    },
    rest,
  };
}

function closing(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === mark) return at;
  }
  return -1;
}

function isLiteral(pattern: string): boolean {
  return !/[.*[\]^$\\+?(){}|]/.test(pattern.replace(/\\[.*[\]^$/]/g, ''));
}

/** Longest text that an edit may make, and the longest that it may put in one place, in characters. */
const longestEdited = 10_000_000;
const longestPut = 100_000;

function isPlain({ find, literal, put }: StreamEdit, text: string): boolean {
  if (find !== null && !literal) return false;
  // However often it is found, the result stays in bounds.
  const times = find === null || find === '' ? 1 : text.length / find.length;
  return put.length <= longestPut && (times < 1_000 || put.length * times <= longestEdited * 10);
}

/** The text after these edits; null when one of them is a pattern and not plain text. */
export function applyStreamEdits(edits: readonly StreamEdit[], text: string): string | null {
  if (edits.some((edit) => !isPlain(edit, text))) return null;
  const ends = text.endsWith('\n');
  let lines: readonly string[] = (ends ? text.slice(0, -1) : text).split('\n');
  for (const edit of edits) {
    lines = lines.flatMap((line, index) => applied(edit, line, index + 1));
    if (lines.reduce((sum, { length }) => sum + length, 0) > longestEdited) return null;
  }
  return lines.join('\n') + (ends ? '\n' : '');
}

function applied(edit: StreamEdit, line: string, lineNumber: number): readonly string[] {
  const { find, lines, put } = edit;
  if (lines !== null && (lineNumber < lines[0] || lineNumber > lines[1])) return [line];
  if (edit.kind === 'delete') return find === null || line.includes(find) ? [] : [line];
  if (find === null || find === '') return [line];
  const parts = line.split(find);
  if (parts.length < 2) return [line];
  const whole = put.length > longestPut ? '' : put.replace(/(?<!\\)&/g, () => find);
  if (whole.length * parts.length > longestEdited) return [line];
  const changed = edit.all
    ? parts.join(whole)
    : [parts.slice(0, 1).join(''), parts.slice(1).join(find)].join(whole);
  return [changed];
}
