import { hole } from './command.ts';
import type { FileWrite, Run } from './command.ts';
import { gitCommand } from './git-command.ts';
import { resolvePath } from './paths.ts';
import { hasAny, readArgs, valuesOf } from './read-args.ts';
import { gone, placed } from './record.ts';
import { transfers } from './transfers.ts';
import { fileText } from './walker.ts';
import type { Walker } from './walker.ts';

export function patched(walker: Walker, run: Run): readonly FileWrite[] {
  const { name, args, cwd } = run;
  if (name === 'git') return gitWrites(walker, run);
  const read = readArgs(args, ['-p', '-i', '-d', '--input', '--strip', '--directory', '-o', '-r']);
  const [input] = valuesOf(read, '-i', '--input');
  const file = input ?? (name === 'patch' ? read.operands[1] : undefined);
  const text = file === undefined ? run.stdin?.text : fileText(walker, resolvePath(file, cwd));
  const [first] = args;
  const begin =
    name === 'patch' ? text : first?.includes('*** Begin Patch') === true ? first : text;
  return [
    patchOf(begin, run, {
      form: name === 'patch' ? 'unified' : 'begin-patch',
      strip: Number(valuesOf(read, '-p', '--strip')[0] ?? '0'),
    }),
  ];
}

function patchOf(
  text: string | null | undefined,
  run: Run,
  { form, strip }: { readonly form: 'unified' | 'begin-patch'; readonly strip: number },
): FileWrite {
  if (text === undefined || text === null || text.includes(hole)) {
    const fragments = (text ?? '').split(hole).filter((part) => part !== '');
    return { kind: 'unknown', path: null, fragments };
  }
  return { kind: 'patch', form, text, cwd: run.cwd, strip: Number.isNaN(strip) ? 0 : strip };
}

function gitWrites(walker: Walker, called: Run): readonly FileWrite[] {
  const git = gitCommand(called);
  if (git === null) return [];
  const { verb, rest, folders } = git;
  const cwd = folders.reduce<string | null>((at, folder) => resolvePath(folder, at), called.cwd);
  const run = { ...called, cwd };
  if (verb === 'apply' || verb === 'am') {
    if (rest.some((arg) => /^--(?:check|stat|numstat|summary)$/.test(arg))) return [];
    const read = readArgs(rest, [
      '-p',
      '-C',
      '--directory',
      '--exclude',
      '--include',
      '--whitespace',
    ]);
    const strip = Number(valuesOf(read, '-p')[0] ?? '1');
    const files = read.operands.filter((path) => path !== '-');
    if (files.length === 0) return [patchOf(run.stdin?.text, run, { form: 'unified', strip })];
    return files.map((file) =>
      patchOf(fileText(walker, resolvePath(file, cwd)), run, { form: 'unified', strip }),
    );
  }
  if (verb === 'rm' || verb === 'mv') {
    return hasAny(readArgs(rest), '--cached', '-n', '--dry-run')
      ? []
      : verb === 'mv'
        ? transfers({ ...run, args: rest }, 'move')
        : readArgs(rest).operands.map((path) => gone(path, run));
  }
  if (verb === 'clean') {
    const read = readArgs(rest, ['-e', '--exclude']);
    const isReal = hasAny(read, '-f', '--force') && !hasAny(read, '-n', '--dry-run');
    return isReal ? read.operands.map((path) => gone(path, run)) : [];
  }
  const dashes = rest.indexOf('--');
  const paths =
    verb === 'restore'
      ? readArgs(rest, ['-s', '--source']).operands
      : dashes < 0
        ? []
        : rest.slice(dashes + 1);
  if (verb !== 'restore' && verb !== 'checkout') return [];
  if (verb === 'restore' && rest.includes('--staged') && !rest.includes('--worktree')) return [];
  return paths.map((path) => ({ kind: 'unknown', path: placed(path, cwd), fragments: [] }));
}
