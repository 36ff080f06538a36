import { codeLinesOf } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Flow, Sink } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { beginsFixed, beginsWithOther, beginsWithOwnBase } from './fixed-address.ts';
import { flowSighting, productionFiles } from './sightings.ts';
import { comes } from './told.ts';

/** The server fetches an address that a request gives. */
export const requestForgery: Guard = guard({
  id: 'security/request-forgery',
  severity: 'warn',
  protects: 'servers that only this one can reach',
  breaks:
    'Anybody can make the server ask its own network, such as the cloud’s metadata service, and read the answer.',
  fix: 'Choose the host from a fixed list, or refuse addresses that resolve to the inner network.',
  languages: writtenLanguages,
  cwe: [918],
  confidence: 0.75,
  caught: [
    comes(
      'fetch of a body’s address',
      'src/api/preview.ts',
      "app.post('/preview', async (req, res) => {\n  const page = await fetch(req.body.url);\n  res.send(await page.text());\n});\n",
    ),
    comes(
      'requests.get of a query',
      'shop/views.py',
      'def preview():\n    url = request.args.get("url")\n    return requests.get(url, timeout=3).text\n',
    ),
    comes(
      'Go gets what a form gives',
      'server/preview.go',
      'package server\n\nfunc preview(w http.ResponseWriter, r *http.Request) {\n\ttarget := r.URL.Query().Get("url")\n\tres, err := http.Get(target)\n}\n',
    ),
    comes('PHP opens an address', 'src/preview.php', '<?php\n$ch = curl_init($_GET["url"]);\n'),
  ],
  passed: [
    comes(
      'the host is fixed',
      'src/api/user.ts',
      "app.get('/user', async (req, res) => {\n  res.json(await fetch(`https://api.example.com/users/${req.params.id}`));\n});\n",
    ),
    comes(
      'the base comes from configuration',
      'src/api/user.ts',
      "app.get('/user', async (req, res) => {\n  res.json(await fetch(`${config.baseUrl}/users/${req.params.id}`));\n});\n",
    ),
    comes(
      'the host is checked',
      'shop/views.py',
      'def preview():\n    url = request.args["url"]\n    if urlparse(url).hostname not in ALLOWED_HOSTS:\n        abort(400)\n    return requests.get(url, timeout=3).text\n',
    ),
    comes('the address is our own', 'src/a.ts', 'export const load = () => fetch(settings.url);\n'),
    comes(
      'a query goes into the parameters',
      'shop/views.py',
      'def find():\n    return requests.get(SEARCH_URL, params={"q": request.args["q"]}, timeout=3)\n',
    ),
  ],
  look: (scene) =>
    productionFiles(scene).flatMap((file) => flowsOf(scene, file, sinks).flatMap(sighting)),
});

const sinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$.])(?:fetch|axios|got|needle|superagent|request|nodeFetch|node_fetch|undici\.(?:fetch|request)|ky|phin|bent|wretch)(?:\.(?:get|post|put|patch|delete|head|request))?(?=\s*\()|(?<![\w$])https?\.(?:get|request)(?=\s*\()|\bpage\.goto(?=\()/,
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:requests|httpx|session|aiohttp|client|s)\.(?:get|post|put|patch|delete|head|options)(?=\s*\()|(?<![\w.])(?:urllib\.request\.|urllib2?\.)?(?:urlopen|urlretrieve|Request)(?=\s*\()/,
    fits: /^(?!\s*(?!url\b)\w+\s*=(?!=))/,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:requests|httpx|http|session)\.request(?=\s*\()/,
    places: [1],
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])(?:http|client)\.(?:Get|Post|Head|PostForm)(?=\s*\()/,
  },
  { languages: ['go'], callee: /(?<![\w.])http\.NewRequest(?=\s*\()/, places: [1] },
  { languages: ['go'], callee: /(?<![\w.])http\.NewRequestWithContext(?=\s*\()/, places: [2] },
  {
    languages: ['java', 'kotlin'],
    callee:
      /\bURL(?=\s*\()|\bURI\.create(?=\s*\()|\brestTemplate\.\w+(?=\s*\()|\bHttp(?:Get|Post|Put)(?=\s*\()/,
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w:.])(?:Net::HTTP\.\w+|HTTParty\.\w+|Faraday\.\w+|RestClient\.\w+|URI\.open|OpenURI\.open_uri|Excon\.\w+|URI|URI\.parse|HTTP\.\w+|Net::HTTP::(?:Get|Post|Put|Delete|Head|Patch|Options)\.new|Curl::Easy\.\w+|Curl\.\w+|HTTPClient\.\w+|Typhoeus\.\w+)(?=\s*\(| ["'\w])/,
  },
  {
    languages: ['php'],
    callee:
      /(?<![\w>:$])(?:curl_init|fsockopen|get_headers)(?=\s*\()|\bHttp::(?:get|post|put)(?=\()|\$(?:client|http|guzzle)->(?:get|post|request)(?=\()/,
  },
  {
    languages: ['php'],
    callee: /(?<![\w>:$])curl_setopt(?=\s*\()/,
    when: /CURLOPT_URL/,
    places: [2],
  },
  {
    languages: ['csharp'],
    callee:
      /\.(?:GetAsync|GetStringAsync|PostAsync|SendAsync|GetStreamAsync|DownloadString|DownloadData|OpenRead|GetByteArrayAsync|DownloadFile)(?=\s*\()|\bWebRequest\.Create(?=\s*\()|\bnew\s+(?:RestClient|Uri|HttpRequestMessage|RestRequest)(?=\s*\()/,
    places: [0, 1],
  },
  {
    languages: ['rust'],
    callee: /\breqwest::(?:get|blocking::get)(?=\s*\()|\bclient\.(?:get|post)(?=\s*\()/,
  },
];

const checked =
  /allow|whitelist|trusted|hostname\s*(?:not\s+in|===|!==|!=)|ssrf|isPrivate|is_private|validat|safe_?url|isSafe/i;
const reach = 10;

function sighting(flow: Flow): readonly Sighting[] {
  const { origin, file, line, endLine } = flow;
  if (!origin.sent || beginsFixed(origin.text) || beginsWithOwnBase(origin.text)) return [];
  // Pages in a browser fetch what the visitor could fetch anyway.
  if (beginsWithOther(origin.text, file.language)) return [];
  if (/\.(?:tsx|jsx|vue)$/.test(file.path) || /\blocation\.|document\.|window\./.test(origin.text))
    return [];
  const lines = file.after === null ? [] : codeLinesOf(file.after);
  if (checked.test(lines.slice(Math.max(0, line - reach), endLine + 2).join('\n'))) return [];
  return [flowSighting(flow, `${flow.callee} fetches an address that a request gives`, 'warn')];
}
