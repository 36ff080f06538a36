import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { lossSightings } from './sightings.ts';
import { turns } from './told.ts';

const replaced = /rate_?limit|throttl|slow_?down|limiter/i;

const protections: readonly Protection[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern:
      /\b(?:use|register)\([^)]{0,80}\b\w*(?:rateLimit|RateLimit|limiter|Limiter|slowDown|throttle)\w*|\.(?:get|post|put|patch|delete)\([^,]{1,80},[^)]{0,80}\b\w*(?:rateLimit|RateLimit|[lL]imiter|throttle)\w*|@(?:Throttle|UseGuards\(\s*ThrottlerGuard)|\b(?:rateLimit(?:er)?|limiter)\.(?:check|limit|consume)\s*\(/,
    keeps: /\b(?:use|register|get|post|put|patch|delete|GET|POST|Post|Get)\b/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /^\s*@(?:\w+\.)?(?:ratelimit|limit|throttle|limiter\.\w+|shared_limit)\b.*|\bthrottle_classes\s*=\s*\[\s*\w|["']DEFAULT_THROTTLE_(?:CLASSES|RATES)["']|\bLimiter\(/,
    keeps: /def\s|class\s|\[/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern: /^\s*@(?:RateLimiter|RateLimit|Bucket4j|Throttle)\w*/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern: /^\s*rate_limit\s+to:|\bRack::Attack\.(?:throttle|blocklist)|^\s*throttle\(/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    pattern: /\bUseRateLimiter\(|\[EnableRateLimiting\b|\.RequireRateLimiting\(/,
    keeps: /\bapp\.|Http(?:Get|Post)|Map\w+\(/,
    replaced: /RateLimit/,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['php'],
    pattern: /["']throttle:[^"']{0,40}["']|->middleware\(\s*\[?\s*["']throttle/,
    keeps: /Route::|middleware/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
  {
    languages: ['go'],
    pattern:
      /\b(?:httprate\.Limit\w*|tollbooth\.\w*Limit\w*|\w*[lL]imiter\.Middleware|middleware\.RateLimiter)\w*\s*\(|\b\w+\.Use\([^)]{0,60}[lL]imit\w*/,
    keeps: /\.Use\(|Handle|\.(?:Get|Post|GET|POST)\(/,
    replaced,
    says: 'lets anybody ask as often as they like',
    severity: 'warn',
  },
];

/** Nothing holds back somebody who asks without end. */
export const rateLimitRemoved: Guard = guard({
  id: 'security/rate-limit-removed',
  severity: 'warn',
  protects: 'log-ins and costly addresses',
  breaks:
    'Passwords and codes can be tried by the million, and one caller can use up the service for all.',
  fix: 'Keep the limit, or put another one in front in the same change.',
  languages: writtenLanguages,
  cwe: [307, 770],
  confidence: 0.75,
  caught: [
    turns('the limiter goes from the log-in', 'src/routes/auth.ts', [
      "router.post('/login', loginLimiter, login);\nrouter.post('/logout', logout);\n",
      "router.post('/login', login);\nrouter.post('/logout', logout);\n",
    ]),
    turns('Django REST gives its throttles up', 'shop/api.py', [
      'class Login(APIView):\n    throttle_classes = [LoginThrottle]\n    def post(self, request):\n        return login(request)\n',
      'class Login(APIView):\n    def post(self, request):\n        return login(request)\n',
    ]),
    turns('Laravel loses throttle', 'routes/api.php', [
      "<?php\nRoute::post('/login', [LoginController::class, 'login'])->middleware('throttle:5,1');\n",
      "<?php\nRoute::post('/login', [LoginController::class, 'login']);\n",
    ]),
    turns('a Flask limit goes', 'shop/views.py', [
      '@app.post("/login")\n@limiter.limit("5/minute")\ndef login():\n    return check()\n',
      '@app.post("/login")\ndef login():\n    return check()\n',
    ]),
  ],
  passed: [
    turns('the limit moves in front of all', 'src/routes/auth.ts', [
      "router.post('/login', loginLimiter, login);\n",
      "router.use(loginLimiter);\nrouter.post('/login', login);\n",
    ]),
    turns('another library', 'shop/views.py', [
      '@app.post("/login")\n@limiter.limit("5/minute")\ndef login():\n    return check()\n',
      '@app.post("/login")\n@ratelimit(key="ip", rate="5/m")\ndef login():\n    return check()\n',
    ]),
    turns('the route goes with it', 'src/routes/auth.ts', [
      "app.use('/old', rateLimiter, old);\n",
      'const nothing = 1;\n',
    ]),
    turns('a limit of rows', 'shop/db.py', ['rows = query.limit(10)\n', 'rows = query.all()\n']),
    turns('an import only', 'src/a.ts', [
      "import { rateLimit } from 'express-rate-limit';\napp.get('/', home);\n",
      "app.get('/', home);\n",
    ]),
  ],
  look: (scene) => lossSightings(scene, protections),
});
