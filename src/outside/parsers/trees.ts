import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SgNode } from '@ast-grep/napi';
import type { Language, Tree } from '../../guards/guard.ts';

type Napi = typeof import('@ast-grep/napi');
type Registration = Parameters<Napi['registerDynamicLanguage']>[0][string];

const builtIn: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'TypeScript',
  tsx: 'Tsx',
  javascript: 'JavaScript',
};

// Found by path, not imported: importing eight packages to learn eight paths would double the time to the first tree.
const require = createRequire(import.meta.url);
const packages: Readonly<Partial<Record<Language, () => string>>> = {
  python: () => require.resolve('@ast-grep/lang-python'),
  go: () => require.resolve('@ast-grep/lang-go'),
  java: () => require.resolve('@ast-grep/lang-java'),
  kotlin: () => require.resolve('@ast-grep/lang-kotlin'),
  ruby: () => require.resolve('@ast-grep/lang-ruby'),
  csharp: () => require.resolve('@ast-grep/lang-csharp'),
  php: () => require.resolve('@ast-grep/lang-php'),
  rust: () => require.resolve('@ast-grep/lang-rust'),
};

// The native module may be told about languages only once in a process, so that is remembered here.
const registered = new Map<'languages', ReadonlySet<Language>>();

/** Loads tree-sitter for the wanted languages; null when none of them has a syntax tree. */
export async function loadTrees(
  wanted: ReadonlySet<Language>,
): Promise<((language: Language, text: string) => Tree | null) | null> {
  const needsDynamic = [...wanted].some((language) => packages[language] !== undefined);
  if (!needsDynamic && ![...wanted].some((language) => builtIn[language] !== undefined))
    return null;
  const napi = await import('@ast-grep/napi');
  const known = needsDynamic ? registerOnce(napi) : new Set<Language>();
  return (language, text) => {
    const name = builtIn[language] ?? (known.has(language) ? language : undefined);
    return name === undefined ? null : parsed(name, text, napi);
  };
}

/** Trees that a resident gate is likely to need again: what an edit left is what the next one starts from. */
const recent = new Map<string, Tree | null>();
/** How many are kept, and the longest text worth keeping one for. */
const mostRecent = 8;
const longestKept = 200_000;

function parsed(name: string, text: string, napi: Napi): Tree | null {
  const key = `${name}\n${text}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const tree = rootOf(napi.parse(name, text).root());
  if (text.length <= longestKept) {
    const [oldest] = recent.size >= mostRecent ? recent.keys() : [];
    if (oldest !== undefined) recent.delete(oldest);
    recent.set(key, tree);
  }
  return tree;
}

// Tree-sitter always gives a tree; when its very root is an error, nothing in it can be trusted.
function rootOf(root: SgNode): Tree | null {
  return root.kind() === 'ERROR' ? null : root;
}

function registerOnce(napi: Napi): ReadonlySet<Language> {
  const known = registered.get('languages') ?? register(napi);
  registered.set('languages', known);
  return known;
}

// A platform may lack the prebuilt parser of one language; the others still work.
function register(napi: Napi): ReadonlySet<Language> {
  const found: Record<string, Registration> = {};
  for (const [language, find] of Object.entries(packages)) {
    const libraryPath = libraryOf(find);
    if (libraryPath === null) continue;
    const languageSymbol = `tree_sitter_${language === 'csharp' ? 'c_sharp' : language}`;
    found[language] = { libraryPath, extensions: [], languageSymbol, expandoChar: 'µ' };
  }
  napi.registerDynamicLanguage(found);
  return new Set(Object.keys(found) as Language[]);
}

function libraryOf(find: () => string): string | null {
  try {
    const folder = dirname(find());
    const own = `prebuild-${systems[process.platform] ?? ''}-${process.arch.toUpperCase()}`;
    const paths = [join(folder, 'prebuilds', own, 'parser.so'), join(folder, 'parser.so')];
    return paths.find((path) => existsSync(path) && isLoadable(path)) ?? null;
  } catch {
    // The package is not installed.
    return null;
  }
}

const systems: Readonly<Record<string, string>> = {
  darwin: 'macOS',
  linux: 'Linux',
  win32: 'Windows',
};

// The native module ends the whole process on a library that it cannot open, so Node tries each first. A grammar is
// no addon of Node: that complaint means it could be opened.
function isLoadable(path: string): boolean {
  try {
    process.dlopen({ exports: {} }, path);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes('did not self-register');
  }
}
