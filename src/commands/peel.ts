import type { Wrapper } from './wrapper-table.ts';

/** What is left when a wrapper's own words are taken off. */
export interface Peeled {
  readonly argv: readonly string[];
  readonly env: readonly (readonly [string, string])[];
  /** The folder it changes to, as written. */
  readonly folder: string | null;
}

/** Takes a wrapper's own options off and gives what it wraps. */
export function peel(args: readonly string[], wrapper: Wrapper): Peeled {
  const valued = new Set((wrapper.valued ?? '').split(' '));
  const env: (readonly [string, string])[] = [];
  let folder: string | null = null;
  let skip = wrapper.skip ?? 0;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const assignment = wrapper.joins === true ? null : /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(arg);
    if (arg === '--') continue;
    if (arg.startsWith('-') && arg !== '-') {
      if (/^(?:-C|--chdir|-D)$/.test(arg)) folder = args[at + 1] ?? null;
      if (valued.has(arg)) at += 1;
    } else if (assignment) env.push([assignment[1] ?? '', assignment[2] ?? '']);
    else if (skip > 0) skip -= 1;
    else break;
  }
  return { argv: args.slice(at), env, folder };
}
