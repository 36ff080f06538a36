import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { count, halfOf, tallies } from './halves.ts';

// Asks `secrets/added` about the examples in the rules of gitleaks: `tps` are credentials, `fps` are not. Only those that
// are written out are read; the others are made while its tests run. Nothing of the suite is kept.
//   node bench/suites/gitleaks.ts REPOSITORY [--show tuning]
const [place = '', , shown] = process.argv.slice(2);
const repository = await openRepository(place);
const parsers = await loadParsers([]);
const asked = guards.filter(({ id }) => id === 'secrets/added');
const scores = tallies();

const listed = await text([
  'ls-tree',
  '-r',
  '-z',
  '--name-only',
  'HEAD',
  'cmd/generate/config/rules/',
]);
for (const path of listed
  .split('\0')
  .filter((one) => one.endsWith('.go') && !one.endsWith('_test.go'))) {
  const source = await text(['cat-file', 'blob', `HEAD:${path}`]);
  for (const [expected, cases] of [
    [true, listsOf(source, 'tps')],
    [false, listsOf(source, 'fps')],
  ] as const) {
    for (const content of cases) judge(path, content, expected);
  }
}
process.stdout.write(`${JSON.stringify(scores, null, 2)}\n`);

function judge(path: string, content: string, expected: boolean): void {
  const example = { name: path, after: { 'config/app': `${content}\n` } };
  const { findings } = inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: asked,
  });
  const half = halfOf(path);
  const isFound = findings.length > 0;
  count(scores[half], expected, isFound);
  if (half === shown && expected !== isFound)
    process.stderr.write(`${expected ? 'missed' : 'false'} ${path} ${content.slice(0, 160)}\n`);
}

/** Texts in the lists of a name; an element that is put together at run time is left out. */
function listsOf(source: string, name: string): readonly string[] {
  const start = new RegExp(
    String.raw`\b${name}\s*:?=\s*(?:append\(${name},\s*\n|\[\]string\{\s*\n)([\s\S]*?)\n\t(?:\}|\))`,
    'g',
  );
  return [...source.matchAll(start)].flatMap(([, body = '']) =>
    body.split('\n').flatMap((line) => {
      const [, raw, quoted] =
        /^\s*(?:`([^`]+)`|("(?:[^"\\]|\\.)*"))\s*,?\s*(?:\/\/.*)?$/.exec(line) ?? [];
      if (raw !== undefined) return [raw];
      return quoted === undefined ? [] : [unquoted(quoted)];
    }),
  );
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1); // an escape that Go knows and JSON does not
  }
}

async function text(args: readonly string[]): Promise<string> {
  return (await runGit(repository, args)).stdout.toString('utf8');
}
