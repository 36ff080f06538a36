import { hole } from './command.ts';
import type { Feed, Place, Run } from './command.ts';
import { longestText } from './expand.ts';
import { foundBy } from './found-files.ts';
import { resolvePath } from './paths.ts';
import { packageScript } from './package-script.ts';
import { peel } from './peel.ts';
import { wrappers } from './wrapper-table.ts';
import type { Wrapper } from './wrapper-table.ts';

/** A command inside a command. */
export interface Inner {
  readonly argv: readonly string[];
  /** A script; then `argv` is not looked at. */
  readonly text?: string;
  readonly env?: readonly (readonly [string, string])[];
  /** Runs on another machine or in a container. */
  readonly elsewhere?: boolean;
  readonly cwd?: string | null;
  readonly stdin?: Feed | null;
}

/** Programs that take the file `{}` of `find` or items of `xargs` are given at most this many at once. */
const mostItems = 200;

const mostRounds = 20;

/** The commands that a program would start in turn; empty when it is none that does. */
export function innerCommands(run: Run, place: Place): readonly Inner[] {
  switch (run.name) {
    case 'xargs':
      return xargs(run);
    case 'parallel':
      return parallel(run);
    case 'find':
    case 'fd':
      return finds(run);
    case 'concurrently':
      return run.args.filter((arg) => !arg.startsWith('-')).map(script);
    case 'tmux':
    case 'screen':
      return run.args.filter((arg) => arg.includes(' ')).map(script);
    case 'at':
    case 'batch':
      return run.stdin === null ? [] : [script(run.stdin.text)];
    case 'git':
      return gitScripts(run);
    case 'fly':
    case 'flyctl':
      return flagScripts(run, ['-C', '--command']).map((text) => ({
        argv: [],
        text,
        elsewhere: true,
      }));
    case 'docker-compose':
      return container(run.args);
    default:
      return [...wrapped(run), ...others(run, place)];
  }
}

export function script(text: string): Inner {
  return { argv: [], text };
}

function wrapped(run: Run): readonly Inner[] {
  const wrapper = wrappers[run.name];
  if (wrapper === undefined || !Object.hasOwn(wrappers, run.name)) return [];
  const args = afterVerbs(run.args, wrapper);
  if (args === null) return [];
  const flags = (wrapper.scripts ?? '').split(' ').filter((flag) => flag !== '');
  const texts = flagScripts({ ...run, args }, flags).map(script);
  const takesInput =
    /^(?:sudo|doas)$/.test(run.name) &&
    run.stdin !== null &&
    args.every((arg) => arg.startsWith('-')) &&
    args.some((arg) => /^-[a-z]*[si]/.test(arg));
  if (takesInput) return [script(run.stdin?.text ?? '')];
  const { argv, env, folder } = peel(args, {
    ...wrapper,
    valued: `${wrapper.valued ?? ''} ${flags.join(' ')}`,
  });
  if (argv.length === 0) return texts;
  const inner: Inner = {
    argv,
    env,
    ...(folder === null
      ? {}
      : { cwd: folder.includes(hole) ? null : resolvePath(folder, run.cwd) }),
    ...(wrapper.elsewhere === true ? { elsewhere: true } : {}),
  };
  const joined = wrapper.joins === true || (run.name === 'hyperfine' && argv.length > 0);
  return [
    ...texts,
    joined ? { ...inner, text: argv.join(run.name === 'hyperfine' ? '\n' : ' ') } : inner,
  ];
}

function afterVerbs(args: readonly string[], wrapper: Wrapper): readonly string[] | null {
  if (wrapper.verbs === undefined) return args;
  const start = peel(args, { ...wrapper, skip: 0 }).argv;
  for (const verb of wrapper.verbs.split(',')) {
    const words = verb.split(' ');
    if (words.every((word, index) => start[index] === word)) {
      // `kubectl exec pod -- rm` says where the command starts.
      const dashes = start.indexOf('--');
      return dashes < 0 ? start.slice(words.length) : withSkip(start.slice(dashes + 1), wrapper);
    }
  }
  return null;
}

function withSkip(args: readonly string[], { skip }: Wrapper): readonly string[] {
  return [...Array.from({ length: skip ?? 0 }, () => '_'), ...args];
}

function flagScripts({ args }: Pick<Run, 'args'>, flags: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const equals = flags.find((flag) => flag.startsWith('--') && arg.startsWith(`${flag}=`));
    if (equals !== undefined) return [arg.slice(equals.length + 1)];
    const isCluster = flags.includes('-c') && /^-[a-z]{1,4}c$/.test(arg);
    return flags.includes(arg) || isCluster ? [args[index + 1] ?? ''] : [];
  });
}

const xargsValued =
  '-I -n -P -L -d -a -E -s --max-args --max-procs --max-lines --delimiter --arg-file --replace';

function xargs(run: Run): readonly Inner[] {
  const { argv } = peel(run.args, { valued: xargsValued });
  if (argv.length === 0) return [];
  const items = itemsOf(run.stdin);
  const at = run.args.findIndex((arg) => arg.startsWith('-I'));
  const glued = run.args[at]?.slice(2) ?? '';
  const mark = at < 0 ? null : glued === '' ? (run.args[at + 1] ?? '{}') : glued;
  if (mark === null || mark === '') return [{ argv: [...argv, ...items], stdin: null }];
  return items
    .slice(0, mostRounds)
    .map((item) => ({ argv: argv.map((word) => filledIn(word, mark, item)), stdin: null }));
}

