import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Change, FileChange } from '../change/change.ts';
import { readCatalogue, servicesOf, servicesPath, topTier } from './services.ts';

function own(text: string): ReturnType<typeof readCatalogue> {
  return readCatalogue([{ path: servicesPath, text }]);
}

function backstage(
  text: string,
  path = 'services/cart/catalog-info.yaml',
): ReturnType<typeof readCatalogue> {
  return readCatalogue([{ path, text }]);
}

function touching(...paths: readonly string[]): Change {
  const files = paths.map((path) => ({ path, oldPath: path }) as FileChange);
  return { base: null, head: 'h', commits: [], files, gaps: [] };
}

describe('our own file', () => {
  test('names services with tier, paths and owner', () => {
    const { services, problems } = own(`
services:
  - name: checkout
    tier: 1
    paths: [/services/checkout/, "*.checkout.sql", "!/services/checkout/docs/"]
    owner: "@shop/checkout"
  - name: search
    paths: /services/search/
`);
    expect(problems).toEqual([]);
    expect(services).toEqual([
      {
        name: 'checkout',
        tier: 1,
        paths: ['/services/checkout/', '*.checkout.sql', '!/services/checkout/docs/'],
        owner: '@shop/checkout',
      },
      { name: 'search', tier: null, paths: ['/services/search/'], owner: null },
    ]);
  });

  test.each([
    ['services: 3', '1:11: services must be a list'],
    ['- a', '1:1: must be a map with the key services'],
    ['service: []', '1:1: unknown key service; the only one is services'],
    [
      'services:\n  - name: a\n    paths: /a/\n    teir: 1',
      '4:5: unknown key teir; known are name, tier, paths, owner',
    ],
    [
      'services:\n  - name: a\n    paths: /a/\n    tier: gold',
      '4:11: tier must be a number from 0 to 9, 1 the most critical',
    ],
    ['services:\n  - paths: /a/', '2:5: a service needs a name'],
    ['services:\n  - name: a', '2:5: a service needs paths'],
    [
      'services:\n  - name: a\n    paths: /\n',
      '3:12: a lone "/" matches nothing; write a path such as /services/checkout/',
    ],
    [
      'services:\n  - name: a\n    paths: /a/\n  - name: a\n    paths: /b/',
      '4:5: the service a is listed twice',
    ],
    ['services: [', 'Flow sequence'],
    ['services:\n  - name: a\n    name: b\n    paths: /a/', 'Map keys must be unique'],
  ])('complains about %j', (text, complaint) => {
    const said = own(text).problems.map(
      ({ line, column, message }) => `${line}:${column}: ${message}`,
    );
    expect(said.join('\n')).toContain(complaint);
  });

  test('a mistake in one service leaves the others', () => {
    const { services } = own('services:\n  - name: a\n  - name: b\n    paths: /b/');
    expect(services.map(({ name }) => name)).toEqual(['b']);
  });

  test('an empty file is no mistake', () => {
    expect(own('# nothing yet\n')).toEqual({ services: [], entries: [], problems: [] });
  });
});

