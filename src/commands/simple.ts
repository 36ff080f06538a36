import { hole } from './command.ts';
import type { Assignment, Command, Feed, Redirect, Run } from './command.ts';
import { isDeclaration, runBuiltin } from './builtins.ts';
import { expandText, expandWord } from './expand.ts';
import type { Expanding } from './expand.ts';
import { environment, noteExported } from './environment.ts';
import { embeddedTexts, isCommandVariable } from './embedded.ts';
import { inlineCode } from './inline-code.ts';
import type { Follows } from './inline-code.ts';
import { outputOf } from './output.ts';
import { baseName, resolvePath } from './paths.ts';
import { followScripts } from './scripts.ts';
import {
  deepestLook,
  fileText,
  fork,
  gap,
  joinFeeds,
  nothing,
  shellRun,
  spend,
  tooMuch,
  unknownText,
} from './walker.ts';
import type { Shell, Walker } from './walker.ts';
import { innerCommands } from './wrappers.ts';
import type { Inner } from './wrappers.ts';
import { recordOutput } from './record.ts';
import { recordWrites } from './writes.ts';

type Targets = Run['redirects'];

interface Surroundings {
  readonly shell: Shell;
  readonly stdin: Feed | null;
  readonly feeds: Feed[];
}

interface Call extends Surroundings {
  readonly env: ReadonlyMap<string, string>;
  readonly redirects: Targets;
}

/** Follows one simple command: expands its words, looks through wrappers, notes programs and files. */
export function simple(
  walker: Walker,
  command: Extract<Command, { kind: 'simple' }>,
  { shell, stdin }: { readonly shell: Shell; readonly stdin: Feed | null },
): Feed {
  const feeds: Feed[] = [];
  const expanding = expandingOf(walker, shell, feeds);
  const argv = command.words.flatMap((word) => expandWord(word, expanding));
  const assigned = command.assignments.map((one) => assign(one, expanding));
  const followed = followRedirects(walker, command.redirects, { shell, stdin, feeds });
  const redirects = followed.targets;
  if (argv.length === 0 || isDeclaration(argv[0] ?? '')) {
    for (const [name, values] of assigned) shell.vars.set(name, values);
  }
  if (argv.length === 0) {
    for (const [name, values] of assigned) {
      noteExported(shell, name);
      if (isCommandVariable(name))
        walker.followText(values.join(' '), fork(shell, { depth: shell.depth + 1 }), null);
    }
    return onlyRedirects(walker, { shell, stdin: followed.stdin, feeds, redirects });
  }
  const env = environment(walker, shell, assigned);
  return call(walker, argv, { shell, stdin: followed.stdin, feeds, env, redirects });
}

// `$(< file)` reads a file, `> file` empties one, and neither names a program.
function onlyRedirects(
  walker: Walker,
  { shell, stdin, feeds, redirects }: Surroundings & { readonly redirects: Targets },
): Feed {
  const from = feeds.flatMap((feed) => feed.from);
  if (redirects.length === 0) return { ...nothing, from };
  const run = shellRun('{', shell, redirects);
  walker.runs.push(run);
  const reads = redirects.some(({ operator }) => operator === '<');
  const feed = reads ? (stdin ?? nothing) : nothing;
  return recordOutput(walker, { ...feed, from: [...from, run] }, { redirects, shell });
}

function assign(one: Assignment, expanding: Expanding): readonly [string, readonly string[]] {
  if (one.index !== null) expandText(one.index, expanding);
  const values =
    one.values.length === 1
      ? one.values.map((word) => expandText(word, expanding))
      : one.values.flatMap((word) => expandWord(word, expanding));
  if (!one.append) return [one.name, values];
  const before = expanding.valueOf(one.name) ?? [hole];
  const size = before.reduce((sum, { length }) => sum + length, 0);
  if (!expanding.spend(values.length === 1 ? size : before.length)) return [one.name, [hole]];
  return [
    one.name,
    values.length === 1 ? [before.join(' ') + (values[0] ?? '')] : [...before, ...values],
  ];
}

/** What expansion sees of a shell. Outputs of substitutions are added to `feeds`. */
export function expandingOf(walker: Walker, shell: Shell, feeds: Feed[]): Expanding {
  return {
    home: shell.elsewhere ? '/root' : walker.place.home,
    feeds,
    separators: shell.vars.get('IFS')?.join(' ') ?? ' ',
    spend: (characters) => spend(walker, characters),
    valueOf: (name) => valueOf(shell, name),
    outputOf: (script) => {
      if (!script.complete) gap(walker, 'a part of it is not valid shell language');
      return walker.follow(script.commands, fork(shell, { depth: shell.depth + 1 }), null);
    },
  };
}

function valueOf(shell: Shell, name: string): readonly string[] | null {
  if (name === 'PWD') return shell.cwd === null ? null : [shell.cwd];
  if (name === '0') return shell.vars.get('0') ?? null;
  if (name === 'OLDPWD') return shell.before === null ? null : [shell.before];
  if (name === '@' || name === '*') return shell.args;
  if (/^[1-9]\d?$/.test(name)) {
    return shell.args === null ? null : [shell.args[Number(name) - 1] ?? ''];
  }
  return shell.vars.get(name) ?? null;
}

