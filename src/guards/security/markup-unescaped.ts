import type { Fault } from '../code/faults.ts';
import { flowsOf } from '../code/flows.ts';
import type { Flow, Sink } from '../code/flows.ts';
import { guard } from '../guard.ts';
import type { Guard, Language, Sighting } from '../guard.ts';
import { faultSightings, flowSighting, productionFiles } from './sightings.ts';
import { caught, passed } from './markup-unescaped.examples.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const cleaned =
  /sanitiz|sanitis|DOMPurify|purify|escape|bleach|nh3|strip_tags|xss|highlight|katex|mermaid|shiki|trustedTypes|createHTML|encode/i;
const fixedText = String.raw`(?!\s*(?:["'][^"']*["']|\`[^\`$]*\`)\s*[;,})]?\s*$)`;

const faults: readonly Fault[] = [
  {
    languages: 'any',
    pattern: /\bdangerouslySetInnerHTML\s*[=:]|\bv-html\s*=|\[innerHTML\]\s*=|\{@html\s/,
    unless: cleaned,
    reach: 3,
    says: 'puts text into the page as markup',
    severity: 'note',
  },
  {
    languages: script,
    pattern:
      /\bbypassSecurityTrust(?:Html|Script|Url|ResourceUrl|Style)\s*\(|\bdisableSanitiz\w*\s*:\s*true|\bsanitize\s*:\s*false\b|\$sceProvider\.enabled\(\s*false|\bautoescape\s*:\s*false|\bnoEscape\s*:\s*true/,
    says: 'tells the framework not to escape markup',
    severity: 'note',
  },
  {
    languages: ['python'],
    pattern: /\bautoescape\s*=\s*False\b|\{%\s*autoescape\s+off|@?\bis_safe\s*=\s*True/,
    says: 'switches the escaping of markup off',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\bEnvironment\s*\(/,
    needs: /\bjinja2?\b/,
    unless: /autoescape|SandboxedEnvironment/,
    reach: 4,
    says: 'makes templates that escape nothing',
    severity: 'note',
  },
  {
    languages: 'any',
    pattern:
      /\{%\s*autoescape\s+(?:off|false)|\|\s*safe\s*(?:\||%?\}\})|(?<!\bf["'][^"'\n]{0,100})\{\{\{[^}]{1,80}\}\}\}|\{!!\s*(?!__\(|trans\(|\w+->render|csrf_field|method_field)[^!]{1,120}!!\}|@Html\.Raw\(|<%=\s*raw\b|<%=[^%]{0,120}(?<!["'])\.html_safe\b|<%==|<%-(?!\s*\w+\s*(?:\|\|)?=[^=])(?!\s*(?:include|yield|render|body|layout|partial|end\b|if\b|for\b|else|unless|\w+\.each|content_for))/,
    unless: cleaned,
    reach: 0,
    says: 'puts text into the page without escaping it',
    severity: 'note',
  },
];

const sinks: readonly Sink[] = [
  {
    languages: script,
    callee:
      /\.(?:innerHTML|outerHTML)\s*\+?=(?![=>])|\b__html\s*:|\bdocument\.(?:write|writeln)(?=\s*\()|\.insertAdjacentHTML(?=\s*\()|\.(?:createContextualFragment|setHTMLUnsafe)(?=\s*\()|\bbypassSecurityTrust\w+(?=\s*\()/,
    places: 'all',
  },
  {
    languages: script,
    callee: /\$\(["'`\s]*[^()\n]{0,40}\)\.(?:html|append|prepend|after|before)(?=\s*\()/,
  },
  {
    languages: script,
    callee: /(?<![\w$])(?:res|response)\.(?:send|write|end)(?=\s*\()/,
    fits: /["'`][^"'`]{0,200}<\w+/,
  },
  {
    languages: ['python'],
    callee:
      /(?<![\w.])(?:mark_safe|SafeString|SafeText|SafeData|SafeUnicode|Markup|flask\.Markup|markupsafe\.Markup|HttpResponse|render_template_string|make_response)(?=\s*\()/,
    unless: /escape\(/,
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])template\.(?:HTML|JS|URL|CSS|HTMLAttr|JSStr|Srcset)(?=\s*\()/,
  },
  {
    languages: ['go'],
    callee: /(?<![\w.])fmt\.Fprintf(?=\s*\()/,
    places: 'all',
    when: /\(\s*(?:w|rw|writer|resp)\b\s*,\s*["`][^"`]*</,
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /\.(?:getWriter|getOutputStream)\(\)\.(?:write|print|println|append)(?=\s*\()|\bout\.(?:print|println|write)(?=\s*\()/,
  },
  {
    languages: ['ruby'],
    callee:
      /(?<![\w.:])(?:raw|content_tag|render\s+(?:inline|html|text):|SafeBuffer\.new)(?=\s*\((?!\s*:\w+\s*,\s*(?:$|\w+:|\*\*))| [\w"'@])/,
    places: 'all',
  },
  {
    languages: ['php'],
    callee: /(?<![\w>:$])(?:echo|print)(?=\s*\(| ["'$])/,
    unless: /htmlspecialchars|htmlentities|e\(|json_encode|esc_/,
  },
  {
    languages: ['csharp'],
    callee:
      /\bHtml\.Raw(?=\s*\()|\bnew\s+(?:HtmlString|MarkupString)(?=\s*\()|\bResponse\.Write(?=\s*\()/,
  },
];

/** Text goes into a page as markup. */
export const markupUnescaped: Guard = guard({
  id: 'security/markup-unescaped',
  severity: 'warn',
  protects: 'people in front of a browser',
  breaks: 'Text with a script in it runs in the page of whoever looks at it, with their session.',
  fix: 'Let the framework escape the text, or clean it with a sanitiser that knows which tags may stay.',
  languages: 'any',
  cwe: [79],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) => {
    const told = productionFiles(scene).flatMap((file) =>
      flowsOf(scene, file, sinks).flatMap(sighting),
    );
    const places = new Set(told.map(({ path, line }) => `${path}:${line}`));
    return [
      ...told,
      ...[...faultSightings(scene, faults), ...faultSightings(scene, htmlSafe)].filter(
        ({ path, line }) => !places.has(`${path}:${line}`) && !/\.(?:md|mdx|txt|json)$/.test(path),
      ),
    ];
  },
});

const htmlSafe: readonly Fault[] = [
  {
    languages: ['ruby'],
    // A text written out has nothing of others in it.
    pattern: /(?<!["'])\.html_safe\b/,
    unless: cleaned,
    reach: 0,
    says: 'calls text safe that nobody has cleaned',
    severity: 'note',
  },
  {
    languages: script,
    pattern: new RegExp(String.raw`\.(?:innerHTML|outerHTML)\s*\+?=${fixedText}`),
    unless: cleaned,
    reach: 2,
    says: 'puts text into the page as markup',
    severity: 'note',
  },
];

function sighting(flow: Flow): readonly Sighting[] {
  const { origin, callee, wasFixed, text } = flow;
  if (cleaned.test(origin.text) || cleaned.test(text)) return [];
  const name = callee.replace(/\s*\+?[=:]$/, '').replace(/^\./, '');
  if (
    origin.sent &&
    /["'`]\s*<|<\w|HTML|[mM]arkup|Safe|mark_safe|raw|Raw|html|echo|print|write|render|content_tag/.test(
      `${text}${callee}`,
    )
  )
    return [
      flowSighting(flow, `${name} puts what a request sends into the page as markup`, 'warn'),
    ];
  if (/send|HttpResponse|make_response|Fprintf|echo|print|write|Write|end/.test(name)) return [];
  const severity = wasFixed && origin.built !== null ? 'warn' : 'note';
  return [flowSighting(flow, `${name} puts ${flow.argument} into the page as markup`, severity)];
}
