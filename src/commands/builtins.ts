import { hole } from './command.ts';
import type { Feed, Run } from './command.ts';
import { outputOf } from './output.ts';
import { resolvePath } from './paths.ts';
import { fork, nothing } from './walker.ts';
import type { Shell, Walker } from './walker.ts';

const declarations = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

/** Whether a word starts a declaration, whose assignments stay in the shell. */
export function isDeclaration(name: string): boolean {
  return declarations.has(name);
}

/** What a builtin changes in the shell; null when the program is not such a builtin. */
export function runBuiltin(walker: Walker, run: Run, shell: Shell): Feed | null {
  const { name, args } = run;
  if (isDeclaration(name)) {
    declare(args, shell);
    return nothing;
  }
  switch (name) {
    case 'cd':
    case 'pushd':
    case 'set-location':
    case 'chdir':
      changeFolder(args, shell, walker.place.home);
      return nothing;
    case 'popd':
      shell.cwd = shell.before;
      return nothing;
    case 'unset':
      for (const arg of args) shell.vars.delete(arg);
      return nothing;
    case 'set':
      if (args.includes('--')) shell.args = args.slice(args.indexOf('--') + 1);
      return nothing;
    case 'shift':
      if (shell.args !== null) shell.args = shell.args.slice(Number(args[0] ?? '1') || 1);
      return nothing;
    case 'read':
    case 'mapfile':
    case 'readarray':
      readInto(run, shell);
      return nothing;
    case 'printf':
      return args[0] === '-v' && args[1] !== undefined
        ? printInto(run, args[1], { walker, shell })
        : null;
    case 'eval':
      return walker.followText(args.join(' '), shellDeeper(shell), run.stdin);
    case 'alias':
      for (const arg of args) alias(walker, arg, shell);
      return nothing;
    case 'trap': {
      const text = args.find((arg) => !arg.startsWith('-')) ?? '';
      walker.later.push(() => walker.followText(text, deeper(shell), null));
      return nothing;
    }
    default:
      return null;
  }
}

function deeper(shell: Shell): Shell {
  return fork(shell, { depth: shell.depth + 1 });
}

// What `eval` sets stays, so its variables are the shell's own.
function shellDeeper(shell: Shell): Shell {
  return {
    ...shell,
    depth: shell.depth + 1,
    get cwd() {
      return shell.cwd;
    },
    set cwd(folder) {
      shell.cwd = folder;
    },
  };
}

function printInto(
  run: Run,
  variable: string,
  { walker, shell }: { readonly walker: Walker; readonly shell: Shell },
): Feed {
  shell.vars.set(variable, [outputOf({ ...run, args: run.args.slice(2) }, walker).text]);
  return nothing;
}

// An alias is a function that is given what stands behind it; what it says is looked at even if nobody uses it.
function alias(walker: Walker, said: string, shell: Shell): void {
  const equals = said.indexOf('=');
  if (equals < 0) return;
  const text = said.slice(equals + 1);
  walker.followText(text, deeper(shell), null);
  const commands = walker.place.parse(`${text} "$@"`)?.commands ?? [];
  shell.functions.set(said.slice(0, equals), { kind: 'list', commands });
}

function declare(args: readonly string[], shell: Shell): void {
  for (const arg of args) {
    if (arg.startsWith('-')) continue;
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg : arg.slice(0, equals);
    if (equals > 0 && !shell.vars.has(name)) shell.vars.set(name, [arg.slice(equals + 1)]);
    shell.exports.add(name);
  }
}

function changeFolder(args: readonly string[], shell: Shell, home: string): void {
  const [target] = args.filter((arg) => arg === '-' || !arg.startsWith('-'));
  const from = shell.cwd;
  if (target === '-') shell.cwd = shell.before;
  else if (target === undefined) shell.cwd = shell.elsewhere ? null : home;
  else if (target.includes(hole)) shell.cwd = null;
  else shell.cwd = resolvePath(target, from);
  shell.before = from;
}

function readInto(run: Run, shell: Shell): void {
  const names = run.args.filter((arg) => /^[A-Za-z_]\w*$/.test(arg));
  const text = run.stdin?.exact === true && !run.stdin.text.includes(hole) ? run.stdin.text : null;
  const lines = text?.split('\n').filter((line) => line !== '') ?? [];
  for (const name of names.length === 0 ? ['REPLY', 'MAPFILE'] : names) {
    shell.vars.set(name, names.length === 1 && lines.length === 1 ? lines : [hole]);
  }
}
