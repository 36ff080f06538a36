import type { Fault } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { faultSightings, lossSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

// Such addresses are called by machines with a signature or a key of their own.
const machines =
  /webhook|stripe|oauth|token_auth|api_?key|callback|graphql|doorkeeper|\bAPIs?\b|\bApi::|healthz|stateless|jwt|bearer/i;

const faults: readonly Fault[] = [
  {
    languages: ['python'],
    pattern:
      /@[\w.]*csrf_exempt\b|\bcsrf\.exempt\b|\bWTF_CSRF_ENABLED["'\]]*\s*=\s*False|\brequire_csrf\s*=\s*False|\bcheck_origin\s*=\s*False|\bcsrf_exempt\(/,
    unless: machines,
    reach: 2,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern:
      /\bskip_before_(?:action|filter)\s*\(?\s*:verify_authenticity_token|\bskip_forgery_protection\b|\bprotect_from_forgery\b.*with:\s*:null_session|\ballow_forgery_protection\s*=\s*false/,
    unless: machines,
    reach: 8,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\bcsrf\(\)\s*\.\s*disable\(\)|\bcsrf\(\s*(?:\w+\s*->\s*\w+\.disable\(\)|\w*::disable|\{\s*(?:it\.)?disable\(\))|\bcsrf\s*\{\s*disable\(\)|\.disable\(\).*csrf|AbstractHttpConfigurer::disable/,
    near: /csrf/i,
    unless: /STATELESS|jwt|bearer|resourceServer/i,
    reach: 15,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\bcsrf\(\)\s*\.\s*disable\(\)|\bcsrf\(\s*(?:\w+\s*->\s*\w+\.disable\(\)|\w*::disable)/,
    says: 'takes requests that another site’s page can send, where tokens do not replace cookies',
    severity: 'note',
  },
  {
    languages: ['csharp'],
    pattern: /\[IgnoreAntiforgeryToken\b|\.DisableAntiforgery\(/,
    unless: machines,
    reach: 2,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
  {
    languages: ['php'],
    pattern:
      /["']csrf_protection["']\s*=>\s*false|withoutMiddleware\(\s*\[?\s*(?:\\?[\w\\]*VerifyCsrfToken|["']csrf)|\$csrfProtection\s*=\s*false/,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern: /\bcsrf(?:Protection|Prevention)?\s*:\s*false\b|\bcheckOrigin\s*:\s*false\b/,
    says: 'takes requests that another site’s page can send',
    severity: 'warn',
  },
];

const protections: readonly Protection[] = [
  {
    languages: ['python'],
    pattern:
      /["']django\.middleware\.csrf\.CsrfViewMiddleware["']|^\s*@csrf_protect\b|\bCSRFProtect\(|\bcsrf\.init_app\(/,
    replaced: /csrf/i,
    says: 'no longer asks whether its own page sent the request',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern: /^\s*protect_from_forgery\b/,
    keeps: /\bclass\b.*Controller/,
    says: 'no longer asks whether its own page sent the request',
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    pattern: /\[(?:Validate|AutoValidate)AntiforgeryToken\b|\bUseAntiforgery\(/,
    keeps: /Http(?:Post|Put|Delete|Patch)|Map(?:Post|Put|Delete)|app\./,
    replaced: /ntiforgery/,
    says: 'no longer asks whether its own page sent the request',
    severity: 'warn',
  },
  {
    languages: ['typescript', 'tsx', 'javascript', 'go'],
    pattern:
      /\b(?:use|Use|register)\(\s*(?:csrf|csurf|csrfProtection|doubleCsrfProtection|csrfMiddleware|lusca\.csrf|nosurf|fastifyCsrf)\w*|\bcsrf\.Protect\(|\bnosurf\.New\(/,
    keeps: /\b(?:use|Use|register|post|Post|POST|HandleFunc|Handle)\(/,
    replaced: /csrf|sameSite/i,
    says: 'no longer asks whether its own page sent the request',
    severity: 'warn',
  },
];

/** Requests that change something are taken from pages of other sites. */
export const csrfOff: Guard = guard({
  id: 'security/csrf-off',
  severity: 'warn',
  protects: 'actions of people who are logged in',
  breaks:
    'A page on another site can make a visitor’s browser order, change or delete in their name.',
  fix: 'Keep the check, and leave out only addresses that are called with a signature or a key instead of cookies.',
  languages: writtenLanguages,
  cwe: [352],
  confidence: 0.75,
  caught: [
    turns('@csrf_exempt comes', 'shop/views.py', [
      'def pay(request):\n    return charge(request)\n',
      '@csrf_exempt\ndef pay(request):\n    return charge(request)\n',
    ]),
    turns('Rails skips its token', 'app/controllers/orders_controller.rb', [
      'class OrdersController < ApplicationController\n  def create\n  end\nend\n',
      'class OrdersController < ApplicationController\n  skip_before_action :verify_authenticity_token\n  def create\n  end\nend\n',
    ]),
    comes(
      'Spring switches it off',
      'src/main/java/shop/Security.java',
      'class Security {\n  void c(HttpSecurity http) {\n    http.csrf().disable();\n  }\n}\n',
    ),
    turns('Express loses csurf', 'src/server.js', [
      "app.use(csrfProtection);\napp.post('/pay', pay);\n",
      "app.post('/pay', pay);\n",
    ]),
    turns('Django loses its middleware', 'shop/settings.py', [
      'MIDDLEWARE = [\n    "django.middleware.common.CommonMiddleware",\n    "django.middleware.csrf.CsrfViewMiddleware",\n]\n',
      'MIDDLEWARE = [\n    "django.middleware.common.CommonMiddleware",\n]\n',
    ]),
  ],
  passed: [
    comes(
      'the controllers of an API with tokens',
      'app/controllers/api/v1/base_controller.rb',
      'class Api::V1::BaseController < ApplicationController\n  skip_authentication\n\n  # Skip CSRF protection for API endpoints\n  skip_before_action :verify_authenticity_token\nend\n',
    ),
    comes(
      'a webhook has its own signature',
      'shop/views.py',
      '@csrf_exempt\ndef stripe_webhook(request):\n    return handle(request)\n',
    ),
    turns('one middleware replaces another', 'src/server.js', [
      "app.use(csrfProtection);\napp.post('/pay', pay);\n",
      "app.use(doubleCsrfProtection);\napp.post('/pay', pay);\n",
    ]),
    turns('the exemption goes', 'shop/views.py', [
      '@csrf_exempt\ndef pay(request):\n    return charge(request)\n',
      'def pay(request):\n    return charge(request)\n',
    ]),
    comes('a test settings file', 'tests/settings.py', 'WTF_CSRF_ENABLED = False\n'),
    comes(
      'a comment about it',
      'shop/views.py',
      '# do not use @csrf_exempt here\ndef pay(request):\n    return charge(request)\n',
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