function filledIn(word: string, mark: string, item: string): string {
  if (!word.includes(mark)) return word;
  const parts = word.split(mark);
  return parts.length * item.length + word.length > longestText ? hole : parts.join(item);
}

function itemsOf(stdin: Feed | null): readonly string[] {
  const items = (stdin?.text ?? hole).split(/[\s\0]+/).filter((item) => item !== '');
  return items.length === 0 ? [hole] : items.slice(0, mostItems);
}

function parallel(run: Run): readonly Inner[] {
  const { argv } = peel(run.args, { valued: '-j --jobs -N -n -a --colsep' });
  const colons = argv.findIndex((arg) => arg.startsWith(':::'));
  const command = (colons < 0 ? argv : argv.slice(0, colons)).join(' ');
  const items = colons < 0 ? itemsOf(run.stdin) : argv.slice(colons + 1);
  return items.slice(0, mostRounds).map((item) => {
    const text = command.includes('{}') ? filledIn(command, '{}', item) : `${command} ${item}`;
    return { argv: [], text: text.trim(), stdin: null };
  });
}

function finds(run: Run): readonly Inner[] {
  const found = run.name === 'find' ? foundBy(run.args) : [hole];
  const inners: Inner[] = [];
  run.args.forEach((arg, index) => {
    const isExec =
      run.name === 'find' ? /^-(?:exec|execdir|ok|okdir)$/ : /^(?:-x|-X|--exec|--exec-batch)$/;
    if (!isExec.test(arg)) return;
    const rest = run.args.slice(index + 1);
    const end = rest.findIndex((word) => word === ';' || (run.name === 'find' && word === '+'));
    const argv = end < 0 ? rest : rest.slice(0, end);
    const items = found.slice(0, mostRounds);
    for (const item of items) {
      const words = argv.map((word) => filledIn(word, '{}', item));
      inners.push({ argv: argv.some((word) => word.includes('{}')) ? words : [...words, item] });
    }
  });
  return inners;
}

function gitScripts(run: Run): readonly Inner[] {
  const { args } = run;
  const aliases = args.flatMap((arg) => {
    const value = /^(?:-c)?alias\.[^=]*=([\s\S]*)$/.exec(arg)?.[1];
    return value === undefined ? [] : [aliasText(value)];
  });
  const at = args.findIndex((arg) => arg.startsWith('alias.') && !arg.includes('='));
  const set =
    args.includes('config') && at >= 0 && args[at + 1] !== undefined
      ? [aliasText(args[at + 1] ?? '')]
      : [];
  const each = args.indexOf('foreach');
  const foreach =
    each < 0
      ? []
      : [
          args
            .slice(each + 1)
            .filter((arg) => arg !== '--recursive')
            .join(' '),
        ];
  const exec = args.includes('rebase') ? flagScripts(run, ['-x', '--exec']) : [];
  const bisect = args[0] === 'bisect' && args[1] === 'run' ? [{ argv: args.slice(2) }] : [];
  return [...[...aliases, ...set, ...foreach, ...exec].map(script), ...bisect];
}

function aliasText(value: string): string {
  return value.startsWith('!') ? value.slice(1) : `git ${value}`;
}

const runValued =
  '-e --env -v --volume -p --publish --name -w --workdir -u --user --network --net --mount --env-file -m --memory ' +
  '--cpus --label -l --add-host --platform --restart --gpus -h --hostname --cap-add --cap-drop --ulimit --tmpfs ' +
  '--device --shm-size --pull --security-opt --log-driver --log-opt --ip --dns --expose --link --pid --ipc --userns ' +
  '--volumes-from --health-cmd --entrypoint -a --attach --cidfile --index --scale';

function container(args: readonly string[]): readonly Inner[] {
  const { argv } = peel(args, {
    valued: '-f --file -p --project-name --env-file --profile --project-directory --context -H',
  });
  const [verb, ...rest] = argv;
  if (verb === 'compose') return container(rest);
  if (verb !== 'run' && verb !== 'exec' && verb !== 'create') return [];
  const entry = flagScripts({ args: rest }, ['--entrypoint']);
  const inner = peel(rest, { valued: runValued, skip: 1 }).argv;
  const command = [...entry, ...inner];
  return command.length === 0 ? [] : [{ argv: command, elsewhere: true }];
}

const packageTools = new Set(['npm', 'pnpm', 'yarn', 'bun']);

// Words after yarn, pnpm and bun that are their own commands, not programs of the project.
const ownVerbs = new Set(
  'add install remove run test init publish upgrade why list outdated audit link unlink cache config i rm up update build dev start create info pack version login whoami import dedupe prune store patch'.split(
    ' ',
  ),
);

function others(run: Run, place: Place): readonly Inner[] {
  if (run.name === 'docker' || run.name === 'podman' || run.name === 'nerdctl') {
    if (run.args[0] === 'exec' && run.name === 'docker') return [];
    return container(run.args);
  }
  if (!packageTools.has(run.name)) return [];
  const text = packageScript(run, place);
  if (text !== null) return [script(text)];
  const argv = run.args.filter((arg, index) => index > 0 || !arg.startsWith('-'));
  const [verb] = argv;
  return run.name === 'npm' || verb === undefined || ownVerbs.has(verb) || verb.startsWith('-')
    ? []
    : [{ argv }];
}
