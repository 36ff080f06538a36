import type { Change, Gap } from '../change/change.ts';
import { isTestPath } from './language.ts';

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

const callers = 'whether callers still fit a changed public function was not looked at';

/** Languages that guards read, but not whole: what was not looked at. */
const partly: Readonly<Record<string, readonly [language: string, why: string]>> = {
  cs: ['C#', callers],
  csx: ['C#', callers],
  kt: ['Kotlin', callers],
  kts: ['Kotlin', callers],
  php: ['PHP', callers],
  rb: ['Ruby', callers],
  rake: ['Ruby', callers],
  rs: ['Rust', callers],
};

/** Code of the change that guards do not understand, or only in part, one gap a language: silence is no good word for it. */
export function unguardedIn(change: Change): readonly Gap[] {
  const counts = new Map<string, { files: number; why: string }>();
  for (const { path, generated, content, added, deleted } of change.files) {
    if (generated !== null || content !== 'text' || added + deleted === 0) continue;
    const [language, why] = knownFor(path) ?? [];
    if (language === undefined || why === undefined) continue;
    counts.set(language, { files: (counts.get(language)?.files ?? 0) + 1, why });
  }
  return [...counts].map(([language, { files, why }]) => ({
    what: `${files} ${language} ${files === 1 ? 'file' : 'files'}`,
    why,
  }));
}

function knownFor(path: string): readonly [language: string, why: string] | null {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(partly, ending)) return isTestPath(path) ? null : (partly[ending] ?? null);
  const language = Object.hasOwn(unguarded, ending) ? unguarded[ending] : undefined;
  return language === undefined
    ? null
    : [
        language,
        `no guard understands ${language} yet; only secrets, leftovers and hidden characters were looked for`,
      ];
}
