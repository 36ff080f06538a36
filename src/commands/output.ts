import { decodeText } from '../change/decode.ts';
import { hole } from './command.ts';
import { longestText } from './expand.ts';
import type { Feed, Run } from './command.ts';
import { baseName, resolvePath } from './paths.ts';
import { fileText, gap, nothing, unknownText } from './walker.ts';
import type { Walker } from './walker.ts';
import { filtered } from './filters.ts';
import { foundBy } from './found-files.ts';

/** Longest encoded text that is decoded, in characters. */
const longestEncoded = 1_000_000;
/** Most rounds of a `printf` format over its arguments. */
const mostFormats = 200;

/** What a program prints, as far as that follows from its arguments and its input. */
export function outputOf(run: Run, walker: Walker): Feed {
  const { name, args, stdin } = run;
  const from = stdin?.from ?? [];
  switch (name) {
    case 'echo':
    case 'write-output':
    case 'write-host':
      return exactly(echo(args), from);
    case 'printf':
      return exactly(printf(args), from);
    case 'print':
      return exactly(`${args.filter((arg) => !/^-\w+$/.test(arg)).join(' ')}\n`, from);
    case 'cat':
    case 'tee':
    case 'get-content':
      return concatenated(run, walker);
    case 'grep':
    case 'egrep':
    case 'rg':
    case 'head':
    case 'tail':
    case 'sort':
    case 'uniq':
    case 'tac':
    case 'shuf':
      return someLines(run, walker);
    case 'find':
      return { text: `${foundBy(args).join('\n')}\n`, exact: false, from: [] };
    case 'cd':
    case 'true':
    case ':':
    case '[':
    case '[[':
    case 'test':
    case 'mkdir':
    case 'touch':
    case 'sleep':
    case 'wait':
      return nothing;
    default:
      if (startsShells.test(`${name} ${args.join(' ')}`)) return { ...nothing, exact: false };
      return (
        decoded(run, walker) ??
        places(run, walker) ??
        filtered(run, walker) ?? { ...unknownText, from }
      );
  }
}

// What these print is made for `eval`, and is their own.
const startsShells =
  /^(?:ssh-agent|direnv (?:hook|export)|(?:py|rb|nod|j|go)env (?:init|virtualenv-init)|fnm env|mise (?:activate|env)|brew shellenv|\S*brew shellenv|starship init|zoxide init|opam env|conda shell|dircolors|minikube docker-env|register-python-argcomplete|thefuck|atuin init|fzf --|nodenv init|keychain|luarocks path|vcvars)/;

function exactly(text: string, from: readonly Run[]): Feed {
  return { text, exact: !text.includes(hole), from };
}

function echo(args: readonly string[]): string {
  let at = 0;
  let escapes = false;
  let newline = true;
  for (; /^-[neE]+$/.test(args[at] ?? ''); at += 1) {
    const flags = args[at] ?? '';
    if (flags.includes('n')) newline = false;
    if (flags.includes('e')) escapes = true;
  }
  const text = args.slice(at).join(' ');
  return (escapes ? unescapeText(text) : text) + (newline ? '\n' : '');
}

