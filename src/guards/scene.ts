import { addedLines, removedLines } from '../change/change.ts';
import type { Change, FileChange, Gap } from '../change/change.ts';
import { withArrivals } from './arrivals.ts';
import type { Answers } from './dependencies/registry.ts';
import { isTestPath, languageOf } from './language.ts';
import type { ChangedFile, Language, Parsers, Scene, Search, Source, Tree } from './guard.ts';

/** What the world gives to look at a change: parsers, and the files the change did not touch. */
export interface World {
  readonly parsers: Parsers;
  readonly readAfter: (path: string) => string | null;
  readonly search?: Search;
  readonly registry?: Answers;
}

/** Longest text we parse, in characters; beyond it a file is not checked. */
export const longestText = 2_000_000;

/** Languages that have a syntax tree. */
export const treeLanguages: ReadonlySet<Language> = new Set<Language>([
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'csharp',
  'php',
  'rust',
]);

/** Makes the scene of a change. Each text is parsed once, on first use; `report` hears what could not be. */
export function buildScene(change: Change, world: World, report: (gap: Gap) => void): Scene {
  const readAfter = remember(world.readAfter);
  const parsers = watched(world.parsers, nameTexts(change), report);
  const files = withArrivals(change.files).map((file) => changedFile(file, parsers));
  const search = world.search === undefined ? {} : { search: remember(world.search) };
  const registry = world.registry === undefined ? {} : { registry: world.registry };
  return { files, parsers, readAfter, report, ...search, ...registry };
}

function changedFile(change: FileChange, parsers: Parsers): ChangedFile {
  const isText = change.content === 'text';
  const before = isText ? source(change.oldPath, change.before, parsers) : null;
  const after = isText ? source(change.path, change.after, parsers) : null;
  return {
    change,
    path: change.path,
    language: (after ?? before)?.language ?? languageOf(change.path),
    before,
    after,
    added: new Set(addedLines(change)),
    removed: new Set(removedLines(change)),
    isTest: isTestPath(change.path),
  };
}

/** One side of a file; its lines and tree are made when first asked for. */
export function source(path: string, text: string | null, parsers: Parsers): Source | null {
  if (text === null) return null;
  const language = languageOf(path, text);
  const lines = once(() => text.split(/\r?\n/));
  return {
    path,
    text,
    language,
    tree: () => parsers.tree(language, text),
    get lines() {
      return lines();
    },
  };
}

// Parsers fail by giving null. Here that null gets the file's name and becomes "not checked", once per file.
function watched(
  parsers: Parsers,
  pathOf: (text: string) => string,
  report: (gap: Gap) => void,
): Parsers {
  const told = new Set<string>();
  function listen<Parsed>(
    form: string,
    parse: (text: string) => Parsed | null,
  ): (text: string) => Parsed | null {
    return (text) => {
      const parsed = text.length > longestText ? null : parse(text);
      const path = pathOf(text);
      if (parsed === null && !told.has(path)) {
        told.add(path);
        report({ what: path, why: whyNot(text, form) });
      }
      return parsed;
    };
  }
  const trees = new Map<Language, (text: string) => Tree | null>();
  return {
    tree(language, text) {
      if (!treeLanguages.has(language)) return null;
      const known = trees.get(language);
      if (known !== undefined) return known(text);
      const parse = remember(listen(language, (asked) => parsers.tree(language, asked)));
      trees.set(language, parse);
      return parse(text);
    },
    sql: remember(listen('SQL', parsers.sql)),
    hcl: remember(listen('HCL', parsers.hcl)),
  };
}

function whyNot(text: string, form: string): string {
  return text.length > longestText
    ? 'it is too long to parse'
    : `it could not be parsed as ${form}`;
}

function nameTexts(change: Change): (text: string) => string {
  return (text) =>
    change.files.find((file) => file.after === text || file.before === text)?.path ??
    'a file beside the change';
}

function remember<Given, Result>(ask: (given: Given) => Result): (given: Given) => Result {
  const known = new Map<Given, Result>();
  return (given) => {
    const found = known.get(given);
    if (found !== undefined || known.has(given)) return found as Result;
    const result = ask(given);
    known.set(given, result);
    return result;
  };
}

function once<Result>(ask: () => Result): () => Result {
  const recall = remember<null, Result>(ask);
  return () => recall(null);
}
