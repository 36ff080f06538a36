import { hash } from 'node:crypto';
import { sessionOf, type Author } from './author.ts';
import type { Landed, LandedRun } from './landed.ts';

export interface TraceOptions {
  /** Version of the program that writes it. */
  readonly version: string;
  /** When the commit was made. */
  readonly at: Date;
  /** The lines of a file as committed; null where it cannot be read. */
  readonly linesAt: (path: string) => readonly string[] | null;
}

/** Who wrote which lines of a commit as a record of agent-trace 0.1.0; lines nobody is known for are `unknown`. */
export function writeAgentTrace(landed: Landed, options: TraceOptions): object {
  const { version, at } = options;
  return {
    version: '0.1.0',
    id: uuidOf(landed.commit),
    timestamp: at.toISOString(),
    vcs: { type: 'git', revision: landed.commit },
    tool: { name: 'hallmonitor', version },
    files: landed.files.map(({ path, runs }) => ({
      path,
      conversations: conversations(runs, landed, options.linesAt(path)),
    })),
  };
}

/** The same commit always gets the same id. */
function uuidOf(commit: string): string {
  const digits = hash('sha256', `agent-trace:${commit}`);
  const variant = (Number.parseInt(digits.slice(16, 17), 16) & 3) + 8;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant.toString(16)}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

function conversations(
  runs: readonly LandedRun[],
  { sessions }: Landed,
  text: readonly string[] | null,
): readonly object[] {
  const groups = new Map<string, LandedRun[]>();
  for (const run of runs) {
    const key = sessionOf(run.author) ?? run.author;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups].map(([key, group]) => ({
    contributor: contributorOf(group[0]?.author ?? 'unknown', sessions[key]),
    ranges: group.map(({ from, to }) => ({
      start_line: from,
      end_line: to,
      ...(text === null ? {} : { content_hash: contentHash(text.slice(from - 1, to)) }),
    })),
  }));
}

/** Of the lines with a line end after each. */
function contentHash(lines: readonly string[]): string {
  return `sha256:${hash('sha256', lines.map((line) => `${line}\n`).join(''))}`;
}

function contributorOf(author: Author, session: Landed['sessions'][string] | undefined): object {
  if (author === 'human') return { type: 'human' };
  if (sessionOf(author) === null) return { type: 'unknown' };
  const model = session?.model ?? null;
  return { type: 'ai', ...(model === null ? {} : { model_id: modelId(model) }) };
}

const providers: readonly (readonly [RegExp, string])[] = [
  [/^claude/i, 'anthropic'],
  [/^(?:gpt|o\d|codex|chatgpt)/i, 'openai'],
  [/^(?:gemini|gemma)/i, 'google'],
  [/^grok/i, 'xai'],
  [/^(?:mistral|codestral|devstral|magistral)/i, 'mistral'],
  [/^deepseek/i, 'deepseek'],
  [/^qwen/i, 'alibaba'],
];

/** `provider/model`, as models.dev names it; a model that names its provider already is left as it is. */
function modelId(model: string): string {
  const provider = providers.find(([pattern]) => pattern.test(model))?.[1];
  const id = model.includes('/') || provider === undefined ? model : `${provider}/${model}`;
  return id.slice(0, 250);
}
