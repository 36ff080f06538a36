import type { Change, FileChange, Gap } from '../change/change.ts';
import { isProductionPath } from './language.ts';

/** Languages that only the guards on plain text read, by the ends of their files. */
const unguarded: Readonly<Record<string, string>> = {
  c: 'C',
  h: 'C',
  cc: 'C++',
  cpp: 'C++',
  hpp: 'C++',
  dart: 'Dart',
  erl: 'Erlang',
  ex: 'Elixir',
  exs: 'Elixir',
  lua: 'Lua',
  m: 'Objective-C',
  pl: 'Perl',
  scala: 'Scala',
  svelte: 'Svelte',
  swift: 'Swift',
  vue: 'Vue',
};

/** Languages whose public functions nobody compares with their callers: how a line begins that declares one. */
const publicFunctions: Readonly<Record<string, readonly [language: string, declares: RegExp]>> = {
  cs: ['C#', /^\s*public\s+(?!class|record|struct|interface|enum)[\w<>[\]?, .]*\(/],
  kt: ['Kotlin', /^(?!\s*(?:private|internal|override)\b)[\w\s]*\bfun\b/],
  php: ['PHP', /^\s*(?:final |static |abstract )*public (?:static )?function\b/],
  rb: ['Ruby', /^\s*def\b/],
  rs: ['Rust', /^\s*pub (?:async |const |unsafe )*fn\b/],
};

/** Code of the change that guards do not understand, or only in part, one gap a language: silence is no good word for it. */
export function unguardedIn(change: Change): readonly Gap[] {
  const counts = new Map<string, { files: number; why: string }>();
  for (const file of change.files) {
    if (file.generated !== null || file.content !== 'text' || file.added + file.deleted === 0)
      continue;
    const [language, why] = unknownIn(file) ?? [];
    if (language === undefined || why === undefined) continue;
    counts.set(language, { files: (counts.get(language)?.files ?? 0) + 1, why });
  }
  return [...counts].map(([language, { files, why }]) => ({
    what: `${files} ${language} ${files === 1 ? 'file' : 'files'}`,
    why,
  }));
}

function unknownIn(file: FileChange): readonly [language: string, why: string] | null {
  const ending = /\.(\w+)$/.exec(file.path)?.[1]?.toLowerCase() ?? '';
  const language = Object.hasOwn(unguarded, ending) ? unguarded[ending] : undefined;
  if (language !== undefined)
    return [
      language,
      `no guard understands ${language} yet; only secrets, leftovers and hidden characters were looked for`,
    ];
  const known = Object.hasOwn(publicFunctions, ending) ? publicFunctions[ending] : undefined;
  if (known === undefined || !isProductionPath(file.path) || !redeclares(file, known[1]))
    return null;
  return [
    known[0],
    'a public function changed, and whether its callers still fit was not looked at',
  ];
}

// A declaration went, or has another face now.
function redeclares({ hunks }: FileChange, declares: RegExp): boolean {
  return hunks.some(({ removed, added }) => {
    const now = new Set(added.map((line) => line.trim()));
    return removed.some((line) => declares.test(line) && !now.has(line.trim()));
  });
}
