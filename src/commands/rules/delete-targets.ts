import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { hasAny, readArgs } from '../read-args.ts';
import { foundBy } from '../found-files.ts';

export interface Target {
  readonly path: string;
  readonly recursive: boolean;
}

export function targetsOf(run: Run): readonly Target[] {
  const { name, args } = run;
  const read = readArgs(args, [
    '-n',
    '-s',
    '--iterations',
    '--size',
    '-e',
    '--exclude',
    '--include',
    '-t',
    '--target-directory',
  ]);
  switch (name) {
    case 'rm':
    case 'srm':
    case 'trash':
    case 'rimraf':
    case 'del-cli':
    case 'rmdir':
    case 'unlink':
    case 'shred': {
      if (hasAny(read, '--help', '--version')) return [];
      const recursive =
        hasAny(read, '-r', '-R', '--recursive', '--recursiv') ||
        [...read.flags].some((flag) => flag.startsWith('--rec') || flag.includes(hole)) ||
        /^(?:trash|rimraf|del-cli)$/.test(name) ||
        args.some(
          (arg) => arg.startsWith(hole) && args.length > 1 && !arg.includes('/') && args[0] === arg,
        );
      return read.operands.map((path) => ({ path, recursive }));
    }
    case 'find':
      return args.includes('-delete')
        ? foundBy(args).map((path) => ({ path, recursive: true }))
        : [];
    case 'rsync':
      return args.some((arg) => arg.startsWith('--del')) && !hasAny(read, '-n', '--dry-run')
        ? read.operands
            .slice(-1)
            .filter((path) => !path.includes(':'))
            .map((path) => ({ path: path.replace(/\/$/, ''), recursive: true }))
        : [];
    case 'mv':
      return read.operands
        .slice(0, -1)
        .filter((path) => /(?:^|\/)\.git\/?$/.test(path) || read.operands.at(-1) === '/dev/null')
        .map((path) => ({ path, recursive: true }));
    case 'git':
      return args[0] === 'rm' && !args.includes('--cached') && hasAny(read, '-r')
        ? read.operands.slice(1).map((path) => ({ path, recursive: true }))
        : [];
    default:
      return [];
  }
}

/** `dir/*` means what is in `dir`; `dir/a*` is some of it. */
export function withoutStar(path: string): { readonly folder: string; readonly isAll: boolean } {
  const parts = path.split('/');
  const first = parts.findIndex((part) =>
    /^(?:\*{1,2}|\.\*|\.\[\^?!?\.\]\*|\.\?\*|\{\*,\.\*\}|\?\*|\[!\.\]\*)$/.test(part),
  );
  if (first < 0) return { folder: path, isAll: false };
  const folder = parts.slice(0, first).join('/');
  const rest = parts.slice(first + 1).filter((part) => !/^\*{1,2}$/.test(part));
  if (rest.length > 0)
    return {
      folder: [folder === '' && path.startsWith('/') ? '' : folder, 'any', ...rest]
        .join('/')
        .replace(/^\/any/, path.startsWith('/') ? '/any' : 'any'),
      isAll: false,
    };
  return { folder: folder === '' && path.startsWith('/') ? '/' : folder, isAll: true };
}
