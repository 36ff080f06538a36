// Reads the facts of a repository once, as `replay` does, and says how many milliseconds that took.
//   node bench/replay-reader.ts REPOSITORY CACHE
import { readFacts } from '../src/cli/replay-facts.ts';
import { openRepository } from '../src/outside/git/git.ts';

const [, , folder, cache] = process.argv;
const { timings } = await readFacts(await openRepository(folder), {
  branch: 'HEAD',
  cache: cache ?? false,
});
console.log(timings.totalMs);
