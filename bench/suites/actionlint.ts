import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';

// Asks the guards of workflows about the test data of actionlint: `ok` is sound, `err` and `examples` have faults, of which
// only those classes count that the guards claim. Nothing of the suite is kept.
//   node bench/suites/actionlint.ts REPOSITORY [--show]
const [place = '', shown] = process.argv.slice(2);
const repository = await openRepository(place);
const parsers = await loadParsers([]);
const asked = guards.filter(({ id }) => /^workflow\/(?:broken|untrusted)|^config\/broken/.test(id));
const claimed =
  /does not exist in "needs"|needs job "|cyclic dependencies|"(?:runs-on|jobs|on)" section is missing|is duplicated|step must run|is potentially untrusted|could not parse as YAML: (?!yaml: unknown anchor)|step ID/i;
const score = { caught: 0, missed: 0, quiet: 0, false: 0 };

const listed = await text(['ls-tree', '-r', '-z', '--name-only', 'HEAD', 'testdata']);
const paths = listed.split('\0');
for (const path of paths.filter((one) =>
  /^testdata\/(?:ok|err|examples)\/[^/]+\.ya?ml$/.test(one),
)) {
  const answer = path.replace(/\.ya?ml$/, '.out');
  const faults = paths.includes(answer) ? await text(['cat-file', 'blob', `HEAD:${answer}`]) : '';
  const isOk = path.startsWith('testdata/ok/');
  if (!isOk && !claimed.test(faults)) continue;
  const content = await text(['cat-file', 'blob', `HEAD:${path}`]);
  const example = { name: path, after: { '.github/workflows/test.yml': content } };
  const looking = { parsers, readAfter: readExample(example), baseline: emptyBaseline };
  const { findings } = inspect(changeOf(example), { ...looking, guards: asked });
  const isFound = findings.length > 0;
  if (isOk) score[isFound ? 'false' : 'quiet'] += 1;
  else score[isFound ? 'caught' : 'missed'] += 1;
  if (shown === '--show' && isFound === isOk)
    process.stderr.write(`${isOk ? 'false' : 'missed'} ${path}\n`);
}
process.stdout.write(`${JSON.stringify(score)}\n`);

async function text(args: readonly string[]): Promise<string> {
  return (await runGit(repository, args)).stdout.toString('utf8');
}
