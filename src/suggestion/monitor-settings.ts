import type { Objection, SuggestedFile } from './suggestion.ts';

/** Where agents keep their hooks, relative to a repository or a home folder; what our own files are. */
const hookSettings: readonly RegExp[] = [
  /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/i,
  /(?:^|\/)claude-code\/managed-settings/i,
  /(?:^|\/)\.codex\/(?:hooks\.json|config\.toml|requirements\.toml)$/i,
  /(?:^|\/)\.cursor\/hooks\.json$/i,
  /(?:^|\/)\.github\/hooks\/[^/]+\.json$/i,
  /(?:^|\/)\.copilot\/(?:hooks\/[^/]+|config|settings)\.json$/i,
  /(?:^|\/)\.gemini\/settings\.json$/i,
  /(?:^|\/)\.?(?:windsurf|codeium\/windsurf(?:-next)?)\/hooks\.json$/i,
  /(?:^|\/)(?:\.clinerules\/hooks|\.cline\/hooks|Cline\/Hooks)\/[^/]+$/i,
  /(?:^|\/)\.?(?:config\/)?opencode\/plugins?\/[^/]*hallmonitor[^/]*$/i,
];

const ownFiles =
  /(?:^|\/)(?:\.hallmonitor\/(?:hook\.sh|gate\.json)|node_modules\/\.bin\/hallmonitor[\w-]*|node_modules\/hallmonitor\/.+)$|(?:^|\/)bin\/hallmonitor(?:-hook)?$/;

/** Files that set variables for shells and programs, and variables by which Hallmonitor finds its parts. */
const environments =
  /(?:^|\/)(?:\.env[\w.-]*|\.(?:ba|z|k|c)?sh(?:rc|env)|\.(?:bash_|z)?profile|\.zlogin|config\.fish)$/i;
const ownVariables = /\bHALLMONITOR_(?:RUN_DIR|NODE|GATE|CLIENT)\b/;

/** Settings of git for all repositories, which can send hooks elsewhere. */
const gitSettings = /(?:^|\/)(?:\.gitconfig|\.config\/git\/config|etc\/gitconfig)$/;

/** What decides what agents and changes may do; people write it, and agents may propose. */
const housePolicy =
  /(?:^|\/)\.hallmonitor\/(?:(?:policy|people|guards|services)\.yml|baseline\.json|guards\/.+)$/;

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
  if (
    (environments.test(path) && adds(ownVariables, file)) ||
    (gitSettings.test(path) && adds(/\bhooksPath\b/i, file))
  )
    return [refusal('it leads hooks to something else than Hallmonitor', leaveIt)];
  if (housePolicy.test(path)) return [policyAsked];
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

const policyAsked: Objection = {
  rule: 'suggestion/policy-file',
  decision: 'ask',
  says: 'it changes the rules by which agents and changes are judged',
  instead: 'Ask the person to make this change, or to allow it',
};

const leaveIt = 'Leave it as it is; a person can run: hallmonitor init --undo';
const useGit = 'Use git commands for what git keeps';

function refusal(says: string, instead: string): Objection {
  return { rule: 'suggestion/monitor-settings', decision: 'deny', says, instead };
}

function adds(pattern: RegExp, { before, after }: SuggestedFile): boolean {
  return pattern.test(after ?? '') && !pattern.test(before ?? '');
}

function mentions(text: string | null): number {
  return (text ?? '').split('hallmonitor').length - 1;
}
