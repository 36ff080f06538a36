import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Registry } from '../../guards/dependencies/dependency.ts';
import type { Answer } from '../../guards/dependencies/registry.ts';
import { askRegistries, publicAddresses } from './registry.ts';

const now = 1_800_000_000;
const registries = [...publicAddresses.keys()];

// A registry that answers what it is told to, and remembers what it was asked.
const pages = new Map<string, { readonly status?: number; readonly text: string }>();
const seen: { readonly url: string; readonly headers: object; readonly body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const url = request.url ?? '';
    seen.push({ url, headers: request.headers, body });
    const page = pages.get(url);
    if (page?.text === 'never') return;
    response.writeHead(page === undefined ? 404 : (page.status ?? 200));
    response.end(page?.text ?? 'not found');
  });
});
let base = '';
let folder = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  pages.clear();
  seen.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

async function ask(
  registry: Registry,
  name: string,
  { version = null, at = now }: { readonly version?: string | null; readonly at?: number } = {},
): Promise<Answer> {
  const addresses = new Map(registries.map((one) => [one, base]));
  const answers = await askRegistries([{ registry, name, version }], {
    addresses,
    folder,
    now: at,
    limitMs: 1_000,
  });
  return answers.of(registry, name);
}

describe('what registries say', () => {
  test('npm tells when each version came out, what is deprecated, gone, and under which licence', async () => {
    pages.set('/@shop%2Fcart', {
      text: JSON.stringify({
        'dist-tags': { latest: '1.1.0' },
        time: {
          created: '2020-01-01T00:00:00Z',
          '1.0.0': '2020-01-01T00:00:00Z',
          '1.1.0': '2026-05-05T05:05:05Z',
          '1.2.0': '2026-06-06T00:00:00Z',
        },
        versions: {
          '1.0.0': { license: 'MIT' },
          '1.1.0': { license: { type: 'ISC' }, deprecated: 'use cart2' },
        },
      }),
    });
    const answer = await ask('npm', '@shop/cart');
    expect(answer).toMatchObject({ kind: 'known', firstAt: 1_577_836_800, latest: '1.1.0' });
    const versions = answer.kind === 'known' ? answer.versions : new Map();
    expect(versions.get('1.1.0')).toMatchObject({
      licence: 'ISC',
      deprecated: 'use cart2',
      isYanked: false,
    });
    expect(versions.get('1.2.0')).toMatchObject({ isYanked: true });
  });

  test('PyPI tells the first upload, yanked files and the classified licence', async () => {
    pages.set('/pypi/cart/json', {
      text: JSON.stringify({
        info: {
          version: '2.0',
          license: '',
          classifiers: ['License :: OSI Approved :: MIT License'],
        },
        releases: {
          '1.0': [
            { upload_time_iso_8601: '2021-01-01T00:00:00Z', yanked: true, yanked_reason: 'broken' },
          ],
          '2.0': [{ upload_time_iso_8601: '2022-01-01T00:00:00Z', yanked: false }],
          '3.0': [],
        },
      }),
    });
    const answer = await ask('pypi', 'cart');
    expect(answer).toMatchObject({ kind: 'known', firstAt: 1_609_459_200, latest: '2.0' });
    const versions = answer.kind === 'known' ? answer.versions : new Map();
    expect([...versions.keys()]).toEqual(['1.0', '2.0']);
    expect(versions.get('1.0')).toMatchObject({
      isYanked: true,
      deprecated: 'broken',
      licence: 'MIT License',
    });
  });

  test('crates.io, RubyGems, Go and Maven tell what they know', async () => {
    pages.set('/api/v1/crates/cart', {
      text: JSON.stringify({
        crate: { created_at: '2021-01-01T00:00:00Z', max_stable_version: '0.2.0' },
        versions: [
          {
            num: '0.2.0',
            created_at: '2022-01-01T00:00:00Z',
            yanked: true,
            license: 'MIT OR Apache-2.0',
          },
        ],
      }),
    });
    pages.set('/api/v1/versions/cart.json', {
      text: JSON.stringify([
        {
          number: '1.0.0',
          created_at: '2021-01-01T00:00:00Z',
          licenses: ['MIT'],
          prerelease: false,
        },
      ]),
    });
    pages.set('/github.com/!shop/cart/@v/list', { text: 'v1.0.0\nv1.1.0\n' });
    pages.set('/github.com/!shop/cart/@latest', {
      text: '{"Version":"v1.1.0","Time":"2022-01-01T00:00:00Z"}',
    });
    pages.set('/org/shop/cart/maven-metadata.xml', {
      text: '<metadata><versioning><release>1.1</release><versions><version>1.0</version><version>1.1</version></versions></versioning></metadata>',
    });
    expect(await ask('crates', 'cart')).toMatchObject({ kind: 'known', latest: '0.2.0' });
    expect(await ask('rubygems', 'cart')).toMatchObject({
      kind: 'known',
      latest: '1.0.0',
      firstAt: 1_609_459_200,
    });
    expect(await ask('go', 'github.com/Shop/cart')).toMatchObject({
      kind: 'known',
      latest: 'v1.1.0',
    });
    expect(await ask('maven', 'org.shop:cart')).toMatchObject({ kind: 'known', latest: '1.1' });
  });

  test.each(registries)('%s does not know a name', async (registry) => {
    const name = registry === 'maven' ? 'org.shop:nothing' : 'nothing';
    expect(await ask(registry, name)).toEqual({ kind: 'absent' });
  });
});

