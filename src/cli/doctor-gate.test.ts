import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { listenHttp } from '../server/gate-http.ts';
import { gateStanding, heardAt, type Heard } from './doctor-gate.ts';

const token = 'ab'.repeat(24);

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

test('a gate is heard by its answer to a real call, which carries a harmless edit', async () => {
  const port = await freePort();
  expect(await heardAt({ port, token }, '/top')).toBe('nothing');
  const payloads: string[] = [];
  const close = await listenHttp({ port, token }, ({ payload }) => {
    payloads.push(payload.toString());
    return Promise.resolve({
      answer: { stdout: '{}', stderr: '', exitCode: 0 },
      afterwards: null,
      place: '',
    });
  });
  try {
    expect(await heardAt({ port, token }, '/top')).toBe('gate');
    expect(payloads.join('')).toContain('hallmonitor-doctor.md');
    // Another user's gate does not know this token.
    expect(await heardAt({ port, token: 'cd'.repeat(24) }, '/top')).toBe('other');
  } finally {
    close();
  }
});

test('a page is no gate', async () => {
  const server = createServer((_, response) => response.end('<html>'));
  const port = await listening(server);
  expect(await heardAt({ port, token }, '/top')).toBe('other');
  server.close();
});

test.each<[boolean, Heard | null, string, string]>([
  [true, null, 'running', ''],
  [true, 'gate', 'running', ''],
  [true, 'nothing', 'no-http', 'gate-server start'],
  [true, 'other', 'port-taken', 'init --http'],
  [false, 'other', 'port-taken', 'init --http'],
  [false, 'nothing', 'not-running', 'gate-server start'],
  [false, null, 'not-running', ''],
])('runs: %s, by HTTP: %s is %s', (runs, heard, result, advice) => {
  const check = gateStanding(runs, heard === null ? null : { port: 4000, heard });
  expect(check.result).toBe(result);
  expect(check.advice).toContain(advice);
  expect(check.standing === 'bad').toBe(['no-http', 'port-taken'].includes(result));
});
