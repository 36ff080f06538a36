import type { Fault } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard, Language } from '../guard.ts';
import { faultSightings, lossSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

const faults: readonly Fault[] = [
  {
    languages: 'any',
    pattern:
      /["']?algorithms?["']?\s*(?:[:=]|=>)\s*\[?(?:\s*["']\w+["']\s*,){0,6}\s*["'](?:none|None|NONE)["']|\balg["']?\s*(?::|=>)\s*["']none["']/,
    near: /jwt|jose|token|sign|verify|encode|decode|alg/i,
    says: 'accepts tokens that nobody signed (algorithm none)',
    severity: 'block',
  },
  {
    languages: ['python'],
    pattern:
      /["']?verify_signature["']?\s*[:=]\s*False\b|\bverify_(?:exp|aud)["']?\s*[:=]\s*False\b/,
    says: 'reads a token without verifying its signature',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\bverify\s*=\s*False\b/,
    near: /\bjwt\.decode\b/,
    says: 'reads a token without verifying its signature',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /\bjwt\.(?:decode|encode)\(.*(?:["']none["']|algorithm\s*=\s*None)|\bget_unverified_claims\s*\(/,
    says: 'reads a token without verifying its signature',
    severity: 'warn',
  },
  {
    languages: ['go'],
    pattern:
      /\.ParseUnverified\s*\(|\bSigningMethodNone\b|\bUnsafeAllowNoneSignatureType\b|jwt\.UnsafeClaimsWithoutVerification/,
    says: 'reads or makes a token without a signature',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\bAlgorithm\.none\s*\(|\bparseClaimsJwt\s*\(|\bparseUnsecuredClaims\s*\(|\bPlainJWT\b|\.setSkipSignatureVerification\(|SignatureAlgorithm\.NONE\b/,
    says: 'accepts tokens without a signature',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /\bJWT\.decode\s*\(|\bJwts\.builder\(\)[^;]*\.compact\(/,
    unless: /\.verify\s*\(|signWith|require\(|verifier/i,
    reach: 15,
    says: 'reads a token without verifying its signature',
    severity: 'note',
  },
  {
    languages: ['ruby'],
    pattern: /\bJWT\.(?:decode|encode)\b.*(?:,\s*false\b|["']none["'])/,
    says: 'reads or makes a token without a signature',
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    pattern:
      /\b(?:RequireSignedTokens|ValidateIssuerSigningKey|ValidateLifetime|RequireExpirationTime|ValidateAudience|ValidateIssuer)\s*=\s*false\b|\bJwtAlgorithm\.None\b|\.WithVerifySignature\(\s*false\s*\)|new\s+NoneAlgorithm/,
    near: /TokenValidationParameters|Jwt|Token/i,
    reach: 8,
    says: 'accepts tokens without verifying all of them',
    severity: 'warn',
  },
  {
    languages: script,
    pattern: /\bignoreExpiration\s*:\s*true\b/,
    near: /verify|jwt|token/i,
    says: 'accepts tokens that have run out',
    severity: 'warn',
  },
  {
    languages: script,
    pattern:
      /\b(?:jwt|JWT|jsonwebtoken|jose)\.(?:decode|decodeJwt)\s*\(|(?<![\w.])(?:jwt_?[dD]ecode|decodeJwt)\s*\(/,
    unless: /\bverify|jwtVerify/,
    reach: 15,
    says: 'reads a token without verifying its signature',
    severity: 'note',
  },
  {
    languages: script,
    pattern:
      /\bJWT\.verify\(.*\bNONE\b|\bnew\s+UnsecuredJWT\b|\bJWK\.None\b|\bUnsecuredJWT\.decode/,
    says: 'accepts tokens without a signature',
    severity: 'warn',
  },
];

const kept =
  /\b(?:verify|Verify|validate|constructEvent|ConstructEvent|hmac|Hmac|HMAC|timingSafeEqual|compare_digest|ConstantTimeCompare|secure_compare|hash_equals|signature)/;

const protections: readonly Protection[] = [
  {
    languages: 'any',
    pattern:
      /\bwebhooks\.constructEvent(?:Async)?\s*\(|\bWebhook\.construct_?[eE]vent\s*\(|\bwebhook\.ConstructEvent\w*\s*\(|\bvalidateRequest(?:WithBody)?\s*\(|\bverifyWebhook\w*\s*\(|\bverify_?(?:webhook_?)?[sS]ignature\w*\s*\(|\bisValidSignature\s*\(|\bcheck_?[sS]ignature\s*\(|\bValidatePayload\s*\(|\b(?:crypto\.)?timingSafeEqual\s*\(|\bhmac\.compare_digest\s*\(|\bhmac\.Equal\s*\(|\bsubtle\.ConstantTimeCompare\s*\(|\bsecure_compare\s*\(?|\bhash_equals\s*\(/,
    keeps: /webhook|signature|hook|token|event/i,
    replaced: kept,
    says: 'no longer verifies a signature',
    severity: 'warn',
  },
  {
    languages: script,
    pattern: /\b(?:jwt|JWT|jsonwebtoken)\.verify\s*\(|\bjwtVerify\s*\(/,
    keeps: /\b(?:jwt|JWT|jsonwebtoken|jose)\.(?:decode)|decodeJwt|atob\(|base64/,
    replaced: /\bjwtVerify\b|\.verify\(/,
    says: 'no longer verifies tokens',
    severity: 'block',
  },
];

/** A token or message is believed without its signature. */
export const tokenUnverified: Guard = guard({
  id: 'security/token-unverified',
  severity: 'block',
  protects: 'the proof of who sent a request',
  breaks: 'Anybody can write the token or message themselves and be taken for whomever they name.',
  fix: 'Verify the signature with the expected key and algorithm before anything in it is used.',
  languages: writtenLanguages,
  cwe: [347, 345],
  confidence: 0.8,
  caught: [
    turns('verify becomes decode', 'src/session.ts', [
      "import jwt from 'jsonwebtoken';\nexport const user = (token: string) => jwt.verify(token, key);\n",
      "import jwt from 'jsonwebtoken';\nexport const user = (token: string) => jwt.decode(token);\n",
    ]),
    comes(
      'Python switches the signature off',
      'shop/auth.py',
      'def user(token):\n    return jwt.decode(token, options={"verify_signature": False})\n',
    ),
    comes(
      'Go parses without verifying',
      'server/auth.go',
      'package server\n\nfunc user(t string) {\n\ttoken, _, err := parser.ParseUnverified(t, claims)\n}\n',
    ),
    turns('a webhook is no longer verified', 'src/api/webhook.ts', [
      'export async function POST(req: Request) {\n  const event = stripe.webhooks.constructEvent(await req.text(), signature, secret);\n  await handle(event);\n}\n',
      'export async function POST(req: Request) {\n  const event = JSON.parse(await req.text());\n  await handle(event);\n}\n',
    ]),
    comes(
      'Ruby decodes without',
      'app/models/session.rb',
      'def user(token)\n  JWT.decode(token, nil, false)\nend\n',
    ),
    comes(
      'C# asks for nothing',
      'src/Auth.cs',
      'class Auth {\n  TokenValidationParameters p = new TokenValidationParameters {\n    ValidateIssuerSigningKey = false,\n  };\n}\n',
    ),
  ],
  passed: [
    comes(
      'verified with a list of algorithms',
      'src/session.ts',
      "export const user = (token: string) => jwt.verify(token, key, { algorithms: ['RS256'] });\n",
    ),
    turns('one verification replaces another', 'src/session.ts', [
      'export const user = (token: string) => jwt.verify(token, key);\n',
      'export const user = (token: string) => jose.jwtVerify(token, key);\n',
    ]),
    comes(
      'decoded after it was verified',
      'src/session.ts',
      'export function user(token: string) {\n  jwt.verify(token, key);\n  return jwt.decode(token);\n}\n',
    ),
    comes(
      'no animation',
      'src/style.ts',
      "export const style = { animation: 'none', align: 'none' };\n",
    ),
    comes(
      'a certificate is another matter',
      'shop/client.py',
      'def get(url):\n    return load(url, retries=3)\n',
    ),
  ],
  look: (scene) => [
    ...faultSightings(scene, faults),
    ...lossSightings(
      scene,
      protections,
      ({ protection, what }) => `${protection.says}: ${what} went`,
    ),
  ],
});
