/** Bytes that arrive in pieces. Places are counted from `from`, so that they survive the buffer's moves. */
export interface Flow {
  buffer: Uint8Array;
  from: number;
  to: number;
  ended: boolean;
}

/** A parse that stops where bytes are missing and goes on when more have come. */
export type Parse<Result> = Generator<void, Result, void>;

/** An empty flow. */
export function emptyFlow(): Flow {
  return { buffer: new Uint8Array(65_536), from: 0, to: 0, ended: false };
}

/** Adds bytes at the end; the buffer doubles when full, so the cost stays in proportion to the input. */
export function pour(flow: Flow, chunk: Uint8Array): void {
  const live = flow.to - flow.from;
  if (flow.to + chunk.length > flow.buffer.length) {
    const size = live + chunk.length;
    const roomy =
      size * 2 > flow.buffer.length ? new Uint8Array(Math.max(size * 2, 65_536)) : flow.buffer;
    roomy.set(flow.buffer.subarray(flow.from, flow.to), 0);
    flow.buffer = roomy;
    flow.from = 0;
    flow.to = live;
  }
  flow.buffer.set(chunk, flow.to);
  flow.to += chunk.length;
}

/** How many bytes wait. */
export function waiting(flow: Flow): number {
  return flow.to - flow.from;
}

/** The byte at a place, or -1 behind the end of what has come. */
export function byteAt(flow: Flow, place: number): number {
  return flow.from + place < flow.to ? (flow.buffer[flow.from + place] ?? -1) : -1;
}

/** The bytes between two places: a view, valid until more is poured. */
export function view(flow: Flow, start: number, end: number): Uint8Array {
  return flow.buffer.subarray(flow.from + start, Math.min(flow.from + end, flow.to));
}

/** Waits until so many bytes are there, or the flow has ended. */
export function* enough(flow: Flow, count: number): Parse<void> {
  while (waiting(flow) < count && !flow.ended) yield;
}

/** Place of the next such byte, or -1 when the flow ends without it. */
export function* find(flow: Flow, byte: number, start: number): Parse<number> {
  let searched = start;
  for (;;) {
    const found = view(flow, 0, waiting(flow)).indexOf(byte, searched);
    if (found >= 0) return found;
    searched = waiting(flow);
    if (flow.ended) return -1;
    yield;
  }
}

/** Takes the bytes before the next such byte, and that byte off the flow; the rest when there is none. */
export function* takeUntil(flow: Flow, byte: number): Parse<Uint8Array> {
  const found = yield* find(flow, byte, 0);
  const end = found < 0 ? waiting(flow) : found;
  const taken = view(flow, 0, end);
  flow.from += Math.min(end + 1, waiting(flow));
  return taken;
}
