import { createServer, type IncomingMessage } from 'node:http';
import type { ModelRequest, Turn, Wire } from './script.ts';

/** A running fake endpoint. */
export interface FakeModel {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  readonly close: () => Promise<void>;
}

/** Listens on this machine only and answers each request of the session with the next turn, then with `Done.`. */
export async function fakeModel(wire: Wire, turns: readonly Turn[]): Promise<FakeModel> {
  const requests: ModelRequest[] = [];
  let next = 0;
  const server = createServer((incoming, outgoing) => {
    void readAll(incoming).then((text) => {
      const request = { path: incoming.url ?? '', body: parsed(text) };
      requests.push(request);
      const serial = next;
      const inSession = wire.isSession(request);
      if (inSession) next += 1;
      const reply = inSession
        ? wire.say(turns[serial] ?? 'Done.', request, serial)
        : wire.aside(request);
      outgoing.writeHead(200, { 'content-type': reply.type }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the fake model has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
