import { codeLinesOf } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Flow, Sink } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { beginsFixed, beginsWithOther, beginsWithOwnBase } from './fixed-address.ts';
import { flowSighting, productionFiles } from './sightings.ts';
import { comes } from './told.ts';

/** A redirect leads where a request says. */
export const redirectOpen: Guard = guard({
  id: 'security/redirect-open',
  severity: 'warn',
  protects: 'people who trust a link to this site',
  breaks:
    'A link to this site can lead to any other one, such as a copy that asks for the password again.',
  fix: 'Accept only paths of this site, or choose the target from a list.',
  languages: writtenLanguages,
  cwe: [601],
  confidence: 0.75,
  caught: [
    comes(
      'Express redirects to a query',
      'src/api/login.ts',
      "app.get('/login', (req, res) => {\n  res.redirect(req.query.next);\n});\n",
    ),
    comes(
      'Flask redirects to an argument',
      'shop/views.py',
      'def login():\n    target = request.args.get("next")\n    return redirect(target)\n',
    ),
    comes(
      'Go redirects to a form value',
      'server/login.go',
      'package server\n\nfunc login(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, r.FormValue("next"), 302)\n}\n',
    ),
    comes(
      'Rails redirects to params',
      'app/controllers/login_controller.rb',
      'def create\n  redirect_to params[:return_to]\nend\n',
    ),
  ],
  passed: [
    comes(
      'the path begins with a slash',
      'src/api/login.ts',
      "app.get('/o/:id', (req, res) => {\n  res.redirect(`/orders/${req.params.id}`);\n});\n",
    ),
    comes(
      'the target is checked',
      'shop/views.py',
      'def login():\n    target = request.args.get("next")\n    if not url_has_allowed_host_and_scheme(target, None):\n        target = "/"\n    return redirect(target)\n',
    ),
    comes('a fixed target', 'src/a.js', "app.get('/', (req, res) => res.redirect('/home'));\n"),
    comes(
      'the router of the page',
      'app/controllers/a_controller.rb',
      'def create\n  redirect_to order_path(params[:id])\nend\n',
    ),
  ],
  look: (scene) =>
    productionFiles(scene).flatMap((file) => flowsOf(scene, file, sinks).flatMap(sighting)),
});

const sinks: readonly Sink[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    callee:
      /(?<![\w$])(?:res|response|reply|ctx|c|this\.res)\.(?:status\(\d+\)\.)?(?:redirect|location)(?=\s*\()|(?<![\w$.])redirect(?=\s*\()|(?<![\w$])(?:window\.|document\.)?location\.(?:assign|replace)(?=\s*\()|(?<![\w$])(?:NextResponse|Response)\.redirect(?=\s*\()|(?<![\w$])(?:window|document)\.location(?:\.href)?\s*=(?![=>])|(?<![\w$])location\.href\s*=(?![=>])/,
    places: [0, 1],
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:flask\.|django\.shortcuts\.)?(?:redirect|HttpResponseRedirect|HttpResponsePermanentRedirect|RedirectResponse|HTTPFound|HTTPSeeOther)(?=\s*\()|self\.redirect(?=\()/,
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])http\.Redirect(?=\s*\()|(?<![\w.])c(?:tx)?\.Redirect(?=\s*\()/,
    places: [0, 1, 2],
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /\.sendRedirect(?=\s*\()|\bRedirectView(?=\s*\()|\bcall\.respondRedirect(?=\()|\bModelAndView(?=\s*\()/,
  },
  {
    languages: ['java', 'kotlin'],
    callee: /\.(?:addHeader|setHeader)(?=\s*\()/,
    when: /["']Location["']/,
    places: [1],
  },
  { languages: ['ruby'], callee: /(?<![\w.])redirect_to(?=\s*\(| [\w"'@])/ },
  {
    languages: ['php'],
    callee:
      /(?<![\w>:$])(?:redirect|header)(?=\s*\()|->redirect(?=\s*\()|new\s+RedirectResponse(?=\()/,
    unless: /header\(\s*["'](?!Location)/i,
  },
  {
    languages: ['csharp'],
    callee: /(?<![\w.])(?:Response\.|this\.)?(?:Redirect|RedirectPermanent)(?=\s*\()/,
  },
];

const checked =
  /allow|whitelist|trusted|is_?safe|isLocal|IsLocalUrl|only_path|startsWith\(["']\/|startswith\(["']\/|HasPrefix\(|isRelative|validat|url_has|_path\b\(?|_url\(|\bhost\s*[!=]=|\.test\(|new\s+URL\([^)]*\)\.(?:host|origin)|sanitiz|url_from|url_for|reverse\(/i;
const reach = 10;

function sighting(flow: Flow): readonly Sighting[] {
  const { origin, file, line, endLine } = flow;
  const text = origin.text.replace(/^["']Location:\s*["']\s*\.\s*/i, '');
  if (!origin.sent || beginsFixed(text) || beginsWithOwnBase(text)) return [];
  if (beginsWithOther(text, file.language)) return [];
  const lines = file.after === null ? [] : codeLinesOf(file.after);
  if (checked.test(lines.slice(Math.max(0, line - reach), endLine + 2).join('\n'))) return [];
  if (
    /\.(?:href|reload|pathname|origin)\s*[)}`]*$|location\.(?:pathname|origin)|\b(?:req|request|r)\.(?:originalUrl|url|path|RequestURI|URL\.(?:Path|String\(\)))\b/.test(
      text,
    )
  )
    return [];
  return [
    flowSighting(flow, `${flow.callee.replace(/\s*=$/, '')} leads where a request says`, 'warn'),
  ];
}
