import { buffer } from 'node:stream/consumers';
import { longestPayload } from '../server/gate-protocol.ts';
import { answerHook } from './answer-hook.ts';
import { startGate } from './gate-server.ts';

export interface HookOptions {
  readonly agent: string;
  readonly event?: string;
}

/** Longest wait for the payload, in milliseconds: some agents leave their side open and send nothing. */
const longestWaitMs = 10_000;

/**
 * `hook`: what a coding agent calls when no gate runs. Reads the call from standard input, answers in the agent's own
 * form, writes its record, and leaves a gate running for the next call.
 */
export async function hook({ agent, event }: HookOptions): Promise<number> {
  startGate();
  const payload = await payloadOf(process.stdin);
  const { answer, afterwards } = await answerHook(
    { agent, event: event ?? null, cwd: process.cwd(), payload },
    () => Promise.resolve(),
  );
  process.stderr.write(answer.stderr);
  process.stdout.write(answer.stdout);
  // The agent may read the answer now; it waits for the process all the same, so this must be short.
  await afterwards?.();
  return answer.exitCode;
}

/** Everything on standard input; what never ends, or is too long, is cut and then not understood. */
async function payloadOf(input: NodeJS.ReadStream): Promise<Uint8Array> {
  if (input.isTTY) return new Uint8Array();
  const late = setTimeout(() => input.destroy(), longestWaitMs);
  try {
    return (await buffer(input)).subarray(0, longestPayload);
  } catch {
    return new Uint8Array(); // cut off by the deadline: an empty payload is refused as not understood
  } finally {
    clearTimeout(late);
  }
}
