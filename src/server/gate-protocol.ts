import type { HookAnswer } from '../suggestion/event.ts';

/**
 * What a client and the gate say to each other over the socket. A request is a line
 * `hallmonitor/1 <verb> <agent> <event or -> <bytes of cwd> <bytes of payload>`, then both; an answer is a line
 * `<exit code> <bytes of stdout> <bytes of stderr>`, then both. It is that plain because the client is a few lines of
 * Perl.
 */
export interface GateRequest {
  readonly verb: 'hook' | 'drain' | 'status' | 'stop';
  readonly agent: string;
  readonly event: string | null;
  readonly cwd: string;
  readonly payload: Buffer;
}

/** Longest head line, in bytes. */
const longestHead = 1_000;

/** Longest payload, in bytes; agents send whole files, not archives. */
export const longestPayload: number = 64 * 2 ** 20;

/** A request out of what has arrived so far; null while it is not whole. */
export function readRequest(bytes: Buffer): GateRequest | { readonly wrong: string } | null {
  const end = bytes.subarray(0, longestHead).indexOf(10);
  if (end < 0) return bytes.length >= longestHead ? { wrong: 'no head line' } : null;
  const head = bytes.toString('latin1', 0, end);
  const match =
    /^hallmonitor\/1 (hook|drain|status|stop) ([\w-]{1,40}) ([\w.-]{1,80}) (\d{1,9}) (\d{1,9})$/.exec(
      head,
    );
  if (match === null) return { wrong: 'the head line is not understood' };
  const [, verb, agent = '', event = '-', cwdBytes = '0', payloadBytes = '0'] = match;
  const cwdEnd = end + 1 + Number(cwdBytes);
  const payloadEnd = cwdEnd + Number(payloadBytes);
  if (payloadEnd > longestPayload) return { wrong: 'the payload is too long' };
  if (bytes.length < payloadEnd) return null;
  return {
    verb: verb as GateRequest['verb'],
    agent,
    event: event === '-' ? null : event,
    cwd: bytes.toString('utf8', end + 1, cwdEnd),
    payload: bytes.subarray(cwdEnd, payloadEnd),
  };
}

/** A request as bytes. */
export function writeRequest({ verb, agent, event, cwd, payload }: GateRequest): Buffer {
  const place = Buffer.from(cwd);
  const head = `hallmonitor/1 ${verb} ${agent} ${event ?? '-'} ${place.length} ${payload.length}\n`;
  return Buffer.concat([Buffer.from(head), place, payload]);
}

/** An answer as bytes. */
export function writeAnswer({ exitCode, stdout, stderr }: HookAnswer): Buffer {
  const [out, err] = [Buffer.from(stdout), Buffer.from(stderr)];
  return Buffer.concat([Buffer.from(`${exitCode} ${out.length} ${err.length}\n`), out, err]);
}

/** An answer out of everything that has arrived; null when it is not whole. */
export function readAnswer(bytes: Buffer): HookAnswer | null {
  const end = bytes.indexOf(10);
  const match = /^(\d{1,3}) (\d{1,9}) (\d{1,9})$/.exec(
    bytes.toString('latin1', 0, Math.max(end, 0)),
  );
  if (match === null) return null;
  const outEnd = end + 1 + Number(match[2]);
  const errEnd = outEnd + Number(match[3]);
  if (bytes.length < errEnd) return null;
  return {
    exitCode: Number(match[1]),
    stdout: bytes.toString('utf8', end + 1, outEnd),
    stderr: bytes.toString('utf8', outEnd, errEnd),
  };
}
