import { hole } from './command.ts';
import type { Feed, Piece, Script, Word } from './command.ts';

/** Most words that one word may become. */
const mostFields = 200;
/** Longest text that we follow through variables and pipes, in characters. */
export const longestText = 400_000;

/** What expansion needs to know of the shell. */
export interface Expanding {
  /** The elements of a variable; null when it is not known here. */
  readonly valueOf: (name: string) => readonly string[] | null;
  readonly home: string;
  /** Characters at which unquoted values fall apart. */
  readonly separators: string;
  /** Follows a script and gives what it would print. */
  readonly outputOf: (script: Script) => Feed;
  readonly feeds: Feed[];
  /** Counts characters that were made; false when there are more of them than are kept. */
  readonly spend: (characters: number) => boolean;
}

interface Fields {
  readonly done: string[];
  /** The word being built; null between words. */
  open: string | null;
}

/** The words that one word becomes; what only the run knows is a hole. */
export function expandWord(word: Word, shell: Expanding): readonly string[] {
  const choices = word.pieces.find((piece) => piece.kind === 'brace');
  if (choices !== undefined) return expandBraces(word, shell);
  return fieldsOf(word, shell);
}

/** The same without splitting, as in assignments, redirects and documents. */
export function expandText(word: Word, shell: Expanding): string {
  let text = '';
  word.pieces.forEach((piece, index) => {
    const part = textOf(piece, index, shell);
    if (text.length < longestText) text += part;
  });
  const kept = text.slice(0, longestText);
  return shell.spend(kept.length) ? kept : hole;
}

function textOf(piece: Piece, index: number, shell: Expanding): string {
  if (piece.kind === 'text') return index === 0 ? tilde(piece, shell) : piece.text;
  if (piece.kind === 'brace') return `{${piece.choices.join(',')}}`;
  return values(piece, shell).join(' ');
}

function expandBraces(word: Word, shell: Expanding): readonly string[] {
  let words: readonly (readonly Piece[])[] = [[]];
  for (const piece of word.pieces) {
    const options: readonly Piece[] =
      piece.kind === 'brace'
        ? piece.choices.map((text) => ({ kind: 'text', text, quoted: false }) as const)
        : [piece];
    words = words
      .flatMap((before) => options.map((option) => [...before, option]))
      .slice(0, mostFields);
  }
  return words.flatMap((pieces) => fieldsOf({ pieces }, shell)).slice(0, mostFields);
}

function fieldsOf(word: Word, shell: Expanding): readonly string[] {
  const fields: Fields = { done: [], open: null };
  word.pieces.forEach((piece, index) => {
    if (piece.kind === 'text') {
      fields.open = longer(fields, index === 0 ? tilde(piece, shell) : piece.text);
      return;
    }
    const found = values(piece, shell);
    if (piece.kind === 'variable' && piece.all && piece.quoted) addElements(fields, found);
    else if ('quoted' in piece && piece.quoted) fields.open = longer(fields, found.join(' '));
    else addSplit(fields, found.join(' '), shell.separators);
  });
  if (fields.open !== null) fields.done.push(fields.open);
  return fields.done
    .slice(0, mostFields)
    .map((field) => field.slice(0, longestText))
    .map((field) => (shell.spend(field.length) ? field : hole));
}

function longer({ open }: Fields, part: string): string {
  if (open === null) return part;
  return open.length < longestText ? open + part : open;
}

function addElements(fields: Fields, elements: readonly string[]): void {
  elements.forEach((element, index) => {
    if (index > 0 && fields.open !== null) {
      fields.done.push(fields.open);
      fields.open = null;
    }
    fields.open = longer(fields, element);
  });
}

// Unquoted values fall apart at blanks, which is how one variable can hold a whole command.
function addSplit(fields: Fields, value: string, separators: string): void {
  if (value === '') return;
  const isPlain = /^[ \t\n]*$/.test(separators);
  const plain = isPlain
    ? value
    : Array.from(value, (char) => (separators.includes(char) ? ' ' : char)).join('');
  const parts = plain.split(/[ \t\n]+/);
  parts.forEach((part, index) => {
    if (index > 0 && fields.open !== null) {
      fields.done.push(fields.open);
      fields.open = null;
    }
    if (part !== '') fields.open = longer(fields, part);
  });
}

function values(piece: Piece, shell: Expanding): readonly string[] {
  switch (piece.kind) {
    case 'text':
      return [piece.text];
    case 'brace':
      return [...piece.choices];
    case 'variable': {
      for (const script of piece.scripts) shell.outputOf(script);
      const known = shell.valueOf(piece.name);
      return known === null || !piece.plain ? [hole] : known;
    }
    case 'output': {
      if (piece.script === null) return [hole];
      const feed = shell.outputOf(piece.script);
      shell.feeds.push(feed);
      return [feed.exact ? withoutLastNewlines(feed.text) : feed.text.trim()];
    }
    case 'process': {
      const feed =
        piece.script === null
          ? { text: hole, exact: false, from: [] }
          : shell.outputOf(piece.script);
      shell.feeds.push(feed);
      return ['/dev/fd/63'];
    }
    case 'computed':
      for (const script of piece.scripts) shell.outputOf(script);
      return [hole];
  }
}

function tilde(piece: Extract<Piece, { kind: 'text' }>, { home }: Expanding): string {
  if (piece.quoted || !piece.text.startsWith('~')) return piece.text;
  const end = piece.text.indexOf('/');
  const name = end < 0 ? piece.text.slice(1) : piece.text.slice(1, end);
  const rest = end < 0 ? '' : piece.text.slice(end);
  if (name === '') return home + rest;
  if (name === '+' || name === '-') return hole + rest;
  return name === 'root' ? `/root${rest}` : `/home/${name}${rest}`;
}

function withoutLastNewlines(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}
