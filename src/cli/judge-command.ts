import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  applyStreamEdits,
  judgeCommand,
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
import { readText } from './suggested-files.ts';

/** What a command amounts to: what speaks against it, and what it would write as far as that can be told. */
export interface JudgedCommand {
  readonly objections: readonly Objection[];
  readonly edits: readonly ProposedEdit[];
  /** What about it is not known; null when all of it is. */
  readonly unseen: string | null;
}

/** Judges the command of a tool call, and what it reads, without running any of it. */
export function judgeCommandOf(event: HookEvent, place: WorkPlace | null): JudgedCommand {
  const command = event.command ?? { text: '', shell: 'posix', cwd: null };
  const about = placeOfCommand(event, command, place);
  const read = event.reads.slice(0, mostReads).flatMap((path) => reading(path, about));
  if (event.command === null) return { objections: read, edits: [], unseen: null };
  const judged = judgeCommand(command.text, about);
  const again =
    place === null || judged.readOnly
      ? []
      : refusedAgain(command.text, readRefusals(place, Math.floor(Date.now() / 1000)));
  return {
    objections: [...judged.dangers.map(objectionTo), ...read, ...again],
    edits: judged.writes.flatMap(editsOf),
    unseen: unseenIn(judged),
  };
}

/** Files of one call that are looked at before it reads them. */
const mostReads = 100;

/** Reading a file with a tool is judged like reading it with a command. */
function reading(path: string, about: Place): readonly Objection[] {
  const quoted = `'${path.replaceAll("'", String.raw`'\''`)}'`;
  return judgeCommand(`cat -- ${quoted}`, about).dangers.map(objectionTo);
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
    home: homedir(),
    parse: parseShell,
    protectedBranches: ['main', 'master', ...(usual === null ? [] : [usual])],
    currentBranch: place === null ? null : branchAt(place),
    read: textAt,
  };
}

function textAt(path: string): string | null {
  const text = readText(path);
  return typeof text === 'string' ? text : null;
}

function objectionTo({ rule, decision, says, loses, instead }: Danger): Objection {
  const told = says.trim().replace(/[.;]$/, '');
  return { rule, decision, says: loses === '' ? told : `${told}; ${loses}`, instead };
}

function unseenIn({ gaps, writes }: CommandJudgement): string | null {
  const [gap] = gaps;
  if (gap !== undefined) return gap.why;
  const open = writes.some((write) => write.kind === 'unknown' && write.path === null);
  return open ? 'the command writes to files that it does not name' : null;
}

function editsOf(write: FileWrite): readonly ProposedEdit[] {
  switch (write.kind) {
    case 'write':
    case 'append':
    case 'delete':
    case 'move':
      return [write];
    case 'copy': {
      const content = textAt(write.path);
      return content === null ? [] : [{ kind: 'write', path: write.to, content }];
    }
    case 'patch':
      return [{ kind: 'patch', form: write.form, text: write.text }];
    case 'replace-by-sed': {
      const content = applyStreamEdits(write.edits, textAt(write.path) ?? '');
      // What is looked for by a pattern is not found here, so its new text is judged at the end of the file.
      return content === null
        ? guessed(
            write.path,
            write.edits.map(({ put }) => put),
          )
        : [{ kind: 'write', path: write.path, content }];
    }
    case 'unknown':
      return guessed(write.path, write.fragments);
  }
}

/**
 * Something is written and only pieces of text are known: they are judged as if they stood at the end of the file, or,
 * where even the file is not known, in a file of the kind the text looks like.
 */
function guessed(path: string | null, fragments: readonly string[]): readonly ProposedEdit[] {
  const content = `\n${fragments.join('\n')}\n`;
  const place = path ?? fragments.find((text) => namesFile.test(text)) ?? guessedName(content);
  return place === null ? [] : [{ kind: 'append', path: place, content }];
}

const namesFile = /^[\w@./-]{1,200}\.(?:sql|py|ts|tsx|js|jsx|mjs|go|java|tf|ya?ml|json|env)$/;

function guessedName(content: string): string | null {
  const sql = /\b(?:alter|drop|truncate)\s{1,20}(?:table|column|database|schema|index)\b/i;
  return sql.test(content) ? 'a-file-the-command-does-not-name.sql' : null;
}
