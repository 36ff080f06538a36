/** One tool call the model makes, in the agent's own words for tool and arguments. */
export interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The tool takes free text instead of JSON (Codex's `apply_patch`): its text, in place of `input`. */
  readonly text?: string;
}

/** What the model does in one turn: tool calls (several run at once), or words that end the session. */
export type Turn = readonly ToolCall[] | string;

/** One answer of the fake endpoint. */
export interface Reply {
  readonly type: string;
  readonly body: string;
}

/** One request the fake endpoint got, in the order of arrival. */
export interface ModelRequest {
  readonly path: string;
  readonly body: unknown;
}

/** How one vendor's protocol says a turn; the body is what the agent asked. */
export interface Wire {
  /** Whether a request is the session itself, and not a title, a token count or a list of models. */
  readonly isSession: (request: ModelRequest) => boolean;
  readonly say: (turn: Turn, request: ModelRequest, serial: number) => Reply;
  /** What the agent is told when it asks for anything but the session. */
  readonly aside: (request: ModelRequest) => Reply;
}

/** Events of a stream as `text/event-stream`; the name stands in front where the protocol wants one. */
export function eventStream(events: readonly object[], named: boolean): Reply {
  const texts = events.map(
    (event) =>
      `${named && 'type' in event ? `event: ${String(event.type)}\n` : ''}data: ${JSON.stringify(event)}\n\n`,
  );
  return { type: 'text/event-stream', body: texts.join('') };
}

/** A plain answer. */
export function json(value: unknown): Reply {
  return { type: 'application/json', body: JSON.stringify(value) };
}

/** A field of a value that may be anything. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
