import type { Change, Gap } from '../change/change.ts';

/** Languages that only the guards on plain text read, by the ends of their files. */
const unguarded: Readonly<Record<string, string>> = {
  c: 'C',
  h: 'C',
  cc: 'C++',
  cpp: 'C++',
  hpp: 'C++',
  cs: 'C#',
  dart: 'Dart',
  erl: 'Erlang',
  ex: 'Elixir',
  exs: 'Elixir',
  kt: 'Kotlin',
  kts: 'Kotlin',
  lua: 'Lua',
  m: 'Objective-C',
  php: 'PHP',
  pl: 'Perl',
  rb: 'Ruby',
  rs: 'Rust',
  scala: 'Scala',
  svelte: 'Svelte',
  swift: 'Swift',
  vue: 'Vue',
};

/** Code of the change that no guard understands, one gap a language: silence about it is not a good word for it. */
export function unguardedIn(change: Change): readonly Gap[] {
  const counts = new Map<string, number>();
  for (const { path, generated, content, added, deleted } of change.files) {
    const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
    const language = Object.hasOwn(unguarded, ending) ? unguarded[ending] : undefined;
    if (language === undefined || generated !== null || content !== 'text' || added + deleted === 0)
      continue;
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].map(([language, files]) => ({
    what: `${files} ${language} ${files === 1 ? 'file' : 'files'}`,
    why: `no guard understands ${language} yet; only secrets, leftovers and hidden characters were looked for`,
  }));
}
