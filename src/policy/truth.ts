import type { Truth } from './subject.ts';

/** `no` when one is `no`, else `unknown` when one is, else `yes`. Of nothing: `yes`. */
export function allOf(parts: readonly Truth[]): Truth {
  if (parts.includes('no')) return 'no';
  return parts.includes('unknown') ? 'unknown' : 'yes';
}

/** `yes` when one is `yes`, else `unknown` when one is, else `no`. Of nothing: `no`. */
export function anyOf(parts: readonly Truth[]): Truth {
  if (parts.includes('yes')) return 'yes';
  return parts.includes('unknown') ? 'unknown' : 'no';
}

/** The opposite; not knowing stays not knowing. */
export function notOf(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}

/** A definite answer. */
export function sure(value: boolean): Truth {
  return value ? 'yes' : 'no';
}
