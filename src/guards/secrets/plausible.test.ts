import { describe, expect, test } from 'vitest';
import { loginsIn, webTokensIn } from './bearing.ts';
import { namedValues } from './named-value.ts';
import { isRandom, isStandIn } from './plausible.ts';

const random = ['u7Zq1Lk9', 'Xw3Rt8Nv5Bc2Mh6Pd4'].join('');

test.each([
  [random, true],
  ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', false],
  ['payment-gateway-credentials', false],
  ['accessTokenSecret2', false],
  ['your-api-key-here-1234', false],
  ['process.env.API_KEY_2024', false],
  ['https://shop.example/a1b2c3d4', false],
  ['aaaaaaaaaaaaaaaaaaaaaaa1', false],
])('%s is random: %s', (text, expected) => {
  expect(isRandom(text)).toBe(expected);
});

test.each(['EXAMPLEKEY', 'xxxxxxxxxxxx', '1234567890', '${TOKEN}', '<token>', '{{ token }}'])(
  '%s only stands for a credential',
  (text) => {
    expect(isStandIn(text)).toBe(true);
  },
);

describe('values under telling names', () => {
  test.each([
    [`api_key = "${random}"`, 1],
    [`const clientSecret: string = '${random}';`, 1],
    [`"password": "${random}"`, 1],
    [`headers: { Authorization: 'Bearer ${random}' }`, 1],
    [`publicKey = "${random}"`, 0],
    [`token_id = "${random}"`, 0],
    [`csrfToken: "${random}"`, 0],
    [`greeting = "${random}"`, 0],
    [`api_key = os.environ["${random}"]`, 0],
  ])('%s', (line, count) => {
    expect(namedValues(line, 'typescript')).toHaveLength(count);
  });

  test('need no quotes where files hold settings', () => {
    expect(namedValues(`API_KEY=${random}`, 'dotenv')).toHaveLength(1);
    expect(namedValues(`API_KEY=${random}`, 'typescript')).toHaveLength(0);
  });
});

test.each([
  [`postgres://shop:${random}@db.shop.eu/shop`, 1],
  [`postgres://shop:${random}@localhost/shop`, 0],
  ['postgres://postgres:postgres@db.shop.eu/shop', 0],
  ['postgres://shop:${PASSWORD}@db.shop.eu/shop', 0],
  ['https://user:password@example.com/', 0],
])('%s holds %i login', (line, count) => {
  expect(loginsIn(line)).toHaveLength(count);
});

test('a web token is weighed by the rights it claims', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (claims: unknown) => `${part({ alg: 'HS256' })}.${part(claims)}.${random}`;
  expect(webTokensIn(token({ role: 'service_role', iss: 'supabase' }))[0]?.isMighty).toBe(true);
  expect(webTokensIn(token({ role: 'anon', iss: 'supabase' }))).toEqual([]);
  expect(webTokensIn(token({ sub: '1234567890', name: 'John Doe' }))).toEqual([]);
  expect(webTokensIn(token({ sub: 'shop', aud: 'warehouse' }))[0]?.isMighty).toBe(false);
});
