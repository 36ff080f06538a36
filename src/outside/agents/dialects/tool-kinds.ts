import type { ProposedCommand } from '../../../suggestion/event.ts';
import { joinCalls, silentCall } from './call.ts';
import type { Call, ReadCall } from './call.ts';
import {
  argumentFields,
  beginPatch,
  deleteCall,
  insertCall,
  moveCall,
  notebookCall,
  patchCall,
  pathIn,
  replaceCall,
  writeCall,
} from './edit-arguments.ts';
import { asFields, field, given, list, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { anyEditCall, blocksCall, editorCall, pathsIn, sketchCall } from './editor-arguments.ts';
import { guessCall } from './guess.ts';
import { shellCall } from './shell-arguments.ts';

/** What a tool does with its arguments. */
export type ToolKind =
  | 'write'
  | 'replace'
  | 'loose-replace'
  | 'search-replace'
  | 'insert'
  | 'insert-before'
  /** One tool with a `command` that says which of the others it is. */
  | 'editor'
  /** Writes when there is no old text, inserts when there is a line, else replaces. */
  | 'any-edit'
  /** A sketch that another model works into the file. */
  | 'sketch'
  | 'delete'
  | 'move'
  | 'patch'
  | 'notebook'
  | 'shell'
  | 'powershell'
  /** A list of texts is a list of commands, not the words of one. */
  | 'commands'
  /** Types into a program that runs. */
  | 'typing'
  | 'batch'
  | 'read'
  /** Writes no file and runs no command. */
  | 'silent'
  /** Passes a call on to the tool of a server that its arguments name. */
  | 'server'
  /** May write, by means that are not in its arguments. */
  | 'hidden';

export type ToolKinds = Readonly<Record<string, ToolKind>>;

/** Tools, named in one text with blanks between, that write no file and run no command. */
export function silentTools(names: string): ToolKinds {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'silent'] as const));
}

/** Calls inside one call, and how deep they may nest. */
const batchLimit = 200;
const batchDepthLimit = 3;

/** Reads the call of a tool, by its agent's own list of tools; a tool that is not there is looked at with suspicion. */
export function readCall(
  tool: { readonly name: string; readonly args: unknown },
  kinds: ToolKinds,
  depth: number = 0,
): ReadCall {
  const kind = Object.hasOwn(kinds, tool.name) ? kinds[tool.name] : undefined;
  if (kind === undefined) return guessCall(tool.name, tool.args);
  if (kind === 'silent') return silentCall;
  if (kind === 'hidden') return hidden(tool.name);
  if (kind === 'patch') return patchCall(withoutWrapping(tool.args));
  if (kind === 'shell' || kind === 'powershell')
    return shellCall(withoutWrapping(tool.args), shells[kind]);
  if (kind === 'commands') {
    const lines = list(tool.args);
    return shellCall(lines === null ? withoutWrapping(tool.args) : { commands: lines }, 'posix');
  }
  const args = argumentFields(tool.args);
  if (kind === 'read') return { ...silentCall, reads: pathsIn(args ?? { files: tool.args }) };
  if (editKinds.has(kind) && carriesPatch(tool.args, args)) return patchCall(args ?? tool.args);
  if (args === null) return { malformed: `the arguments of ${named(tool.name)} are not an object` };
  if (kind === 'server') return serverCall(args) ?? hidden(tool.name);
  if (kind === 'batch') return batchCall(args, kinds, depth);
  return fieldsCall(args, kind);
}

function hidden(tool: string): ReadCall {
  return { ...silentCall, unseen: `What ${named(tool)} writes is not in its call.` };
}

function serverCall(args: Fields): ReadCall | null {
  const name = word(args, 'tool_name', 'toolName', 'tool');
  const inner = field(args, 'arguments') ?? field(args, 'args') ?? field(args, 'input');
  return name === null || inner === undefined ? null : guessCall(name, inner);
}

const editKinds: ReadonlySet<ToolKind> = new Set([
  'write',
  'replace',
  'loose-replace',
  'any-edit',
  'editor',
]);

// One name may stand for a tool that replaces text and for one that takes a patch.
function carriesPatch(sent: unknown, args: Fields | null): boolean {
  const text = args === null ? sent : pathIn(args) === null ? word(args, ...patchNames) : null;
  return typeof text === 'string' && text.includes(beginPatch);
}

const patchNames: readonly string[] = ['patch', 'input', 'patchText', 'patch_text', 'command'];

function fieldsCall(
  args: Fields,
  kind: Exclude<
    ToolKind,
    | 'silent'
    | 'hidden'
    | 'server'
    | 'patch'
    | 'shell'
    | 'powershell'
    | 'commands'
    | 'batch'
    | 'read'
  >,
): ReadCall {
  switch (kind) {
    case 'write':
      return writeCall(args);
    case 'replace':
      return replaceCall(args, false);
    case 'loose-replace':
      return replaceCall(args, true);
    case 'search-replace':
      return blocksCall(args);
    case 'insert':
      return insertCall(args, false);
    case 'insert-before':
      return insertCall(args, true);
    case 'editor':
      return editorCall(args);
    case 'any-edit':
      return anyEditCall(args);
    case 'sketch':
      return sketchCall(args);
    case 'delete':
      return deleteCall(args);
    case 'move':
      return moveCall(args);
    case 'notebook':
      return notebookCall(args);
    case 'typing':
      return typingCall(args);
  }
}

const shells: Readonly<Record<'shell' | 'powershell', ProposedCommand['shell']>> = {
  shell: 'posix',
  powershell: 'powershell',
};

/** A tool's name as it may be shown: a name is chosen by whoever wrote the tool. */
export function named(tool: string): string {
  const plain = tool.replaceAll(/[^\w.:/-]/g, '').slice(0, 60);
  return plain === '' ? 'a tool without a name' : `the tool ${plain}`;
}

// An object that comes as JSON text is an object; a text that is none stays what it is.
function withoutWrapping(args: unknown): unknown {
  return argumentFields(args) ?? args;
}

// Waiting for a program is typing nothing.
function typingCall(args: Fields): ReadCall {
  const typed = given(args, ['chars', 'input', 'text', 'command']);
  if (typed.kind === 'none')
    return Object.keys(args).every((name) => waitingNames.has(name))
      ? silentCall
      : { ...silentCall, unseen: 'The call does not say clearly what it types or runs.' };
  if (typed.kind === 'text' && typed.text.trim() === '') return silentCall;
  return shellCall(typed.kind === 'text' ? typed.text : null, 'unknown');
}

const waitingNames: ReadonlySet<string> = new Set(
  (
    'session_id yield_time_ms max_output_tokens shellId sessionId delay timeout timeout_ms description ' +
    'persistent ws'
  ).split(' '),
);

function batchCall(args: Fields, kinds: ToolKinds, depth: number): ReadCall {
  const entries = list(
    field(args, 'tool_calls') ?? field(args, 'calls') ?? field(args, 'tool_uses'),
  );
  if (entries === null || entries.length > batchLimit || depth >= batchDepthLimit)
    return { malformed: 'the calls inside the call cannot be read' };
  const calls: Call[] = [];
  for (const entry of entries) {
    const fields = asFields(entry);
    const name =
      fields === null ? null : word(fields, 'tool', 'tool_name', 'name', 'recipient_name');
    if (fields === null || name === null)
      return { malformed: 'a call inside the call has no tool' };
    const inner = field(fields, 'parameters') ?? field(fields, 'args') ?? field(fields, 'input');
    const call = readCall({ name, args: inner }, kinds, depth + 1);
    if ('malformed' in call) return call;
    calls.push(call);
  }
  return joinCalls(calls);
}
