import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { Outcome } from '../../behaviour/behaviour.ts';
import { harness } from './harness.ts';

/** What one version of a function gets. */
interface Limits {
  readonly stepsPerCall: number;
  readonly stepsToLoad: number;
  readonly stepsTogether: number;
  /** A call that is this slow for other reasons than steps is not counted. */
  readonly callMs: number;
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Longest answer of a call, in characters. */
  readonly answerLength: number;
}

/** Steps are counted by the engine, so that they do not hang on the machine; 80 are about a tenth of a second. */
const limits: Limits = {
  stepsPerCall: 80,
  stepsToLoad: 400,
  stepsTogether: 6_000,
  callMs: 2_000,
  memoryBytes: 32 * 2 ** 20,
  stackBytes: 400 * 1024,
  answerLength: 250_000,
};

/** A program ready to be called, inside an engine of its own that knows nothing of the world. */
export interface Isolated {
  readonly call: (args: string) => Outcome;
  /** False when calls have used up what they may, or no engine is left to call in. */
  readonly isFit: () => boolean;
  readonly dispose: () => void;
}

/**
 * Makes isolates. Each is a JavaScript engine compiled to WebAssembly: no file, network or process is in its reach.
 * An engine that ran out of memory is thrown away, so a few are kept ready.
 */
export interface Isolates {
  readonly open: (code: string) => Isolated;
  /** Loads as many engines as a comparison may use up. */
  readonly prepare: () => Promise<void>;
}

const enginesReady = 4;

/** An isolate maker without engines yet. */
export function makeIsolates(): Isolates {
  const engines: QuickJSWASMModule[] = [];
  return {
    open: (code) => openIsolate(engines, code),
    async prepare() {
      while (engines.length < enginesReady)
        engines.push(await newQuickJSWASMModuleFromVariant(variant));
    },
  };
}

interface Room {
  readonly engine: QuickJSWASMModule;
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  /** Null when the program does not load. */
  readonly called: { readonly run: QuickJSHandle; readonly target: QuickJSHandle } | null;
}

/** What the engine asks now and then while it runs. */
interface Meter {
  total: number;
  left: number;
  untilMs: number;
  late: boolean;
}

function openIsolate(engines: QuickJSWASMModule[], code: string): Isolated {
  const meter: Meter = { total: 0, left: 0, untilMs: 0, late: false };
  let room: Room | null = null;
  function enter(): Room | null {
    const engine = engines.pop();
    wind(meter, limits.stepsToLoad);
    return engine === undefined ? null : openRoom(engine, code, meter);
  }
  room = enter();
  return {
    isFit: () => room !== null && meter.total < limits.stepsTogether,
    dispose() {
      if (room !== null && closeRoom(room)) engines.push(room.engine);
      room = null;
    },
    call(args) {
      if (room === null) return { kind: 'unreadable' };
      wind(meter, limits.stepsPerCall);
      const outcome = callIn(room, args);
      const { late } = meter;
      if (
        !late &&
        (outcome.kind === 'value' || outcome.kind === 'error' || outcome.kind === 'unreadable')
      )
        return outcome;
      // What was stopped in the middle may have left anything behind.
      if (!late && outcome.kind !== 'memory' && closeRoom(room)) engines.push(room.engine);
      room = enter();
      return late ? { kind: 'unreadable' } : outcome;
    },
  };
}

function wind(meter: Meter, steps: number): void {
  meter.left = steps;
  meter.late = false;
  meter.untilMs = performance.now() + limits.callMs;
}

function tick(meter: Meter): boolean {
  meter.total += 1;
  meter.left -= 1;
  if (performance.now() > meter.untilMs) meter.late = true;
  return meter.left < 0 || meter.late;
}

function openRoom(engine: QuickJSWASMModule, code: string, meter: Meter): Room | null {
  try {
    const runtime = engine.newRuntime();
    runtime.setMemoryLimit(limits.memoryBytes);
    runtime.setMaxStackSize(limits.stackBytes);
    runtime.setInterruptHandler(() => tick(meter));
    const context = runtime.newContext();
    const run = context.unwrapResult(context.evalCode(harness, 'harness.js'));
    const loaded = context.evalCode(code, 'code.js', { type: 'global', strict: true });
    const target = loaded.error ?? loaded.value;
    const isCallable = loaded.error === undefined && context.typeof(target) === 'function';
    return { engine, runtime, context, called: isCallable ? { run, target } : null };
  } catch {
    return null; // the engine gave up while loading; nothing more is asked of it
  }
}

/** True when the engine can be used again. */
function closeRoom({ called, context, runtime }: Room): boolean {
  if (called === null) return false;
  try {
    called.run.dispose();
    called.target.dispose();
    context.dispose();
    runtime.dispose();
    return true;
  } catch {
    return false; // an engine that was stopped in the middle may not be able to tidy up
  }
}

function callIn(room: Room, args: string): Outcome {
  try {
    return callHere(room, args);
  } catch {
    return { kind: 'memory' }; // WebAssembly itself gave up, which only a lack of memory makes it do
  }
}

function callHere({ context, called }: Room, args: string): Outcome {
  if (called === null) return { kind: 'unreadable' };
  const list = context.evalCode(`[${args}]`, 'input.js');
  if (list.error !== undefined) {
    list.error.dispose();
    return { kind: 'unreadable' };
  }
  const answer = context.callFunction(called.run, context.undefined, called.target, list.value);
  list.value.dispose();
  if (answer.error !== undefined) {
    const outcome = stopped(messageOf(context, answer.error));
    answer.error.dispose();
    return outcome;
  }
  const text = context.typeof(answer.value) === 'string' ? context.getString(answer.value) : '';
  answer.value.dispose();
  return outcomeIn(text);
}

function messageOf(context: QuickJSContext, error: QuickJSHandle): string {
  const message = context.getProp(error, 'message');
  const text = context.typeof(message) === 'string' ? context.getString(message) : '';
  message.dispose();
  return text;
}

function stopped(message: string): Outcome {
  if (message === 'interrupted') return { kind: 'endless' };
  if (message === 'out of memory') return { kind: 'memory' };
  return message === 'stack overflow' ? { kind: 'stack' } : { kind: 'unreadable' };
}

function outcomeIn(answer: string): Outcome {
  if (answer.length > limits.answerLength) return { kind: 'unreadable' };
  const [kind, first, second] = answer.split('\u0001');
  if (first === undefined || second === undefined) return { kind: 'unreadable' };
  if (kind === 'V') return { kind: 'value', text: first, args: second };
  if (kind !== 'E') return { kind: 'unreadable' };
  if (first === 'InternalError') return stopped(second);
  if (/^'?[\w$]{1,100}'? is not defined$/.test(second)) return { kind: 'unreadable' };
  return { kind: 'error', name: first, message: second, crash: isCrash(first, second) };
}

/** Errors that the engine throws by itself, by their words. */
function isCrash(name: string, message: string): boolean {
  return (
    (name === 'TypeError' || name === 'RangeError') &&
    /^(?:cannot |not a |value is not |invalid |\S{1,60} is not (?:a function|an object|iterable)|.{0,60}(?:not iterable|of (?:undefined|null)))/.test(
      message,
    )
  );
}
