import { createHash } from 'node:crypto';
import type { AgentName, HookEvent, Phase } from '../../../suggestion/event.ts';
import type { ReadCall } from './call.ts';
import type { ParseOptions, Parsed } from './dialect.ts';
import { field, isBlank } from './fields.ts';
import type { Fields } from './fields.ts';
import { readPayload } from './payload.ts';

/** An agent's own names of its events, and when they come. */
export type Phases = Readonly<Record<string, Phase>>;

/** What a dialect found in a payload, before it is one event. */
export interface Found {
  readonly eventName: string;
  readonly phase: Phase;
  readonly sessionId: string | null;
  readonly tool: string | null;
  readonly call: ReadCall;
  readonly args?: unknown;
  readonly cwd?: string | null;
  readonly callId?: string | null;
  readonly rest?: Partial<
    Pick<
      HookEvent,
      | 'agentVersion'
      | 'turnId'
      | 'subagent'
      | 'model'
      | 'permissionMode'
      | 'transcriptPath'
      | 'succeeded'
      | 'userModified'
      | 'again'
    >
  >;
}

export interface Frame {
  readonly agent: AgentName;
  readonly dialect: string;
  readonly phases: Phases;
  /** The event's name in the payload; null when this form of it carries none. */
  readonly nameIn: (fields: Fields) => string | null;
  readonly find: (fields: Fields, event: { name: string; phase: Phase }) => Found;
}

/** Reads a payload by a dialect's frame: what cannot be read is malformed, with the phase as far as that is known. */
export function parseBy(frame: Frame, raw: Uint8Array, options: ParseOptions): Parsed {
  const installed = phaseOf(frame.phases, options.event ?? null);
  const payload = readPayload(raw);
  if ('malformed' in payload) return { malformed: payload.malformed, phase: installed };
  const { fields } = payload;
  const name = frame.nameIn(fields) ?? options.event ?? null;
  if (name === null)
    return { malformed: 'the payload does not say which event it is', phase: installed };
  const said = phaseOf(frame.phases, name);
  if (installed !== null && said !== null && installed !== said)
    return {
      malformed: 'the payload is of another event than the hook was installed for',
      phase: stricter(installed, said),
    };
  // A new name for a known event must not open the gate; the installer asks for no event that is not in the list.
  if (said === null) return { malformed: 'the payload is of an unknown event', phase: installed };
  if (carriesTool(fields, said))
    return {
      malformed: 'the payload carries a tool call, and its event is none',
      phase: installed === said ? null : installed,
    };
  const found = frame.find(fields, { name, phase: said });
  return compose(frame, found, options);
}

/** The phase of an event's name, or null for a name that is not in the list. */
export function phaseOf(phases: Phases, name: string | null): Phase | null {
  return name !== null && Object.hasOwn(phases, name) ? (phases[name] ?? null) : null;
}

function stricter(one: Phase, other: Phase): Phase {
  return one === 'pre-tool' || other === 'pre-tool' ? 'pre-tool' : one;
}

function carriesTool(fields: Fields, said: Phase): boolean {
  if (said === 'pre-tool' || said === 'post-tool') return false;
  const names = said === 'other' ? ['tool'] : toolFields;
  // Some agents send every event in one form, with a tool that has no name and no arguments.
  return names.some((name) => !isBlank(field(fields, name)));
}

/** Fields that only a tool call has. */
const toolFields: readonly string[] = ['tool_input', 'toolArgs', 'tool_call', 'preToolUse', 'tool'];

function compose(frame: Frame, found: Found, options: ParseOptions): Parsed {
  if ('malformed' in found.call) return { malformed: found.call.malformed, phase: found.phase };
  const sessionId = found.sessionId ?? 'unknown';
  const sent = found.callId ?? null;
  return {
    event: {
      agent: frame.agent,
      agentVersion: null,
      dialect: frame.dialect,
      phase: found.phase,
      eventName: found.eventName,
      sessionId,
      turnId: null,
      callId: sent ?? syntheticId(found, sessionId),
      callIdSynthetic: sent === null,
      subagent: null,
      model: null,
      permissionMode: null,
      cwd: placeOf(found.cwd ?? null, options.cwd),
      transcriptPath: null,
      tool: found.tool,
      succeeded: null,
      userModified: false,
      ...found.call,
      ...found.rest,
    },
  };
}

// The same before and after the call, so that both can be found to belong together.
function syntheticId(found: Found, sessionId: string): string {
  const text = JSON.stringify([sessionId, found.tool, found.args ?? null]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

// Cursor writes `/c:/…` for a drive; a folder that is not absolute says nothing.
function placeOf(sent: string | null, own: string): string {
  if (sent === null) return own;
  const plain = /^\/[A-Za-z]:[\\/]/.test(sent) ? sent.slice(1) : sent;
  return plain.startsWith('/') || /^(?:[A-Za-z]:[\\/]|\\\\)/.test(plain) ? plain : own;
}
