import { decodeText } from '../../change/decode.ts';
import type { Mention, Search } from '../../guards/guard.ts';
import { isCheckedOut } from './checked-out.ts';
import type { FileState } from './files.ts';
import type { Repository } from './repository.ts';
import { askGitNow } from './run.ts';

/** Words looked for in one change; a guard that asks for more gets no answer. */
const mostWords = 40;
/** Longest search, and longest answer of one. A word that stands everywhere is cut off. */
const limitMs = 4_000;
const limitBytes = 400_000;
const mostMentions = 500;
const longestText = 400;

/** Finds whole words in the files of a state, for guards that must know whether a name is used or declared elsewhere. */
export function searcher(repository: Repository, state: FileState): Search {
  if (state === null) return () => [];
  const place = state === 'index' || state === 'worktree' ? repository : repository.objects;
  if (state === 'worktree' && repository.workTree === null) return () => null;
  const isDisk = state !== 'index' && state !== 'worktree' && isCheckedOut(repository, state);
  const searched = isDisk ? 'disk' : state;
  let left = mostWords;
  return (word) => {
    if (!/^[\w.-]{2,200}$/.test(word) || left-- <= 0) return null;
    const { stdout, code } = askGitNow(isDisk ? repository : place, argumentsOf(word, searched), {
      limitMs,
      limitBytes,
    });
    if (code === 1) return [];
    // Cut off, what was said so far still says where the word stands.
    if (code !== 0 && stdout.length === 0) return null;
    return mentionsIn(decodeText(stdout) ?? '', searched);
  };
}

// With -a, because a .gitattributes of the change may call its files binary and so hide them.
function argumentsOf(word: string, state: string): readonly string[] {
  const options = ['-a', '-n', '-z', '-F', '-w', '--full-name', '--no-color', '--no-column'];
  if (state === 'disk') return ['grep', ...options, '-e', word];
  if (state === 'index') return ['grep', ...options, '--cached', '-e', word];
  if (state === 'worktree') return ['grep', ...options, '--untracked', '-e', word];
  return ['grep', ...options, '-e', word, state, '--'];
}

function mentionsIn(said: string, state: string): readonly Mention[] {
  const prefix = `${state}:`;
  return said.split('\n', mostMentions).flatMap((entry) => {
    const [name = '', line = '', text] = entry.split('\0');
    if (text === undefined || !/^\d+$/.test(line)) return [];
    const path = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    return [{ path, line: Number(line), text: text.slice(0, longestText) }];
  });
}