function printf(args: readonly string[]): string {
  const [format = '', ...values] = args[0] === '--' ? args.slice(1) : args;
  const plain = unescapeText(format);
  if (!plain.includes('%')) return plain;
  let at = 0;
  let text = '';
  for (let round = 0; round < mostFormats; round += 1) {
    const before = at;
    text += plain.replace(
      /%(?:[-+ #0]{0,5}\d{0,4}(?:\.\d{0,4})?([a-zA-Z])|%)/g,
      (whole, kind?: string) => {
        if (kind === undefined) return whole === '%%' ? '%' : whole;
        const value = values[at] ?? '';
        at += 1;
        return kind === 'b' ? unescapeText(value) : value;
      },
    );
    if (at >= values.length || at === before || text.length > longestText) break;
  }
  return text;
}

const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001B',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function unescapeText(text: string): string {
  return text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|0?[0-7]{1,3}|[ntrabfve\\"'])/g,
    (_, said: string) => {
      const plain = named[said];
      if (plain !== undefined) return plain;
      const isHex = said.startsWith('x') || said.startsWith('u');
      return String.fromCharCode(Number.parseInt(isHex ? said.slice(1) : said, isHex ? 16 : 8));
    },
  );
}

/** Some lines of files or of the input: nobody counts which. */
function someLines(run: Run, walker: Walker): Feed {
  const { name, args, stdin, cwd, elsewhere } = run;
  const operands = args.filter(
    (arg, at) => !arg.startsWith('-') && !/^-[ncAB]$/.test(args[at - 1] ?? ''),
  );
  const files = /grep$|^rg$/.test(name)
    ? operands.slice(1)
    : operands.filter((arg) => !/^\d+$/.test(arg));
  if (files.length === 0 && stdin !== null) return { ...stdin, exact: false };
  const texts = files.map((file) => (elsewhere ? null : fileText(walker, resolvePath(file, cwd))));
  const known = texts.filter((text) => text !== null);
  const size = known.reduce((sum, { length }) => sum + length, 0);
  if (known.length < texts.length || files.length === 0 || size > longestText) return unknownText;
  return { text: known.join(''), exact: false, from: [] };
}

function concatenated(run: Run, walker: Walker): Feed {
  const files =
    run.name === 'tee' ? [] : run.args.filter((arg) => arg === '-' || !arg.startsWith('-'));
  const stdin = run.stdin ?? unknownText;
  if (files.length === 0) return stdin;
  const texts = files.map((file) => {
    if (file === '-') return stdin.text;
    if (file === '/dev/fd/63') return run.feeds.at(-1)?.text ?? hole;
    return (run.elsewhere ? null : fileText(walker, resolvePath(file, run.cwd))) ?? hole;
  });
  const size = texts.reduce((sum, { length }) => sum + length, 0);
  return size > longestText
    ? { ...unknownText, from: stdin.from }
    : exactly(texts.join(''), stdin.from);
}

function decoded(run: Run, walker: Walker): Feed | null {
  const { name, args, stdin } = run;
  const isBase64 =
    (/^(?:g?base64|openssl|b64)$/.test(name) &&
      args.some((arg) => /^(?:-d|-D|--decode|-di|-id)$/.test(arg))) ||
    (name === 'base64' && args.some((arg) => arg === '-a'));
  const isHex = name === 'xxd' && args.some((arg) => /^-\w*r/.test(arg));
  if (!isBase64 && !isHex) return null;
  const file = args.find((arg) => !arg.startsWith('-') && !/^(?:base64|enc)$/.test(arg));
  const input = file === undefined ? stdin?.text : fileText(walker, resolvePath(file, run.cwd));
  const text = input === undefined || input === null ? null : decode(input, isHex);
  if (text !== null) return exactly(text, stdin?.from ?? []);
  gap(walker, 'it decodes something that cannot be seen');
  return { ...unknownText, from: stdin?.from ?? [] };
}

function decode(text: string, isHex: boolean): string | null {
  const plain = text.replace(/\s+/g, '');
  if (plain.length > longestEncoded || plain.includes(hole)) return null;
  if (isHex) {
    if (!/^[0-9a-fA-F]*$/.test(plain)) return null;
    const pairs = plain.match(/../g) ?? [];
    return decodeText(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return null;
  try {
    return decodeText(Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)));
  } catch {
    // A length that no encoder makes; the tool would complain as well.
    return null;
  }
}

function places(run: Run, walker: Walker): Feed | null {
  const { name, args, cwd } = run;
  const { top } = walker.place;
  const last = args.at(-1) ?? '';
  switch (name) {
    case 'pwd':
    case 'get-location':
      return cwd === null ? unknownText : exactly(`${cwd}\n`, []);
    case 'mktemp':
      return exactly('/tmp/made-by-mktemp\n', []);
    case 'git':
      if (args.includes('rev-parse') && args.includes('--git-path'))
        return exactly(`${top}/.git/${last}\n`, []);
      if (/^--(?:absolute-)?git-(?:common-)?dir$/.test(last)) return exactly(`${top}/.git\n`, []);
      return args.includes('rev-parse') && last === '--show-toplevel'
        ? exactly(`${top}\n`, [])
        : null;
    case 'which':
    case 'command':
      return exactly(`${last}\n`, []);
    case 'basename':
      return exactly(`${baseName(args[0] ?? '')}\n`, []);
    case 'dirname': {
      const path = args[0] ?? '';
      const end = path.lastIndexOf('/');
      return path === ''
        ? unknownText
        : exactly(`${end < 0 ? '.' : path.slice(0, end) || '/'}\n`, []);
    }
    case 'realpath':
    case 'readlink': {
      const path = resolvePath(last, cwd);
      return path === null || path.includes(hole) ? unknownText : exactly(`${path}\n`, []);
    }
    default:
      return null;
  }
}
