import { eventStream, field, json, type Turn, type Wire } from './script.ts';

/** Google's generateContent, as a stream. */
export const gemini: Wire = {
  isSession: ({ path, body }) =>
    path.includes(':streamGenerateContent') && field(body, 'tools') !== undefined,
  say: (turn) => eventStream([candidate(turn)], false),
  aside: ({ path }) =>
    path.includes(':countTokens')
      ? json({ totalTokens: 1 })
      : path.includes(':streamGenerateContent')
        ? eventStream([candidate('Done.')], false)
        : json(candidate('{"reasoning":"short","next_speaker":"user","model_choice":"flash"}')),
};

function candidate(turn: Turn): object {
  const parts =
    typeof turn === 'string'
      ? [{ text: turn }]
      : turn.map(({ tool, input }) => ({ functionCall: { name: tool, args: input } }));
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  };
}
