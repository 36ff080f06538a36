import { text } from 'node:stream/consumers';
import { readAnswer, writeRequest, type GateRequest } from '../server/gate-protocol.ts';
import { reachGate, socketPath } from '../server/gate-socket.ts';
import { printJson } from './print.ts';
import { startGate } from './start-gate.ts';

export type GateCommand = 'run' | 'start' | 'stop' | 'status';

/** A gate without a call for so long ends, in milliseconds. */
const idleMs = 15 * 60_000;
/** The same where agents reach it by HTTP and cannot start it again. */
const idleWithHttpMs = 12 * 60 * 60_000;
/** How long `start` waits for the gate to answer, in milliseconds. */
const startsWithinMs = 5_000;

/** `gate-server`: the resident gate by hand. Agents' hooks start it on their own. */
export async function gateServer(
  command: GateCommand,
  { format }: { readonly format: string },
): Promise<number> {
  switch (command) {
    case 'run':
      return run();
    case 'start': {
      await endWithoutHttp();
      startGate();
      return report(await waitForGate(), format);
    }
    case 'stop': {
      const answered = await ask('stop');
      tell(answered === null ? 'No gate was running.' : 'The gate has ended.');
      return 0;
    }
    case 'status':
      return report(await ask('status'), format);
  }
}

/** Waits until what the gate is still writing about any repository is on the disk; at once where no gate runs. */
export async function drainGate(): Promise<void> {
  await ask('drain');
}

async function run(): Promise<number> {
  const { residentGate } = await import('../server/resident.ts');
  const { httpSettings, listenHttp } = await import('../server/gate-http.ts');
  const { answerHook } = await import('./answer-hook.ts');
  const { warmUp } = await import('./judge-event.ts');
  await warmUp();
  const http = httpSettings();
  const started = await residentGate({
    answer: answerHook,
    idleMs: http === null ? idleMs : idleWithHttpMs,
    ...(http === null ? {} : { also: (answer) => listenHttp(http, answer) }),
  });
  return started ? 0 : 1;
}

/** A gate that was there before HTTP was set up does not listen for it: it makes way for one that does. */
async function endWithoutHttp(): Promise<void> {
  const status = await ask('status');
  if (status === null) return;
  const { httpSettings } = await import('../server/gate-http.ts');
  const { http } = JSON.parse(status) as { readonly http: boolean };
  if (!http && httpSettings() !== null) await ask('stop');
}

async function waitForGate(): Promise<string | null> {
  const end = performance.now() + startsWithinMs;
  while (performance.now() < end) {
    const status = await ask('status');
    if (status !== null) return status;
    await new Promise((next) => setTimeout(next, 25));
  }
  return null;
}

/** Asks the running gate; null when none answers. */
async function ask(verb: Exclude<GateRequest['verb'], 'hook'>): Promise<string | null> {
  const socket = await reachGate(socketPath());
  if (socket === null) return null;
  socket.on('error', () => socket.destroy());
  socket.end(
    writeRequest({ verb, agent: 'generic', event: null, cwd: '', payload: Buffer.alloc(0) }),
  );
  try {
    return readAnswer(Buffer.from(await text(socket)))?.stdout ?? null;
  } catch {
    return null; // it ended while it was asked
  }
}

function report(status: string | null, format: string): number {
  const known =
    status === null ? null : (JSON.parse(status) as { pid: number; served: number; http: boolean });
  if (format === 'json') {
    printJson({ schema: 'hallmonitor/gate-server/v1', running: known !== null, ...known });
  } else if (known === null) {
    tell(
      'No gate is running. Agents start one with their next call; without it each call is slower.',
    );
  } else {
    tell(`A gate is running (process ${known.pid}, ${known.served} calls so far).`);
  }
  return known === null ? 1 : 0;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
