import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import { json, say } from './answer.ts';
import { silentCall } from './call.ts';
import { parseBy } from './compose.ts';
import type { Found, Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { asFields, field, word } from './fields.ts';
import type { Fields } from './fields.ts';
import { readCall } from './tool-kinds.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  'tool.execute.before': 'pre-tool',
  'tool.execute.after': 'post-tool',
  'chat.message': 'prompt',
  'session.created': 'session-start',
  'session.idle': 'turn-end',
  'session.deleted': 'session-end',
  'session.error': 'other',
  'session.compacted': 'other',
};

const kinds: ToolKinds = {
  write: 'write',
  edit: 'loose-replace',
  multiedit: 'loose-replace',
  patch: 'patch',
  apply_patch: 'patch',
  bash: 'shell',
  shell: 'shell',
  read: 'read',
  grep: 'read',
  batch: 'batch',
  ...silentTools(
    'glob list ls lsp webfetch websearch codesearch todowrite todoread task skill question plan_enter ' +
      'plan_exit invalid',
  ),
};

const frame: Frame = {
  agent: 'opencode',
  dialect: 'opencode/1',
  phases,
  nameIn: (fields) => word(fields, 'hook'),
  find,
};

/**
 * opencode has no command hooks; our own plug-in asks in this form, as one JSON object on standard input:
 * `{ hook, sessionID, callID?, tool?, args?, cwd, model?, agentVersion?, parentID? }`, where `hook` is the name of the
 * plug-in's hook or of the event. The answer is `{ "decision": "pass" | "deny", "reason": "…", "context": "…" | null }`
 * with exit code 0. The plug-in throws an error with the reason on `deny` of `tool.execute.before`, and just as well
 * when the answer is anything else than these two: no JSON, another exit code, a timeout.
 */
export const opencode: Dialect = {
  agent: 'opencode',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: false, context: false, failClosed: 'config', blocksEdits: true },
};

function find(fields: Fields, { name, phase }: { name: string; phase: Phase }): Found {
  const toolEvent = phase === 'pre-tool' || phase === 'post-tool';
  const tool = toolEvent ? word(fields, 'tool') : null;
  const args = field(fields, 'args');
  return {
    eventName: name,
    phase,
    sessionId: word(fields, 'sessionID'),
    tool,
    call: !toolEvent
      ? silentCall
      : tool === null
        ? { malformed: 'the payload does not say which tool it is about' }
        : readCall({ name: tool, args }, kinds),
    args,
    callId: word(fields, 'callID'),
    cwd: word(fields, 'cwd'),
    rest: {
      agentVersion: word(fields, 'agentVersion'),
      // A session with a parent is a subagent's.
      subagent: word(fields, 'parentID') === null ? null : word(fields, 'sessionID'),
      model: modelIn(fields),
    },
  };
}

function modelIn(fields: Fields): string | null {
  const model = asFields(field(fields, 'model'));
  if (model === null) return word(fields, 'model');
  const names = [word(model, 'providerID'), word(model, 'modelID', 'id')];
  return names.filter((name) => name !== null).join('/') || null;
}

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const said = say(verdict, context, false);
  return json(
    said.refuses
      ? { decision: 'deny', reason: said.reason, context: null }
      : { decision: 'pass', reason: '', context: said.context },
  );
}
