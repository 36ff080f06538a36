import { fstatSync, readFileSync, writeFileSync } from 'node:fs';
import { longestPayload } from '../server/gate-protocol.ts';
import { answerHook, unjudged } from './answer-hook.ts';
import { startGate } from './start-gate.ts';

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
export async function hook(options: HookOptions): Promise<number> {
  try {
    return await answered(options);
  } catch (error) {
    // Whatever broke, an agent takes any other end than a refusal for a permission.
    const why = error instanceof Error ? error.message : String(error);
    const { stdout, stderr, exitCode } = unjudged(options, why);
    say(2, stderr);
    say(1, stdout);
    return exitCode;
  }
}

async function answered({ agent, event }: HookOptions): Promise<number> {
  startGate();
  const payload = await payloadOf();
  const { answer, afterwards } = await answerHook(
    { agent, event: event ?? null, cwd: process.cwd(), payload },
    () => Promise.resolve(),
  );
  say(2, answer.stderr);
  say(1, answer.stdout);
  // The agent may read the answer now; it waits for the process all the same, so this must be short.
  await afterwards?.();
  return answer.exitCode;
}

/** Writes without a stream, which takes as long to make ready as all of the rest. */
function say(descriptor: 1 | 2, text: string): void {
  if (text === '') return;
  try {
    writeFileSync(descriptor, text);
  } catch {
    (descriptor === 1 ? process.stdout : process.stderr).write(text);
  }
}

/** Everything on standard input. Reading it in one go spares what streams need to start. */
async function payloadOf(): Promise<Uint8Array> {
  try {
    // A terminal, where nobody types a payload.
    if (fstatSync(0).isCharacterDevice()) return new Uint8Array();
    // The small client has a deadline of its own; without it, reading must not last for ever.
    if (process.env['HALLMONITOR_CLIENT'] !== '1') return await streamed();
    return readFileSync(0).subarray(0, longestPayload);
  } catch {
    return streamed(); // a pipe that its other end made not to wait
  }
}

/** The same piece by piece; what never ends is cut, and then not understood. */
async function streamed(): Promise<Uint8Array> {
  const { buffer } = await import('node:stream/consumers');
  const late = setTimeout(() => process.stdin.destroy(), longestWaitMs);
  try {
    return (await buffer(process.stdin)).subarray(0, longestPayload);
  } catch {
    return new Uint8Array(); // cut off by the deadline: an empty payload is refused as not understood
  } finally {
    clearTimeout(late);
  }
}
