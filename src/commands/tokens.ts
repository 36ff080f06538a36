import { hole } from './command.ts';
import type { Run } from './command.ts';
import { baseName } from './paths.ts';

/** Most commands of one text that are read this way. */
const mostCommands = 2_000;

interface Token {
  readonly text: string;
  /** `|`, `;`, a newline: what is between commands. */
  readonly divides: boolean;
}

/** Words of a PowerShell or cmd text: quotes are taken off, variables become holes. Linear and forgiving. */
function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let word: string | null = null;
  let quote = '';
  function close(): void {
    if (word !== null) found.push({ text: word, divides: false });
    word = null;
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + (char === '$' && quote === '"' ? hole : char);
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '`' || char === '^') word = (word ?? '') + (text[(at += 1)] ?? '');
    else if (char === '#' && word === null)
      at = (text.indexOf('\n', at) + 1 || text.length + 1) - 2;
    else if (/[ \t\r,@]/.test(char)) close();
    else if (/[;\n|&(){}]/.test(char)) {
      close();
      found.push({ text: char, divides: true });
    } else word = (word ?? '') + (char === '$' || char === '%' ? hole : char);
  }
  close();
  return found;
}

/** The commands in a text that no real parser reads, as programs with arguments. */
export function looseRuns(text: string, cwd: string): readonly Run[] {
  const runs: Run[] = [];
  let words: string[] = [];
  let piped: readonly Run[] = [];
  function close(by: string): void {
    const run = words.length === 0 ? null : made(words, { cwd, from: piped });
    if (run !== null && runs.length < mostCommands) runs.push(run);
    piped = by === '|' && run !== null ? [...piped, run] : [];
    words = [];
  }
  for (const token of tokens(text)) {
    if (token.divides) close(token.text);
    else words.push(token.text);
  }
  close('');
  return runs.flatMap((run) => [run, ...inner(run)]);
}

function made(
  words: readonly string[],
  { cwd, from }: { readonly cwd: string; readonly from: readonly Run[] },
): Run {
  const redirects: { operator: string; path: string }[] = [];
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const sign = /^[12*]?>{1,2}/.exec(word)?.[0];
    if (sign === undefined) plain.push(word);
    else {
      const glued = word.slice(sign.length);
      if (glued === '') at += 1;
      redirects.push({ operator: sign, path: glued === '' ? (words[at] ?? '') : glued });
    }
  }
  const [path = '', ...args] = plain;
  const name = baseName(path)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat)$/, '');
  const stdin = from.length === 0 ? null : { text: hole, exact: false, from };
  return translated({
    name,
    path,
    args,
    env: new Map(),
    cwd,
    elsewhere: false,
    stdin,
    feeds: [],
    redirects,
  });
}

const removers = /^(?:remove-item|ri|rd|rmdir|del|erase|rm|rni)$/;

/** Names of PowerShell and cmd become those that the rules know. */
function translated(run: Run): Run {
  const { name, args } = run;
  if (removers.test(name)) {
    const flags = args.map((arg) => arg.toLowerCase());
    const isRecursive = flags.some((arg) =>
      /^(?:-r(?:e(?:c\w*)?)?|-rf|-fr|\/s)(?:\s*:.*)?$/.test(arg),
    );
    const paths = args
      .filter((arg) => !/^-|^\/[a-z]$/i.test(arg))
      .map((arg) => arg.replaceAll('\\', '/'));
    return { ...run, name: 'rm', args: [...(isRecursive ? ['-r'] : []), ...paths] };
  }
  if (/^(?:format|format-volume|clear-disk)$/.test(name)) return { ...run, name: 'mkfs' };
  if (/^(?:gc|type|cat)$/.test(name))
    return { ...run, name: 'cat', args: args.map((arg) => arg.replaceAll('\\', '/')) };
  if (/^(?:iwr|irm)$/.test(name)) return { ...run, name: 'curl' };
  return {
    ...run,
    args: args.map((arg) => (/^[A-Za-z]:\\|\\/.test(arg) ? arg.replaceAll('\\', '/') : arg)),
  };
}

const prefixes =
  /^(?:sudo|cmd|powershell|pwsh|start|call|invoke-command|npx|env|start-process|&|\.)$/;

function inner(run: Run): readonly Run[] {
  if (!prefixes.test(run.name)) return [];
  const rest = run.args.filter((arg) => !/^(?:-[a-z]+|\/[a-z])$/i.test(arg));
  const [first = ''] = rest;
  if (first === '') return [];
  const cwd = run.cwd ?? '/';
  return first.includes(' ') ? looseRuns(first, cwd) : [made(rest, { cwd, from: [] })];
}

/** Most words after a program's name that are taken for its arguments when nothing else is known. */
const mostArguments = 30;
/** Most places of a text that are tried as the start of a command. */
const mostStarts = 3_000;

/** Every place of an unreadable text where one of these programs may start. */
export function suspectedRuns(
  text: string,
  programs: ReadonlySet<string>,
  cwd: string,
): readonly Run[] {
  const found: Run[] = [];
  for (const line of text.split(/[\n;|&]+/).slice(0, mostStarts)) {
    const words = line
      .replace(/[`"'\\(){}<>]/g, ' ')
      .replace(/\$\w{1,60}/g, hole)
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 400);
    words.forEach((word, at) => {
      const name = baseName(word).toLowerCase();
      if (found.length < mostStarts && programs.has(name)) {
        found.push(made(words.slice(at, at + mostArguments), { cwd, from: [] }));
      }
    });
  }
  return found;
}
