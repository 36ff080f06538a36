import type { Run } from '../command.ts';
import { resolvePath } from '../paths.ts';
import { readArgs } from '../read-args.ts';
import type { Hit, Scene } from '../rule.ts';
import { touchedPaths } from './touched-paths.ts';

/** What is done to the program that watches: its files, its place, its settings, and calls in an agent's name. */
export function byOwnProgram(run: Run, scene: Scene): readonly Hit[] {
  return [...forges(run), ...sets(run, scene), ...replaces(run, scene), ...takes(run)];
}

const hookFile =
  /(?:^|\/)(?:hallmonitor-hook|\.hallmonitor\/hook\.sh|\.git\/hallmonitor\/run(?:\.sh)?)$/;
const starters = /^(?:ba|da|z|k|a)?sh$|^(?:perl|source|\.|busybox)$/;
const hookAddress =
  /(?:127\.0\.0\.1|localhost|\[::1\]|0\.0\.0\.0)(?::\d{1,5})?\/hook(?:\/|['"?\s]|$)/i;
const hookSocket = /hallmonitor-[^/\s]{1,60}\/[\w.-]{0,60}sock/;
const callers =
  /^(?:curl|wget|nc|ncat|netcat|socat|http|https|xh|telnet|python[\d.]*|node|ruby|perl|php|bun|deno|invoke-webrequest|invoke-restmethod|iwr|irm)$/;

const forging: Hit = { says: 'It reports to the monitor in the name of an agent.' };

function forges({ name, path, args, stdin }: Run): readonly Hit[] {
  if (hookFile.test(path)) return [forging];
  const [first] = args.filter((arg) => !arg.startsWith('-'));
  if (starters.test(name) && first !== undefined && hookFile.test(first)) return [forging];
  if (!callers.test(name)) return [];
  const said = [...args, stdin?.text ?? ''].join('\n').slice(0, longestText);
  return hookAddress.test(said) || hookSocket.test(said) ? [forging] : [];
}

/** Longest text that is searched, in characters. */
const longestText = 200_000;

const names = /^HALLMONITOR_(?:RUN_DIR|NODE|GATE|CLIENT)$/;
const settings = /\bHALLMONITOR_(?:RUN_DIR|NODE|GATE|CLIENT)\b/;
const setters =
  /^(?:export|declare|typeset|readonly|local|set|setenv|setx|launchctl|systemctl|direnv|mise)$/;
const environmentFile =
  /(?:^|\/)(?:\.env(?:rc|\.[\w.-]{1,40})?|\.(?:bash|zsh)(?:rc|env|_profile|_login|_logout)|\.zprofile|\.zlogin|\.profile|\.kshrc|\.pam_environment|config\.fish|\.?mise\.toml|\.tool-versions)$|^\/etc\/(?:environment|profile)/;

const setting: Hit = { says: 'It changes which program the monitor is, or where it listens.' };

function sets(run: Run, { runs }: Scene): readonly Hit[] {
  if ([...run.env.keys()].some((name) => names.test(name))) return [setting];
  const isSet = setters.test(run.name) && run.args.some((arg) => assigns.test(arg));
  if (isSet) return [setting];
  const files = touchedPaths(run).changed.filter((path) =>
    environmentFile.test(resolvePath(path, run.cwd) ?? path),
  );
  if (files.length === 0) return [];
  return runs.some(({ args, stdin }) =>
    [...args, stdin?.text ?? ''].some((text) => settings.test(text.slice(0, longestText))),
  )
    ? [setting]
    : [];
}

const assigns = /^HALLMONITOR_(?:RUN_DIR|NODE|GATE|CLIENT)(?:=|$)/;

const packageTools = /^(?:npm|pnpm|yarn|bun)$/;
const adding = /^(?:install|i|in|ins|add|ci|link|ln|update|up|upgrade)$/;
const removing = /^(?:uninstall|remove|rm|r|un|unlink)$/;

const replacing: Hit = { says: 'It puts another program in the place of the monitor.' };

function replaces({ name, args, cwd }: Run, { read }: Scene): readonly Hit[] {
  if (!packageTools.test(name)) return [];
  const [verb = '', ...rest] = readArgs(args, [
    '--prefix',
    '-C',
    '--dir',
    '--cwd',
    '-w',
    '-F',
  ]).operands;
  const words = verb === 'global' || verb === 'workspace' ? rest.slice(1) : rest;
  const does = verb === 'global' ? (rest[0] ?? '') : verb;
  if (removing.test(does) && words.includes('hallmonitor'))
    return [{ says: 'It removes the monitor.' }];
  if (verb === 'pkg' && rest.some((word) => /ependencies\.hallmonitor\b/.test(word)))
    return [{ ...replacing, decision: 'ask' }];
  if (!adding.test(does)) return [];
  const isOther = words.some(
    (word) =>
      /^hallmonitor@.{0,300}[:/]/.test(word) ||
      (/^(?:link|ln)$/.test(does) && word === 'hallmonitor') ||
      isNamedSo(word.replace(/^(?:file|link|portal):/, ''), { cwd, read }),
  );
  return isOther ? [replacing] : [];
}

function isNamedSo(word: string, { cwd, read }: Pick<Run, 'cwd'> & Pick<Scene, 'read'>): boolean {
  if (!/^(?:\.{1,2}(?:\/|$)|\/)/.test(word)) return false;
  if (/(?:^|\/)hallmonitor(?:-\d[\w.-]{0,40})?(?:\.tgz|\.tar\.gz|\/)?$/.test(word)) return true;
  const path = resolvePath(`${word}/package.json`, cwd);
  const text = path === null ? null : read(path);
  return text !== null && /"name"\s{0,10}:\s{0,10}"hallmonitor"/.test(text.slice(0, longestText));
}

// Packages are put back by one command, but not where they were moved out of the way.
function takes(run: Run): readonly Hit[] {
  const { taken } = touchedPaths(run);
  const full = taken.map((path) => resolvePath(path, run.cwd) ?? path);
  const isMove = /^(?:mv|move|move-item)$/.test(run.name);
  if (full.some((path) => /\/node_modules\/\.bin\/?$/.test(path)))
    return [{ decision: 'ask', says: 'It takes away the programs that packages bring along.' }];
  return isMove && full.some((path) => path.endsWith('/node_modules'))
    ? [{ decision: 'ask', says: 'It moves the packages away, and the monitor with them.' }]
    : [];
}
