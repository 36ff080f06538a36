import type { SgNode } from '@ast-grep/napi';
import type { Language, Tree } from '../../guards/guard.ts';

type Napi = typeof import('@ast-grep/napi');
type Registration = Parameters<Napi['registerDynamicLanguage']>[0][string];

const builtIn: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'TypeScript',
  tsx: 'Tsx',
  javascript: 'JavaScript',
};

const dynamic: Readonly<Partial<Record<Language, () => Promise<{ default: Registration }>>>> = {
  python: async () => import('@ast-grep/lang-python'),
  go: async () => import('@ast-grep/lang-go'),
  java: async () => import('@ast-grep/lang-java'),
};

// The native module may be told about languages only once in a process, so that is remembered here.
const registered = new Map<'languages', Promise<ReadonlySet<Language>>>();

/** Loads tree-sitter for the wanted languages; null when none of them has a syntax tree. */
export async function loadTrees(
  wanted: ReadonlySet<Language>,
): Promise<((language: Language, text: string) => Tree | null) | null> {
  const needsDynamic = [...wanted].some((language) => dynamic[language] !== undefined);
  if (!needsDynamic && ![...wanted].some((language) => builtIn[language] !== undefined))
    return null;
  const napi = await import('@ast-grep/napi');
  const known = needsDynamic ? await registerOnce(napi) : new Set<Language>();
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

async function registerOnce(napi: Napi): Promise<ReadonlySet<Language>> {
  const earlier = registered.get('languages');
  if (earlier !== undefined) return earlier;
  const loading = register(napi);
  registered.set('languages', loading);
  return loading;
}

// A platform may lack the prebuilt parser of one language; the others still work.
async function register(napi: Napi): Promise<ReadonlySet<Language>> {
  const found: Record<string, Registration> = {};
  for (const [language, load] of Object.entries(dynamic)) {
    const registration = await load().then(located, () => null);
    if (registration !== null) found[language] = registration;
  }
  napi.registerDynamicLanguage(found);
  return new Set(Object.keys(found) as Language[]);
}

function located({ default: registration }: { default: Registration }): Registration | null {
  const { libraryPath, extensions, languageSymbol, expandoChar } = registration;
  if (typeof libraryPath !== 'string') return null;
  return {
    libraryPath,
    extensions,
    ...(languageSymbol === undefined ? {} : { languageSymbol }),
    ...(expandoChar === undefined ? {} : { expandoChar }),
  };
}
