import { hole } from './command.ts';
import type { Command, Feed, Place, Redirect } from './command.ts';
import { expandText, expandWord } from './expand.ts';
import { expandingOf, followRedirects, simple } from './simple.ts';
import { recordOutput } from './record.ts';
import {
  deepestLook,
  fork,
  gap,
  isSpent,
  joinFeeds,
  mostSteps,
  nothing,
  shellRun,
  tooMuch,
  unknownText,
} from './walker.ts';
import type { Shell, Walker } from './walker.ts';

/** Most rounds of one loop that are followed one by one; a longer list is followed once, with unknown words. */
const mostRounds = 20;

/** Follows a command without running it: every program it would start, every file it would write. */
export function walk(text: string, place: Place): Walker {
  const walker: Walker = {
    place,
    runs: [],
    writes: [],
    scripts: new Set(),
    gaps: [],
    files: new Map(),
    later: [],
    called: new Set(),
    steps: 0,
    characters: 0,
    disk: new Map(),
    read: 0,
    follow: (commands, shell, stdin) => follow(walker, commands, { shell, stdin }),
    followText: (inner, shell, stdin) => followText(walker, inner, { shell, stdin }),
  };
  walker.followText(text, startShell(place), null);
  for (const run of walker.later) run();
  if (isSpent(walker)) tooMuch(walker, startShell(place));
  return walker;
}

function startShell({ cwd, home }: Place): Shell {
  const vars = new Map<string, readonly string[]>([
    ['HOME', [home]],
    ['TMPDIR', ['/tmp/']],
    ['IFS', [' \t\n']],
  ]);
  return {
    vars,
    exports: new Set(),
    functions: new Map(),
    cwd,
    before: null,
    args: null,
    elsewhere: false,
    depth: 0,
  };
}

interface Where {
  readonly shell: Shell;
  readonly stdin: Feed | null;
}

function followText(walker: Walker, text: string, { shell, stdin }: Where): Feed {
  if (shell.depth > deepestLook) {
    tooMuch(walker, shell);
    return unknownText;
  }
  const script = walker.place.parse(text);
  if (script === null) {
    gap(walker, 'a part of it is not a shell script that could be read');
    return unknownText;
  }
  if (!script.complete) gap(walker, 'a part of it is not valid shell language');
  return walker.follow(script.commands, shell, stdin);
}

function follow(walker: Walker, commands: readonly Command[], { shell, stdin }: Where): Feed {
  const feeds = commands.map((command) => one(walker, command, { shell, stdin }));
  return feeds.length === 0 ? nothing : joinFeeds(feeds);
}

function one(walker: Walker, command: Command, where: Where): Feed {
  walker.steps += 1;
  if (walker.steps > mostSteps || where.shell.depth > deepestLook || isSpent(walker)) {
    tooMuch(walker, where.shell);
    return unknownText;
  }
  const { shell, stdin } = where;
  switch (command.kind) {
    case 'simple':
      return simple(walker, command, where);
    case 'pipeline':
      return pipeline(walker, command.commands, where);
    case 'list':
      return walker.follow(command.commands, shell, stdin);
    case 'group':
      return group(walker, command, where);
    case 'branches':
      return branches(walker, command, where);
    case 'loop':
      return loop(walker, command, where);
    case 'function':
      return define(walker, command, shell);
  }
}

function pipeline(walker: Walker, commands: readonly Command[], { shell, stdin }: Where): Feed {
  let feed = stdin;
  for (const command of commands) {
    const inner = commands.length > 1 ? fork(shell) : shell;
    const next = one(walker, command, { shell: inner, stdin: feed });
    feed = { ...next, from: [...new Set([...(feed?.from ?? []), ...next.from])] };
  }
  return feed ?? nothing;
}

function group(
  walker: Walker,
  command: Extract<Command, { kind: 'group' }>,
  { shell, stdin }: Where,
): Feed {
  const inner = command.subshell ? fork(shell) : shell;
  const redirects: readonly Redirect[] = command.redirects;
  if (redirects.length === 0) return walker.follow(command.commands, inner, stdin);
  const followed = followRedirects(walker, redirects, { shell: inner, stdin, feeds: [] });
  walker.runs.push(shellRun('{', inner, followed.targets));
  const feed = walker.follow(command.commands, inner, followed.stdin);
  return recordOutput(walker, feed, { redirects: followed.targets, shell: inner });
}

function branches(
  walker: Walker,
  command: Extract<Command, { kind: 'branches' }>,
  { shell, stdin }: Where,
): Feed {
  const first = walker.follow(command.first, shell, stdin);
  const ends = command.ways.map((way) => {
    const end = fork(shell);
    return { end, feed: walker.follow(way, end, stdin) };
  });
  for (const { end } of ends) merge(shell, end);
  const texts = ends.map(({ feed }) => feed);
  return { ...joinFeeds([first, ...texts]), exact: texts.every(({ text }) => text === '') };
}

// Nobody knows which way was taken, so what differs is not known.
function merge(shell: Shell, other: Shell): void {
  for (const [name, values] of other.vars) {
    const ours = shell.vars.get(name);
    if (ours?.join('\0') !== values.join('\0')) shell.vars.set(name, [hole]);
  }
  for (const name of other.exports) shell.exports.add(name);
  for (const [name, body] of other.functions) shell.functions.set(name, body);
  if (shell.cwd !== other.cwd) shell.cwd = null;
}

function loop(
  walker: Walker,
  command: Extract<Command, { kind: 'loop' }>,
  { shell, stdin }: Where,
): Feed {
  const { variable, over, commands } = command;
  const expanding = expandingOf(walker, shell, []);
  const words =
    over === null ? (shell.args ?? [hole]) : over.flatMap((word) => expandWord(word, expanding));
  // What the first round leaves behind is what the second one meets.
  const rounds = variable === null || words.length > mostRounds ? [hole, hole] : words;
  const feeds = rounds.map((word) => {
    if (variable !== null) shell.vars.set(variable, [word]);
    return walker.follow(commands, shell, stdin);
  });
  const feed = joinFeeds(feeds.length === 0 ? [nothing] : feeds);
  return variable === null ? { ...feed, exact: false } : feed;
}

function define(
  walker: Walker,
  command: Extract<Command, { kind: 'function' }>,
  shell: Shell,
): Feed {
  const { name, body } = command;
  shell.functions.set(name, body);
  if (startsItselfTwice(body, name)) {
    walker.runs.push(shellRun('fork-bomb', shell, []));
  }
  walker.later.push(() => {
    if (!walker.called.has(name))
      one(walker, body, { shell: fork(shell, { args: null }), stdin: null });
  });
  return nothing;
}

/** How deep a function's body is searched for calls of itself. */
const deepestBody = 10;

function startsItselfTwice(command: Command, name: string, depth: number = 0): boolean {
  if (depth > deepestBody) return false;
  if (command.kind === 'pipeline' && command.commands.length > 1) {
    return command.commands.filter((part) => calls(part, name)).length > 1;
  }
  if ('commands' in command) {
    return command.commands.some((part) => startsItselfTwice(part, name, depth + 1));
  }
  return false;
}

function calls(command: Command, name: string): boolean {
  if (command.kind !== 'simple') return false;
  const [first] = command.words;
  const known = {
    valueOf: () => null,
    home: '',
    outputOf: () => unknownText,
    feeds: [],
    separators: ' ',
    spend: () => true,
  };
  return first !== undefined && expandText(first, known) === name;
}
