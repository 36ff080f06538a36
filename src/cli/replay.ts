import { UserError } from '../change/problems.ts';
import { paintFor } from './paint.ts';
import { progressOn } from './progress.ts';
import { printJson, readNamed } from './print.ts';
import { replayJson, repositoriesJson } from './replay-json.ts';
import { replayOne, type ReplayOptions } from './replay-one.ts';
import { replayRepositories } from './replay-repositories.ts';
import { repositoriesText, replayText } from './replay-text.ts';

/** More repositories than these are not replayed in one run. */
const mostRepositories = 10_000;

/** `replay`: what policies would have held over a repository's history, and at what cost. */
export async function replay(options: ReplayOptions): Promise<number> {
  const paint = paintFor(process.stdout, process.env);
  if (options.repos === undefined) {
    const result = await replayOne(options);
    if (options.html !== undefined) {
      const { writeReport } = await import('./report.ts');
      await writeReport(options.html, result);
    }
    if (options.format === 'json') printJson(replayJson(result));
    else process.stdout.write(replayText(result, paint));
    return 0;
  }
  if (options.html !== undefined)
    throw new UserError(
      '--html writes the review of one repository',
      'Leave out --repos, or run report --html in each of them.',
    );
  const folders = await repositoriesIn(options.repos);
  const rows = await replayRepositories(folders, options, progressOn(process.stderr));
  if (options.format === 'json') printJson(repositoriesJson(rows));
  else process.stdout.write(repositoriesText(rows, paint));
  return rows.some(({ result }) => result instanceof Error) ? 2 : 0;
}

async function repositoriesIn(path: string): Promise<readonly string[]> {
  const folders = (await readNamed(path))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (folders.length > 0 && folders.length <= mostRepositories) return folders;
  throw new UserError(
    `${path} names ${folders.length} repositories`,
    `Give the folder of one repository a line, ${mostRepositories} at most.`,
  );
}
