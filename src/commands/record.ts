import { hole } from './command.ts';
import type { Feed, FileWrite, Run } from './command.ts';
import { some } from './found-files.ts';
import { resolvePath } from './paths.ts';
import { fileText, keepText, nothing } from './walker.ts';
import type { Shell, Walker } from './walker.ts';

/** Most file changes that are told of one command. */
const mostWrites = 500;

interface Out {
  readonly redirects: Run['redirects'];
  readonly shell: Shell;
}

/** Where the output of a command goes: into a file, or on to whoever reads it. */
export function recordOutput(walker: Walker, feed: Feed, { redirects, shell }: Out): Feed {
  let rest = feed;
  for (const { operator, path } of redirects) {
    const isError = operator.startsWith('2');
    const bare = operator.replace(/^2/, '');
    if (bare.startsWith('<') || /^(?:\d|-)$/.test(path)) continue;
    if (!path.startsWith('/dev/') && !shell.elsewhere) {
      const text = isError ? { ...nothing, exact: false } : rest;
      recordText(walker, {
        path: placed(path, shell.cwd),
        feed: text,
        append: bare.includes('>>'),
      });
    }
    if (!isError && path !== '/dev/stdout' && !path.startsWith('/dev/fd/'))
      rest = { ...nothing, from: feed.from };
  }
  return rest;
}

export function placed(path: string, cwd: string | null): string | null {
  if (path.includes(hole) || path === '') return null;
  const plain = path.endsWith(`/${some}`) ? `${path.slice(0, -some.length)}*` : path;
  return resolvePath(plain, cwd) ?? plain;
}

interface TextOut {
  readonly path: string | null;
  readonly feed: Feed;
  readonly append: boolean;
}

export function recordText(walker: Walker, { path, feed, append }: TextOut): void {
  const isKnown = feed.exact && !feed.text.includes(hole);
  if (path === null || !isKnown) {
    const fragments = feed.text.split(hole).filter((part) => part.trim() !== '');
    record(walker, { kind: 'unknown', path, fragments });
    if (path !== null) walker.files.delete(path);
    return;
  }
  record(walker, { kind: append ? 'append' : 'write', path, content: feed.text });
  keepText(walker, path, append ? (fileText(walker, path) ?? '') + feed.text : feed.text);
}

export function record(walker: Walker, write: FileWrite): void {
  if (walker.writes.length < mostWrites) walker.writes.push(write);
  else if (walker.gaps.every(({ why }) => why !== tooMany)) {
    walker.gaps.push({ what: 'the command', why: tooMany });
  }
}

const tooMany = 'it changes more files than are told one by one';

export function gone(path: string, run: Run): FileWrite {
  const absolute = placed(path, run.cwd);
  return absolute === null
    ? { kind: 'unknown', path: null, fragments: [] }
    : { kind: 'delete', path: absolute };
}

export function unknown(path: string, run: Run, stdin: Feed | null): FileWrite {
  const fragments = (stdin?.text ?? '').split(hole).filter((part) => part.trim() !== '');
  return { kind: 'unknown', path: placed(path, run.cwd), fragments };
}
