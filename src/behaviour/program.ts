import type { Tree } from '../guards/guard.ts';
import { needsOf } from './free-names.ts';
import { type Declaration, type Module, readModule, type Source } from './module.ts';

/** One state of the repository's files, as far as functions reach. */
export interface Files {
  readonly read: (path: string) => string | null;
  readonly parse: (path: string, text: string) => Tree | null;
}

/** Code that stands for itself: what a function needs, gathered from its own and other modules. */
export interface Program {
  /** TypeScript or JavaScript; an expression that gives the function. */
  readonly code: string;
  /** Texts of the values gathered, for constants worth trying. */
  readonly texts: readonly string[];
  /** Names gathered from the function's own module, itself included. */
  readonly own: ReadonlySet<string>;
}

/** Modules and declarations one function may need; one that needs more is not examined. */
const mostModules = 20;
const mostDeclarations = 150;
const longestProgram = 200_000;

/** Modules of one state of the files. */
export interface Library {
  /** A module by its path; null where it is not there or not understood. */
  readonly module: (path: string) => Module | null;
  /** The module an import means; only relative ones are followed. */
  readonly resolve: (from: string, request: string) => Module | null;
}

/** Opens the modules of one state; each is read once. */
export function openLibrary({ read, parse }: Files): Library {
  const known = new Map<string, Module | null>();
  function module(path: string): Module | null {
    const found = known.get(path);
    if (found !== undefined) return found;
    const text = read(path);
    const root = text === null ? null : parse(path, text);
    const fresh = root === null ? null : readModule(path, root);
    known.set(path, fresh);
    return fresh;
  }
  return {
    module,
    resolve(from, request) {
      if (!/^\.\.?(?:\/|$)/.test(request)) return null;
      const place = joined(from.slice(0, from.lastIndexOf('/') + 1), request);
      for (const candidate of candidates(place)) {
        const there = module(candidate);
        if (there !== null) return there;
      }
      return null;
    },
  };
}

const endings = ['.ts', '.tsx', '.js', '.mjs', '.jsx', '/index.ts', '/index.js'];

function candidates(place: string): readonly string[] {
  const bare = place.replace(/\.[cm]?js$/, '');
  const swapped = bare === place ? [] : [place.replace(/js$/, 'ts'), `${bare}.tsx`];
  const asItIs = /\.[cm]?[jt]sx?$/.test(place) ? [place] : [];
  return [...asItIs, ...swapped, ...endings.map((ending) => `${place}${ending}`)];
}

