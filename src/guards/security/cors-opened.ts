import type { Fault } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language } from '../guard.ts';
import { flowsOf } from '../code/flows.ts';
import type { Sink } from '../code/flows.ts';
import { faultSightings, flowSighting, productionFiles } from './sightings.ts';
import { comes, turns } from './told.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const credentials =
  /[cC]redentials["']?\s*\(?\s*[:=,]\s*["']?(?:true|True)|AllowCredentials\(\)|supports_credentials\s*=\s*True|[cC]redentials["']?\s*,\s*["']?true/;
const anyOrigin = 'lets pages of any site read the answers';
const withCredentials = 'lets pages of any site act as the person who is logged in';

const origins: readonly (readonly [readonly Language[], RegExp])[] = [
  [
    script,
    /\borigin\s*:\s*(?:true\b|["'`]\*["'`]|\[\s*["'`]\*["'`]|(?:\(?\w+\)?|\(\s*\w+\s*,\s*\w+\s*\))\s*=>\s*(?:\w+\(null,\s*true\)|true|\w+\s*[,}])|\/\.\*\/)|Access-Control-Allow-Origin["'`]\s*\]?\s*[,:=]\s*(?:["'`]\*["'`]|(?:req|request|ctx|event)\b[^;\n]{0,60}origin)|\b(?:enableCors|cors)\(\s*\{?\s*\}?\s*\)|\bcors\s*:\s*true\b/i,
  ],
  [
    ['python'],
    /\ballow_origins\s*=\s*\[\s*["']\*["']|\bCORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)\s*=\s*True|\borigins\s*=\s*["']\*["']|Access-Control-Allow-Origin["']\]?\s*[,:=]\s*(?:["']\*["']|request\.)|\ballow_origin_regex\s*=\s*r?["']\.\*["']|\bCORS_ORIGINS?\b.*["']\*["']/,
  ],
  [
    ['go'],
    /\bAllow(?:ed)?Origins\s*:\s*\[\]string\{\s*"\*"|\bAllowAllOrigins\s*[:=]\s*true|Access-Control-Allow-Origin"\s*,\s*(?:"\*"|r\.Header|c\.\w+\(|origin\b)|\bcors\.(?:AllowAll|Default)\(\)|\bAllowedOrigins\(\s*\[\]string\{\s*"\*"/,
  ],
  [
    ['java', 'kotlin'],
    /\b(?:allowedOrigins|allowedOriginPatterns|addAllowedOrigin|addAllowedOriginPattern|setAllowedOrigins)\s*\(\s*(?:\w+\.\w+\(\s*)?"\*"|@CrossOrigin\s*(?:\(\s*\)|\(\s*(?:origins\s*=\s*\{?\s*)?"\*"|$)|Access-Control-Allow-Origin"\s*,\s*(?:"\*"|\w*[rR]equest\.getHeader|origin\b)|\banyHost\(\)|allowedOrigins\s*=\s*\{?\s*"\*"/,
  ],
  [
    ['ruby'],
    /\borigins\s*\(?\s*["']\*["']|Access-Control-Allow-Origin["']\]?\s*(?:=>|=|,)\s*["']\*["']|Access-Control-Allow-Origin["']\]?\s*=\s*request\./,
  ],
  [
    ['php'],
    /Access-Control-Allow-Origin["']?\s*(?::|,|=>)\s*["']?\s*(?:\*|["']?\s*\.\s*\$_SERVER)|["']allowed_origins["']\s*=>\s*\[\s*["']\*["']|["']allow_origin["']\s*=>\s*\[?\s*["']\*/,
  ],
  [
    ['csharp'],
    /\.(?:AllowAnyOrigin|SetIsOriginAllowed\(\s*\w+\s*=>\s*true)\b|\bWithOrigins\(\s*"\*"|Access-Control-Allow-Origin"\s*[,\]]\s*=?\s*"\*"|EnableCors(?:Attribute)?\(\s*(?:origins:\s*)?"\*"/,
  ],
  [
    ['rust'],
    /\bCors::permissive\(\)|\bCorsLayer::(?:very_)?permissive\(\)|\.allow_any_origin\(\)|\.allow_origin\(\s*Any\s*\)/,
  ],
];

const faults: readonly Fault[] = [
  ...origins.map(([languages, pattern]) => ({
    languages,
    pattern,
    near: credentials,
    reach: 5,
    says: withCredentials,
    severity: 'warn' as const,
  })),
  ...origins.map(([languages, pattern]) => ({
    languages,
    pattern,
    says: anyOrigin,
    severity: 'note' as const,
  })),
];

const reflects = 'answers any origin that asks with its own name';

// The origin of the request comes back by way of a variable.
const reflections: readonly Sink[] = [
  {
    languages: script,
    callee: /\.(?:set|setHeader|header|append)(?=\s*\()/,
    when: /access-control-allow-origin/i,
    unless: /(?:req|request)\b[^;\n]{0,60}origin/i,
    places: [1],
  },
];

function isWithCredentials({ after }: ChangedFile): boolean {
  return /Access-Control-Allow-Credentials/i.test(after?.text ?? '');
}

/** Pages of other sites may read what this one answers. */
export const corsOpened: Guard = guard({
  id: 'security/cors-opened',
  severity: 'warn',
  protects: 'answers meant for this site’s own pages',
  breaks: 'Any page somebody opens can ask this service in their browser and read what comes back.',
  fix: 'Name the origins that may ask, and reflect an origin only after comparing it with that list.',
  languages: writtenLanguages,
  cwe: [942, 346],
  confidence: 0.75,
  caught: [
    comes(
      'any origin with credentials',
      'src/server.ts',
      'app.use(cors({ origin: true, credentials: true }));\n',
    ),
    turns('a list becomes a star', 'shop/main.py', [
      'app.add_middleware(\n    CORSMiddleware,\n    allow_origins=["https://shop.example.com"],\n    allow_credentials=True,\n)\n',
      'app.add_middleware(\n    CORSMiddleware,\n    allow_origins=["*"],\n    allow_credentials=True,\n)\n',
    ]),
    comes(
      'Go reflects the origin',
      'server/cors.go',
      'package server\n\nfunc cors(w http.ResponseWriter, r *http.Request) {\n\tw.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))\n\tw.Header().Set("Access-Control-Allow-Credentials", "true")\n}\n',
    ),
    comes(
      'C# allows anybody',
      'src/Startup.cs',
      'class Startup {\n  void C() {\n    builder.AllowAnyOrigin().AllowAnyMethod();\n  }\n}\n',
    ),
    comes(
      'Spring allows a star',
      'src/main/java/shop/Web.java',
      'class Web {\n  void c() {\n    registry.addMapping("/**").allowedOrigins("*");\n  }\n}\n',
    ),
  ],
  passed: [
    comes(
      'a list of origins',
      'src/server.ts',
      "app.use(cors({ origin: ['https://shop.example.com'], credentials: true }));\n",
    ),
    comes(
      'a test server',
      'test/server.test.ts',
      'app.use(cors({ origin: true, credentials: true }));\n',
    ),
    turns('the star goes', 'shop/main.py', [
      'CORS_ALLOW_ALL_ORIGINS = True\n',
      'CORS_ALLOW_ALL_ORIGINS = False\n',
    ]),
    comes(
      'an origin of another kind',
      'src/chart.ts',
      "export const chart = { origin: 'left', credentials: 'include' };\n",
    ),
  ],
  look: (scene) => [
    ...faultSightings(scene, faults),
    ...productionFiles(scene).flatMap((file) =>
      flowsOf(scene, file, reflections)
        .filter(({ origin }) => origin.sent)
        .map((flow) => flowSighting(flow, reflects, isWithCredentials(file) ? 'warn' : 'note')),
    ),
  ],
});
