import { hash } from 'node:crypto';
import { sessionOf, type Author } from './author.ts';
import type { Landed } from './landed.ts';

/** What a git-ai note is made of. */
export interface GitAiOptions {
  /** Named as the program that wrote it. */
  readonly version: string;
  /** The person whose lines are known to be theirs, as `Name <address>`; null writes no person's lines. */
  readonly human: string | null;
}

export interface GitAiNote {
  readonly text: string;
  /** What the format cannot say. */
  readonly problems: readonly string[];
}

/** By this its own notes are known from those of git-ai itself. */
export const writtenBy = 'hallmonitor';

/** A commit's lines in git-ai's form, `authorship/3.0.0`. Lines of nobody known are left out, as the form wants it. */
export function writeGitAiNote(landed: Landed, { version, human }: GitAiOptions): GitAiNote {
  const problems: string[] = [];
  const files = landed.files.flatMap(({ path, runs }) => {
    const keys = new Map<string, (readonly [number, number])[]>();
    for (const { from, to, author } of runs) {
      const key = keyOf(author, human);
      if (key === null) continue;
      const ranges = keys.get(key) ?? [];
      keys.set(key, ranges);
      const last = ranges.at(-1);
      if (last?.[1] === from - 1) ranges[ranges.length - 1] = [last[0], to];
      else ranges.push([from, to]);
    }
    if (keys.size === 0) return [];
    if (!canStand(path)) {
      problems.push(`the format has no way to write the path ${JSON.stringify(path)}`);
      return [];
    }
    const entries = [...keys].map(([key, ranges]) => `  ${key} ${ranges.map(range).join(',')}`);
    return [quotedIfNeeded(path), ...entries];
  });
  const metadata = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: `${writtenBy} ${version}`,
    base_commit_sha: landed.commit,
    prompts: {},
    ...(human === null || !files.some((line) => line.startsWith('  h_'))
      ? {}
      : { humans: { [humanKey(human)]: { author: human } } }),
    sessions: sessionsOf(landed),
  };
  const text = [...files, '---', JSON.stringify(metadata, null, 2)].join('\n');
  return { text, problems };
}

/** Id of a person: `h_` and the start of SHA-256 over `Name <address>`. */
export function humanKey(identity: string): string {
  return `h_${hash('sha256', identity).slice(0, 14)}`;
}

function keyOf(author: Author, human: string | null): string | null {
  if (author === 'human') return human === null ? null : humanKey(human);
  if (sessionOf(author) === null) return null;
  // Its readers want hexadecimal digits behind `t_`; that nobody was asked about the call is not for them.
  return author.slice(3).replace('::t_u', '::t_0');
}

function range([from, to]: readonly [number, number]): string {
  return from === to ? `${from}` : `${from}-${to}`;
}

/** Readers split at line ends, cut blanks at the end and know no escapes. */
function canStand(path: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/["\u0000-\u0008\u000a-\u001f\u0085\u2028\u2029]/.test(path) && path !== '---';
}

function quotedIfNeeded(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}

function sessionsOf({ sessions, files }: Landed): Readonly<Record<string, object>> {
  const used = new Set(
    files.flatMap(({ runs }) => runs.flatMap(({ author }) => sessionOf(author) ?? [])),
  );
  return Object.fromEntries(
    [...used].map((key) => {
      const session = sessions[key];
      const { tool = 'unknown', conversation = '', model = null } = session ?? {};
      return [key, { agent_id: { tool, id: conversation, model: model ?? 'unknown' } }];
    }),
  );
}