function joined(folder: string, request: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${request}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** What is taken from one module: names, each with what it stands for. */
interface Taken {
  readonly module: Module;
  readonly names: Set<string>;
  /** Local name to where it comes from, for what the taken declarations use of other modules. */
  readonly from: Map<string, { readonly place: Taken; readonly name: string }>;
  state: 'open' | 'done';
}

interface Gathering {
  readonly library: Library;
  readonly taken: Map<string, Taken>;
  /** Modules in the order in which they can be evaluated. */
  readonly order: Taken[];
  declarations: number;
}

/** A reason why a function is not examined. */
class NotPure extends Error {}

/** Gathers everything a function needs, or says why it is no pure function. */
export function gatherProgram(
  library: Library,
  module: Module,
  name: string,
): Program | { readonly why: string } {
  const gathering: Gathering = { library, taken: new Map(), order: [], declarations: 0 };
  try {
    const own = placeOf(gathering, module);
    take(gathering, own, name);
    settle(gathering, own);
    return written(gathering, own, name);
  } catch (error) {
    if (error instanceof NotPure) return { why: error.message };
    throw error;
  }
}

function placeOf(gathering: Gathering, module: Module): Taken {
  const known = gathering.taken.get(module.path);
  if (known !== undefined) return known;
  if (gathering.taken.size >= mostModules)
    throw new NotPure(`it needs more than ${mostModules} modules`);
  const place: Taken = { module, names: new Set(), from: new Map(), state: 'open' };
  gathering.taken.set(module.path, place);
  return place;
}

/** Takes a declaration and, in turn, what it uses. */
function take(gathering: Gathering, place: Taken, name: string): void {
  const declaration = place.module.declarations.get(name);
  if (declaration === undefined || place.names.has(name)) return;
  gathering.declarations += 1;
  if (gathering.declarations > mostDeclarations)
    throw new NotPure(`it needs more than ${mostDeclarations} declarations`);
  if (declaration.kind === 'let') throw new NotPure(`it reads ${name}, which may change`);
  for (const one of declaration.names) place.names.add(one);
  const needs = needsOf(examinedPart(declaration));
  const about = gathering.declarations === 1 ? '' : ` (in ${name})`;
  if (needs.impure !== null) throw new NotPure(`${needs.impure}${about}`);
  for (const needed of needs.names) link(gathering, place, { needed, about });
}

function examinedPart({ body, statement, names }: Declaration): Tree {
  return body === null || names.length > 1 ? statement : body;
}

interface Link {
  readonly needed: string;
  readonly about: string;
}

function link(gathering: Gathering, place: Taken, { needed, about }: Link): void {
  if (place.module.declarations.has(needed)) {
    take(gathering, place, needed);
    return;
  }
  const source = place.module.imports.get(needed);
  if (source === undefined) throw new NotPure(`it uses ${needed}${about}`);
  if (source.name === '*')
    throw new NotPure(`it imports ${source.from} as a whole, which is not followed${about}`);
  const found = findExport(gathering, { module: place.module, source, depth: 0 });
  if (found === null) throw new NotPure(`it uses ${needed} of ${source.from}${about}`);
  const other = placeOf(gathering, found.module);
  place.from.set(needed, { place: other, name: found.name });
  take(gathering, other, found.name);
}

/** How often a name may be passed on from module to module. */
const mostPasses = 6;

interface Wanted {
  readonly module: Module;
  readonly source: Source;
  readonly depth: number;
}

function findExport(
  gathering: Gathering,
  { module, source, depth }: Wanted,
): { readonly module: Module; readonly name: string } | null {
  const there = gathering.library.resolve(module.path, source.from);
  if (there === null || depth > mostPasses) return null;
  const exported = there.exports.get(source.name);
  if (typeof exported === 'string') {
    if (there.declarations.has(exported)) return { module: there, name: exported };
    const onward = there.imports.get(exported);
    return onward === undefined || onward.name === '*'
      ? null
      : findExport(gathering, { module: there, source: onward, depth: depth + 1 });
  }
  if (exported !== undefined)
    return findExport(gathering, { module: there, source: exported, depth: depth + 1 });
  for (const from of there.passedOn.slice(0, mostModules)) {
    const onward = { from, name: source.name };
    const found = findExport(gathering, { module: there, source: onward, depth: depth + 1 });
    if (found !== null) return found;
  }
  return null;
}

/** Puts modules into an order in which each finds the others ready. */
function settle(gathering: Gathering, place: Taken, trail: readonly Taken[] = []): void {
  if (place.state === 'done') return;
  if (trail.includes(place)) throw new NotPure('its modules import each other in a circle');
  for (const { place: other } of place.from.values())
    if (other !== place) settle(gathering, other, [...trail, place]);
  place.state = 'done';
  gathering.order.push(place);
}

function written(gathering: Gathering, own: Taken, name: string): Program {
  const texts: string[] = [];
  const numbers = new Map(gathering.order.map((place, at) => [place, at]));
  const parts = gathering.order.map((place) => {
    const imports = [...place.from].map(
      ([local, { place: other, name: there }]) =>
        `const ${local} = module${numbers.get(other) ?? 0}.${there};`,
    );
    const statements = statementsOf(place);
    texts.push(...statements);
    const given = [...place.names].join(', ');
    const body = [...imports, ...statements, `return { ${given} };`].join('\n');
    return `const module${numbers.get(place) ?? 0} = (() => {\n${body}\n})();`;
  });
  const code = `${parts.join('\n')}\nmodule${numbers.get(own) ?? 0}.${name};\n`;
  if (code.length > longestProgram) throw new NotPure('what it needs is too long');
  return { code, texts, own: own.names };
}

/** The taken declarations of a module in the order they stand there. */
function statementsOf({ module, names }: Taken): readonly string[] {
  const seen = new Map<number, string>();
  for (const name of names) {
    const statement = module.declarations.get(name)?.statement;
    if (statement !== undefined) seen.set(statement.range().start.index, statement.text());
  }
  return [...seen].sort(([a], [b]) => a - b).map(([, text]) => text);
}
