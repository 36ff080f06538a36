import { timingSafeEqual } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { longestPayload } from './gate-protocol.ts';
import type { AnswerHook } from './resident.ts';
import { ownId } from './run-folder.ts';

/** Where agents that speak HTTP find the gate: a fixed port on this machine, and a token only this user can read. */
export interface HttpSettings {
  readonly port: number;
  /** 32 or more hexadecimal digits; it stands in the path of the address. */
  readonly token: string;
}

/** The file that `init --http` writes. */
export function httpSettingsPath(): string {
  return join(homedir(), '.hallmonitor', 'gate.json');
}

function settingsPathOrNull(): string | null {
  try {
    return httpSettingsPath();
  } catch {
    return null; // a user without a home: nobody set it up
  }
}

/** The settings; null when there are none, or somebody else could have written or read them. */
export function httpSettings(): HttpSettings | null {
  const path = settingsPathOrNull();
  if (path === null) return null;
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined || !there.isFile() || there.uid !== ownId()) return null;
  if ((there.mode & 0o077) !== 0) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isSettings(value) ? { port: value.port, token: value.token } : null;
  } catch {
    return null; // not JSON: nobody set it up
  }
}

function isSettings(value: unknown): value is HttpSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { port, token } = value as Partial<Record<keyof HttpSettings, unknown>>;
  return (
    Number.isInteger(port) &&
    Number(port) >= 1024 &&
    Number(port) <= 65_535 &&
    typeof token === 'string' &&
    /^[0-9a-f]{32,128}$/.test(token)
  );
}

/**
 * Answers `POST /hook/claude-code/<token>` (no other agent can be refused by HTTP) on the loopback address. Pages in a browser cannot: they do not know the token,
 * and a request under another host name is turned away.
 */
export async function listenHttp(settings: HttpSettings, answer: AnswerHook): Promise<() => void> {
  const server = createServer((request, response) => {
    void respond(request, response, { settings, answer });
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((listening) => {
    // A port that is taken leaves the socket as the only way in; `doctor` tells.
    server.once('error', () => listening());
    server.listen(settings.port, '127.0.0.1', listening);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

interface Answering {
  readonly settings: HttpSettings;
  readonly answer: AnswerHook;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { settings, answer }: Answering,
): Promise<void> {
  const match = /^\/hook\/(claude-code)\/([0-9a-f]{32,128})$/.exec(request.url ?? '');
  const host = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/.test(request.headers.host ?? '');
  if (
    match === null ||
    !host ||
    request.method !== 'POST' ||
    !same(match[2] ?? '', settings.token)
  ) {
    request.resume();
    response.writeHead(404).end();
    return;
  }
  try {
    const payload = await bodyOf(request);
    const { answer: said } = await answer(
      { agent: match[1] ?? '', event: null, cwd: '/', payload },
      () => Promise.resolve(),
    );
    // Exit codes do not travel: a refusal that is not in the JSON must not become an empty answer, which allows.
    if (said.exitCode !== 0 && said.stdout === '') throw new Error(said.stderr);
    response.writeHead(200, { 'content-type': 'application/json' }).end(said.stdout || '{}');
  } catch {
    // No answer at all: with `onFailure: block` the agent takes that for a refusal.
    response.destroy();
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > longestPayload) throw new Error('the payload is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
