import { emptyBaseline } from '../src/guards/baseline.ts';
import { guards, inspect, languagesIn } from '../src/guards/guards.ts';
import { buildScene } from '../src/guards/scene.ts';
import {
  firstParentLine,
  nearbyReader,
  openRepository,
  readChange,
  resolveCommit,
} from '../src/outside/git/git.ts';
import { loadParsers } from '../src/outside/parsers/parsers.ts';
import type { Change } from '../src/change/change.ts';

/** What the whole catalogue costs on changes that landed, beside parsing both sides of their files once. */
export interface GuardsRow {
  readonly guards: number;
  readonly changes: number;
  readonly files: number;
  readonly parse_ms: number;
  readonly inspect_ms: number;
  /** All changes together; the parsing that the guards need themselves is in it. */
  readonly ratio: number;
  readonly median_ratio: number;
}

/** Changes of more files are imports and reformats. */
const mostFiles = 100;

/** Parses, then asks all guards, for the last changes of a repository. Reading from git is in neither figure. */
export async function measureGuards(folder: string, last: number): Promise<GuardsRow> {
  const repository = await openRepository(folder);
  const head = await resolveCommit(repository, 'HEAD');
  const commits = await firstParentLine(repository, head, last);
  const sum = { changes: 0, files: 0, parse: 0, inspect: 0 };
  const ratios: number[] = [];
  for (const commit of commits) {
    const change = await readChange(repository, { kind: 'commit', commit });
    if (change.files.length === 0 || change.files.length > mostFiles) continue;
    const parsers = await loadParsers(languagesIn(change));
    const paths = change.files.map(({ path }) => path);
    const readAfter = await nearbyReader(repository, change.head, paths);
    const parse = timed(() => parseAll(change, { parsers, readAfter }));
    forget(parsers);
    const whole = timed(() => inspect(change, { parsers, readAfter, baseline: emptyBaseline }));
    sum.changes += 1;
    sum.files += paths.length;
    sum.parse += parse;
    sum.inspect += whole;
    ratios.push(whole / Math.max(parse, 0.1));
  }
  ratios.sort((a, b) => a - b);
  return {
    guards: guards.length,
    changes: sum.changes,
    files: sum.files,
    parse_ms: sum.parse,
    inspect_ms: sum.inspect,
    ratio: sum.inspect / Math.max(sum.parse, 0.1),
    median_ratio: ratios[ratios.length >> 1] ?? 0,
  };
}

type World = Parameters<typeof buildScene>[1];

function parseAll(change: Change, world: World): void {
  const scene = buildScene(change, world, () => undefined);
  for (const { before, after, change: file } of scene.files) {
    if (file.generated !== null) continue;
    before?.tree();
    after?.tree();
  }
}

// The last few trees are kept for a resident gate; whoever asks once has none.
function forget({ tree }: World['parsers']): void {
  for (let at = 0; at < 20; at += 1) tree('javascript', `${at};`);
}

/** Prints the row for people. */
export function printGuards(row: GuardsRow): void {
  const { guards: number, changes, files, parse_ms, inspect_ms, ratio, median_ratio } = row;
  console.log(
    `Guards: ${number} guards on ${changes} changes of ${files} files: ${inspect_ms.toFixed(0)} ms, parsing both sides ${parse_ms.toFixed(0)} ms, ${ratio.toFixed(1)} × (median ${median_ratio.toFixed(1)} ×).`,
  );
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
