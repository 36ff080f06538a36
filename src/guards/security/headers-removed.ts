import type { Fault } from '../code/faults.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { faultSightings, lossSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

const names =
  'Content-Security-Policy|Strict-Transport-Security|X-Frame-Options|X-Content-Type-Options|Permissions-Policy|Cross-Origin-Opener-Policy';

const protections: readonly Protection[] = [
  {
    languages: 'any',
    pattern: new RegExp(`["'\`]?\\b(?:${names})\\b`, 'i'),
    keeps: /header|helmet|Header/,
    replaced: new RegExp(
      `${names}|helmet|secureHeaders|contentSecurityPolicy|frame-ancestors|SecurityHeaders`,
      'i',
    ),
    says: 'no longer sends a header that browsers protect people by',
    severity: 'warn',
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern: /\b(?:use|register)\(\s*(?:helmet|lusca|secureHeaders|fastifyHelmet)\b/,
    keeps: /\b(?:use|register|listen|get|post)\(/,
    replaced: new RegExp(`${names}|helmet|lusca|secureHeaders`, 'i'),
    says: 'no longer sends the headers that browsers protect people by',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /^\s*["']django\.middleware\.(?:security\.SecurityMiddleware|clickjacking\.XFrameOptionsMiddleware)["']|\bTalisman\(|\bSECURE_(?:HSTS_SECONDS|SSL_REDIRECT|CONTENT_TYPE_NOSNIFF)\s*=\s*(?!False|0)/,
    replaced: new RegExp(`${names}|Talisman|SECURE_|SecurityMiddleware|XFrameOptions`, 'i'),
    says: 'no longer sends the headers that browsers protect people by',
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    pattern: /\bUseHsts\(|\bUseHttpsRedirection\(/,
    keeps: /\bapp\.\w+|builder\./,
    replaced: /Strict-Transport|UseHsts|UseHttpsRedirection/,
    says: 'no longer makes browsers use an encrypted connection',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern: /\bconfig\.force_ssl\s*=\s*true|\bcontent_security_policy\b/,
    replaced: /force_ssl|assume_ssl|content_security_policy|Strict-Transport/,
    says: 'no longer makes browsers use an encrypted connection or a content policy',
    severity: 'warn',
  },
];

const faults: readonly Fault[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern: /\b(?:contentSecurityPolicy|hsts|frameguard|noSniff)\s*:\s*false\b/,
    near: /helmet|secureHeaders/i,
    reach: 10,
    says: 'switches off a header that browsers protect people by',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern: /\bconfig\.force_ssl\s*=\s*false\b/,
    says: 'lets browsers use an unencrypted connection',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /\bSECURE_(?:SSL_REDIRECT|CONTENT_TYPE_NOSNIFF|HSTS_INCLUDE_SUBDOMAINS)\s*=\s*False\b|\bSECURE_HSTS_SECONDS\s*=\s*0\b|^@xframe_options_exempt\b/,
    says: 'switches off a header that browsers protect people by',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\b(?:frameOptions|contentSecurityPolicy|httpStrictTransportSecurity|xssProtection|contentTypeOptions|headers)\(\)\s*\.disable\(\)|\bframeOptions\(\s*\w+\s*->\s*\w+\.disable\(\)/,
    says: 'switches off a header that browsers protect people by',
    severity: 'warn',
  },
];

/** A header that tells browsers how to protect people went. */
export const headersRemoved: Guard = guard({
  id: 'security/headers-removed',
  severity: 'warn',
  protects: 'people in front of a browser',
  breaks:
    'Browsers stop holding back injected scripts, hidden frames or unencrypted connections, and nothing looks different.',
  fix: 'Keep the header, or say in the change where it is sent now, such as a proxy.',
  languages: 'any',
  cwe: [693, 1021],
  confidence: 0.7,
  caught: [
    turns('helmet goes', 'src/server.ts', [
      "app.use(helmet());\napp.get('/', home);\n",
      "app.get('/', home);\n",
    ]),
    turns('a policy goes from the headers of Next.js', 'next.config.js', [
      "module.exports = { headers: () => [\n  { key: 'X-Frame-Options', value: 'DENY' },\n  { key: 'X-Powered', value: 'a' },\n] };\n",
      "module.exports = { headers: () => [\n  { key: 'X-Powered', value: 'a' },\n] };\n",
    ]),
    comes(
      'helmet without a content policy',
      'src/server.ts',
      'app.use(helmet({ contentSecurityPolicy: false }));\n',
    ),
    turns('Rails gives up TLS', 'config/environments/production.rb', [
      'Rails.application.configure do\n  config.force_ssl = true\nend\n',
      'Rails.application.configure do\n  config.force_ssl = false\nend\n',
    ]),
  ],
  passed: [
    turns('the header is sent by another file', 'src/server.ts', [
      "app.use(helmet());\napp.get('/', home);\n",
      "app.use(secureHeaders());\napp.get('/', home);\n",
    ]),
    turns('the policy only changes', 'src/server.ts', [
      "res.setHeader('Content-Security-Policy', \"default-src 'self'\");\n",
      "res.setHeader('Content-Security-Policy', \"default-src 'self'; img-src *\");\n",
    ]),
    turns('the server goes', 'src/server.ts', ['app.use(helmet());\n', 'export {};\n']),
    comes('a new server without any', 'src/server.ts', "app.get('/', home);\n"),
  ],
  look: (scene) => [
    ...faultSightings(scene, faults),
    ...lossSightings(
      scene,
      protections,
      ({ protection, what }) => `${protection.says}: ${what.replace(/^["'`]/, '')} went`,
    ),
  ],
});
