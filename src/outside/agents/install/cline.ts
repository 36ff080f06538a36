import { join } from 'node:path';
import type { AgentFile, AgentInstall, InstallWishes } from './agent-install.ts';
import { agentMark, hookScriptPath, isRefusable, missingSentence, quoted } from './hook-command.ts';

const events = [
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'TaskStart',
  'TaskResume',
  'TaskCancel',
  'TaskComplete',
];

/** Suffix of a hook that was there before; ours asks it too. Cline runs no file with this ending. */
export const clinePreviousSuffix = '.before-hallmonitor';

/** Cline: an executable file by event, whose name is the event. */
export function cline(wishes: InstallWishes): AgentInstall {
  const { level, places } = wishes;
  const folder =
    level === 'project'
      ? join(places.top, '.clinerules/hooks')
      : join(places.home, 'Documents/Cline/Hooks');
  return {
    agent: 'cline',
    level,
    files: events.map((event) => file(join(folder, event), scriptText(event, wishes))),
    failClosed: {
      by: 'none',
      sentence:
        'Cline goes on when a hook takes too long or is killed; a program that is missing or fails is refused by the script itself. On Windows the script does not run.',
    },
    after: [
      'Cline in the editor: enable hooks in its settings (Features, Hooks). On the command line they always run, and a refusal ends the whole run.',
    ],
  };
}

function file(path: string, text: string): AgentFile {
  return {
    path,
    install: () => ({ text }),
    remove: (now) => ({ text: now.includes(agentMark) ? null : now }),
    whole: true,
    executable: true,
  };
}

function scriptText(event: string, { level, program }: InstallWishes): string {
  const ours =
    level === 'user'
      ? `${program.words.map(quoted).join(' ')} --agent cline --event ${event}`
      : `sh "\${0%/*}/../../${hookScriptPath}" cline ${event}`;
  const broken = isRefusable(event)
    ? { cancel: true, errorMessage: missingSentence, contextModification: '' }
    : { cancel: false };
  return `#!/bin/sh
# ${agentMark}
input=$(cat)
previous="$0${clinePreviousSuffix}"
said=
if [ -x "$previous" ]; then
  said=$(printf '%s' "$input" | "$previous")
  case $said in *'"cancel":true'* | *'"cancel": true'*) printf '%s\\n' "$said" && exit 0 ;; esac
fi
answer=$(printf '%s' "$input" | ${ours})
case $?:$answer in
  0:*'"cancel":true'*) printf '%s\\n' "$answer" ;;
  0:*'"cancel":false'*) printf '%s\\n' "\${said:-$answer}" ;;
  *) echo '${JSON.stringify(broken)}' ;;
esac
`;
}
