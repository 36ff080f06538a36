import type { Language } from '../guard.ts';

/** How code in a language reaches what somebody outside sent. */
interface Sources {
  readonly languages: readonly Language[];
  /** An expression that is such data. */
  readonly reads: RegExp;
  /** In a parameter list: what marks the parameter whose name is the last group. */
  readonly parameters?: RegExp;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

const tables: readonly Sources[] = [
  {
    languages: script,
    reads:
      /\b(?:req|request|_req|ctx\.request|ctx\.req|c\.req)\.(?:body|query|params|param|headers|header|cookies|url|originalUrl|files?|json|formData|text|rawBody|nextUrl|hostname|get|swagger)\b|\bctx\.(?:query|params)\b|\bevent(?:\??\.(?:body|queryStringParameters|pathParameters|headers|multiValueQueryStringParameters|rawPath|requestContext|url|params)\b|\[\s*["'`])|\bsearchParams\.get(?:All)?\(|\b(?:window\.|document\.)?location\.(?:hash|search|href)\b|\bdocument\.(?:URL|referrer|cookie)\b|\bprocess\.argv\b|\burlParams\.get\(/,
    parameters: /@(?:Query|Param|Body|Headers|Req)\([^)]{0,200}\)\s*(\w{1,60})/g,
  },
  {
    languages: ['python'],
    reads:
      /\brequest\.(?:GET|POST|args|form|values|json|data|files|cookies|headers|get_json|get_data|query_params|params|path_params|view_args|FILES|body|META|query_string|matchdict|stream|url|full_path|referrer)\b|\brequest\.(?:get\(|match_info)|\bevent(?:\[\s*["']|\.get\(\s*["'])|\binput\(\)|\bsys\.argv\b/,
    parameters: /(?<!\w)(\w{1,60})\s*:[^,=]{0,120}=\s*(?:Query|Path|Body|Form|Header|Cookie)\(/g,
  },
  {
    languages: ['go'],
    reads:
      /\b(?:r|req|request|httpReq|c\.Request|ctx\.Request|c\.Request\(\))\.(?:URL|FormValue|PostFormValue|Form|PostForm|Header|Cookie|Body|PathValue|Host|MultipartForm|RequestURI|Referer|UserAgent|QueryStringParameters|PathParameters)\b|\bmux\.Vars\(|\bchi\.URLParam\(|\b(?:c|ctx)\.(?:Query|Param|PostForm|DefaultQuery|FormValue|QueryParam|Params|GetHeader|Cookie|FormFile|GetRawData)\(/,
  },
  {
    languages: ['java', 'kotlin'],
    reads:
      /\b\w*[rR]eq(?:uest)?\w*\.get(?:Parameter|ParameterValues|ParameterMap|Header|Headers|QueryString|Cookies|InputStream|Reader|PathInfo|RequestURI|RequestURL|Part|QueryStringParameters|Body|PathParameters|ParameterNames|HeaderNames)\b|\bcall\.(?:parameters|receive\w*|request)\b|\bgetTheParameter\(|\bgetTheValue\(/,
    parameters:
      /@(?:RequestParam|PathVariable|RequestBody|RequestHeader|CookieValue|QueryParam|PathParam|FormParam|HeaderParam|MatrixParam|ModelAttribute|Context)\b(?:\([^)]{0,200}\))?\s*(?:final\s+)?(?:[\w<>,.[\]]{1,80}\s+)?(\w{1,60})/g,
  },
  {
    languages: ['ruby'],
    reads:
      /\bparams\b(?:\s*\[|\.(?:fetch|require|permit|dig|slice|to_unsafe_h|values)\b)|\bparams\s*[),}]|\brequest\.(?:params|env|headers|body|query_string|referer|referrer|user_agent|url|fullpath|path|query_parameters|raw_post)\b|\bcookies\s*\[|\bevent\s*\[/,
  },
  {
    languages: ['php'],
    reads:
      /\$_(?:GET|POST|REQUEST|COOKIE|FILES)\b|\$_SERVER\b|\$(?:this->)?request(?:->|\[)\w*|\brequest\(|\bInput::(?:get|all|old)\b|php:\/\/input|\bRequest::(?:input|get|all|query)\b/,
  },
  {
    languages: ['csharp'],
    reads:
      /\b(?:Request|HttpContext\.Request|req|request)\.(?:Query|Form|Headers|Cookies|Params|QueryString|Body|Path|RouteValues|RawUrl|Url|UserAgent)\b|\bRequest\s*\[/,
    parameters:
      /\[From(?:Query|Body|Route|Form|Header)[^\]]{0,100}\]\s*[\w<>?.]{1,80}\s+(\w{1,60})/g,
  },
  {
    languages: ['rust'],
    reads: /\breq(?:uest)?\.(?:query_string|headers|uri|match_info|body|path|param|url)\b/,
    parameters: /(?:Path|Query|Json|Form)\(\s*(?:mut\s+)?(\w+)\s*\)\s*:/g,
  },
];

/** The expression is, or holds, what somebody outside sent. */
export function isRequestData(text: string, language: Language): boolean {
  return tables.some(({ languages, reads }) => languages.includes(language) && reads.test(text));
}

const lambdaParameters = /\bevent\b/;
const handlers =
  /\bhandler\b[^\n]{0,80}\bevent\b|\blambda_handler\s*\(\s*event|\bhandler\s*\(\s*event/;
const pythonRoute =
  /@[\w.]{1,60}\.(?:route|get|post|put|patch|delete|api_route|view)\([^\n]{0,300}\)\s*\n(?:@[^\n]{0,300}\n){0,8}\s*(?:async\s+)?def\s+\w{1,100}\(([^)]{0,800})\)/g;
const controllerAction =
  /\bpublic\s+(?:static\s+)?(?:async\s+)?(?:override\s+)?(?:Task<)?(?:I?ActionResult|ViewResult|JsonResult|ContentResult|RedirectResult)\w{0,30}(?:<\w{1,60}>)?>?\s+\w{1,100}\(([^)]{0,800})\)/g;
const mostParameters = 300;

/** Names of parameters that a framework fills from the request, anywhere in a file. */
export function requestParameters(code: string, language: Language): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { languages, parameters } of tables) {
    if (!languages.includes(language) || parameters === undefined) continue;
    for (const match of code.matchAll(parameters)) if (match[1] !== undefined) names.add(match[1]);
  }
  if (language === 'python') {
    for (const match of code.matchAll(pythonRoute))
      for (const part of (match[1] ?? '').split(',')) addName(names, part.split(/[:=]/)[0] ?? '');
  }
  if (language === 'csharp') {
    for (const match of code.matchAll(controllerAction))
      for (const part of (match[1] ?? '').split(','))
        addName(names, part.trim().split(/\s+/).at(-1));
  }
  if (lambdaParameters.test(code) && handlers.test(code)) names.add('event');
  return names.size > mostParameters ? new Set() : names;
}

const notSent = /^(?:self|cls|request|req|db|session|user|current_user|\w*service|context|ctx)$/i;

function addName(names: Set<string>, part: string | undefined): void {
  const name = part?.trim() ?? '';
  if (/^\w+$/.test(name) && !notSent.test(name)) names.add(name);
}

/** What turns anything sent into something harmless: numbers, escapes, base names, fixed lists. */
export const madeHarmless: RegExp =
  /\b(?:parseInt|parseFloat|Number|int|float|bool|Integer\.(?:parseInt|valueOf)|Long\.(?:parseLong|valueOf)|UUID\.fromString|uuid\.UUID|strconv\.(?:Atoi|ParseInt|ParseBool|Quote)|intval|floatval|Guid\.Parse|int\.Parse|Convert\.ToInt\w*|Math\.\w+)\s*\(|\(int\)|\.to_[if]\b|\b\w*(?:[eE]scape|[sS]anitiz|[sS]anitis|[qQ]uote(?!s\b)|[eE]ncode|[vV]alidat|[wW]hitelist|[aA]llow_?[lL]ist|ALLOWED|DOMPurify|basename|secure_filename|is[A-Z]\w*Safe|[pP]urif)\w*|\.(?:length|size|count)\b/;
