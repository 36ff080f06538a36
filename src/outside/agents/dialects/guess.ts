import { joinCalls, silentCall } from './call.ts';
import type { Call, ReadCall } from './call.ts';
import {
  argumentFields,
  beginPatch,
  deleteCall,
  names,
  patchEdit,
  pathIn,
  replaceCall,
  writeCall,
} from './edit-arguments.ts';
import { asFields, field, given, isBlank, list } from './fields.ts';
import type { Fields } from './fields.ts';
import { shellCall } from './shell-arguments.ts';
import { statementsIn, statementsLimit } from './sql-arguments.ts';

/** Texts that are looked through for a patch; a tool with more arguments is not understood anyway. */
const textLimit = 1_000;

/**
 * Reads the call of a tool that nobody told us about, such as one of an MCP server. What obviously is an edit or a
 * command is taken as one; of the rest it is said that it was not seen.
 */
export function guessCall(tool: string, value: unknown): ReadCall {
  const patches = textsIn(value).filter((text) => text.includes(beginPatch));
  const args = argumentFields(value);
  const calls: Call[] = patches.map((text) => ({ ...silentCall, edits: [patchEdit(text)] }));
  const guess = args === null ? null : guessFields(tool, args);
  if (guess !== null && !('malformed' in guess)) calls.push(guess);
  const sql = sqlCall(tool, args ?? value);
  if (sql !== null) calls.push(calls.length === 0 ? sql : { ...sql, unseen: null });
  // A tool that says which file and what text does that, and perhaps more; the name decides whether we believe it.
  if (calls.length > 0) return joinCalls(calls);
  return { ...silentCall, unseen: readsOnly(tool) ? null : unknownTool(tool) };
}

/** Longest argument beside the SQL that is taken for a setting and not for something that is written. */
const settingLimit = 300;

// A tool with SQL and settings runs the SQL; with longer texts it may do something else with those.
function sqlCall(tool: string, args: unknown): Call | null {
  const found = statementsIn(args);
  if (found.length === 0) return null;
  const texts = new Set(found.map(({ text }) => text));
  const isAll =
    found.length <= statementsLimit &&
    found.every(({ surely }) => surely) &&
    textsIn(args).every((text) => texts.has(text) || text.length <= settingLimit);
  return {
    ...silentCall,
    statements: found.slice(0, statementsLimit).map(({ text }) => text),
    unseen: isAll || readsOnly(tool) ? null : unknownTool(tool),
  };
}

function guessFields(tool: string, args: Fields): ReadCall | null {
  const several = filesCall(args);
  if (several !== null) return several;
  const path = pathIn(args);
  if (path !== null) {
    const [old, now] = [given(args, names.old), given(args, names.new)];
    if (list(field(args, 'edits')) !== null || (old.kind !== 'none' && now.kind !== 'none'))
      return replaceCall(args, true);
    const known = textCall(tool, args, path);
    if (known !== null) return known;
  }
  return runsCommands.test(tool) ? shellCall(args, 'unknown') : null;
}

/** Files of one call; more is not read at all. */
const filesLimit = 1_000;

// Tools that push several files at once list them with their texts.
function filesCall(args: Fields): ReadCall | null {
  const entries = list(field(args, 'files') ?? field(args, 'documents') ?? field(args, 'changes'));
  if (entries === null || entries.length > filesLimit) return null;
  const calls = entries.flatMap((entry): readonly Call[] => {
    const fields = asFields(entry);
    const call = fields === null ? null : writeCall(fields);
    return call === null || 'malformed' in call ? [] : [call];
  });
  if (calls.length === 0) return null;
  const call = joinCalls(calls);
  return calls.length === entries.length
    ? call
    : { ...call, unseen: 'Not every file of the call could be read.' };
}

/** Arguments by which a tool says that it changes a part of a file. */
const partNames: readonly string[] = (
  'regex pattern needle search find symbol symbol_name name_path line lines start_line end_line startLine endLine ' +
  'start end offset range position anchor after before insert_line line_number lineNumber'
).split(' ');

const textNames: readonly string[] = [
  ...names.content,
  'text',
  'data',
  'body',
  'new_body',
  'code',
  'repl',
  'replacement',
  'replacement_text',
  'replace_with',
  'replaceWith',
  'insertion',
  ...names.new,
];

function textCall(tool: string, args: Fields, path: string): ReadCall | null {
  const words = wordsOf(tool);
  const text = given(args, textNames);
  if (text.kind !== 'text') {
    const isGone = words.some((word) => word === 'delete' || word === 'remove');
    const isWhole = Object.keys(args).every((name) => pathIn({ [name]: args[name] }) !== null);
    return isGone && isWhole ? deleteCall(args) : null;
  }
  const isPart =
    partNames.some((name) => !isBlank(field(args, name))) ||
    words.some((word) => partVerbs.has(word));
  if (!isPart) return { ...silentCall, edits: [{ kind: 'write', path, content: text.text }] };
  // Where the text goes is not known, so it is judged as if it stood at the end.
  const isEnd = words.includes('append') && Object.keys(args).length === 2;
  return {
    ...silentCall,
    edits: [{ kind: 'append', path, content: `\n${text.text}\n` }],
    unseen: isEnd ? null : 'Only the new text of the call is known, not what it stands for.',
  };
}

const partVerbs: ReadonlySet<string> = new Set(['replace', 'insert', 'append', 'prepend', 'patch']);

const runsCommands = /(?:bash|shell|terminal|exec|command|powershell|process|run)/i;

function unknownTool(tool: string): string {
  const name = tool.replaceAll(/[^\w.:/-]/g, '').slice(0, 60);
  return `Hallmonitor does not know the tool ${name === '' ? '(unnamed)' : name}, so what it may write was not seen.`;
}

const readingVerbs: ReadonlySet<string> = new Set(
  'get list search read find fetch view show describe lookup count check status help browse ls cat grep glob inspect info'.split(
    ' ',
  ),
);

function wordsOf(tool: string): readonly string[] {
  const own = tool.split(/__|[./:]/).at(-1) ?? tool;
  return own
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
    .filter((word) => word !== '');
}

// Only the tool's own last name counts: servers may be called anything. A name with two verbs is not only a reader's.
function readsOnly(tool: string): boolean {
  const words = wordsOf(tool);
  const verb = words.findIndex((word) => readingVerbs.has(word));
  return verb >= 0 && !words.some((word) => writingVerbs.has(word));
}

const writingVerbs: ReadonlySet<string> = new Set(
  'write create update delete remove set put patch edit add insert replace move rename run exec execute apply save upload append drop truncate merge push commit send post and or sql query'.split(
    ' ',
  ),
);

function textsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && found.length < textLimit) {
    const next = waiting.pop();
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next)) waiting.push(...next.slice(0, textLimit));
    else {
      const fields = asFields(next);
      if (fields !== null) waiting.push(...Object.values(fields).slice(0, textLimit));
    }
  }
  return found;
}
