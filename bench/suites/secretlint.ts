import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { count, halfOf, tallies } from './halves.ts';

// Asks `secrets/added` about the snapshots of secretlint: `ng` holds a credential, `ok` does not. Snapshots with options
// of their own are left out: there an option decides, not the text. Nothing of the suite is kept.
//   node bench/suites/secretlint.ts REPOSITORY [--show tuning]
const [place = '', , shown] = process.argv.slice(2);
const repository = await openRepository(place);
const parsers = await loadParsers([]);
const asked = guards.filter(({ id }) => id === 'secrets/added');
const scores = tallies();

const listed = await text(['ls-tree', '-r', '-z', '--name-only', 'HEAD']);
const paths = listed
  .split('\0')
  .filter((path) => /rule-[^/]+\/test\/snapshots\/(?:ng|ok)\./.test(path));
const folders = new Map<string, string[]>();
for (const path of paths) {
  const folder = /^.*\/snapshots\/[^/]+/.exec(path)?.[0] ?? path;
  folders.set(folder, [...(folders.get(folder) ?? []), path]);
}
for (const [folder, files] of folders) {
  if (files.some((path) => /options\.|secretlintrc/.test(path))) continue;
  const input = files.find((path) => !/output\.json$|README\.md$|\.p12$/.test(path));
  if (input === undefined) continue;
  const content = await text(['cat-file', 'blob', `HEAD:${input}`]);
  const name = input.slice(input.lastIndexOf('/') + 1).replace(/\.txt$|^input$/, '');
  const example = { name: folder, after: { [`config/${name === '' ? 'app' : name}`]: content } };
  const { findings } = inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: asked,
  });
  const half = halfOf(folder);
  const isBad = /\/ng\.[^/]*$/.test(folder);
  count(scores[half], isBad, findings.length > 0);
  if (half === shown && isBad !== findings.length > 0)
    process.stderr.write(`${isBad ? 'missed' : 'false'} ${folder}\n`);
}
process.stdout.write(`${JSON.stringify(scores, null, 2)}\n`);

async function text(args: readonly string[]): Promise<string> {
  return (await runGit(repository, args)).stdout.toString('utf8');
}
