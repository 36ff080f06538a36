import type { EntryPoint } from './reach.ts';

/** Longest text that is looked through, and entry points told of one file. */
const longestText = 300_000;
const mostEntries = 30;

/** More routes than this in a file of routes say nothing singly, unless they name what changed. */
const mostRoutes = 3;

/**
 * Entry points of a file: by its place, as frameworks lay them out, and by what it registers. Of a file of many
 * routes those that name the file it uses, where there are any.
 */
export function entriesIn(
  path: string,
  text: string,
  uses: string | null = null,
): readonly EntryPoint[] {
  const placed = byPlace(path);
  const registered = byText(path, text.slice(0, longestText));
  const found = [
    ...placed,
    ...(registered.length > mostRoutes ? chosen(path, registered, uses) : registered),
  ];
  const once = new Map(found.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }] as const));
  return [...once.values()].slice(0, mostEntries);
}

function chosen(
  path: string,
  all: readonly Registered[],
  uses: string | null,
): readonly EntryPoint[] {
  const name = (uses ?? '').slice((uses ?? '').lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const naming = name.length < 4 ? [] : all.filter(({ context }) => context.includes(name));
  if (naming.length > 0) return naming.map(({ kind, name: told }) => ({ kind, name: told }));
  const [first] = all;
  const places = path.split('/').slice(-2).join('/');
  return first === undefined
    ? []
    : [{ kind: first.kind, name: `one of ${all.length} in ${places}` }];
}

function byPlace(path: string): readonly EntryPoint[] {
  const app = /(?:^|\/)app\/(.*?)\/?(page|route)\.[jt]sx?$/.exec(path);
  if (app !== null) {
    const [, written = '', what] = app;
    // An application that is itself called app: `apps/app/app/cart/page.tsx`.
    const place = written.replace(/^(?:app\/)+|^app$/, '');
    return [{ kind: what === 'page' ? 'page' : 'route', name: address(place) }];
  }
  const pages = /(?:^|\/)pages\/(?!_)(.+)\.(?:[jt]sx?|vue)$/.exec(path);
  if (pages !== null) {
    const place = (pages[1] ?? '').replace(/\/?index$/, '');
    return [{ kind: place.startsWith('api/') ? 'route' : 'page', name: address(place) }];
  }
  const kit = /(?:^|\/)routes\/(.*?)\/?\+(?:(page)(?:\.server)?|server)\.(?:svelte|[jt]s)$/.exec(
    path,
  );
  if (kit !== null)
    return [{ kind: kit[2] === undefined ? 'route' : 'page', name: address(kit[1] ?? '') }];
  const rails = /(?:^|\/)app\/controllers\/(.+)_controller\.rb$/.exec(path);
  if (rails !== null) return [{ kind: 'route', name: `/${rails[1] ?? ''}` }];
  const job = /(?:^|\/)app\/(?:jobs|workers|sidekiq)\/(.+)\.rb$/.exec(path);
  return job === null ? [] : [{ kind: 'job', name: job[1] ?? '' }];
}

/** Folders in brackets or with an @ group files and are no part of the address. */
function address(place: string): string {
  const names = place.split('/').filter((name) => name !== '' && !/^\(.*\)$|^@/.test(name));
  return `/${names.join('/')}`;
}

interface Sign {
  readonly endings: RegExp;
  readonly kind: EntryPoint['kind'];
  /** The groups `verb` and `name` make the name. Each quantifier is bounded. */
  readonly pattern: RegExp;
  /** A name where the code gives none. */
  readonly otherwise?: (path: string) => string;
}

const script = /\.[cm]?[jt]sx?$/;
const python = /\.py$/;
const jvm = /\.(?:java|kt)$/;

const signs: readonly Sign[] = [
  {
    endings: script,
    kind: 'route',
    pattern:
      /\b(?:app|router|server|fastify|api|routes?|\w{1,30}Router)\.(?<verb>get|post|put|patch|delete|all)\(\s{0,20}['"`](?<name>\/[^'"`\n]{0,120})['"`]/g,
  },
  {
    endings: script,
    kind: 'route',
    pattern:
      /@(?<verb>Get|Post|Put|Patch|Delete)\(\s{0,4}(?:['"`](?<name>[^'"`\n]{0,120})['"`])?\s{0,4}\)/g,
  },
  {
    endings: python,
    kind: 'route',
    pattern:
      /@\w{1,40}\.(?<verb>route|get|post|put|patch|delete)\(\s{0,20}[rf]?['"](?<name>\/[^'"\n]{0,120})['"]/g,
  },
  {
    endings: /urls\.py$/,
    kind: 'route',
    pattern: /\b(?:re_)?path\(\s{0,20}r?['"](?<name>[^'"\n]{0,120})['"]/g,
  },
  {
    endings: jvm,
    kind: 'route',
    pattern:
      /@(?<verb>Get|Post|Put|Patch|Delete|Request)Mapping\(\s{0,4}(?:value\s{0,2}=\s{0,2}|path\s{0,2}=\s{0,2})?"(?<name>[^"\n]{0,120})"/g,
  },
  {
    endings: /\.go$/,
    kind: 'route',
    pattern:
      /\.(?<verb>HandleFunc|Handle|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete)\(\s{0,20}"(?<name>(?:[A-Z]{3,7} )?\/[^"\n]{0,120})"/g,
  },
  {
    endings: /\.cs$/,
    kind: 'route',
    pattern:
      /(?:\[Http(?<verb>Get|Post|Put|Patch|Delete)\(|\.Map(?:Get|Post|Put|Patch|Delete)\()\s{0,4}"(?<name>[^"\n]{0,120})"/g,
  },
  {
    endings: /\.php$/,
    kind: 'route',
    pattern:
      /\bRoute::(?<verb>get|post|put|patch|delete|any)\(\s{0,4}['"](?<name>[^'"\n]{0,120})['"]/g,
  },
  {
    endings: /\.rs$/,
    kind: 'route',
    pattern:
      /(?:#\[(?<verb>get|post|put|patch|delete)\(|\.route\()\s{0,4}"(?<name>\/[^"\n]{0,120})"/g,
  },
  {
    endings: python,
    kind: 'job',
    pattern:
      /@(?:\w{1,30}\.task|shared_task|periodic_task)\b[^\n]{0,200}\n(?:async )?def (?<name>\w{1,80})/g,
  },
  {
    endings: jvm,
    kind: 'job',
    pattern:
      /@Scheduled\([^\n]{0,200}\)\s{0,40}(?:public |private |fun |void |suspend ){0,4}(?<name>\w{1,80})\(/g,
  },
  {
    endings: script,
    kind: 'job',
    pattern: /\bcron\.schedule\(\s{0,20}['"`](?<name>[^'"`\n]{1,40})['"`]/g,
  },
  {
    endings: script,
    kind: 'job',
    pattern: /(?:\bnew (?:Worker|Queue)|@Processor)\(\s{0,20}['"`](?<name>[^'"`\n]{1,80})['"`]/g,
  },
  {
    endings: /\.go$/,
    kind: 'command',
    pattern: /^func main\(\) \{/gm,
    otherwise: (path) => path.split('/').at(-2) ?? path,
  },
  {
    endings: python,
    kind: 'command',
    pattern: /^if __name__ == ['"]__main__['"]/gm,
    otherwise: (path) => path,
  },
  {
    endings: /\.rs$/,
    kind: 'command',
    pattern: /^(?:async )?fn main\(\)/gm,
    otherwise: (path) => path,
  },
  {
    endings: script,
    kind: 'command',
    pattern: /^#!.{0,40}\b(?:node|bun|deno|tsx)\b/g,
    otherwise: (path) => path,
  },
];

/** An entry point with the text around it. */
interface Registered extends EntryPoint {
  readonly context: string;
}

function byText(path: string, text: string): readonly Registered[] {
  return signs
    .filter(({ endings }) => endings.test(path))
    .flatMap(({ kind, pattern, otherwise }) =>
      [...text.matchAll(pattern)].slice(0, 500).map(({ groups = {}, index }) => {
        const { verb = '', name } = groups;
        const told = name ?? otherwise?.(path) ?? '';
        const context = text
          .slice(index, index + 300)
          .split('\n', 3)
          .join('\n');
        return { kind, name: kind === 'route' ? routeName(verb, told) : told, context };
      }),
    );
}

function routeName(verb: string, name: string): string {
  if (/^[A-Z]{3,7} \//.test(name)) return name;
  const method = verb.toUpperCase();
  const path = name.startsWith('/') ? name : `/${name}`;
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? `${method} ${path}` : path;
}
