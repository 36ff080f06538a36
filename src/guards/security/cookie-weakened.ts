import type { Fault } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { faultSightings, lossSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

const cookieWords = /cookie|session/i;

const faults: readonly Fault[] = [
  {
    languages: 'any',
    pattern:
      /(?<![\w$])["']?:?(?:httpOnly|http_?only|HttpOnly|secure|Secure)["']?\s*(?::|=>|=)\s*(?:false|False)\b/,
    near: cookieWords,
    unless: /development|localhost|isDev|local_?dev|clear_?cookie/i,
    reach: 6,
    says: 'sets a cookie that scripts can read or that travels unencrypted',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\b(?:SESSION|CSRF|REMEMBER)_COOKIE_(?:SECURE|HTTPONLY)\b["'\]]*\s*=\s*False\b/,
    says: 'sends cookies where scripts or the network can read them',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /\.(?:setHttpOnly|setSecure|httpOnly|secure)\s*\(\s*false\s*\)/,
    says: 'sets a cookie that scripts can read or that travels unencrypted',
    severity: 'warn',
  },
  {
    languages: 'any',
    pattern:
      /\bsame_?site["']?\s*(?::|=>|=)\s*(?:["']none["']|:none|http\.SameSiteNoneMode|SameSiteMode\.(?:None|Unspecified))/i,
    near: cookieWords,
    reach: 8,
    says: 'sends a cookie along with requests from other sites',
    severity: 'note',
  },
  {
    languages: ['go'],
    pattern: /(?:&|\s)(?:http\.Cookie|sessions\.Options)\s*\{/,
    unless:
      /HttpOnly\s*:\s*true[\s\S]*Secure\s*:\s*true|Secure\s*:\s*true[\s\S]*HttpOnly\s*:\s*true/,
    reach: 12,
    says: 'sets a cookie without HttpOnly and Secure',
    severity: 'note',
  },
  {
    languages: ['python'],
    pattern: /\.set_cookie\(.*\)/,
    unless:
      /httponly\s*=\s*True[\s\S]*secure\s*=\s*True|secure\s*=\s*True[\s\S]*httponly\s*=\s*True|\*\*/,
    reach: 1,
    says: 'sets a cookie without httponly and secure',
    severity: 'note',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /\.addCookie\s*\(/,
    unless:
      /setHttpOnly\(\s*true[\s\S]*setSecure\(\s*true|setSecure\(\s*true[\s\S]*setHttpOnly\(\s*true/,
    reach: 8,
    says: 'sets a cookie without HttpOnly and Secure',
    severity: 'note',
  },
];

const protections: readonly Protection[] = [
  {
    languages: 'any',
    pattern:
      /(?<![\w$])["']?:?(?:httpOnly|http_?only|HttpOnly)["']?\s*(?::|=>|=)\s*(?:true|True)\b/,
    keeps: cookieWords,
    // A setting decides from now on; what is plainly false is told above.
    replaced:
      /(?:httpOnly|http_?only|HttpOnly)["']?\s*(?::|=>|=)\s*(?!(?:false|False|null|nil|None|0)\b)\S/,
    says: 'lets scripts read the cookie',
    severity: 'warn',
  },
  {
    languages: 'any',
    pattern:
      /(?<![\w$])(?:["']?secure["']?\s*:\s*(?:true|process\.env\.NODE_ENV\s*===?\s*["']production["']|isProd\w*)|Secure\s*[:=]\s*true|secure\s*=\s*True|secure:\s*true)\b/,
    keeps: /httpOnly|http_only|HttpOnly|httponly|samesite/i,
    says: 'sends the cookie unencrypted too',
    severity: 'warn',
  },
  {
    languages: 'any',
    pattern:
      /(?<![\w$])["']?:?same_?site["']?\s*(?::|=>|=)\s*(?:["'](?:lax|strict)["']|:lax|:strict|http\.SameSite(?:Lax|Strict)Mode|SameSiteMode\.(?:Lax|Strict))/i,
    keeps: /httpOnly|http_only|HttpOnly|httponly/,
    replaced: /same_?site/i,
    says: 'leaves it to the browser which sites send the cookie',
    severity: 'note',
  },
  {
    languages: ['python'],
    pattern: /\b(?:SESSION|CSRF)_COOKIE_(?:SECURE|HTTPONLY)\b["'\]]*\s*=\s*True\b/,
    says: 'sends cookies where scripts or the network can read them',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /\.(?:setHttpOnly|setSecure|httpOnly|secure)\s*\(\s*true\s*\)/,
    keeps: /Cookie/,
    says: 'sets a cookie that scripts can read or that travels unencrypted',
    severity: 'warn',
  },
];

/** A cookie lost what keeps it from scripts, from the open network or from other sites. */
export const cookieWeakened: Guard = guard({
  id: 'security/cookie-weakened',
  severity: 'warn',
  protects: 'sessions',
  breaks:
    'A script injected into any page, or somebody on the same network, can take the session over.',
  fix: 'Keep httpOnly, secure and sameSite on every cookie that stands for a session.',
  languages: writtenLanguages,
  cwe: [1004, 614, 1275],
  confidence: 0.75,
  caught: [
    turns('httpOnly goes', 'src/session.ts', [
      "res.cookie('sid', id, {\n  httpOnly: true,\n  secure: true,\n});\n",
      "res.cookie('sid', id, {\n  secure: true,\n});\n",
    ]),
    turns('secure becomes false', 'src/session.ts', [
      'app.use(session({ cookie: { httpOnly: true, secure: true } }));\n',
      'app.use(session({ cookie: { httpOnly: true, secure: false } }));\n',
    ]),
    comes(
      'Django sends its session unencrypted',
      'shop/settings.py',
      'SESSION_COOKIE_SECURE = False\n',
    ),
    comes(
      'Java says so',
      'src/main/java/shop/Login.java',
      'class Login {\n  void go() {\n    cookie.setHttpOnly(false);\n  }\n}\n',
    ),
    turns('Go lets scripts read it', 'server/login.go', [
      'package server\n\nfunc login() {\n\thttp.SetCookie(w, &http.Cookie{\n\t\tName: "sid",\n\t\tHttpOnly: true,\n\t\tSecure: true,\n\t})\n}\n',
      'package server\n\nfunc login() {\n\thttp.SetCookie(w, &http.Cookie{\n\t\tName: "sid",\n\t\tSecure: true,\n\t})\n}\n',
    ]),
  ],
  passed: [
    turns('a setting with the same default decides', 'config/session.php', [
      "<?php\nreturn [\n    'cookie' => 'session',\n    'http_only' => true,\n];\n",
      "<?php\nreturn [\n    'cookie' => 'session',\n    'http_only' => env('SESSION_HTTP_ONLY', true),\n];\n",
    ]),
    comes(
      'all three',
      'src/session.ts',
      "res.cookie('sid', id, { httpOnly: true, secure: true, sameSite: 'lax' });\n",
    ),
    turns('the cookie goes as a whole', 'src/session.ts', [
      "res.cookie('sid', id, {\n  httpOnly: true,\n  secure: true,\n});\nnext();\n",
      'next();\n',
    ]),
    turns('the options move to one place', 'src/session.ts', [
      "res.cookie('sid', id, { httpOnly: true, secure: true });\n",
      "const cookieOptions = { httpOnly: true, secure: true };\nres.cookie('sid', id, cookieOptions);\n",
    ]),
    comes(
      'another thing named secure',
      'src/mail.ts',
      "export const transport = { host: 'mail', port: 587, secure: false };\n",
    ),
    comes(
      'only while developing',
      'src/session.ts',
      'if (isDev) {\n  app.use(session({ cookie: { secure: false } }));\n}\n',
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
