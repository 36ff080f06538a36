import type { Answer } from '../../guards/dependencies/registry.ts';
import type { Asked } from './asked.ts';

/** How one registry is asked: the addresses a question needs, and what their answers say. */
export interface Speaker {
  /** Where it is, without a slash at the end. */
  readonly address: string;
  /** Paths to ask for; the first one decides whether the package is known at all. */
  readonly paths: (asked: Asked) => readonly string[];
  /** What the texts say, in the order of the paths; null for each that was not found. Throws on what is no answer. */
  readonly read: (texts: readonly (string | null)[], asked: Asked) => Answer;
}

/** Seconds of a time as registries write it; null where there is none. */
export function secondsOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}

/** The earliest of some times. */
export function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b));
}

/** An object of unknown content, as JSON gives it. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object in a text; an error when it holds none. */
export function objectIn(text: string): Fields {
  const value: unknown = JSON.parse(text);
  if (!isFields(value)) throw new SyntaxError('the answer is not an object');
  return value;
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
