import type { InstallWishes, InstalledAgent } from './agent-install.ts';

/** Where `init` puts the script that shared hooks run, from the top of the work tree. */
export const hookScriptPath = '.hallmonitor/hook.sh';

/** Where a machine keeps how to start the hook program, for repositories without one in `node_modules`; inside the git directory. */
export const hookRunPath = 'hallmonitor/hook';

/** Events that come before something is done and can still be refused, by all agents' names for them. */
export const refusableEvents = [
  'PreToolUse',
  'preToolUse',
  'BeforeTool',
  'beforeShellExecution',
  'beforeMCPExecution',
  'pre_write_code',
  'pre_run_command',
  'pre_mcp_tool_use',
  'tool.execute.before',
] as const;

/** The line by which files that are ours alone are known again. */
export const agentMark =
  'hallmonitor agent hook, written by `hallmonitor init`; `hallmonitor init --undo` takes it back.';

/** Whether the agent can still be stopped at this event. */
export function isRefusable(event: string): boolean {
  return (refusableEvents as readonly string[]).includes(event);
}

/**
 * The command line of one hook, for any shell that knows `||`. When the program cannot be run, events that can be
 * refused end with `otherwise`; the others let the agent go on, since refusing the end of a turn would trap it.
 */
export function hookCommand(
  agent: InstalledAgent,
  event: string,
  { level, program, folder, otherwise = refusing }: CommandWishes,
): string {
  const last = isRefusable(event) ? ` || ${otherwise}` : '';
  if (level === 'user') {
    return `${program.words.map(quoted).join(' ')} --agent ${agent} --event ${event}${last}`;
  }
  if (folder !== undefined) return `sh "${folder}/${hookScriptPath}" ${agent} ${event}${last}`;
  const find = `[ -f ${hookScriptPath} ] || cd "$(git rev-parse --show-toplevel)"`;
  return `${find}; sh ${hookScriptPath} ${agent} ${event}${last}`;
}

// The script says why it refuses, and a shell that cannot find it says that, so this adds nothing to what is said. Not
// `{ …; }`, since a login shell may be fish.
const refusing = "sh -c 'exit 2'";

export interface CommandWishes extends Pick<InstallWishes, 'level' | 'program'> {
  /** A shell variable in which the agent names the project's folder; otherwise the folder is looked for. */
  readonly folder?: string;
  /** What refuses when nothing else can; exit code 2 where that blocks. */
  readonly otherwise?: string;
}

/** A word for a POSIX shell, whatever it contains. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Told to the agent, and so to its person, when the program is missing. No quotes: it stands in JSON and in shell. */
export const missingSentence =
  'Hallmonitor is not installed on this machine, so nothing can be checked and every tool call is refused. Ask the person to run: npx hallmonitor init';

/** The script that hooks shared through the repository run; it finds the program of this machine. */
export function hookScriptText(): string {
  return `#!/bin/sh
# ${agentMark}
# Coding agents call it as: sh ${hookScriptPath} AGENT EVENT, with what they are about to do on standard input.
agent=$1
event=$2
case $0 in */*) cd "\${0%/*}/.." || exit 2 ;; esac
# A program that is killed says nothing, and some agents then go on.
ask() {
  "$@" --agent "$agent" --event "$event"
  status=$?
  [ $status -gt 2 ] && echo 'Hallmonitor was stopped before it answered, so this is refused.' >&2 && status=2
  exit $status
}
client=node_modules/.bin/hallmonitor-hook
if [ -x "$client" ]; then
  # Where it is the client itself and no package manager's wrapper, one shell less.
  [ -L "$client" ] && command -v perl >/dev/null 2>&1 && ask perl -x "$client"
  ask "$client"
fi
command -v hallmonitor-hook >/dev/null 2>&1 && ask hallmonitor-hook
run=.git/${hookRunPath}
[ -x "$run" ] || run=$(git rev-parse --git-common-dir 2>/dev/null)/${hookRunPath}
[ -x "$run" ] && ask "$run"
why='${missingSentence}'
echo "$why" >&2
case $event in
  ${refusableEvents.join(' | ')}) ;;
  *)
    case $agent in
      cline) echo '{"cancel":false}' ;;
      cursor | gemini-cli) echo '{}' ;;
    esac
    exit 0
    ;;
esac
case $agent in
  copilot) echo "{\\"permissionDecision\\":\\"deny\\",\\"permissionDecisionReason\\":\\"$why\\"}" && exit 0 ;;
  cline) echo "{\\"cancel\\":true,\\"errorMessage\\":\\"$why\\",\\"contextModification\\":\\"\\"}" && exit 0 ;;
  cursor) echo "{\\"permission\\":\\"deny\\",\\"user_message\\":\\"$why\\",\\"agent_message\\":\\"$why\\"}" ;;
  gemini-cli) echo "{\\"decision\\":\\"deny\\",\\"reason\\":\\"$why\\"}" ;;
  opencode) echo "{\\"decision\\":\\"deny\\",\\"reason\\":\\"$why\\"}" && exit 0 ;;
esac
exit 2
`;
}

/** What the script calls on this machine when it finds no other program, and the Node to run it with. */
export function hookRunnerText(words: readonly string[], node: string): string {
  const [client] = words;
  // The client is Perl behind a shell; to leave out that shell is a third of the time.
  const quick =
    words.length === 1 && client?.endsWith('/hallmonitor-hook') === true
      ? `command -v perl >/dev/null 2>&1 && exec perl -x ${quoted(client)} "$@"\n`
      : '';
  return `#!/bin/sh
# ${agentMark}
export HALLMONITOR_NODE=${quoted(node)}
${quick}exec ${words.map(quoted).join(' ')} "$@"
`;
}