/** Expands redirects: where output goes and what comes in. */
export function followRedirects(
  walker: Walker,
  redirects: readonly Redirect[],
  { shell, stdin, feeds }: Surroundings,
): { readonly stdin: Feed | null; readonly targets: Targets } {
  const expanding = expandingOf(walker, shell, feeds);
  const targets: { operator: string; path: string }[] = [];
  let input = stdin;
  for (const redirect of redirects) {
    if (redirect.kind === 'text') {
      input = {
        text: expandText(redirect.body, expanding),
        exact: true,
        from: feeds.flatMap(({ from }) => from),
      };
      continue;
    }
    const path = expandWord(redirect.target, expanding).join(' ');
    const { operator, descriptor } = redirect;
    targets.push({ operator: descriptor === 2 ? `2${operator}` : operator, path });
    if (operator === '<') input = inputFrom(walker, path, { shell, feeds });
  }
  return { stdin: input, targets };
}

function inputFrom(
  walker: Walker,
  path: string,
  { shell, feeds }: Pick<Surroundings, 'shell' | 'feeds'>,
): Feed {
  if (path === '/dev/fd/63') return feeds.at(-1) ?? unknownText;
  const text = shell.elsewhere ? null : fileText(walker, resolvePath(path, shell.cwd));
  return text === null ? unknownText : { text, exact: true, from: [] };
}

/** Follows one program with its arguments, and everything it starts in turn. */
function call(walker: Walker, argv: readonly string[], context: Call): Feed {
  const [path = '', ...args] = argv;
  const { shell, redirects } = context;
  walker.steps += 1;
  if (shell.depth > deepestLook) {
    tooMuch(walker, shell);
    return unknownText;
  }
  const run: Run = {
    name: programName(path),
    path,
    args,
    env: context.env,
    cwd: shell.cwd,
    elsewhere: shell.elsewhere,
    stdin: context.stdin,
    feeds: context.feeds,
    redirects,
  };
  const body = shell.functions.get(path);
  if (body !== undefined) return callFunction(walker, body, { ...context, name: path, args });
  walker.runs.push(run);
  if (run.name.includes(hole)) gap(walker, 'which program it starts is only known when it runs');
  const made = outcome(walker, run, context);
  const isNew = made.text !== run.stdin?.text;
  const feed = isNew && !spend(walker, made.text.length) ? unknownText : made;
  const from = [...new Set([...feed.from, run, ...context.feeds.flatMap((one) => one.from)])];
  return recordOutput(walker, { ...feed, from }, { redirects, shell });
}

function outcome(walker: Walker, run: Run, context: Call): Feed {
  const { shell, stdin } = context;
  const built = runBuiltin(walker, run, shell);
  if (built !== null) return built;
  const inners = innerCommands(run, walker.place);
  if (inners.length > 0) return joinFeeds(inners.map((inner) => callInner(walker, inner, context)));
  const followed = followScripts(walker, run, { shell, stdin });
  if (followed !== null) return followed;
  const follows: Follows = {
    call: (argv) => {
      call(walker, argv, quiet(context));
    },
    text: (text) => {
      walker.followText(text, fork(shell, { depth: shell.depth + 1 }), null);
    },
  };
  inlineCode(walker, run, follows);
  for (const text of embeddedTexts(run)) follows.text(text);
  recordWrites(walker, run);
  return outputOf(run, walker);
}

function quiet(context: Call): Call {
  const shell = fork(context.shell, { depth: context.shell.depth + 1 });
  return { ...context, shell, stdin: null, feeds: [], redirects: [] };
}

function callInner(walker: Walker, inner: Inner, context: Call): Feed {
  const { shell } = context;
  const stdin = inner.stdin === undefined ? context.stdin : inner.stdin;
  const changes = {
    depth: shell.depth + 1,
    elsewhere: shell.elsewhere || inner.elsewhere === true,
    ...(inner.elsewhere === true ? { cwd: null } : {}),
    ...(inner.cwd === undefined ? {} : { cwd: inner.cwd }),
  };
  const forked = fork(shell, changes);
  if (inner.text !== undefined) return walker.followText(inner.text, forked, stdin);
  const env = new Map([...context.env, ...(inner.env ?? [])]);
  return call(walker, inner.argv, { ...context, shell: forked, stdin, env, redirects: [] });
}

function callFunction(
  walker: Walker,
  body: Command,
  context: Call & { readonly name: string; readonly args: readonly string[] },
): Feed {
  const { shell, args, name, stdin, redirects } = context;
  walker.called.add(name);
  const inner: Shell = { ...shell, args, depth: shell.depth + 1 };
  const feed = walker.follow([body], inner, stdin);
  shell.cwd = inner.cwd;
  return recordOutput(walker, feed, { redirects, shell });
}

/** Longest program path whose name is looked for, in characters. */
const longestName = 500;

/** The program's name as the system finds it: no folder, no `.exe`, lower case. */
function programName(path: string): string {
  if (path.endsWith(hole)) return hole;
  return baseName(path.slice(-longestName))
    .toLowerCase()
    .replace(/(?<=\w)@[\w.^~-]{1,60}$/, '')
    .replace(/\.(?:exe|cmd|bat)$/, '');
}
