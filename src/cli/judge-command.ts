import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  applyStreamEdits,
  judgeCommand,
  judgeSql,
  type CommandJudgement,
  type Danger,
  type FileWrite,
  type Place,
} from '../commands/commands.ts';
import { branchAt, remoteDefaultBranch, type WorkPlace } from '../outside/git/place.ts';
import { parseShell } from '../outside/parsers/shell.ts';
import type { HookEvent, ProposedCommand, ProposedEdit } from '../suggestion/event.ts';
import { refusedAgain } from '../suggestion/refusals.ts';
import type { Objection } from '../suggestion/suggestion.ts';
import { readRefusals } from './refusals-file.ts';
import { readText, realPath } from './suggested-files.ts';
import { expanded } from './written-paths.ts';

/** What a command amounts to: what speaks against it, and what it would write as far as that can be told. */
export interface JudgedCommand {
  readonly objections: readonly Objection[];
  readonly edits: readonly ProposedEdit[];
  /** Texts that go into files at places nobody can tell; each is judged as if it were a file of its own. */
  readonly guesses: readonly Guess[];
  /** What about it is not known; null when all of it is. */
  readonly unseen: string | null;
}

export interface Guess {
  /** Absolute, or as the command said it. */
  readonly path: string;
  readonly content: string;
}

/** Judges the command of a tool call, and what it reads, without running any of it. */
export function judgeCommandOf(event: HookEvent, place: WorkPlace | null): JudgedCommand {
  const command = event.command ?? { text: '', shell: 'posix', cwd: null };
  const about = placeOfCommand(event, command, place);
  const read = [
    ...event.reads.slice(0, mostReads).flatMap((path) => reading(path, about)),
    ...(event.statements ?? []).flatMap((sql) => judgeSql(sql, about)).map(objectionTo),
  ];
  if (event.command === null) return { objections: read, edits: [], guesses: [], unseen: null };
  const judged = judgeCommand(command.text, about);
  const writes = judged.writes.flatMap(expanded);
  const again =
    place === null || judged.readOnly
      ? []
      : refusedAgain(command.text, readRefusals(place, Math.floor(Date.now() / 1000)));
  return {
    objections: [...judged.dangers.map(objectionTo), ...read, ...again],
    edits: editsIn(writes),
    guesses: writes.flatMap(guessesOf),
    unseen: unseenIn(judged),
  };
}

/** Files of one call that are looked at before it reads them. */
const mostReads = 100;

/** Reading a file with a tool is judged like reading it with a command. */
function reading(path: string, about: Place): readonly Objection[] {
  return judgeCommand(`cat -- ${quoted(path)}`, about).dangers.map(objectionTo);
}

/** What speaks against writing a file that lies in no repository. */
export function objectionsToWriting(
  path: string,
  event: HookEvent,
  place: WorkPlace | null,
): readonly Objection[] {
  const about = placeOfCommand(event, { text: '', shell: 'posix', cwd: null }, place);
  return judgeCommand(`echo x > ${quoted(path)}`, about).dangers.map(objectionTo);
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function placeOfCommand(
  event: HookEvent,
  command: ProposedCommand,
  place: WorkPlace | null,
): Place {
  const cwd = command.cwd ?? event.cwd;
  const usual = place === null ? null : remoteDefaultBranch(place);
  return {
    shell: command.shell,
    cwd: isAbsolute(cwd) ? cwd : join(event.cwd, cwd),
    top: place?.top ?? event.cwd,
    home: ownHome(),
    parse: parseShell,
    protectedBranches: ['main', 'master', ...(usual === null ? [] : [usual])],
    currentBranch: place === null ? null : branchAt(place),
    read: textAt,
    real: realPath,
  };
}

/** A user without a home has no keys in it. */
function ownHome(): string {
  try {
    return homedir();
  } catch {
    return '/nonexistent';
  }
}

function textAt(path: string): string | null {
  const text = readText(path);
  return typeof text === 'string' ? text : null;
}

function objectionTo({ rule, decision, says, loses, instead }: Danger): Objection {
  const told = says.trim().replace(/[.;]$/, '');
  const lost = loses === '' ? told : `${told}. What would be lost: ${loses}`;
  return { rule, decision, says: lost, instead };
}

function unseenIn({ gaps, writes }: CommandJudgement): string | null {
  const [gap] = gaps;
  if (gap !== undefined) return gap.why;
  const open = writes.some((write) => write.kind === 'unknown' && write.path === null);
  return open ? 'the command writes to files that it does not name' : null;
}

/** What a command writes, in its order: a copy takes what the same command wrote before. */
function editsIn(writes: readonly FileWrite[]): readonly ProposedEdit[] {
  const written = new Map<string, string>();
  return writes.flatMap((write) => {
    const edits = editsOf(write, (path) => written.get(path) ?? textAt(path));
    for (const edit of edits) {
      if (edit.kind === 'write') written.set(edit.path, edit.content);
      if (edit.kind === 'append')
        written.set(
          edit.path,
          `${written.get(edit.path) ?? textAt(edit.path) ?? ''}${edit.content}`,
        );
    }
    return edits;
  });
}

function editsOf(write: FileWrite, read: (path: string) => string | null): readonly ProposedEdit[] {
  switch (write.kind) {
    case 'write':
    case 'append':
    case 'delete':
    case 'move':
      return [write];
    case 'copy': {
      const content = read(write.path);
      // What is no text is not judged, but where it goes to is.
      const isThere = content !== null || readText(write.path) !== null;
      return isThere ? [{ kind: 'write', path: write.to, content: content ?? '' }] : [];
    }
    case 'patch':
      return [{ kind: 'patch', form: write.form, text: write.text }];
    case 'replace-by-sed': {
      const content = applyStreamEdits(write.edits, read(write.path) ?? '');
      return content === null ? [] : [{ kind: 'write', path: write.path, content }];
    }
    case 'unknown':
      return [];
  }
}

/**
 * Something is written and only pieces of text are known: an edit that looks for a pattern, or a script. Where even
 * the file is not known, it is one of the kind that the text looks like.
 */
function guessesOf(write: FileWrite): readonly Guess[] {
  if (write.kind === 'replace-by-sed') {
    const known = applyStreamEdits(write.edits, textAt(write.path) ?? '') !== null;
    const texts = write.edits.map(({ put }) => put).filter((put) => put !== '');
    return known || texts.length === 0 ? [] : [{ path: write.path, content: texts.join('\n') }];
  }
  if (write.kind !== 'unknown' || write.fragments.length === 0) return [];
  const content = `${write.fragments.join('\n')}\n`;
  const named = write.fragments.find((text) => namesFile.test(text));
  const path = write.path ?? named ?? guessedName(content);
  return path === null ? [] : [{ path, content }];
}

const namesFile = /^[\w@./-]{1,200}\.(?:sql|py|ts|tsx|js|jsx|mjs|go|java|tf|ya?ml|json|env)$/;

function guessedName(content: string): string | null {
  const sql = /\b(?:alter|drop|truncate)\s{1,20}(?:table|column|database|schema|index)\b/i;
  return sql.test(content) ? 'a-file-the-command-does-not-name.sql' : null;
}
