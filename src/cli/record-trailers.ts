import { sessionOf } from '../capture/author.ts';
import type { Landed } from '../capture/landed.ts';
import { UserError } from '../change/problems.ts';
import {
  openRepository,
  readCommitsByIds,
  resolveCommit,
  reword,
  whyNotReword,
} from '../outside/git/git.ts';
import { landCommit } from './capture-land.ts';
import { named } from './capture-names.ts';
import { landedOf } from './capture-sources.ts';
import { plainLines } from './plain.ts';

/** `record trailers`: shows the disclosure that the record supports; puts it into the message only with consent. */
export async function disclose({
  repo,
  yes,
}: {
  readonly repo: string;
  readonly yes?: boolean;
}): Promise<number> {
  const repository = await openRepository(repo);
  const sha = await resolveCommit(repository, 'HEAD');
  const [commit] = await readCommitsByIds(repository, [sha]);
  const landed = (await landedOf(repository, [sha])).get(sha);
  const trailers = landed === undefined ? [] : disclosures(landed);
  if (commit === undefined || trailers.length === 0) {
    process.stdout.write('The record names no agent that wrote lines of the last commit.\n');
    return 0;
  }
  const message = withTrailers(commit.message, trailers);
  if (message === commit.message) {
    process.stdout.write('The message says so already.\n');
    return 0;
  }
  if (yes !== true) {
    process.stdout.write(
      `${plainLines(message.trimEnd())}\n\nNothing was changed; --yes amends the last commit to this message.\n`,
    );
    return 0;
  }
  const why = await whyNotReword(repository, sha);
  if (why !== null) throw notAmended(why, trailers);
  const fresh = await reword(repository, commit, message);
  if (fresh === null) throw notAmended('git did not make the new commit', trailers);
  await landCommit(repository, { commit: fresh, olds: [sha], fresh: false }, new Date());
  process.stdout.write(
    `${sha.slice(0, 9)} became ${fresh.slice(0, 9)}, with ${trailers.join(', ')}\n`,
  );
  return 0;
}

function notAmended(why: string, trailers: readonly string[]): UserError {
  return new UserError(
    `the last commit was not amended: ${why}`,
    `Do it yourself if that is right: ${trailers.map((line) => `git commit --amend --trailer '${line}'`).join(' && ')}`,
  );
}

/** One line for each agent and model that wrote lines of the commit, in the form that Linux and others ask for. */
export function disclosures({ files, sessions }: Landed): readonly string[] {
  const keys = files.flatMap(({ runs }) => runs.flatMap(({ author }) => sessionOf(author) ?? []));
  const lines = [...new Set(keys)].map((key) => {
    const session = sessions[key];
    const { tool, model } = session === undefined ? { tool: null, model: null } : named(session);
    return `Assisted-by: ${[tool ?? 'ai', model].filter((part) => part !== null).join(':')}`;
  });
  return [...new Set(lines)].toSorted();
}

/** The message with the trailers that it does not have yet, in its last paragraph if that is one of trailers. */
export function withTrailers(message: string, trailers: readonly string[]): string {
  const lines = message.trimEnd().split('\n');
  const missing = trailers.filter((trailer) => !lines.includes(trailer));
  if (missing.length === 0) return message;
  const last = lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1);
  const hasBlock =
    last.length < lines.length && last.every((line) => /^[A-Za-z][\w-]*: \S/.test(line));
  return [...lines, ...(hasBlock ? [] : ['']), ...missing, ''].join('\n');
}
