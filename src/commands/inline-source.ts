import type { Run } from './command.ts';
import { resolvePath } from './paths.ts';
import type { Walker } from './walker.ts';

/** Longest inline program that is looked at, in characters. */
const longestCode = 400_000;

const languages: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:python|pypy)[\d.]*$/, /^-[a-zA-Z]*c$/],
  [/^(?:node|bun|tsx|ts-node|deno)$/, /^(?:-e|-p|-pe|-ep|--eval|--print|eval)$/],
  [/^ruby[\d.]*$/, /^-[a-zA-Z]*e$/],
  [/^perl[\d.]*$/, /^-[a-zA-Z0]*[eE]$/],
  [/^(?:g|m|n)?awk$/, /^-e$/],
  [/^(?:expect|tclsh|guile|racket)$/, /^-[ce]$/],
  [/^(?:gcc|cc|clang|tcc|go)$/, /^-never$/],
  [/^(?:php|lua|Rscript|osascript|groovy|elixir)[\d.]*$/, /^(?:-r|-e)$/],
];

/** The text of a program that the command carries for an interpreter; null when it carries none. */
export function readsInline(walker: Walker, { name, args, stdin, cwd }: Run): string | null {
  const [, flag] = languages.find(([program]) => program.test(name)) ?? [];
  if (flag === undefined) return null;
  const at = args.findIndex((arg) => flag.test(arg));
  if (at >= 0) return short(args[at + 1] ?? '');
  const glued = args.flatMap((arg) => /^--(?:eval|print)=([\s\S]*)$/.exec(arg)?.[1] ?? []);
  if (glued.length > 0) return short(glued.join('\n'));
  if (name.endsWith('awk')) return short(args.find((arg) => arg.includes('{')) ?? '');
  const file = args.find((arg) => !arg.startsWith('-'));
  if (file === undefined) return stdin === null ? null : short(stdin.text);
  // Only what this command wrote itself: a script that was there before is not for us to judge here.
  const path = resolvePath(file, cwd);
  return path === null ? null : short(walker.files.get(path) ?? '');
}

function short(text: string): string | null {
  return text === '' ? null : text.slice(0, longestCode);
}
