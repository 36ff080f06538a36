import type { Objection, SuggestedFile } from './suggestion.ts';

/** Where agents keep their hooks, relative to a repository or a home folder; what our own files are. */
const hookSettings: readonly RegExp[] = [
  /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/,
  /(?:^|\/)claude-code\/managed-settings/i,
  /(?:^|\/)\.codex\/(?:hooks\.json|config\.toml|requirements\.toml)$/,
  /(?:^|\/)\.cursor\/hooks\.json$/,
  /(?:^|\/)\.github\/hooks\/[^/]+\.json$/,
  /(?:^|\/)\.copilot\/(?:hooks\/[^/]+|config|settings)\.json$/,
  /(?:^|\/)\.gemini\/settings\.json$/,
  /(?:^|\/)\.?(?:windsurf|codeium\/windsurf(?:-next)?)\/hooks\.json$/,
  /(?:^|\/)(?:\.clinerules\/hooks|\.cline\/hooks|Cline\/Hooks)\/[^/]+$/,
  /(?:^|\/)\.?(?:config\/)?opencode\/plugins?\/[^/]*hallmonitor[^/]*$/,
];

const ownFiles =
  /(?:^|\/)(?:\.hallmonitor\/(?:hook\.sh|gate\.json)|node_modules\/\.bin\/hallmonitor[\w-]*|node_modules\/hallmonitor\/.+)$/;

/** Everything git keeps for itself: hooks, configuration, and our record. */
const gitInside = /(?:^|\/)\.git(?:\/|$)/i;

/** Switches of Claude Code, Codex (`[features] hooks`) and Gemini CLI (`hooksConfig`). */
const switchedOff =
  /"disableAllHooks"\s{0,5}:\s{0,5}true|^\s{0,9}hooks\s{0,5}=\s{0,5}false|"hooksConfig"\s{0,5}:\s{0,5}\{[^{}]{0,2000}(?:"enabled"\s{0,5}:\s{0,5}false|"disabled"\s{0,5}:)/m;

/** What in a suggestion would turn the monitor off, or touch what git and the monitor keep for themselves. */
export function tamperings(files: readonly SuggestedFile[]): readonly Objection[] {
  return files.flatMap((file) =>
    [...new Set([file.path, file.oldPath ?? file.path])].flatMap((path) => tampering(path, file)),
  );
}

function tampering(path: string, file: SuggestedFile): readonly Objection[] {
  if (gitInside.test(path)) return [refusal('it writes into the git directory', useGit)];
  if (ownFiles.test(path))
    return [refusal('it changes the script by which agents reach Hallmonitor', leaveIt)];
  if (!hookSettings.some((pattern) => pattern.test(path))) return [];
  if (mentions(file.after) < mentions(file.before))
    return [refusal("it takes Hallmonitor out of the agent's hooks", leaveIt)];
  if (switchedOff.test(file.after ?? '') && !switchedOff.test(file.before ?? ''))
    return [refusal('it switches hooks off', leaveIt)];
  return [
    {
      rule: 'suggestion/hook-settings',
      decision: 'ask',
      says: 'it changes the settings that decide which hooks see what an agent does',
      instead: 'Ask the person to make this change, or to allow it',
    },
  ];
}

const leaveIt = 'Leave it as it is; a person can run: hallmonitor init --undo';
const useGit = 'Use git commands for what git keeps';

function refusal(says: string, instead: string): Objection {
  return { rule: 'suggestion/monitor-settings', decision: 'deny', says, instead };
}

function mentions(text: string | null): number {
  return (text ?? '').split('hallmonitor').length - 1;
}
