import type { FileWrite, Run } from './command.ts';
import { hasAny, readArgs, valuesOf } from './read-args.ts';
import { placed } from './record.ts';

const transferValued = [
  '-t',
  '--target-directory',
  '-m',
  '--mode',
  '-o',
  '--owner',
  '-g',
  '--group',
  '-S',
  '--suffix',
  '-e',
  '--exclude',
  '--include',
  '-destination',
  '-Destination',
];

export function transfers(
  run: Run,
  kind: 'copy' | 'move',
  made: readonly string[] = [],
): readonly FileWrite[] {
  const read = readArgs(run.args, transferValued);
  if (run.name === 'install' && hasAny(read, '-d', '--directory')) return [];
  const folders = valuesOf(read, '-t', '--target-directory', '-destination', '-Destination');
  const into = folders[0] ?? read.operands.at(-1);
  const sources = folders.length > 0 ? read.operands : read.operands.slice(0, -1);
  if (into === undefined) return [];
  return sources.flatMap((source): readonly FileWrite[] => {
    if (/^[\w.@-]+:/.test(into) && !/^[a-z]:[\\/]/i.test(into)) return [];
    const isFolder =
      folders.length > 0 ||
      sources.length > 1 ||
      into.endsWith('/') ||
      into === '.' ||
      into === '..' ||
      made.includes(placed(into, run.cwd) ?? '');
    const isContent = /(?:^|\/)\.$/.test(source) || (run.name === 'rsync' && source.endsWith('/'));
    const name = source.replace(/\/+$/, '');
    const target =
      isFolder && !isContent ? `${into}/${name.slice(name.lastIndexOf('/') + 1)}` : into;
    const [path, to] = [placed(source, run.cwd), placed(target, run.cwd)];
    if (path === null || to === null) return [{ kind: 'unknown', path: to, fragments: [] }];
    if (kind === 'move') return [{ kind, path, to }];
    if (run.name === 'ln') return [{ kind, path, to, form: 'link' }];
    return [isContent ? { kind, path, to, form: 'contents' } : { kind, path, to }];
  });
}