describe('what goes wrong is not an answer', () => {
  test.each([
    ['a server error', { status: 500, text: 'oops' }, 'status 500'],
    ['a page that is no JSON', { text: '<html>' }, 'could not be read'],
    ['JSON of another kind', { text: '[1]' }, 'could not be read'],
    ['silence', { text: 'never' }, 'too long'],
  ])('%s', async (_, page, why) => {
    pages.set('/cart', page);
    const answer = await ask('npm', 'cart');
    expect(answer.kind).toBe('not-asked');
    expect(answer.kind === 'not-asked' ? answer.why : '').toContain(why);
  });

  test('a registry that nobody allowed is not asked', async () => {
    const asking = { addresses: new Map([['npm' as const, base]]), folder, now };
    const answers = await askRegistries(
      [{ registry: 'pypi', name: 'cart', version: null }],
      asking,
    );
    expect(answers.of('pypi', 'cart').kind).toBe('not-asked');
    expect(seen).toEqual([]);
  });
});

describe('answers are kept', () => {
  test('an answer is good for some hours, and nothing but the name is sent', async () => {
    pages.set('/cart', { text: JSON.stringify({ time: {}, versions: { '1.0.0': {} } }) });
    const first = await ask('npm', 'cart');
    expect(await ask('npm', 'cart', { at: now + 3_600 })).toEqual(first);
    expect(seen.map(({ url, body }) => [url, body])).toEqual([['/cart', '']]);
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('cookie');
    await ask('npm', 'cart', { at: now + 30 * 3_600 });
    expect(seen).toHaveLength(2);
  });

  test('that a name is free is believed for minutes only, and failures not at all', async () => {
    await ask('npm', 'free');
    await ask('npm', 'free', { at: now + 60 });
    expect(seen).toHaveLength(1);
    await ask('npm', 'free', { at: now + 3_600 });
    expect(seen).toHaveLength(2);
    pages.set('/broken', { status: 503, text: '' });
    await ask('npm', 'broken');
    await ask('npm', 'broken');
    expect(seen).toHaveLength(4);
  });
});

test('a name and a password in an address are sent as such, and told nobody', async () => {
  const asked = { registry: 'npm', name: 'cart', version: null } as const;
  const address = base.replace('://', '://ann:s3%20cret@');
  pages.set('/cart', { status: 500, text: 'broken' });
  const addresses = new Map([['npm', address] as const]);
  const { of } = await askRegistries([asked], { addresses, folder, now });
  expect(seen[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('ann:s3 cret').toString('base64')}`,
  });
  expect(of('npm', 'cart')).toMatchObject({
    kind: 'not-asked',
    why: expect.stringContaining('500'),
  });
  expect(JSON.stringify(of('npm', 'cart'))).not.toContain('cret');
});

test('what one address does not know says nothing about another', async () => {
  expect(await ask('pypi', 'cart')).toEqual({ kind: 'absent' });
  const asked = { registry: 'pypi', name: 'cart', version: null } as const;
  const text = JSON.stringify({ releases: { '1': [{ upload_time: '2020-01-01T00:00:00' }] } });
  pages.set('/inner/pypi/cart/json', { text });
  const addresses = new Map([['pypi', `${base}/inner`] as const]);
  const { of } = await askRegistries([asked], { addresses, folder, now });
  expect(of('pypi', 'cart').kind).toBe('known');
});
