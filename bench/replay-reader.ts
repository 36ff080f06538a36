// Reads the facts of a repository once, as `replay` does, for bench/replay.ts to measure.
//   node bench/replay-reader.ts REPOSITORY CACHE
import { readFacts } from '../src/cli/replay-facts.ts';
import { openRepository } from '../src/outside/git/git.ts';
import { outcomesOf } from '../src/replay/outcomes.ts';

const [, , folder, cache] = process.argv;
const { facts } = await readFacts(await openRepository(folder), {
  branch: 'HEAD',
  cache: cache ?? false,
});
console.log(outcomesOf(facts).length);
