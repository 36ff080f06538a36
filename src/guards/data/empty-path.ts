import type { ChangedFile } from '../guard.ts';
import type { CommandLine, CommandSetting } from './command-lines.ts';

// rm -rf "$DIR"/ and rm -rf $DIR/*: with DIR empty, the root of the machine.
const removal =
  /\brm\s+(?:-[a-zA-Z]+\s+|--\w+\s+){1,6}(?:--\s+)?(?:"[^"\s]{1,80}"\s+){0,4}["']?\$\{?([A-Za-z_]\w*)\}?["']?\/(?:["']?\*|["']?(?:\s|$|;|&|\|))/;

/** What a removal does whose path begins with a variable that may be empty; null when it is safe. */
export function emptyPath(
  { text }: CommandLine,
  file: ChangedFile,
  setting: CommandSetting,
): string | null {
  if (file.language !== 'shell' && file.language !== 'dockerfile' && setting !== 'script')
    return null;
  if (!/\brm\s+-\w*[rR]/.test(text)) return null;
  const name = removal.exec(text)?.[1];
  if (name === undefined || isCertain(name, file.after?.text ?? '', text)) return null;
  return `deletes everything under $${name}, which is the whole machine where ${name} is empty`;
}

const given: ReadonlySet<string> = new Set([
  'HOME',
  'PWD',
  'TMPDIR',
  'GITHUB_WORKSPACE',
  'RUNNER_TEMP',
  'WORKSPACE',
  'CI_PROJECT_DIR',
]);

function isCertain(name: string, whole: string, line: string): boolean {
  if (given.has(name)) return true;
  if (/^\s*set\s+-\w*u|set\s+-o\s+nounset|^#!.*\s-\w*u/m.test(whole)) return true;
  const at = whole.indexOf(line.trim());
  const before = at < 0 ? whole : whole.slice(0, at);
  const isChecked = new RegExp(
    String.raw`\[\[?\s*(?:-[nd]\s+)?["']?\$\{?${name}\}?|\$\{${name}:[?=-]|\b${name}\s*:=`,
  ).test(before + line);
  const assigned = new RegExp(
    String.raw`(?:^|[\s;])(?:export\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)*|ARG\s+|ENV\s+)?${name}\s*[:?]?=\s*(?:["']?[^\s"'$]|["']?\$\(|["']?\$\{?\w+\}?\/)`,
    'm',
  ).test(before);
  const isLoop = new RegExp(String.raw`\bfor\s+${name}\s+in\b`).test(before);
  return isChecked || assigned || isLoop;
}
