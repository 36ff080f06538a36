import type { HookAnswer, Phase, ProposedEdit, Verdict } from '../../../suggestion/event.ts';
import { json, say } from './answer.ts';
import { editing, joinCalls, silentCall } from './call.ts';
import type { Call, ReadCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { asFields, field, flag, list, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { guessCall } from './guess.ts';
import { readGenericEdit } from './generic-edits.ts';
import { statementsLimit } from './sql-arguments.ts';

/** Name and version of the form that any agent can speak; docs/hook-json.md has it with examples. */
export const genericSchema = 'hallmonitor/hook/v1';

const phases: Phases = {
  'pre-tool': 'pre-tool',
  'post-tool': 'post-tool',
  prompt: 'prompt',
  'turn-end': 'turn-end',
  'session-start': 'session-start',
  'session-end': 'session-end',
  'subagent-start': 'subagent-start',
  'subagent-end': 'subagent-end',
  other: 'other',
};

const frame: Frame = {
  agent: 'generic',
  dialect: genericSchema,
  phases,
  nameIn: (fields) => word(fields, 'event'),
  find,
};

/** The documented JSON for agents without a dialect of their own. */
export const generic: Dialect = {
  agent: 'generic',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: true, failClosed: 'none', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const tool = asFields(field(fields, 'tool'));
  const success = tool === null ? undefined : field(tool, 'succeeded');
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'session'),
    tool: tool === null ? null : word(tool, 'name'),
    call: callOf(fields, tool, toolEvent),
    args: tool,
    callId: word(fields, 'call'),
    cwd: word(fields, 'cwd'),
    rest: {
      agentVersion: word(fields, 'agentVersion'),
      turnId: word(fields, 'turn'),
      subagent: word(fields, 'subagent'),
      model: word(fields, 'model'),
      permissionMode: word(fields, 'permissionMode'),
      transcriptPath: word(fields, 'transcript'),
      succeeded: typeof success === 'boolean' ? success : null,
      userModified: tool !== null && flag(tool, 'userModified'),
      ...(flag(fields, 'again') ? { again: true } : {}),
    },
  };
}

function callOf(fields: Fields, tool: Fields | null, toolEvent: boolean): ReadCall {
  if (word(fields, 'schema') !== genericSchema)
    return { malformed: `the payload's schema is not ${genericSchema}` };
  if (!toolEvent) return silentCall;
  if (tool === null) return { malformed: 'the payload does not say which tool it is about' };
  const parts = [editsIn(tool), commandIn(tool), statementsOf(tool), readsIn(tool)];
  const [broken] = parts.flatMap((part) => (part !== null && 'malformed' in part ? [part] : []));
  if (broken) return broken;
  const told = parts.filter((part): part is Call => part !== null);
  const input = field(tool, 'input');
  const guessed = input === undefined ? null : guessCall(word(tool, 'name') ?? '', input);
  // Arguments beside a full account add nothing, unless they hold an edit that the account leaves out.
  const calls =
    guessed !== null && (told.length === 0 || writes(guessed)) ? [...told, guessed] : told;
  const call = joinCalls(calls.filter((one): one is Call => !('malformed' in one)));
  if (calls.length === 0)
    return { ...silentCall, unseen: 'The payload does not say what the tool does.' };
  return { ...call, unseen: word(tool, 'unseen') ?? call.unseen };
}

function writes(call: ReadCall): boolean {
  return (
    !('malformed' in call) &&
    (call.edits.length > 0 || call.command !== null || call.statements !== undefined)
  );
}

/** Edits of one payload; more is refused rather than half read. */
const editsLimit = 2_000;

function editsIn(tool: Fields): ReadCall | null {
  const sent = field(tool, 'edits');
  if (sent === undefined || sent === null) return null;
  const entries = list(sent);
  if (entries === null || entries.length > editsLimit)
    return { malformed: 'the edits are not a list' };
  const edits: ProposedEdit[] = [];
  for (const entry of entries) {
    const edit = readGenericEdit(entry);
    if (edit === null) return { malformed: 'one of the edits is of an unknown form' };
    edits.push(edit);
  }
  return editing(edits);
}

function commandIn(tool: Fields): ReadCall | null {
  const sent = field(tool, 'command');
  if (sent === undefined || sent === null) return null;
  const command = asFields(sent);
  const text = command === null ? null : word(command, 'text');
  const shell = command === null ? null : (word(command, 'shell') ?? 'unknown');
  if (
    command === null ||
    text === null ||
    (shell !== 'posix' && shell !== 'powershell' && shell !== 'unknown')
  )
    return { malformed: 'the command is of an unknown form' };
  return { ...silentCall, command: { text, shell, cwd: word(command, 'cwd') } };
}

function statementsOf(tool: Fields): ReadCall | null {
  const sent = field(tool, 'statements');
  if (sent === undefined || sent === null) return null;
  const statements = list(sent);
  return statements !== null &&
    statements.length <= statementsLimit &&
    statements.every((text) => typeof text === 'string')
    ? { ...silentCall, ...(statements.length === 0 ? {} : { statements }) }
    : { malformed: 'the statements are not a list of texts' };
}

function readsIn(tool: Fields): ReadCall | null {
  const sent = field(tool, 'reads');
  if (sent === undefined || sent === null) return null;
  const reads = list(sent);
  return reads !== null && reads.every((path) => typeof path === 'string')
    ? { ...silentCall, reads }
    : { malformed: 'the files to read are not a list of paths' };
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  const answer = json({
    schema: genericSchema,
    decision: said.refuses ? 'deny' : 'pass',
    reason: said.refuses ? said.reason : '',
    context: said.refuses ? null : said.context,
  });
  return said.refuses ? { ...answer, stderr: `${said.reason}\n`, exitCode: 2 } : answer;
}
