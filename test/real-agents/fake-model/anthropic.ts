import {
  eventStream,
  field,
  json,
  type Reply,
  type ToolCall,
  type Turn,
  type Wire,
} from './script.ts';

/** Anthropic's Messages API, as a stream. */
export const anthropic: Wire = {
  isSession: ({ path, body }) =>
    path.startsWith('/v1/messages') &&
    !path.includes('count_tokens') &&
    Array.isArray(field(body, 'tools')) &&
    (field(body, 'tools') as readonly unknown[]).length > 0,
  say: (turn, request, serial) =>
    eventStream(message(turn, String(field(request.body, 'model')), serial), true),
  aside: ({ path, body }) =>
    path.includes('count_tokens')
      ? json({ input_tokens: 1 })
      : field(body, 'stream') === true
        ? eventStream(message('Done.', String(field(body, 'model')), 0), true)
        : whole(String(field(body, 'model'))),
};

const usage = { input_tokens: 1, output_tokens: 1 };

function message(turn: Turn, model: string, serial: number): readonly object[] {
  const blocks =
    typeof turn === 'string'
      ? [said(turn)]
      : turn.map((call, at) => called(call, `${serial}_${at}`));
  return [
    {
      type: 'message_start',
      message: {
        id: `msg_${serial}`,
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage,
      },
    },
    ...blocks.flatMap(({ block, delta }, index) => [
      { type: 'content_block_start', index, content_block: block },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: {
        stop_reason: typeof turn === 'string' ? 'end_turn' : 'tool_use',
        stop_sequence: null,
      },
      usage,
    },
    { type: 'message_stop' },
  ];
}

function said(text: string): { block: object; delta: object } {
  return { block: { type: 'text', text: '' }, delta: { type: 'text_delta', text } };
}

function called({ tool, input }: ToolCall, id: string): { block: object; delta: object } {
  return {
    block: { type: 'tool_use', id: `toolu_${id}`, name: tool, input: {} },
    delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
  };
}

function whole(model: string): Reply {
  return json({
    id: 'msg_aside',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: 'Done.' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage,
  });
}
