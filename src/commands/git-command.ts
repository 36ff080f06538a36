import type { Run } from './command.ts';

/** A git call, taken apart. */
export interface GitCommand {
  readonly verb: string;
  /** Everything after the verb. */
  readonly rest: readonly string[];
  /** Settings given with `-c` or through the environment, as `name=value`. */
  readonly settings: readonly string[];
  /** Folders given with `-C`, each from the one before. */
  readonly folders: readonly string[];
}

const valued = new Set([
  '-C',
  '-c',
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--exec-path',
  '--super-prefix',
  '--config-env',
]);

/** The call of git that a program is; null when it is none. */
export function gitCommand({ name, args, env }: Run): GitCommand | null {
  if (name !== 'git' && name !== 'hub') return null;
  const settings: string[] = [...fromEnvironment(env)];
  const folders: string[] = [];
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) break;
    if (arg === '-c' || arg === '--config-env') settings.push(args[at + 1] ?? '');
    if (arg.startsWith('--config-env=')) settings.push(arg.slice('--config-env='.length));
    if (arg === '-C') folders.push(args[at + 1] ?? '');
    if (valued.has(arg)) at += 1;
  }
  return { verb: args[at] ?? '', rest: args.slice(at + 1), settings, folders };
}

function fromEnvironment(env: Run['env']): readonly string[] {
  const parameters = env.get('GIT_CONFIG_PARAMETERS') ?? '';
  const keys = [...env].flatMap(([name, value]) =>
    /^GIT_CONFIG_KEY_\d{1,4}$/.test(name) ? [`${value}=`] : [],
  );
  return parameters === '' ? keys : [...keys, parameters.replaceAll("'", '')];
}

/** Whether a branch is one of the protected ones; patterns may hold `*`. */
export function isProtected(branch: string, patterns: readonly string[]): boolean {
  const known = patterns.length === 0 ? ['main', 'master'] : patterns;
  return known.some((pattern) => matches(pattern.replace(/^refs\/heads\//, ''), branch));
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return pattern === name;
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
