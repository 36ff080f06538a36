import { eventStream, field, json, type ToolCall, type Turn, type Wire } from './script.ts';

/** OpenAI's Responses API, as a stream. */
export const responses: Wire = {
  isSession: ({ path, body }) => path.endsWith('/responses') && Array.isArray(field(body, 'input')),
  say: (turn, _, serial) => eventStream(response(turn, serial), true),
  aside: () => json({ object: 'list', data: [] }),
};

function response(turn: Turn, serial: number): readonly object[] {
  const id = `resp_${serial}`;
  const items =
    typeof turn === 'string'
      ? [said(turn, serial)]
      : turn.map((call, at) => called(call, `${serial}_${at}`));
  return [
    { type: 'response.created', response: { id } },
    ...items.map((item, at) => ({ type: 'response.output_item.done', output_index: at, item })),
    {
      type: 'response.completed',
      response: {
        id,
        usage: {
          input_tokens: 1,
          input_tokens_details: null,
          output_tokens: 1,
          output_tokens_details: null,
          total_tokens: 2,
        },
      },
    },
  ];
}

function said(text: string, serial: number): object {
  return {
    type: 'message',
    role: 'assistant',
    id: `msg_${serial}`,
    content: [{ type: 'output_text', text }],
  };
}

function called({ tool, input, text }: ToolCall, id: string): object {
  return text === undefined
    ? { type: 'function_call', call_id: `call_${id}`, name: tool, arguments: JSON.stringify(input) }
    : { type: 'custom_tool_call', call_id: `call_${id}`, name: tool, input: text };
}
