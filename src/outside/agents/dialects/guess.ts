import { joinCalls, silentCall } from './call.ts';
import type { Call, ReadCall } from './call.ts';
import {
  argumentFields,
  beginPatch,
  names,
  patchEdit,
  pathIn,
  replaceCall,
  writeCall,
} from './edit-arguments.ts';
import { asFields, field, given, list } from './fields.ts';
import type { Fields } from './fields.ts';
import { shellCall } from './shell-arguments.ts';

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
  if (calls.length > 0) {
    const call = joinCalls(calls);
    // A tool that says which file and what text does that, and perhaps more; the name decides whether we believe it.
    return call;
  }
  return { ...silentCall, unseen: readsOnly(tool) ? null : unknownTool(tool) };
}

function guessFields(tool: string, args: Fields): ReadCall | null {
  const path = pathIn(args);
  if (path !== null) {
    const [old, now] = [given(args, names.old), given(args, names.new)];
    if (list(field(args, 'edits')) !== null || (old.kind !== 'none' && now.kind !== 'none'))
      return replaceCall(args, true);
    if (given(args, [...names.content]).kind === 'text') return writeCall(args);
    const text = given(args, ['text', 'data', 'body', 'code', ...names.new]);
    if (text.kind === 'text')
      return { ...silentCall, edits: [{ kind: 'write', path, content: text.text }] };
  }
  if (!runsCommands.test(tool)) return null;
  const call = shellCall(args, 'unknown');
  return call;
}

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

// Only the tool's own last name counts: servers may be called anything. A name with two verbs is not only a reader's.
function readsOnly(tool: string): boolean {
  const own = tool.split(/__|[./:]/).at(-1) ?? tool;
  const words = own
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
    .filter((word) => word !== '');
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
