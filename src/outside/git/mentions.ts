import { decodeText } from '../../change/decode.ts';
import type { Mention } from '../../reach/reach.ts';
import { isCheckedOut } from './checked-out.ts';
import type { FileState } from './files.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Longest search, and longest answer of one. */
const limitMs = 5_000;
const limitBytes = 8 * 2 ** 20;
const mostMentions = 20_000;
const longestText = 400;
/** Texts of one search; a longer list would not fit a command line everywhere. */
const mostTexts = 400;

/** Lines of a state of the files that hold one of some texts, all found by one process; null when git cannot find them all. */
export async function mentionsIn(
  repository: Repository,
  state: FileState,
  { texts, endings }: { readonly texts: readonly string[]; readonly endings: readonly string[] },
): Promise<readonly Mention[] | null> {
  if (state === null || texts.length === 0) return [];
  if (state === 'worktree' && repository.workTree === null) return null;
  const isDisk = state !== 'index' && state !== 'worktree' && isCheckedOut(repository, state);
  const isFiles = isDisk || state === 'index' || state === 'worktree';
  const asked = texts.filter((text) => !/[\n\0]/.test(text));
  if (asked.length > mostTexts) return null;
  const { GIT_LITERAL_PATHSPECS: _, ...environment } = (isFiles ? repository : repository.objects)
    .environment;
  const { stdout, code } = await runGit(
    { cwd: repository.cwd, environment },
    [
      'grep',
      // A .gitattributes of the change may call its files binary and so hide them.
      '-a',
      '-n',
      '-z',
      '-F',
      '--full-name',
      '--no-color',
      '--no-column',
      '--no-recurse-submodules',
      ...(state === 'index' ? ['--cached'] : state === 'worktree' ? ['--untracked'] : []),
      ...asked.flatMap((text) => ['-e', text]),
      ...(isFiles ? [] : [state]),
      '--',
      ...endings.map((ending) => `:(top,glob)**/*.${ending}`),
    ],
    { limitMs, limitBytes },
  );
  if (code === 1) return [];
  // Cut off, it would look as if there were no further users.
  if (code !== 0) return null;
  const found = read(decodeText(stdout) ?? '', isFiles ? '' : `${state}:`);
  return found.length > mostMentions ? null : found;
}

function read(said: string, prefix: string): readonly Mention[] {
  return said.split('\n', mostMentions + 1).flatMap((entry) => {
    const [name = '', line = '', text] = entry.split('\0');
    if (text === undefined || !/^\d+$/.test(line)) return [];
    const path = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    return [{ path, line: Number(line), text: text.slice(0, longestText) }];
  });
}
