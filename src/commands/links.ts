import { hole } from './command.ts';
import type { FileWrite, Place, Run } from './command.ts';
import { isAbsolute, isWithin, resolvePath } from './paths.ts';
import { readArgs, valuesOf } from './read-args.ts';

/** Links after links that are followed. */
const mostLinks = 20;
/** Most words of one command whose way is followed, and the longest of them in characters. */
const mostWords = 3_000;
const longestPath = 1_000;

/** A link that a command makes; both ends absolute. */
export interface Link {
  readonly at: string;
  readonly to: string;
}

/** The links that one program makes, also hard ones: either end is the same file. */
export function linksOf(run: Run): readonly Link[] {
  const { name, args, cwd } = run;
  const read = readArgs(args, ['-t', '--target-directory', '-S', '--suffix']);
  const copies = /^(?:cp|rsync)$/.test(name);
  const links =
    name === 'ln' ||
    (name === 'cp' && args.some((arg) => /^-[a-zA-Z]*[ls]|^--(?:link|symbolic-link)$/.test(arg)));
  if (!links) return [];
  const [into] = valuesOf(read, '-t', '--target-directory');
  const targets = into === undefined ? read.operands.slice(0, -1) : read.operands;
  const single = read.operands.length === 1 && into === undefined;
  const place = into ?? (single ? '.' : (read.operands.at(-1) ?? '.'));
  const symbolic = !copies && args.some((arg) => /^-[a-zA-Z]*s|^--symbolic$/.test(arg));
  const relative = args.some((arg) => /^-[a-zA-Z]*r|^--relative$/.test(arg));
  return (single ? read.operands : targets).flatMap((target) => {
    const at = resolvePath(place, cwd);
    if (at === null || at.includes(hole)) return [];
    const inside = `${at}/${target.split('/').findLast((part) => part !== '') ?? ''}`;
    // Whether the last word is a folder is not always to be seen, so the link may be at both places.
    return [at, inside].flatMap((link) => {
      const from = symbolic && !relative ? link.slice(0, link.lastIndexOf('/')) || '/' : cwd;
      const to = resolvePath(target, from);
      return to === null || to === link || (single && link === at) ? [] : [{ at: link, to }];
    });
  });
}

/** Where paths lead through links: those on the disk, and those that the command makes itself. */
export interface Ways {
  readonly links: readonly Link[];
  /** An absolute path without links in it. */
  readonly lead: (path: string) => string;
}

export function waysOf(runs: readonly Run[], place: Place): Ways {
  const links = runs.filter(({ elsewhere }) => !elsewhere).flatMap(linksOf);
  const real = place.real ?? ((path: string) => path);
  const known = new Map<string, string>();
  const [top, home] = [real(place.top), real(place.home)];
  function lead(path: string): string {
    const before = known.get(path);
    if (before !== undefined) return before;
    const found = named(real(alongLinks(real(alongLinks(path, links)), links)));
    if (known.size < mostWords) known.set(path, found);
    return found;
  }
  // The repository and the home folder keep the names that the rules know them by.
  function named(path: string): string {
    if (isWithin(path, place.top) || isWithin(path, place.home)) return path;
    if (isWithin(path, top)) return place.top + path.slice(top.length);
    return isWithin(path, home) ? place.home + path.slice(home.length) : path;
  }
  return { links, lead };
}

function alongLinks(path: string, links: readonly Link[]): string {
  let at = path;
  for (let step = 0; step < mostLinks; step += 1) {
    const link = links.find((one) => isWithin(at, one.at));
    if (link === undefined) break;
    at = link.to + at.slice(link.at.length);
  }
  return at;
}

/** Programs as they look with every path led to where it really is; only those for which that is another place. */
export function ledRuns(runs: readonly Run[], place: Place): readonly Run[] {
  if (place.real === undefined && !runs.some((run) => linksOf(run).length > 0)) return [];
  const ways = waysOf(runs, place);
  let words = 0;
  return runs.flatMap((run) => {
    words += run.args.length;
    return run.elsewhere || words > mostWords ? [] : led(run, ways);
  });
}

function led(run: Run, ways: Ways): readonly Run[] {
  const cwd = run.cwd === null ? null : ways.lead(run.cwd);
  const from = { ...run, cwd };
  const args = run.args.map((arg) => ledWord(arg, from, ways));
  const writer = { ...from, name: '' };
  const redirects = run.redirects.map((one) => ({ ...one, path: ledPath(one.path, writer, ways) }));
  const isSame =
    cwd === run.cwd &&
    args.every((arg, at) => arg === run.args[at]) &&
    redirects.every(({ path }, at) => path === run.redirects[at]?.path);
  return isSame ? [] : [{ ...from, args, redirects }];
}

function ledWord(arg: string, run: Run, ways: Ways): string {
  const option = /^(-{1,2}[\w-]{1,30}=|(?:of|if)=)([\s\S]+)$/.exec(arg);
  if (option !== null) return `${option[1] ?? ''}${ledPath(option[2] ?? '', run, ways)}`;
  return arg.startsWith('-') ? arg : ledPath(arg, run, ways);
}

// These take the link itself, not what it leads to.
const takers = /^(?:rm|unlink|mv|rmdir|trash|rimraf|del-cli|remove-item|ln)$/;

function ledPath(path: string, { name, cwd }: Run, { lead }: Ways): string {
  if (path === '' || path.length > longestPath || /[\n\0]/.test(path)) return path;
  const full = resolvePath(path, cwd);
  if (full === null || full.includes(hole) || (!isAbsolute(path) && /^\w+:/.test(path)))
    return path;
  const cut = full.lastIndexOf('/');
  const isLinkItself = takers.test(name) && !/\/\.?$/.test(path);
  const parent = full.slice(0, cut) || '/';
  const base = full.slice(cut + 1);
  const to = isLinkItself ? `${lead(parent).replace(/\/$/, '')}/${base}` : lead(full);
  if (to === full) return path;
  return path.endsWith('/') ? `${to}/` : to;
}

/** File changes with their paths led through the links that the command makes itself. */
export function ledWrites(
  writes: readonly FileWrite[],
  runs: readonly Run[],
): readonly FileWrite[] {
  const links = runs.filter(({ elsewhere }) => !elsewhere).flatMap(linksOf);
  if (links.length === 0) return writes;
  return writes.map((write): FileWrite => {
    switch (write.kind) {
      case 'write':
      case 'append':
      case 'replace-by-sed':
        return { ...write, path: alongLinks(write.path, links) };
      case 'unknown':
        return write.path === null ? write : { ...write, path: alongLinks(write.path, links) };
      case 'copy':
      case 'move':
      case 'delete':
      case 'patch':
        return write;
    }
  });
}
