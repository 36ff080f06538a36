import type { ProposedCommand } from '../../../suggestion/event.ts';
import type { ReadCall } from './call.ts';
import { joinCalls, silentCall } from './call.ts';
import { beginPatch, patchEdit } from './edit-arguments.ts';
import { asFields, field, flag, list, word } from './fields.ts';
import type { Fields } from './fields.ts';

const commandNames = [
  'command',
  'cmd',
  'command_line',
  'commandLine',
  'CommandLine',
  'commands',
  'script',
  'input',
  'chars',
];

/** The command of a shell tool: a text, the words of a program, or several of either. */
export function shellCall(args: unknown, shell: ProposedCommand['shell']): ReadCall {
  const fields = asFields(args);
  const values = fields === null ? [args] : commandsIn(fields);
  const [value] = values;
  const text = values.length === 1 ? textOf(value) : null;
  if (text === null) return { malformed: 'the command is not one text' };
  const cwd = fields === null ? null : placeIn(fields);
  const background = fields !== null && flag(fields, 'run_in_background', 'is_background');
  const command = {
    text,
    shell: shellOf(value) ?? shell,
    cwd,
    ...(background ? { background } : {}),
  };
  return joinCalls([{ ...silentCall, command, edits: patchesIn(text) }]);
}

function commandsIn(fields: Fields): readonly unknown[] {
  const values = commandNames
    .map((name) => ({ name, value: field(fields, name) }))
    .filter(({ value }) => value !== undefined && value !== null && value !== '');
  const program = values.find(({ name }) => name === 'command' || name === 'cmd');
  const words = list(field(fields, 'args'));
  if (program && typeof program.value === 'string' && words !== null && words.length > 0)
    return [[program.value, ...words]];
  return values
    .map(({ name, value }) => (name === 'commands' ? commandLines(value) : value))
    .filter((value, at, all) => all.indexOf(value) === at);
}

function placeIn(fields: Fields): string | null {
  return word(
    fields,
    'workdir',
    'working_directory',
    'workingDirectory',
    'cwd',
    'Cwd',
    'dir_path',
    'directory',
  );
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  const fields = asFields(value);
  if (fields !== null) {
    const inner = commandsIn(fields);
    return inner.length === 1 ? textOf(inner[0]) : null;
  }
  const parts = list(value);
  if (parts === null || parts.length === 0) return null;
  // A list of whole command lines, or the words of one program: words with blanks tell the difference.
  if (parts.every((part) => typeof part === 'string')) return wordsText(parts);
  const lines = parts.map(textOf);
  return lines.every((line) => line !== null) ? lines.join('\n') : null;
}

function wordsText(words: readonly string[]): string | null {
  const [program = '', option = '', script] = words;
  const name = program.split(/[\\/]/).at(-1) ?? '';
  if (shellNames.has(name.replace(/\.exe$/i, '').toLowerCase()) && /^-[a-z]{0,6}c$/i.test(option))
    return script === undefined || script.trim() === '' ? null : script;
  return words.map(quoted).join(' ');
}

function shellOf(value: unknown): ProposedCommand['shell'] | null {
  const [program] = list(value) ?? [];
  if (typeof program !== 'string') return null;
  return /(?:^|[\\/])(?:pwsh|powershell)(?:\.exe)?$/i.test(program) ? 'powershell' : null;
}

const shellNames: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ksh',
  'pwsh',
  'powershell',
]);

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

// Several command lines in one list, as some agents send them.
function commandLines(value: unknown): unknown {
  const lines = list(value);
  return lines !== null && lines.length > 0 && lines.every((line) => typeof line === 'string')
    ? lines.join('\n')
    : value;
}

// Several agents take a patch out of a shell command themselves, so that no shell ever sees it.
function patchesIn(text: string): readonly ReturnType<typeof patchEdit>[] {
  const begin = text.indexOf(beginPatch);
  return begin < 0 ? [] : [patchEdit(text.slice(begin))];
}
