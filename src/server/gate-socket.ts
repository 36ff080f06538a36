import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { isOwn, runFolder } from './run-folder.ts';

/** Which gate a client belongs to: one that was built from other code must not answer it. */
export function buildId(): string {
  return process.env.HALLMONITOR_BUILD ?? 'source';
}

/** Where the gate of this build listens. */
export function socketPath(): string {
  return join(runFolder(), `gate-${buildId()}.sock`);
}

/** A connection to the gate; null when none answers. */
export function reachGate(path: string): Promise<Socket | null> {
  if (!isOwn(runFolder())) return Promise.resolve(null);
  return new Promise((settle) => {
    const socket = connect(path);
    socket.once('connect', () => settle(socket));
    socket.once('error', () => settle(null));
  });
}
