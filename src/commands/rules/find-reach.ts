import { isProtected } from '../git-command.ts';
import type { Run } from '../command.ts';
import { isWithin, resolvePath } from '../paths.ts';
import type { Hit, Scene } from '../rule.ts';

/** Files of git that a search may find: a search that finds one of them finds others like it. */
const samples: { readonly hooks: readonly string[]; readonly data: readonly string[] } = {
  hooks: ['pre-commit', 'commit-msg', 'pre-push', 'post-commit', 'post-rewrite'].map(
    (name) => `hooks/${name}`,
  ),
  data: [
    'HEAD',
    'config',
    'index',
    'packed-refs',
    'refs/heads/main',
    'logs/HEAD',
    'objects/pack/pack-0a1b.pack',
    'hallmonitor/journal',
  ],
};

const changers =
  /^(?:\S{0,200}\/)?(?:rm|unlink|mv|shred|srm|truncate|chmod|trash|rimraf|tee|dd|cp|ln|install)$/;
const editors = /^(?:\S{0,200}\/)?(?:g?sed|perl)$/;

/** A search from above git's folder whose finds are deleted or changed, with that folder among them. */
export function findsIn(run: Run, scene: Scene, what: keyof typeof samples): readonly Hit[] {
  if (run.name !== 'find' || run.elsewhere || !isChanged(run, scene)) return [];
  const { top } = scene.place;
  const roots = rootsOf(run.args);
  const reached = samples[what].some((sample) =>
    roots.some((root) => {
      const from = resolvePath(root, run.cwd);
      const full = `${top}/.git/${sample}`;
      if (from === null || !isWithin(full, from)) return false;
      // What `-path` sees starts with the folder as it was written.
      const seen = `${root.replace(/\/$/, '')}${full.slice(from === '/' ? 0 : from.length)}`;
      const depth = seen.split('/').length - root.replace(/\/$/, '').split('/').length;
      return finds(run.args, seen, depth);
    }),
  );
  if (!reached) return [];
  return what === 'hooks'
    ? [{ says: 'It searches for hooks of the repository and changes them.' }]
    : [
        {
          says: "It deletes or changes git's own data with what it searches for.",
          loses: 'commits, branches and stashes that are only in this copy',
          instead: "Leave git's folder out of the search, with -not -path '*/.git/*'.",
        },
      ];
}

function rootsOf(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => /^(?:[-(!\\])/.test(arg) && !/^-[HLPDO]/.test(arg));
  const roots = (first < 0 ? args : args.slice(0, first)).filter((arg) => !arg.startsWith('-'));
  return roots.length === 0 ? ['.'] : roots;
}

function isChanged(run: Run, { runs }: Scene): boolean {
  const { args } = run;
  if (args.includes('-delete')) return true;
  if (args.some((arg, at) => /^-(?:exec|ok)(?:dir)?$/.test(arg) && starts(args.slice(at + 1))))
    return true;
  return runs.some(({ name, args: words, stdin, feeds }) => {
    const isFed = [stdin, ...feeds].some((feed) => feed?.from.includes(run) === true);
    return (
      isFed &&
      (name === 'xargs' || name === 'parallel'
        ? words.some((_, at) => starts(words.slice(at)))
        : starts([name, ...words]))
    );
  });
}

function starts([program = '', ...args]: readonly string[]): boolean {
  if (changers.test(program))
    return !(program.endsWith('chmod') && args.some((arg) => /^[augo]*\+[rwxst]/.test(arg)));
  if (editors.test(program)) return args.some((arg) => /^-[a-zA-Z]*i|^--in-?place/.test(arg));
  return (
    /^(?:ba|z|da)?sh$/.test(program) && args.some((arg) => /\b(?:rm|mv|unlink|shred)\b/.test(arg))
  );
}

/** Whether all tests of a search let this path pass; tests that are not known do. */
function finds(args: readonly string[], path: string, depth: number): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const hasOr = args.some((arg) => /^-o(?:r)?$/.test(arg));
  let any = false;
  let tested = 0;
  for (const [at, test] of args.entries()) {
    const value = args[at + 1] ?? '';
    const isNot = /^(?:!|-not|\\!)$/.test(args[at - 1] ?? '');
    const fits = fitsTest(test, value, { path, base, depth });
    if (fits === null) continue;
    const prunes = args[at + 2] === '-prune' || (args[at + 2] === ')' && args[at + 3] === '-prune');
    if (prunes) {
      if (foldersOf(path).some((at) => fitsTest(test, value, at) === true)) return false;
      continue;
    }
    if (isNot) {
      if (fits) return false;
      continue;
    }
    tested += 1;
    if (fits) any = true;
    else if (!hasOr) return false;
  }
  return tested === 0 || any;
}

function foldersOf(path: string): readonly Tested[] {
  return path.split('/').map((base, end, parts) => ({
    path: parts.slice(0, end + 1).join('/'),
    base,
    depth: end,
  }));
}

interface Tested {
  readonly path: string;
  readonly base: string;
  readonly depth: number;
}

function fitsTest(test: string, value: string, { path, base, depth }: Tested): boolean | null {
  switch (test) {
    case '-name':
      return fitsGlob(value, base);
    case '-iname':
      return fitsGlob(value.toLowerCase(), base.toLowerCase());
    case '-path':
    case '-wholename':
      return fitsGlob(value, path);
    case '-ipath':
    case '-iwholename':
      return fitsGlob(value.toLowerCase(), path.toLowerCase());
    case '-regex':
    case '-iregex':
      return fitsGlob(
        value.replaceAll(/\.\*|\.\+|\[[^\]]{0,60}\][*+]?|\\.|\(.{0,200}\)/g, '*'),
        path,
      );
    case '-type':
      return value.includes('f');
    case '-maxdepth':
      return Number(value) >= depth;
    case '-empty':
      return false;
    case '-lname':
    case '-ilname':
      return false;
    case '-size':
      return !value.startsWith('0');
    default:
      return null;
  }
}

function fitsGlob(pattern: string, text: string): boolean {
  const stars = pattern.replaceAll(/\[[^\]]{0,60}\]|\?/g, '*').replaceAll(/\*+/g, '*');
  return isProtected(text, [stars === '' ? '-' : stars]);
}