describe('Backstage', () => {
  function component(metadata: string, spec = 'owner: team-a'): string {
    return `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: cart\n${metadata}\nspec:\n  ${spec}\n`;
  }

  test('a component owns the folder of its file; other kinds are passed over', () => {
    const text = `kind: System\nmetadata:\n  name: shop\n---\n${component('')}`;
    expect(backstage(text).services).toEqual([
      { name: 'cart', tier: null, paths: ['/services/cart/**'], owner: 'team-a' },
    ]);
  });

  test.each([
    ['an annotation', '  annotations:\n    contentful.com/service-tier: "1"', 1],
    ['an annotation in words', '  annotations:\n    example.com/service-tier: Tier 2', 2],
    ['a tag', '  tags: [java, tier-3]', 3],
    ['the stricter of both', '  annotations:\n    x/service-tier: "3"\n  tags: [tier-1]', 1],
    ['nobody', '  tags: [frontier-1]', null],
  ])('the tier is told by %s', (_, metadata, tier) => {
    expect(backstage(component(metadata)).services[0]?.tier).toBe(tier);
  });

  test('an experiment nobody graded is the least critical', () => {
    expect(backstage(component('', 'lifecycle: experimental')).services[0]?.tier).toBe(4);
  });

  test.each([
    ['kind: Component\n', 'a Component needs metadata.name'],
    ['- a\n', 'a catalogue entry must be a map'],
    [component('  annotations:\n    x/service-tier: gold'), '"gold" is no tier'],
    ['kind: [', 'Flow sequence'],
  ])('complains about %j', (text, complaint) => {
    const { problems } = backstage(text);
    expect(problems.map(({ message }) => message).join()).toContain(complaint);
    expect(problems[0]?.line).toBeGreaterThan(0);
  });

  test('at the top of the repository it owns everything', () => {
    const catalogue = backstage(component(''), 'catalog-info.yaml');
    expect(servicesOf(touching('any/where.ts'), catalogue)).toHaveLength(1);
  });
});

describe('together', () => {
  test('our own file wins, and the paths of both count', () => {
    const { services } = readCatalogue([
      {
        path: 'cart/catalog-info.yaml',
        text: 'kind: Component\nmetadata: {name: cart, tags: [tier-3]}\nspec: {owner: b}',
      },
      { path: servicesPath, text: 'services: [{name: cart, tier: 1, paths: /infra/cart/}]' },
    ]);
    expect(services).toEqual([
      { name: 'cart', tier: 1, paths: ['/infra/cart/', '/cart/**'], owner: 'b' },
    ]);
  });

  test('code owners fill in for an owner nobody wrote', () => {
    const files = [{ path: servicesPath, text: 'services: [{name: a, paths: /a/}]' }];
    const options = { ownersOf: (path: string) => (path === 'a/file' ? ['@ann'] : []) };
    expect(readCatalogue(files, options).services[0]?.owner).toBe('@ann');
  });
});

describe('the services of a change', () => {
  const catalogue = own(`services:
  - {name: search, tier: 3, paths: [/search/, "!/search/docs/"]}
  - {name: checkout, tier: 1, paths: [/checkout/, "*.pay.sql"]}
  - {name: tools, paths: tools}
`);
  test.each([
    [
      ['search/a.ts', 'checkout/b.ts'],
      ['checkout', 'search'],
    ],
    [['db/7.pay.sql'], ['checkout']],
    [['search/docs/a.md'], []],
    [['deep/tools/x'], ['tools']],
    [['other.ts'], []],
  ])('%j reaches %j, most critical first', (paths, names) => {
    const reached = servicesOf(touching(...paths), catalogue);
    expect(reached.map(({ name }) => name)).toEqual(names);
  });

  test('a file moved out of a service still reaches it', () => {
    const moved = { path: 'other.ts', oldPath: 'checkout/b.ts' } as FileChange;
    const change: Change = { ...touching(), files: [moved] };
    expect(topTier(servicesOf(change, catalogue))).toBe(1);
  });

  test('no tier known is not tier 1', () => {
    expect(topTier(servicesOf(touching('tools/x'), catalogue))).toBeNull();
  });
});

property.prop([fc.string({ unit: 'binary' })])('reading a catalogue never throws', (text) => {
  expect(() => [own(text), backstage(text)]).not.toThrow();
});

const yamlish = fc.array(
  fc.constantFrom(
    'services:',
    '\n',
    '  ',
    '- ',
    'name: a',
    'paths: ',
    '&a ',
    '*a',
    '<<: *a',
    '{',
    '}',
    '[',
    '!!binary x',
    '---',
    ': ',
    '? ',
    '"',
  ),
);
property.prop([yamlish])('nor on anything like YAML', (parts) => {
  expect(() => [own(parts.join('')), backstage(parts.join(''))]).not.toThrow();
});
