/** Where this very program is, so that a hook finds it again. */
export interface Program {
  readonly node: string;
  readonly script: string;
}

/** Client hooks `init` installs; each calls `hallmonitor gate <hook>`. */
export const clientHooks = [
  'pre-commit',
  'commit-msg',
  'pre-push',
  'post-commit',
  'post-rewrite',
] as const;

export type HookName = (typeof clientHooks)[number] | 'pre-receive';

/**
 * Whose folder the hooks lie in: git's own; one in the work tree, which others get too, so that it must not name
 * this machine's paths; or husky's, whose scripts need not be executable.
 */
export type HooksHome = 'own' | 'shared' | 'husky';

/** The line by which our own hooks are known again. */
export const hookMark =
  '# hallmonitor hook, written by `hallmonitor init`; `hallmonitor init --undo` takes it back.';

/** Suffix of a hook that was there before; ours calls it first. */
export const previousSuffix = '.before-hallmonitor';

/** Where a machine keeps how to start the program, for hooks that are shared; inside the git directory. */
export const runPath = 'hallmonitor/run';

/**
 * The hook script. It runs the hook that was there before, then this program, and refuses when the
 * program cannot be found: a gate that is silently gone is worse than one that complains.
 */
export function hookScript(hook: HookName, home: HooksHome, program: Program): string {
  const readsInput = hook === 'pre-push' || hook === 'pre-receive' || hook === 'post-rewrite';
  const run = home === 'husky' ? 'sh -e "$previous" "$@"' : '"$previous" "$@"';
  return [
    '#!/bin/sh',
    hookMark,
    ...(readsInput
      ? ['input=$(cat)', `give() { [ -z "$input" ] || printf '%s\\n' "$input"; }`]
      : []),
    `previous="$0${previousSuffix}"`,
    `if [ ${home === 'husky' ? '-f' : '-x'} "$previous" ]; then`,
    `  ${readsInput ? 'give | ' : ''}${run} || exit $?`,
    'fi',
    ...(home === 'own' ? ownProgram(hook, program) : sharedProgram(hook)),
    'elif command -v hallmonitor >/dev/null 2>&1; then',
    `  set -- hallmonitor gate ${hook} "$@"`,
    'else',
    `  echo "hallmonitor: not found, so nothing was ${hook.startsWith('post-') ? 'recorded' : 'checked'}. Run 'npx hallmonitor init' again${escape(hook)}." >&2`,
    // What these two come after has happened; git would only complain.
    `  exit ${hook.startsWith('post-') ? 0 : 1}`,
    'fi',
    readsInput ? 'give | "$@"' : 'exec "$@"',
    '',
  ].join('\n');
}

/** What shared hooks call on this machine. */
export function runScript({ node, script }: Program): string {
  return `#!/bin/sh\n${hookMark}\nexec ${quoted(node)} ${quoted(script)} "$@"\n`;
}

function ownProgram(hook: HookName, { node, script }: Program): readonly string[] {
  return [
    `node=${quoted(node)}`,
    `script=${quoted(script)}`,
    'if [ -x "$node" ] && [ -f "$script" ]; then',
    `  set -- "$node" "$script" gate ${hook} "$@"`,
  ];
}

function sharedProgram(hook: HookName): readonly string[] {
  return [
    `run="$(git rev-parse --git-common-dir)/${runPath}"`,
    'if [ -x node_modules/.bin/hallmonitor ]; then',
    `  set -- node_modules/.bin/hallmonitor gate ${hook} "$@"`,
    'elif [ -x "$run" ]; then',
    `  set -- "$run" gate ${hook} "$@"`,
  ];
}

function escape(hook: HookName): string {
  return hook === 'pre-receive' || hook.startsWith('post-')
    ? ''
    : ', or pass --no-verify this once';
}

/** A word for a POSIX shell, whatever it contains. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
