import { expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import type { Language } from '../guard.ts';
import { frameworks } from './frameworks.ts';

const languages = Object.keys(frameworks) as Language[];
const parsers = await loadParsers(languages);

// Asking a tree for a kind its grammar lacks is an error, which would silence the guards.
test.each(languages)(
  'the tests of %s are looked for among kinds that its grammar knows',
  (language) => {
    const root = parsers.tree(language, '\n');
    const known = frameworks[language];
    const kinds = [...(known?.functions ?? []), ...(known?.suites ?? []), ...(known?.calls ?? [])];
    expect(kinds.length).toBeGreaterThan(0);
    for (const kind of kinds) expect(() => root?.findAll({ rule: { kind } })).not.toThrow();
  },
);
