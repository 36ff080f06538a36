import { globComplaint } from '../areas.ts';

/** A stretch of a path: given text, anything, or anything within one level. */
type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'deep' | 'level' };

/** More alternatives than this are nobody's idea of a simple pattern. */
const MAX_ALTERNATIVES = 24;

/** Globs for the areas of a policy that match exactly the paths a regular expression is found in; null when there are none. */
export function globsOf(source: string): readonly string[] | null {
  const sequences = alternativesOf(source);
  if (sequences === null) return null;
  const globs = sequences.map((parts) => toGlobs(parts));
  const usable = globs.filter((each) => each !== null).flat();
  if (usable.length === 0 || globs.includes(null)) return null;
  return usable.every((glob) => globComplaint(glob) === null) ? [...new Set(usable)] : null;
}

/** Names with `*` for any characters that match exactly what the expression is found in; null when there are none. */
export function starredOf(source: string): readonly string[] | null {
  const sequences = alternativesOf(source);
  const names = sequences?.map((parts) => {
    return parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
  });
  const exact = sequences?.every((parts) => parts.every((part) => part.kind !== 'level'));
  // A star in the text, or letters whose case would no longer matter, would change the meaning.
  const plain = sequences?.flat().every((part) => part.kind !== 'text' || !part.text.includes('*'));
  // Blanks at the ends would be lost.
  const kept = names?.every((name) => name !== '' && name === name.trim());
  return names !== undefined && exact === true && plain === true && kept === true ? names : null;
}

function alternativesOf(source: string): readonly (readonly Part[])[] | null {
  const branches = splitTop(source);
  if (branches === null) return null;
  const all: (readonly Part[])[] = [];
  for (const branch of branches) {
    const start = branch[0] === '^';
    const end = /(?<!\\)(?:\\\\)*\$$/.test(branch);
    const body = branch.slice(start ? 1 : 0, end ? -1 : undefined);
    const bodies = readBody(body);
    if (bodies === null) return null;
    const open = { kind: 'deep' } as const;
    all.push(
      ...bodies.map((parts) => tidy([...(start ? [] : [open]), ...parts, ...(end ? [] : [open])])),
    );
  }
  return all.length <= MAX_ALTERNATIVES ? all : null;
}

/** Splits at `|` outside of groups; null when the brackets do not match. */
function splitTop(source: string): readonly string[] | null {
  const branches = [''];
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    const escaped = letter === '\\';
    const text = escaped ? source.slice(at, at + 2) : letter;
    if (escaped) at += 1;
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0) return null;
    if (letter === '|' && depth === 0) branches.push('');
    else branches[branches.length - 1] += text;
  }
  return depth === 0 ? branches : null;
}

function readBody(body: string): readonly (readonly Part[])[] | null {
  let done: readonly (readonly Part[])[] = [[]];
  let rest = body;
  while (rest !== '') {
    const behindSlash = rest === '.+' && done.every((parts) => endsInSlash(parts.at(-1)));
    const taken = behindSlash ? takeAtom('.*') : takeAtom(rest);
    if (taken === null) return null;
    done = done.flatMap((before) => taken.options.map((option) => [...before, ...option]));
    if (done.length > MAX_ALTERNATIVES) return null;
    rest = rest.slice(taken.length);
  }
  return done;
}

// Behind a slash "at least one letter" says no more than "any": names are never empty.
function endsInSlash(part: Part | undefined): boolean {
  return part?.kind === 'text' && part.text.endsWith('/');
}

interface Taken {
  readonly options: readonly (readonly Part[])[];
  readonly length: number;
}

function takeAtom(rest: string): Taken | null {
  const wide = /^(?:\.\*|\(\.\*\)|\(\?:\.\*\))\??/.exec(rest);
  if (wide !== null) return { options: [[{ kind: 'deep' }]], length: wide[0].length };
  // "At least one letter" is the same as "any" only where it is the whole name of a level.
  const level = /^\[\^\/\](?:\*|\+(?=\/|$))/.exec(rest);
  if (level !== null) return { options: [[{ kind: 'level' }]], length: level[0].length };
  if (rest.startsWith('(')) return takeGroup(rest);
  const literal = /^(?:[\w\-/ @,:~=]|\\[.\-/_@ ])/.exec(rest);
  if (literal === null) return null;
  const text: Part = { kind: 'text', text: literal[0].replace('\\', '') };
  const after = rest.slice(literal[0].length);
  if (/^(?:[*+{]|\?\?)/.test(after)) return null;
  if (after.startsWith('?')) {
    return { options: [[text], []], length: literal[0].length + 1 };
  }
  return { options: [[text]], length: literal[0].length };
}

/** A group of alternatives, perhaps optional. */
function takeGroup(rest: string): Taken | null {
  const end = closing(rest);
  const inner = rest.slice(rest.startsWith('(?:') ? 3 : 1, end);
  const after = rest.slice(end + 1);
  // Flags, names and repeated groups are beyond a glob.
  if (end < 0 || inner.startsWith('?') || /^(?:[*+{]|\?\?)/.test(after)) return null;
  const bodies = splitTop(inner)?.map(readBody) ?? [null];
  if (bodies.includes(null)) return null;
  const options = bodies.flatMap((body) => body ?? []);
  if (!after.startsWith('?')) return { options, length: end + 1 };
  return { options: [...options, []], length: end + 2 };
}

/** Where the bracket that the text starts with is closed; -1 when it is not. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Joins neighbouring texts, and `deep` with what it swallows. */
function tidy(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + part.text };
    } else if (part.kind !== 'deep' || last?.kind !== 'deep') {
      joined.push(part);
    }
  }
  return joined;
}

function toGlobs(parts: readonly Part[]): readonly string[] | null {
  // Within one level "none or more letters" and "one or more" differ only where a name would be empty.
  const levels = parts.every((part, at) => part.kind !== 'level' || isWholeLevel(parts, at));
  const special = parts.some((part) => part.kind === 'text' && /[*?[\]{}()!\\|]/.test(part.text));
  if (!levels || special) return null;
  let globs: readonly string[] = [''];
  for (const [at, part] of parts.entries()) {
    const endings =
      part.kind === 'deep' ? deepForms(globs[0] ?? '', at === parts.length - 1) : null;
    const forms = endings ?? [part.kind === 'text' ? part.text : '*'];
    globs = globs.flatMap((glob) => forms.map((form) => glob + form));
    if (globs.length > MAX_ALTERNATIVES) return null;
  }
  globs = globs.map(onlyTheFile);
  return globs.some((glob) => /^\/|\/\/|\/$|^[^*[]*$/.test(glob)) ? null : globs;
}

/** An area takes a plain name for a folder as well; a bracket around its last letter says that it is one file. */
export function onlyTheFile(glob: string): string {
  return /[*?[]/.test(glob) ? glob : glob.replace(/\w$/, '[$&]');
}

/** How "anything" is written behind a text: a level that goes on, or levels below it. */
function deepForms(before: string, isLast: boolean): readonly string[] {
  const atStart = before === '' || before.endsWith('/');
  // `docs/**` would take a file called docs for a folder.
  if (isLast) return atStart ? [before === '' ? '**' : '**/*'] : ['*', '*/**/*'];
  return atStart ? ['**/*'] : ['*', '*/**/*'];
}

function isWholeLevel(parts: readonly Part[], at: number): boolean {
  const before = parts[at - 1];
  const after = parts[at + 1];
  const opens = before === undefined || endsInSlash(before);
  const closes = after === undefined || after.kind === 'text';
  return opens && closes;
}
