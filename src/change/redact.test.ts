import { expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { quotable, redact } from './redact.ts';

// Assembled from halves so that no scanner mistakes this file for a leak.
function token(...parts: readonly string[]): string {
  return parts.join('');
}

test.each([
  ['a GitHub token', token('ghp', '_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8')],
  [
    'a fine-grained GitHub token',
    token('github', '_pat_', '11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'),
  ],
  ['a GitLab token', token('glpat', '-', 'x9Yz8Wv7Ut6Sr5Qp4On3')],
  ['an AWS key', token('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a Slack token', token('xoxb', '-123456789012-abcdefGHIJKL')],
  ['a model key', token('sk-ant', '-api03-abcdefghijklmnopqrstuvwx')],
  ['a Stripe key', token('sk_live', '_4eC39HqLyjWDarjtT1zdp7dc')],
  ['a Google key', token('AIza', 'SyA1234567890abcdefghijklmnopqrstuv')],
  ['a signed token', token('eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123')],
  ['a password in a URL', 'hunter2secret'],
])('%s is removed wherever it stands', (_name, secret) => {
  const text =
    secret === 'hunter2secret'
      ? `see postgres://app:${secret}@db.example.com/orders now`
      : `see ${secret} now`;
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toMatch(/^see .*removed.* now$/);
});

test.each([
  ['password = "tr0ub4dor&3xyz"', 'tr0ub4dor'],
  ['DB_PASSWORD: S3cr3tP4ss', 'S3cr3tP4ss'],
  ['{"api_key": "f3a9c1d2e4b5a697"}', 'f3a9c1d2e4b5a697'],
  ['curl --token 9f8e7d6c5b4a39281706', '9f8e7d6c5b4a39281706'],
  ['Authorization: Bearer abc123DEF456ghi789', 'abc123DEF456ghi789'],
  [
    'https://x.example/cb?id=7&signature=e8372d8dc66f8eb1d71e56d1b2c4',
    'e8372d8dc66f8eb1d71e56d1b2c4',
  ],
  ['client_secret=Zq8~9vXw2.Lm4', 'Zq8~9vXw2.Lm4'],
])('the value goes and the name stays in %s', (text, secret) => {
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toContain('[secret removed]');
});

test('a private key goes whole, also when its end is missing', () => {
  const begin = token('-----BEGIN RSA ', 'PRIVATE KEY-----');
  expect(redact(`${begin}\nMIIEow\nIBAAK\n`)).toBe('[private key removed]');
});

test.each([
  'Co-authored-by: Claude Opus 5 <noreply@anthropic.com>',
  'Claude-Session: https://claude.ai/code/session_017VJNCE1o6zzcVfpjpTVnt5',
  'token: string',
  'const password = process.env.DB_PASSWORD',
  'password: ${{ secrets.PASSWORD }}',
  'auth: required',
  'fixes owner/repo#123 at 9da924ae5ce2ca6acedbbeb29e12f2b0601f47a2',
  'secret: my-secret-name',
  'ALTER TABLE tokens DROP COLUMN secret;',
  'https://github.com/owner/repo/pull/12',
])('ordinary text stays as it is: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('a quoted line cannot move the cursor, reorder text or grow without bound', () => {
  expect(quotable('a\u001b[2Jb\u202ec\nd')).toBe('a bc d');
  expect(Array.from(quotable('ä'.repeat(500), 40))).toHaveLength(40);
  expect(quotable('a\u200bb')).not.toContain('\u200b');
});

property.prop([fc.string({ unit: 'binary', maxLength: 400 })])('any text can be quoted', (text) => {
  expect(Array.from(quotable(text)).length).toBeLessThanOrEqual(160);
});

test.each([
  ['behind a colour', '\u001b[31m'],
  ['behind a letter', 'x'],
  ['behind an invisible mark', '\u200b'],
])('a token %s is found', (_name, before) => {
  const secret = token('ghp', '_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8');
  expect(quotable(`${before}${secret}`)).not.toContain('a1B2c3');
  expect(quotable(`see ${secret.slice(0, 20)}\u200b${secret.slice(20)}`)).not.toContain('a1B2c3');
});

test('a megabyte of bait is read to the limit and no further', () => {
  for (const bait of [
    'a',
    '-',
    'password=',
    'eyJaaaaaaaa.',
    '://a',
    '-----BEGIN PRIVATE KEY-----',
  ]) {
    expect(redact(bait.repeat(Math.ceil(1_000_000 / bait.length))).length).toBeLessThan(60_000);
  }
});
