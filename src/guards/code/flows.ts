import type { ChangedFile, Language, Scene, Source } from '../guard.ts';
import { removedCode } from './added-code.ts';
import { compact, excerpt } from './nodes.ts';
import { followOf, originOf } from './origin.ts';
import type { Follow, Origin } from './origin.ts';
import { textCalls } from './text-calls.ts';
import type { Span, TextCall } from './text-calls.ts';

/** A call that must not get text from outside. */
export interface Sink {
  readonly languages: readonly Language[];
  /** Matches the callee up to its bracket. */
  readonly callee: RegExp;
  /** Arguments that matter, counted from 0; the first unless told otherwise. */
  readonly places?: readonly number[] | 'all';
  /** What the argument must be like, followed back to where it was made. */
  readonly fits?: RegExp;
  /** Must stand in the call. */
  readonly when?: RegExp;
  /** Makes the call harmless when it stands in it. */
  readonly unless?: RegExp;
  /** Must stand in the file for the callee to be what we think it is. */
  readonly needs?: RegExp;
}

/** A new or changed call with an argument that is not fixed. */
export interface Flow {
  readonly file: ChangedFile;
  readonly sink: Sink;
  readonly callee: string;
  readonly origin: Origin;
  /** The argument as written, short. */
  readonly argument: string;
  /** The whole call as written. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  /** A call of the same name that the change took away had only fixed text there. */
  readonly wasFixed: boolean;
}

/** New calls of these sinks in one file whose arguments move, one for each call. */
export function flowsOf(scene: Scene, file: ChangedFile, sinks: readonly Sink[]): readonly Flow[] {
  const { after, before } = file;
  if (after === null) return [];
  const fitting = sinks.filter(
    ({ languages, callee, needs }) =>
      languages.includes(after.language) &&
      callee.test(after.text) &&
      (needs === undefined || needs.test(after.text)),
  );
  if (fitting.length === 0) return [];
  const follow = followOf(after);
  if (follow === null) {
    scene.report({ what: file.path, why: 'it is too long to follow text through it' });
    return [];
  }
  const old = before === null ? null : followOf(before);
  return fitting.flatMap((sink) => flowsInto(sink, { scene, file, follow, old, after }));
}

interface Looking {
  readonly scene: Scene;
  readonly file: ChangedFile;
  readonly follow: Follow;
  readonly old: Follow | null;
  readonly after: Source;
}

function flowsInto(sink: Sink, looking: Looking): readonly Flow[] {
  const { file, follow, old } = looking;
  const earlier = old === null ? [] : movingCalls(sink, old).map(({ call }) => textOf(old, call));
  return movingCalls(sink, follow).flatMap(({ call, origin, span }) => {
    const made = origin.line;
    const isTouched = touches(file, call.line, call.endLine);
    if (!isTouched && (made === null || !file.added.has(made))) return [];
    const text = textOf(follow, call);
    if (isTouched && (earlier.includes(text) || isMoved(looking, text))) return [];
    if (!isTouched && wasMoving(sink, old, text)) return [];
    return [
      {
        file,
        sink,
        callee: call.callee.replace(/\s+/g, ' '),
        origin,
        argument: excerpt(follow.written.text.slice(span.start, span.end), 40),
        text: follow.written.code.slice(call.start, call.end),
        line: isTouched || made === null ? call.line : made,
        endLine: isTouched || made === null ? call.endLine : made,
        wasFixed: old !== null && hadFixed(sink, old, file),
      },
    ];
  });
}

interface Moving {
  readonly call: TextCall;
  readonly origin: Origin;
  readonly span: Span;
}

const knownCalls = new WeakMap<Follow, Map<Sink, readonly Moving[]>>();

function movingCalls(sink: Sink, follow: Follow): readonly Moving[] {
  return callsWith(sink, follow).filter(({ origin }) => !origin.fixed);
}

// Of each call the argument that tells most: sent, then built, then any other.
function callsWith(sink: Sink, follow: Follow): readonly Moving[] {
  const bySink = knownCalls.get(follow) ?? new Map<Sink, readonly Moving[]>();
  knownCalls.set(follow, bySink);
  const found = bySink.get(sink);
  if (found !== undefined) return found;
  const { written } = follow;
  const made = textCalls(written, sink.callee).flatMap((call) => {
    const text = written.code.slice(call.start, call.end);
    if (sink.when !== undefined && !sink.when.test(text)) return [];
    if (sink.unless?.test(text) === true) return [];
    const places = sink.places ?? [0];
    const wanted = places === 'all' ? call.given : places.flatMap((at) => call.given[at] ?? []);
    const told = wanted
      .map((span) => ({ call, span, origin: originOf(follow, span) }))
      .filter(({ origin }) => sink.fits?.test(origin.text) !== false);
    return told.sort((a, b) => weight(b.origin) - weight(a.origin)).slice(0, 1);
  });
  bySink.set(sink, made);
  return made;
}

function weight({ sent, built, fixed }: Origin): number {
  return (sent ? 4 : 0) + (built === null ? 0 : 2) + (fixed ? 0 : 1);
}

function textOf({ written }: Follow, { start, end }: Span): string {
  return compact(written.code.slice(start, end));
}

function touches({ added }: ChangedFile, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if (added.has(line)) return true;
  return false;
}

// The same call on a removed line of another file: it only moved.
function isMoved({ scene, file }: Looking, text: string): boolean {
  return scene.files.some(
    (other) => other !== file && other.removed.size > 0 && removedText(other).includes(text),
  );
}

const knownRemoved = new WeakMap<ChangedFile, string>();

function removedText(file: ChangedFile): string {
  const found = knownRemoved.get(file) ?? compact(removedCode(file));
  knownRemoved.set(file, found);
  return found;
}

function wasMoving(sink: Sink, old: Follow | null, text: string): boolean {
  if (old === null) return false;
  return movingCalls(sink, old).some(
    ({ call, origin }) => origin.built !== null && textOf(old, call) === text,
  );
}

function hadFixed(sink: Sink, old: Follow, file: ChangedFile): boolean {
  return callsWith(sink, old).some(
    ({ call, origin }) =>
      origin.built === null &&
      !origin.sent &&
      (touchesRemoved(file, call) || (origin.line !== null && file.removed.has(origin.line))),
  );
}

function touchesRemoved({ removed }: ChangedFile, { line, endLine }: TextCall): boolean {
  for (let at = line; at <= endLine; at += 1) if (removed.has(at)) return true;
  return false;
}
