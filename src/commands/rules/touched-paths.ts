import type { Run } from '../command.ts';
import { foundBy } from '../found-files.ts';
import { gitCommand } from '../git-command.ts';
import { baseName } from '../paths.ts';

/** What a program does to files, by its name and arguments: paths as they were written. */
export interface Touched {
  /** Files that get another text, other rights or another place, and files that go. */
  readonly changed: readonly string[];
  /** Files and folders that are not where they were afterwards; all of them are in `changed` too. */
  readonly taken: readonly string[];
}

const takers =
  /^(?:rm|unlink|shred|srm|rmdir|mv|truncate|remove-item|move|move-item|trash|rimraf|del-cli)$/;
const changers =
  /^(?:tee|ln|chmod|chattr|chown|dd|set-content|add-content|out-file|clear-content|sponge|ed|ex|sd)$/;
const copiers = /^(?:cp|install|rsync|copy|copy-item|scp)$/;
const movers = /^(?:mv|move|move-item)$/;

/** The paths that a program changes or removes, also by redirects. */
export function touchedPaths(run: Run): Touched {
  const { name, args, redirects } = run;
  const out = redirects.filter(({ operator }) => operator.includes('>')).map(({ path }) => path);
  const values = args.map((arg) => arg.replace(/^(?:of|--target-directory)=/, ''));
  const paths = values.filter((arg) => !arg.startsWith('-'));
  if (copiers.test(name)) return { changed: [...out, ...copiedTo(paths)], taken: [] };
  if (movers.test(name)) {
    const from = paths.slice(0, -1);
    return { changed: [...out, ...from, ...copiedTo(paths)], taken: from };
  }
  if (name === 'chmod' && args.some((arg) => /^[augo]*\+/.test(arg)))
    return { changed: out, taken: [] };
  if (takers.test(name) || gitTakes(run))
    return { changed: [...out, ...paths], taken: name === 'truncate' ? [] : paths };
  if (name === 'find' && args.includes('-delete'))
    return { changed: [...out, ...paths, ...foundBy(args)], taken: paths };
  const isEdit = changers.test(name) || editsInPlace(run);
  return { changed: isEdit ? [...out, ...paths] : out, taken: [] };
}

const isFolder = /(?:^|\/)(?:\.{1,2}|\.(?:claude|codex|cursor|gemini|copilot|hallmonitor|git))?$/;

// What is put into a folder takes its own name there; whether the last word is a folder is not always to be seen.
function copiedTo(paths: readonly string[]): readonly string[] {
  const into = paths.at(-1) ?? '';
  if (/[^/.]\.\w{1,5}$/.test(into)) return [into];
  const inside = paths.slice(0, -1).map((path) => `${into}/${baseName(path)}`);
  return isFolder.test(into) ? inside : [into, ...inside];
}

function editsInPlace({ name, args }: Run): boolean {
  return (
    /^(?:g?sed|perl|ruby|yq)$/.test(name) &&
    args.some((arg) => /^-[a-zA-Z]*i|^--in-?place/.test(arg))
  );
}

function gitTakes(run: Run): boolean {
  const git = gitCommand(run);
  return (
    git !== null &&
    /^(?:rm|mv|checkout|restore)$/.test(git.verb) &&
    !git.rest.includes('--cached') &&
    !git.rest.includes('--staged')
  );
}
