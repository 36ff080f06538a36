import type { Person } from '../change/change.ts';

/** Characters of a message that are read: the first half and the last, where trailers stand. */
export const messageLimit = 262_144;

/** Characters of one line that are read. */
export const lineLimit = 2_000;

/** Lines that may continue a folded trailer. */
const foldLimit = 8;

/** `key: value` from anywhere below a subject, key in lower case. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** One commit's worth of message: the message itself, or a section of a squash. */
export interface Part {
  /** Who a squash made by `git merge --squash` says wrote the section. */
  readonly author: Person | null;
  readonly subject: string;
  readonly lines: readonly string[];
}

export interface Message {
  /** What speaks about the whole commit: subject and body without the sections. */
  readonly whole: Part;
  /** The commits a squash was made of, when the message lists two or more; otherwise empty. */
  readonly sections: readonly Part[];
  /** The block a forge collects below the sections from all of them. */
  readonly collected: readonly string[];
  /** How many characters were not read, because the message is longer than the limit. */
  readonly unread: number;
}

/** Reads a commit message, whatever its line ends, into what speaks about the whole and about its squashed parts. */
export function readMessage(raw: string): Message {
  const unread = Math.max(0, raw.length - messageLimit);
  const half = messageLimit / 2;
  const read = unread === 0 ? raw : `${raw.slice(0, half)}\n${raw.slice(-half)}`;
  const lines = normalise(read)
    .split('\n')
    .map((line) => line.slice(0, lineLimit));
  const first = lines.findIndex((line) => line.trim() !== '');
  const subject = first < 0 ? '' : (lines[first] ?? '').trim();
  const body = first < 0 ? [] : lines.slice(first + 1);
  return { ...(gitSquash(subject, body) ?? listSquash(subject, body)), unread };
}

/** Every trailer of a part, folded lines joined, doubled keys undone. */
export function trailersOf(lines: readonly string[]): readonly Trailer[] {
  const trailers: Trailer[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const trailer = asTrailer(lines[index] ?? '');
    if (!trailer) continue;
    const more: string[] = [];
    while (more.length < foldLimit) {
      const next = lines[index + 1];
      if (next === undefined || !/^[ \t]+\S/.test(next) || asTrailer(next)) break;
      more.push(next.trim());
      index += 1;
    }
    trailers.push({ key: trailer.key, value: [trailer.value, ...more].join(' ').trim() });
  }
  return trailers;
}

function asTrailer(line: string): Trailer | null {
  const match = /^[ \t]{0,40}([A-Za-z][A-Za-z0-9-]{1,40})[ \t]{0,3}:(?!\/\/)(.*)$/.exec(line);
  if (!match?.[1]) return null;
  const key = match[1].toLowerCase();
  let value = (match[2] ?? '').trim();
  for (let round = 0; round < 3 && value.toLowerCase().startsWith(`${key}:`); round += 1)
    value = value.slice(key.length + 1).trim();
  return { key, value };
}

/** Line ends to LF, the full-width colon to a colon, invisible characters away. */
function normalise(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll('\uff1a', ':')
    .replaceAll('\u00a0', ' ');
}

/**
 * GitHub and GitLab list the squashed commits as `* subject`, a blank line, the body. A list inside an ordinary
 * body stands close together, so an entry counts only between blank lines. GitHub closes with a line of dashes
 * and the trailers of all of them.
 */
function listSquash(subject: string, body: readonly string[]): Omit<Message, 'unread'> {
  const heads = body.flatMap((line, index) => (isHead(body, index) ? [{ line, index }] : []));
  const alone = { whole: { author: null, subject, lines: body }, sections: [], collected: [] };
  const [first] = heads;
  if (!first || heads.length < 2) return alone;
  const last = heads.at(-1)?.index ?? first.index;
  const dashes = body.findLastIndex((line, index) => index > last && /^-{9,}$/.test(line.trim()));
  const end = dashes < 0 ? body.length : dashes;
  const sections = heads.map(({ line, index }, place) => ({
    author: null,
    subject: line.replace(/^(?:\* |# This is .*$)/, '').trim(),
    lines: body.slice(index + 1, heads[place + 1]?.index ?? end),
  }));
  const collected = dashes < 0 ? [] : body.slice(dashes + 1);
  return {
    whole: { author: null, subject, lines: body.slice(0, first.index) },
    sections,
    collected,
  };
}

function isHead(body: readonly string[], index: number): boolean {
  const line = body[index] ?? '';
  if (/^# This is the (?:\d+(?:st|nd|rd|th) commit message|commit message #\d+)/.test(line))
    return true;
  return /^\* \S/.test(line) && isBlank(body[index - 1]) && isBlank(body[index + 1]);
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

/** `git merge --squash` writes `commit <sha>`, `Author:`, `Date:` and the message indented by four. */
function gitSquash(subject: string, body: readonly string[]): Omit<Message, 'unread'> | null {
  const all = [subject, ...body];
  const starts = all.flatMap((line, index) =>
    /^commit [0-9a-f]{7,64}\b/.test(line) && /^(?:Author|Merge): /.test(all[index + 1] ?? '')
      ? [index]
      : [],
  );
  if (starts.length === 0) return null;
  const outside = body.filter((line) => !/^ {4}|^(?:Author|Date|Merge|commit)\b/.test(line));
  return {
    whole: { author: null, subject, lines: outside },
    sections: starts.map((start, place) => squashedCommit(all.slice(start, starts[place + 1]))),
    collected: [],
  };
}

function squashedCommit(lines: readonly string[]): Part {
  const author = lines.find((line) => line.startsWith('Author: '));
  const text = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
  const [subject = '', ...rest] = text;
  return {
    author: author ? asPerson(author.slice('Author: '.length)) : null,
    subject,
    lines: rest,
  };
}

/** `Name <address>`, also without the angle brackets or without an address. */
export function asPerson(value: string): Person {
  const text = value.slice(0, 400).trim();
  const bracketed = /^([^<]*)<([^<>]*)>?/.exec(text);
  if (bracketed) return { name: (bracketed[1] ?? '').trim(), email: (bracketed[2] ?? '').trim() };
  const bare = /^(.*?)[\s(]*([^\s<>()@]+@[^\s<>()@]+)\)?$/.exec(text);
  if (bare?.[2]) return { name: (bare[1] ?? '').trim(), email: bare[2] };
  return { name: text, email: '' };
}
