import { hole } from './command.ts';
import type { FileWrite, Run } from './command.ts';
import { gitCommand } from './git-command.ts';
import { resolvePath } from './paths.ts';
import { readArgs, valuesOf } from './read-args.ts';
import { placed } from './record.ts';
import { fileText } from './walker.ts';
import type { Walker } from './walker.ts';

/** Texts that sed's `a`, `i` and `c` put into a file, and whether all of them go to its end. */
export function addedLines(
  script: string,
): { readonly text: string; readonly atEnd: boolean } | null {
  const lines = script.split('\n');
  const texts: string[] = [];
  let atEnd = true;
  for (let at = 0; at < lines.length; at += 1) {
    const found = adds.exec(lines[at] ?? '');
    if (found === null) return null;
    atEnd &&= /^\s*\$\s*a/.test(lines[at] ?? '');
    let text = found[1] ?? '';
    if (text === '' && at + 1 < lines.length) text = lines[(at += 1)] ?? '';
    // A line that ends with a backslash goes on.
    while (text.endsWith('\\') && at + 1 < lines.length)
      text = `${text.slice(0, -1)}\n${lines[(at += 1)] ?? ''}`;
    texts.push(`${text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')}\n`);
  }
  return texts.length === 0 ? null : { text: texts.join(''), atEnd };
}

const adds =
  /^\s{0,20}(?:(?:\$|\d{1,7}|\/[^/\n]{1,500}\/)(?:,(?:\$|\d{1,7}|\/[^/\n]{1,500}\/))?)?\s{0,20}[aic](?:\\\s{0,20}|\s{1,20}|(?=$))([\s\S]*)$/;

/** Files that an editor is told to change by its arguments or its input. */
export function edited(run: Run): readonly FileWrite[] {
  const read = readArgs(run.args, ['-c', '--cmd', '-S', '-s', '-u', '-t', '-p']);
  const commands = [
    ...run.args.flatMap((arg, at) =>
      /^-[a-zA-Z]{0,4}c$|^--cmd$/.test(run.args[at - 1] ?? '') ? [arg] : [],
    ),
    ...run.args.flatMap((arg) => /^(?:-c|\+)(.+)$/s.exec(arg)?.[1] ?? []),
  ];
  const input = run.stdin?.text ?? '';
  if (commands.length === 0 && input.trim() === '') return [];
  const texts = [...commands.flatMap((text) => text.split('|')), input];
  const fragments = texts
    .map((text) =>
      text.replace(/^:?\s{0,5}(?:normal!?\s{0,5}[oOaAiI]{1,2}|[%$\d,]{0,10}[aic]!?$)/, ''),
    )
    .flatMap((text) => text.split(hole))
    .filter((text) => text.trim() !== '' && !/^(?:wq?!?|x!?|q!?)$/.test(text.trim()));
  return read.operands
    .filter((file) => !file.startsWith('+') && !commands.includes(file))
    .map((file) => ({ kind: 'unknown', path: placed(file, run.cwd), fragments }));
}

/** `sort -o` and `uniq` write lines of other files into one. */
export function sorted(walker: Walker, run: Run): readonly FileWrite[] {
  const read = readArgs(run.args, ['-o', '--output', '-k', '-t', '-T', '-S', '-f', '-s', '-w']);
  const out = run.name === 'sort' ? valuesOf(read, '-o', '--output') : read.operands.slice(1, 2);
  const from = run.name === 'sort' ? read.operands : read.operands.slice(0, 1);
  const fragments = [...from.flatMap((file) => textOf(walker, file, run)), ...piped(run)];
  return out.map((file) => ({ kind: 'unknown', path: placed(file, run.cwd), fragments }));
}

/** `dd` copies a file, or what it is fed. */
export function blockCopied(walker: Walker, run: Run): readonly FileWrite[] {
  const value = (name: string): string | undefined =>
    run.args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const [from, to] = [value('if'), value('of')];
  if (to === undefined || to.startsWith('/dev/')) return [];
  const [path, target] = [from === undefined ? null : placed(from, run.cwd), placed(to, run.cwd)];
  const isWhole = !run.args.some((arg) => /^(?:count|skip|seek|conv|oflag|iflag)=/.test(arg));
  if (path !== null && target !== null && isWhole && !path.startsWith('/dev/'))
    return [{ kind: 'copy', path, to: target }];
  const texts = from === undefined ? piped(run) : textOf(walker, from, run);
  return [{ kind: 'unknown', path: target, fragments: texts }];
}

/** What `git update-index` puts into the index past the files: text that `git hash-object` was given. */
export function indexed(walker: Walker, run: Run): readonly FileWrite[] {
  const rest = gitCommand(run)?.rest ?? [];
  const at = rest.findIndex((arg) => arg.startsWith('--cacheinfo'));
  const isList = rest.includes('--index-info');
  if (at < 0 && !isList) return [];
  const said = rest[at]?.includes('=') === true ? (rest[at] ?? '') : (rest[at + 1] ?? '');
  const file = said.includes(',') ? said.split(',').slice(2).join(',') : (rest[at + 3] ?? '');
  const fragments = walker.runs.flatMap((one) => {
    const git = gitCommand(one);
    if (git?.verb !== 'hash-object') return [];
    const files = readArgs(git.rest, ['-t', '--path']).operands;
    return [...piped(one), ...files.flatMap((path) => textOf(walker, path, one))];
  });
  return [{ kind: 'unknown', path: isList ? null : placed(file, run.cwd), fragments }];
}

function textOf(walker: Walker, file: string, run: Run): readonly string[] {
  const text = fileText(walker, resolvePath(file, run.cwd));
  return text === null || text.trim() === '' ? [] : [text];
}

function piped({ stdin }: Run): readonly string[] {
  return (stdin?.text ?? '').split(hole).filter((text) => text.trim() !== '');
}
