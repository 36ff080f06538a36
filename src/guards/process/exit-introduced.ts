import { addedCode } from '../code/added-code.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { functionAround, nodeAt } from '../code/node-at.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './exit-introduced.examples.ts';

/** Calls that end the process, by language. */
interface Exit {
  readonly languages: readonly Language[];
  readonly call: RegExp;
  /** The same text where it does no harm. */
  readonly but?: RegExp;
  /** At most this, whatever the path says. */
  readonly severity: Severity;
  /** A habit of some: asked only of files that were without it, their tests aside. */
  readonly common?: boolean;
}

const exits: readonly Exit[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    call: /(?<![\w.])process\.(?:exit|abort|kill)\(/,
    but: /process\.kill\((?!process\.pid)/,
    severity: 'warn',
  },
  {
    languages: ['python'],
    call: /(?<![\w.])(?:sys\.exit|os\._exit|os\.abort|exit|quit)\(|(?<!\w)raise SystemExit\b/,
    severity: 'warn',
  },
  {
    languages: ['go'],
    call: /(?<![\w.])(?:os\.Exit|log\.Fatal(?:f|ln)?|log\.Panic(?:f|ln)?|logrus\.Fatal(?:f|ln)?|klog\.(?:Fatal|Exit)f?|panic)\(/,
    but: /panic\((?:"(?:unreachable|not implemented|BUG)|r\)|err\)\s*\/\/ unreachable|fmt\.Sprintf\("(?:unknown|unexpected|invalid))/i,
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    call: /(?<![\w.])(?:System\.exit|Runtime\.getRuntime\(\)\.(?:exit|halt)|exitProcess)\(/,
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    call: /(?<![\w.])(?:System\.)?Environment\.(?:Exit|FailFast)\(/,
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    call: /(?<![\w.])(?:(?:Kernel\.)?exit!?|abort)(?:[\s(]|$)/,
    severity: 'warn',
  },
  { languages: ['php'], call: /(?<![\w>$:])(?:exit|die)\s*[(;]/, severity: 'warn' },
  {
    languages: ['rust'],
    call: /(?<!\w)(?:std::)?process::(?:exit|abort)\(|(?<![\w:])(?:panic|todo|unimplemented)!\(/,
    severity: 'warn',
  },
  {
    languages: ['rust'],
    call: /\.(?:unwrap|expect)\(/,
    but: /\b(?:lock|read|write|borrow|borrow_mut)\(\)\s*\.(?:unwrap|expect)|Regex::new|LazyLock|lazy_static|OnceCell|static |const |Selector::parse|Layout::|NonZero|"[^"]*"\s*\.parse|try_into\(\)|serde_json::to_\w+\(|\b(?:task|handle|join\w*)\.await\s*\.(?:unwrap|expect)|SAFETY|infallible/i,
    severity: 'warn',
    common: true,
  },
];

/** A way to end the whole process, new in code that serves requests or is used by others. */
export const exitIntroduced: Guard = guard({
  id: 'process/exit-introduced',
  severity: 'warn',
  protects: 'all other requests and jobs of the same process',
  breaks:
    'One bad request or value ends the whole process, and with it every other request and job that runs in it.',
  fix: 'Return or raise an error and let the caller or the entry point decide.',
  languages: codeLanguages,
  cwe: [382, 248],
  outage: {
    says: 'On 18 November 2025 Cloudflare answered with errors worldwide: a feature file grew beyond a limit and the code that loaded it called unwrap() on the error.',
    source: 'https://blog.cloudflare.com/18-november-2025-outage/',
  },
  confidence: 0.7,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter((file) => isProductionPath(file.path) && !isEntry(file))
        .flatMap((file) => introduced(file)),
    ),
});

const entries =
  /(?:^|\/)(?:cli|cmd|bin|scripts?|tools?|commands?|management|build|hack|ci|\.github|tasks?|rakelib|installer|setup|dev|launcher|bootstrap|electron|(?<!src\/)main|migrations?|generators?|codegen|plugins?\/build|xtask)\/|(?:^|\/)(?:main|__main__|cli|setup|manage|build|index|server|app|worker|start|run|bootstrap|program|wsgi|asgi|gulpfile|webpack[^/]*|vite[^/]*|entrypoint|serve|conftest|Rakefile|Gemfile|artisan)\.\w+$|(?:^|[/_-])(?:cli|script|main|cmd|build|install|check|lint)[._-]\w+$|(?:Main|Application|Program|Startup|Cli|Command)\.\w+$|(?:^|\/)[\w-]*(?:cli|main|cmd)\.\w+$|\.config\.\w+$/i;

const rustTests = /(?:^|[/_])tests?(?:_\w+)?\.rs$/;

function isEntry({ path, after }: ChangedFile): boolean {
  if (rustTests.test(path)) return true;
  const text = after?.text ?? '';
  return (
    entries.test(path) ||
    text.startsWith('#!') ||
    /if __name__ == ['"]__main__|^func main\(\)|public static void main\(|import argparse|import click|\bfn main\(|process\.argv|from ['"](?:commander|yargs|cac|citty|@clack\/prompts|node:readline)['"]|import typer|static (?:async )?(?:Task|int|void)(?:<int>)? Main\(/m.test(
      text,
    )
  );
}

function introduced(file: ChangedFile): readonly Sighting[] {
  const rows = exits.filter(({ languages }) => languages.includes(file.language));
  const code = addedCode(file);
  return rows.filter(({ call }) => call.test(code)).flatMap((row) => fewest(places(file, row)));
}

// In code that others use one word is enough, however often the file does it.
function fewest(seen: readonly Sighting[]): readonly Sighting[] {
  const loud = seen.filter(({ severity }) => severity !== 'note');
  return loud.length > 0 ? loud : seen.slice(0, 1);
}

function places(file: ChangedFile, row: Exit): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  // A file that ends the process already has its reasons; more of the same is not new.
  const old = row.common === true ? beforeTests(before?.lines) : (before?.lines ?? []);
  if (old === null || old.some((line) => row.call.test(line))) return [];
  return [...file.added].flatMap((line) => {
    const text = after.lines[line - 1] ?? '';
    const match = row.call.exec(text);
    if (match === null || /^\s*(?:\/\/|#(?!\[)|\*|\/\*)/.test(text)) return [];
    const near = after.lines.slice(Math.max(0, line - 6), line + 1).join('\n');
    if (row.but?.test(text) === true || isShutdown(near)) return [];
    const where = placeOf(file, line, match.index);
    if (where === 'text' || where === 'start') return [];
    if (row.common === true && isExplained(after.lines, line)) return [];
    if (row.common === true && where === 'library' && !mayFail(file, line, match.index)) return [];
    const what = excerpt(match[0].trim().replace(/[({]+$/, ''), 40);
    return [
      {
        path: file.path,
        line,
        says: `ends the whole process from ${where === 'request' ? 'the code of a request' : 'code that others use'}: ${what}`,
        subject: `exit ${what}`,
        severity: where === 'request' ? row.severity : 'note',
        confidence: where === 'request' ? 0.75 : 0.4,
      },
    ];
  });
}

// A new file has habits of its own, and a Rust file often ends with its tests.
function beforeTests(lines: readonly string[] | undefined): readonly string[] | null {
  if (lines === undefined) return null;
  const at = lines.findIndex((line) => line.includes('#[cfg(test)]'));
  return at < 0 ? lines : lines.slice(0, at);
}

/** Lines above in which a comment says why it cannot fail. */
const above = 5;

// Somebody said why it cannot fail; and a task that is waited for only fails where it has panicked itself.
function isExplained(lines: readonly string[], line: number): boolean {
  const before = lines.slice(Math.max(0, line - 1 - above), line);
  const why = /\/\/.*\b(?:unwrap|safe|safety|never|always|cannot|can't|panics?)\b/i;
  return (
    before.some((text) => why.test(text)) ||
    /\}\)\s*\.await\s*\.(?:unwrap|expect)\([^)]*\)[^\n]*$/.test(before.join('\n'))
  );
}

// Where the function gives errors back, this one could have gone with them.
function mayFail({ after, language }: ChangedFile, line: number, column: number): boolean {
  const grammar = grammarOf(language);
  const node = after === null ? null : nodeAt(after, { text: '', line, column: column + 1 });
  if (after === null || node === null || grammar === null) return false;
  const head = functionAround(node, grammar)?.text().slice(0, 1_000).split('{')[0] ?? '';
  return /->[^{]*\bResult\b/.test(head);
}

function isShutdown(text: string): boolean {
  return /SIGTERM|SIGINT|SIGQUIT|uncaughtException|unhandledRejection|shutdown|graceful|--help|usage\(|health|watchdog|\brecover\(\)|#\[(?:cfg\()?test|must[A-Z]\w*\(/i.test(
    text,
  );
}

const serving =
  /(?:^|\/)(?:routes?|controllers?|handlers?|api|apis|middlewares?|resolvers?|endpoints?|views|services?|rpc|grpc|graphql|consumers?|jobs|models?|repositor(?:y|ies)|domain|usecases?|http)\//i;
const parameters =
  /\b(?:req|request|res|response|ctx|context|http\.ResponseWriter|\w*Request|\w*Response|event|HttpServletRequest)\b/;

type Where = 'request' | 'library' | 'start' | 'text';

function placeOf(file: ChangedFile, line: number, column: number): Where {
  const { after, language } = file;
  const grammar = grammarOf(language);
  const node = after === null ? null : nodeAt(after, { text: '', line, column: column + 1 });
  if (node === null || grammar === null) return 'library';
  const kinds = [node, ...node.ancestors()].map((one) => String(one.kind()));
  if (kinds.some((kind) => grammar.comments.includes(kind) || grammar.strings.includes(kind)))
    return 'text';
  if (
    node
      .ancestors()
      .some((one) =>
        /^(?:#\[cfg\(test\)\]\s*)?(?:pub )?mod \w*tests?\b/.test(one.text().slice(0, 60)),
      )
  )
    return 'text';
  const around = functionAround(node, grammar);
  // At the top of a file, or where a program starts: then it fails at once and not in service.
  if (around === null) return 'start';
  const head = around.text().slice(0, 300).split(/[{\n]/)[0] ?? '';
  if (
    /\b(?:main|init|start|run|serve|bootstrap|setup|must\w*|new\w*|load_?config\w*|register\w*|configure\w*|execute|usage|die|fatal|exit\w*|quit|close|stop|kill|terminate)\s*[(<=]/i.test(
      head,
    )
  )
    return 'start';
  return serving.test(file.path) || parameters.test(head) ? 'request' : 'library';
}
