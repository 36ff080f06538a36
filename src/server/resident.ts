import { chmodSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { HookAnswer } from '../suggestion/event.ts';
import { longestPayload, readRequest, writeAnswer, type GateRequest } from './gate-protocol.ts';
import { reachGate, socketPath } from './gate-socket.ts';
import { queues, type Queues } from './queues.ts';
import { ownFolder, runFolder } from './run-folder.ts';

/** An answer, and what is still to be done once it was given. */
export interface Answered {
  readonly answer: HookAnswer;
  /** Which queue `afterwards` waits in: one repository's records are written one after the other. */
  readonly place: string;
  readonly afterwards: (() => Promise<void>) | null;
}

export type AnswerHook = (
  request: Pick<GateRequest, 'agent' | 'event' | 'cwd' | 'payload'>,
  before: (place: string) => Promise<void>,
) => Promise<Answered>;

export interface ResidentOptions {
  readonly answer: AnswerHook;
  /** Without a call for so long it ends, in milliseconds. */
  readonly idleMs: number;
  /** Another way in, opened beside the socket; gives what closes it. */
  readonly also?: (answer: AnswerHook) => Promise<() => void>;
}

/** Clients served at the same time; more are turned away and answer themselves. */
const mostClients = 256;
/** How long a client may take to say what it wants, in milliseconds. */
const patienceMs = 10_000;
/** How often it looks whether it is still wanted, in milliseconds. */
const lookEveryMs = 30_000;

/**
 * The resident gate: answers hooks over a socket that only this user can reach, until nobody has called for a while.
 * Gives false when another gate of the same build already answers.
 */
export async function residentGate(options: ResidentOptions): Promise<boolean> {
  const path = socketPath();
  if (!ownFolder(runFolder())) return false;
  const other = await reachGate(path);
  if (other !== null) {
    other.destroy();
    return false;
  }
  const waiting = queues();
  const open = new Set<Socket>();
  const state = { lastCall: Date.now(), served: 0, http: options.also !== undefined };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    state.lastCall = Date.now();
    state.served += 1;
    serve(socket, { open, options, waiting, stop, state });
  });
  server.maxConnections = mostClients;
  const inode = await listenAt(server, path).catch(() => null);
  if (inode === null) {
    // Something that is no socket stands in its place: nobody could ever reach or end this one.
    server.close();
    return false;
  }
  const closeOther = await options.also?.(async (request) => {
    state.lastCall = Date.now();
    const answered = await options.answer(request, (place) => waiting.drained(place));
    if (answered.afterwards !== null) waiting.add(answered.place, answered.afterwards);
    return { ...answered, afterwards: null };
  });
  const watch = setInterval(() => {
    const idle = Date.now() - state.lastCall > options.idleMs;
    if (idle || inodeOf(path) !== inode) stop();
  }, lookEveryMs);
  function stop(): void {
    clearInterval(watch);
    if (inodeOf(path) === inode) rmSync(path, { force: true });
    server.close();
    for (const socket of open) socket.destroySoon();
    closeOther?.();
  }
  await new Promise<void>((ended) => server.once('close', ended));
  await waiting.drained();
  return true;
}

/** Binds beside the place and moves it there: what stands at the path always answers or was left by a dead gate. */
async function listenAt(server: Server, path: string): Promise<number | null> {
  const own = `${path}.${process.pid}`;
  rmSync(own, { force: true });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(own, listening);
  });
  chmodSync(own, 0o600);
  renameSync(own, path);
  return inodeOf(path);
}

function inodeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

interface Serving {
  /** Connections that are not closed yet. */
  readonly open: Set<Socket>;
  readonly options: ResidentOptions;
  readonly waiting: Queues;
  readonly stop: () => void;
  readonly state: { readonly served: number; readonly http: boolean };
}

/** A client says all it has to say, and closes its side; one that does not in time is let go. */
function serve(socket: Socket, serving: Serving): void {
  const parts: Buffer[] = [];
  let size = 0;
  serving.open.add(socket);
  socket.on('close', () => serving.open.delete(socket));
  socket.on('error', () => socket.destroy());
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on('data', (part: Buffer) => {
    size += part.length;
    if (size > longestPayload) socket.destroy();
    else parts.push(part);
  });
  socket.on('end', () => {
    socket.setTimeout(0);
    const request = readRequest(Buffer.concat(parts));
    if (request === null || 'wrong' in request) socket.destroy();
    else void respond(socket, request, serving);
  });
}

async function respond(socket: Socket, request: GateRequest, serving: Serving): Promise<void> {
  const { options, waiting, stop, state } = serving;
  try {
    switch (request.verb) {
      case 'hook': {
        const answered = await options.answer(request, (place) => waiting.drained(place));
        socket.end(writeAnswer(answered.answer));
        if (answered.afterwards !== null) waiting.add(answered.place, answered.afterwards);
        return;
      }
      case 'drain':
        await waiting.drained();
        socket.end(writeAnswer(said('')));
        return;
      case 'status':
        socket.end(
          writeAnswer(
            said(JSON.stringify({ pid: process.pid, served: state.served, http: state.http })),
          ),
        );
        return;
      case 'stop':
        await waiting.drained();
        socket.end(writeAnswer(said('')));
        stop();
    }
  } catch {
    // The client gets no answer, and judges on its own or refuses.
    socket.destroy();
  }
}

function said(stdout: string): HookAnswer {
  return { stdout, stderr: '', exitCode: 0 };
}
