/** Where this very program is, so that a hook finds it again. */
export interface Program {
  readonly node: string;
  readonly script: string;
}

/** Client hooks `init` installs; each calls `hallmonitor gate <hook>`. */
export const clientHooks = ['pre-commit', 'commit-msg', 'pre-push'] as const;

export type HookName = (typeof clientHooks)[number] | 'pre-receive';

/** The line by which our own hooks are known again. */
export const hookMark =
  '# hallmonitor hook, written by `hallmonitor init`; `hallmonitor init --undo` takes it back.';

/** Suffix of a hook that was there before; ours calls it first. */
export const previousSuffix = '.before-hallmonitor';

/**
 * The hook script. It runs the hook that was there before, then this program, and refuses when the
 * program cannot be found: a gate that is silently gone is worse than one that complains.
 */
export function hookScript(hook: HookName, program: Program): string {
  const readsInput = hook === 'pre-push' || hook === 'pre-receive';
  return [
    '#!/bin/sh',
    hookMark,
    ...(readsInput
      ? ['input=$(cat)', `give() { [ -z "$input" ] || printf '%s\\n' "$input"; }`]
      : []),
    `previous="$0${previousSuffix}"`,
    'if [ -x "$previous" ]; then',
    readsInput ? '  give | "$previous" "$@" || exit $?' : '  "$previous" "$@" || exit $?',
    'fi',
    `node=${quoted(program.node)}`,
    `script=${quoted(program.script)}`,
    'if [ -x "$node" ] && [ -f "$script" ]; then',
    `  set -- "$node" "$script" gate ${hook} "$@"`,
    'elif command -v hallmonitor >/dev/null 2>&1; then',
    `  set -- hallmonitor gate ${hook} "$@"`,
    'else',
    `  echo "hallmonitor: not found, so nothing was checked. Run 'npx hallmonitor init' again${escape(hook)}." >&2`,
    '  exit 1',
    'fi',
    readsInput ? 'give | "$@"' : 'exec "$@"',
    '',
  ].join('\n');
}

function escape(hook: HookName): string {
  return hook === 'pre-receive' ? '' : ', or pass --no-verify this once';
}

/** A word for a POSIX shell, whatever it contains. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
