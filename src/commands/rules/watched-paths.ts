import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { isProtected } from '../git-command.ts';
import { resolvePath } from '../paths.ts';

const watched: readonly RegExp[] = [
  /(?:^|\/)\.claude\/(?:settings(?:\.\w{1,20})?\.json|hooks(?:\/.*)?|plugins(?:\/.*)?)$/,
  /(?:^|\/)\.claude\.json$/,
  /(?:^|\/)\.codex\/(?:hooks\.json|config\.toml|hooks(?:\/.*)?)$/,
  /(?:^|\/)\.cursor\/hooks(?:\.json|\/.*)?$/,
  /(?:^|\/)\.(?:github|copilot)\/hooks(?:\/.*)?$/,
  /(?:^|\/)\.gemini\/settings\.json$/,
  /(?:^|\/)(?:windsurf|\.windsurf)\/hooks\.json$/,
  /(?:^|\/)(?:\.clinerules|Cline)\/hooks(?:\/.*)?$/i,
  /(?:^|\/)(?:\.opencode|opencode)\/plugins?(?:\/.*)?$/,
  /(?:^|\/)\.git\/hallmonitor(?:\/.*)?$/,
  // The policy and its people are for people to change, which another rule asks about.
  /(?:^|\/)\.hallmonitor(?:\/(?!(?:policy\.ya?ml|people\.ya?ml|baseline\.json)$).*)?$/,
  // Where the resident gate listens.
  new RegExp(`^(?:/private)?(?:/var)?/tmp/hallmonitor-(?:[\\d*?[]|${hole})[^/]{0,40}(?:/.*)?$`),
  // The program itself, and the client that agents' hooks start.
  /(?:^|\/)hallmonitor-hook$/,
  /(?:^|\/)node_modules\/(?:\.bin\/hallmonitor[^/]{0,40}|hallmonitor(?:\/.*)?)$/,
  /(?:^|\/)managed-settings(?:\.d\/.*|\.json)?$/,
  /(?:^|\/)\.git\/(?:refs\/notes|logs\/refs\/notes)(?:\/.*)?$/,
];

// Whole folders of the agents: taking one away takes its settings away.
export const folders: RegExp =
  /(?:^|\/)(?:\.claude|\.codex|\.cursor|\.gemini|\.copilot|\.clinerules|\.opencode|\.windsurf)\/?\*?$/;

export function isWatched(path: string, run: Run): boolean {
  const from = path.replace(/^~(?=\/)/, '/~');
  const full = resolvePath(from, run.cwd) ?? from;
  return (
    watched.some((shape) => shape.test(full)) ||
    (full.includes('*') && isProtected('/tmp/hallmonitor-1', [full.replaceAll('/**/', '/')])) ||
    (full.includes('*') &&
      /(?:^|\/)\.(?:claude|codex|cursor|gemini|git\/hallmonitor)\/[^/]*\*/.test(full))
  );
}
