import { expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { emptyBaseline } from '../baseline.ts';
import { changeOf, readExample } from '../examples.ts';
import { inspect } from '../guards.ts';
import { added } from './added.ts';

const parsers = await loadParsers([]);
const token = ['ghp', 'R8tZk2LwQ9vXn4Bc7YdH1sJm6PfG3uEaT5oK'].join('_');

function look(path: string, text: string) {
  const example = { name: path, after: { [path]: text } };
  return inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: [added],
  }).findings;
}

test('nothing a finding says gives the credential away', () => {
  for (const { caught } of [added])
    for (const example of caught)
      for (const [path, text] of Object.entries(example.after)) {
        const said = JSON.stringify(look(path, text));
        for (const word of text.match(/[\w+/]{12,}/g) ?? [])
          if (/\d/.test(word) && /[A-Z]/.test(word)) expect(said).not.toContain(word);
      }
});

test('a token is shown by its kind and its first four letters', () => {
  expect(look('src/a.ts', `const t = '${token}';\n`)[0]?.message).toBe(
    'adds what looks like a GitHub token (ghp_…)',
  );
});

test.each([
  ['src/a.ts', 'block'],
  ['src/a.test.ts', 'note'],
  ['docs/setup.md', 'note'],
  ['examples/a.ts', 'note'],
])('a token in %s is a %s', (path, severity) => {
  expect(look(path, `const t = '${token}';\n`)[0]?.severity).toBe(severity);
});
