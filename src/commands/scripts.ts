import { hole } from './command.ts';
import type { Feed, Run } from './command.ts';
import { resolvePath } from './paths.ts';
import { fileText, fork, nothing, unknownText } from './walker.ts';
import type { Shell, Walker } from './walker.ts';

const shells = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ash',
  'ksh',
  'mksh',
  'rbash',
  'fish',
  'yash',
]);

/** Longest script file that is followed, in characters. */
const longestScript = 200_000;

interface Where {
  readonly shell: Shell;
  readonly stdin: Feed | null;
}

/** Follows the script that a shell is given; null when the program runs none. */
export function followScripts(walker: Walker, run: Run, where: Where): Feed | null {
  const { name, args } = run;
  if (name === 'source' || name === '.')
    return followFile(walker, run, { ...where, path: args[0] ?? '', rest: args.slice(1) });
  if (shells.has(name)) return followShell(walker, run, where);
  if (run.path.includes('/') && looksLikeScript(run.path)) {
    return followFile(walker, run, { ...where, path: run.path, rest: args });
  }
  const interpreted = interpreter(run);
  if (interpreted !== null) note(walker, interpreted, where.shell);
  return null;
}

function looksLikeScript(path: string): boolean {
  return path.startsWith('.') || /\.\w{1,4}$/.test(path);
}

const interpreters = /^(?:python[\d.]*|node|deno|bun|tsx|ts-node|ruby|perl|php|pwsh|powershell)$/;

function interpreter({ name, args }: Run): string | null {
  if (!interpreters.test(name)) return null;
  const file = args.find((arg) => /\.(?:py|[cm]?[jt]s|rb|pl|php|ps1)$/.test(arg));
  return file ?? null;
}

function note(walker: Walker, path: string, shell: Shell): string | null {
  const absolute = shell.elsewhere ? null : resolvePath(path, shell.cwd);
  if (!path.includes(hole) && path !== '/dev/fd/63') walker.scripts.add(absolute ?? path);
  return absolute;
}

function followShell(walker: Walker, run: Run, { shell, stdin }: Where): Feed {
  const { text, file, rest, zero } = shellArgs(run.args);
  const inner = fork(shell, { depth: shell.depth + 1, args: rest });
  if (zero !== undefined) inner.vars.set('0', [zero]);
  if (text !== null) return walker.followText(text, inner, stdin);
  if (file !== null) {
    return followFile(walker, run, { shell, stdin, path: file, rest }) ?? unknownText;
  }
  return stdin === null ? nothing : walker.followText(stdin.text, inner, null);
}

interface ShellArgs {
  readonly text: string | null;
  readonly file: string | null;
  readonly rest: readonly string[];
  /** What `$0` is in the text. */
  readonly zero?: string | undefined;
}

function shellArgs(args: readonly string[]): ShellArgs {
  let isText = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '-s') return { text: null, file: null, rest: args.slice(at + 1) };
    if (/^[-+][a-zA-Z]*o$/.test(arg) || arg === '--rcfile' || arg === '--init-file') {
      isText ||= arg.includes('c');
      at += 1;
    } else if (/^-[a-zA-Z]+$/.test(arg)) isText ||= arg.includes('c');
    else if (arg.startsWith('-') || arg.startsWith('+')) continue;
    else if (isText) return { text: arg, file: null, rest: args.slice(at + 2), zero: args[at + 1] };
    else return { text: null, file: arg === '/dev/stdin' ? null : arg, rest: args.slice(at + 1) };
  }
  return { text: null, file: null, rest: [] };
}

function followFile(
  walker: Walker,
  run: Run,
  { shell, stdin, path, rest }: Where & { readonly path: string; readonly rest: readonly string[] },
): Feed | null {
  if (path === '/dev/fd/63') return followFeed(walker, run, shell);
  if (path === '/dev/stdin')
    return stdin === null ? nothing : walker.followText(stdin.text, fork(shell), null);
  const absolute = note(walker, path, shell);
  const text = fileText(walker, absolute);
  if (text === null || text.length > longestScript || !isShellText(text, path, run.name))
    return null;
  const inner = fork(shell, { depth: shell.depth + 1, args: rest });
  const feed = walker.followText(text, inner, stdin);
  if (run.name === 'source' || run.name === '.') {
    for (const [name, value] of inner.vars) shell.vars.set(name, value);
    shell.cwd = inner.cwd;
  }
  return feed;
}

function followFeed(walker: Walker, run: Run, shell: Shell): Feed {
  const text = run.feeds.at(-1)?.text ?? hole;
  return walker.followText(text, fork(shell, { depth: shell.depth + 1 }), null);
}

function isShellText(text: string, path: string, program: string): boolean {
  if (text.includes('\0')) return false;
  if (shells.has(program) || program === 'source' || program === '.')
    return !/(?:^|\/)\.env[\w.]*$/.test(path);
  const [first = ''] = text.split('\n', 1);
  if (first.startsWith('#!')) return /\b(?:ba|z|da|k|a)?sh\b/.test(first);
  return /\.(?:sh|bash|zsh)$/.test(path);
}
