import { addedCode } from '../code/added-code.ts';
import { callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { excerpt } from '../code/nodes.ts';
import { unitsOf } from '../code/units.ts';
import type { Unit } from '../code/units.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './missing.examples.ts';
import { caughtElsewhere, passedElsewhere } from './missing.more.examples.ts';

/** A call that waits for ever unless told otherwise. */
interface Waiting {
  readonly languages: readonly Language[];
  readonly callee: RegExp;
  /** In its arguments: the limit, or something that may hold it. */
  readonly bounded: RegExp;
  /** In the same function or file: a limit set beside the call. */
  readonly boundedNearby: RegExp;
  /** Must be in the file for the callee to be what we think it is. */
  readonly needs: RegExp;
  readonly severity: Severity;
  readonly fix: string;
}

const anything = /(?:)/;
const python: readonly Language[] = ['python'];
const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

// `fetch` is not here: Node's own gives up after five minutes, and the browser belongs to the user.
const waitings: readonly Waiting[] = [
  {
    languages: python,
    callee: /^requests\.(?:get|post|put|patch|delete|head|options|request)$/,
    bounded: /timeout=|\*\*/,
    boundedNearby: /functools\.partial\(\s*requests|setdefaulttimeout|TimeoutSession/,
    needs: /\brequests\b/,
    severity: 'warn',
    fix: 'Give timeout=(connect, read) in seconds.',
  },
  {
    languages: python,
    callee: /^(?:self\.)?_?session\.(?:get|post|put|patch|delete|head|request)$/,
    bounded: /timeout=|\*\*/,
    boundedNearby: /timeout/i,
    needs: /requests\.Session\(/,
    severity: 'warn',
    fix: 'Give timeout=(connect, read) in seconds, or mount an adapter that does.',
  },
  {
    languages: python,
    callee:
      /^(?:urllib\.request\.)?urlopen$|^socket\.create_connection$|^smtplib\.SMTP(?:_SSL)?$|^ftplib\.FTP(?:_TLS)?$|^http\.client\.HTTPS?Connection$/,
    bounded: /timeout=|\*\*|^\([^,]*,[^,]*,\d/,
    boundedNearby: /setdefaulttimeout/,
    needs: anything,
    severity: 'warn',
    fix: 'Give timeout= in seconds.',
  },
  {
    languages: python,
    callee: /^httpx\.\w+$|^aiohttp\.ClientSession$/,
    bounded: /^(?!.*timeout=None)/,
    boundedNearby: /(?!)/,
    needs: anything,
    severity: 'warn',
    fix: 'Give a limit; timeout=None waits for ever.',
  },
  {
    languages: ['go'],
    callee: /^http\.(?:Get|Post|Head|PostForm)$/,
    bounded: /(?!)/,
    boundedNearby: /http\.DefaultClient(?:\.Timeout)?\s*=/,
    needs: /"net\/http"/,
    severity: 'warn',
    fix: 'Use an http.Client with Timeout, or a request with a context that has a deadline.',
  },
  {
    languages: ['go'],
    callee: /^http\.DefaultClient\.Do$/,
    bounded: /(?!)/,
    boundedNearby: /NewRequestWithContext|\.WithContext\(|http\.DefaultClient(?:\.Timeout)?\s*=/,
    needs: /"net\/http"/,
    severity: 'warn',
    fix: 'Use an http.Client with Timeout, or a request with a context that has a deadline.',
  },
  {
    languages: ['go'],
    callee: /^http\.ListenAndServe(?:TLS)?$/,
    bounded: /(?!)/,
    boundedNearby: /ReadHeaderTimeout|ReadTimeout/,
    needs: /"net\/http"/,
    severity: 'note',
    fix: 'Use an http.Server with ReadHeaderTimeout.',
  },
  {
    languages: ['java', 'kotlin'],
    callee: /\.(?:openConnection|openStream)$/,
    bounded: /(?!)/,
    boundedNearby: /setReadTimeout|JarURLConnection|JarFile|getResource|Proxy\b.*timeout|file:/i,
    needs: /HttpURLConnection|HttpsURLConnection|https?:\/\//,
    severity: 'warn',
    fix: 'Call setConnectTimeout and setReadTimeout before reading.',
  },
  {
    languages: ['java', 'kotlin'],
    callee: /^(?:java\.net\.http\.)?HttpRequest\.newBuilder$/,
    bounded: /(?!)/,
    boundedNearby: /\.timeout\(|orTimeout|\.get\(\d+\s*,/,
    needs: anything,
    severity: 'note',
    fix: 'Give the request a .timeout(Duration).',
  },
  {
    languages: ['php'],
    callee: /^(?:\\?GuzzleHttp\\)?Client$/,
    bounded: /timeout|\$\w*(?:config|options)/i,
    boundedNearby: /timeout|->handler|HandlerStack/i,
    needs: /GuzzleHttp\\Client/,
    severity: 'warn',
    fix: "Give the client 'timeout' and 'connect_timeout' in seconds; Guzzle's default waits for ever.",
  },
  {
    languages: ['php'],
    callee: /^curl_exec$/,
    bounded: /(?!)/,
    boundedNearby: /CURLOPT_TIMEOUT|curl_setopt_array/,
    needs: anything,
    severity: 'warn',
    fix: 'Set CURLOPT_TIMEOUT and CURLOPT_CONNECTTIMEOUT.',
  },
  {
    languages: ['rust'],
    callee: /^reqwest\.get$/,
    bounded: /(?!)/,
    boundedNearby: /timeout/,
    needs: anything,
    severity: 'warn',
    fix: 'Use a reqwest::Client built with .timeout(…).',
  },
  {
    languages: ['rust'],
    callee: /^(?:reqwest\.)?Client\.new$/,
    bounded: /(?!)/,
    boundedNearby: /timeout/,
    needs: /\breqwest::(?:\{[^}]*\bClient\b|Client\b)/,
    severity: 'note',
    fix: 'Build the client with .timeout(…), or give each request one.',
  },
  {
    languages: script,
    callee: /^axios(?:\.(?:get|post|put|patch|delete|head|request))?$/,
    bounded: /timeout|signal|\.\.\.|[,(](?:config|options|opts)\b/i,
    boundedNearby: /axios\.defaults\.timeout|axios\.interceptors/,
    needs: /\baxios\b/,
    severity: 'note',
    fix: 'Give { timeout } in milliseconds, or use an instance made with one; the default waits for ever.',
  },
  {
    languages: script,
    callee: /^https?\.(?:get|request)$/,
    bounded: /timeout|signal/i,
    boundedNearby: /\.setTimeout\(|timeout|AbortSignal|\.destroy\(/i,
    needs: /['"](?:node:)?https?['"]/,
    severity: 'note',
    fix: 'Give { timeout } and destroy the request when it comes.',
  },
];

/** A new network call that waits for ever, because its library does unless told otherwise. */
export const timeoutMissing: Guard = guard({
  id: 'timeouts/missing',
  severity: 'warn',
  protects: 'threads, connections and users from waiting for ever',
  breaks:
    'When the other side hangs, every caller waits with it until threads or connections run out and the service stands still.',
  fix: 'Give the call a limit.',
  languages: codeLanguages,
  cwe: [400, 1088],
  confidence: 0.75,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => scene.files.filter((file) => isProductionPath(file.path)).flatMap(newCalls),
});

function newCalls(file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  const rules = waitings.filter(
    ({ languages, needs }) => languages.includes(file.language) && needs.test(after.text),
  );
  const mayCall =
    /requests|session|urlopen|socket|smtplib|ftplib|http|axios|openConnection|openStream|aiohttp|timeout|curl_exec|Client|reqwest/i;
  if (rules.length === 0 || !mayCall.test(addedCode(file))) return [];
  const old = before === null ? [] : unitsOf(before).flatMap((unit) => callsOf(unit));
  return unitsOf(after).flatMap((unit) =>
    callsOf(unit)
      .filter((call) => isNew(call, file, old))
      .flatMap((call) => judge({ file, unit, call }, rules)),
  );
}

// A call that stood there with the same arguments has only moved; one that lost its limit is another guard's.
function isNew(call: Call, file: ChangedFile, old: readonly Call[]): boolean {
  if (!file.added.has(call.line)) return false;
  const first = firstArgument(call);
  return !old.some((other) => other.callee === call.callee && firstArgument(other) === first);
}

function firstArgument(call: Call): string {
  return /^\(([^,)]*)/.exec(call.given)?.[1] ?? '';
}

interface Placed {
  readonly file: ChangedFile;
  readonly unit: Unit;
  readonly call: Call;
}

function judge({ file, unit, call }: Placed, rules: readonly Waiting[]): readonly Sighting[] {
  const rule = rules.find(({ callee }) => callee.test(call.callee));
  if (rule === undefined || rule.bounded.test(call.given)) return [];
  if (rule.boundedNearby.test(unit.node.text())) return [];
  const isTool =
    /(?:^|\/)(?:scripts?|tools?|hack|bin|ci|\.github|\.circleci|notebooks?|migrations?)\//.test(
      file.path,
    );
  return [
    {
      path: file.path,
      line: call.line,
      says: `${excerpt(call.written, 50)}() waits for ever: it has no timeout`,
      subject: `${call.callee}${excerpt(firstArgument(call), 40)}`,
      severity: isTool ? 'note' : rule.severity,
      fix: rule.fix,
    },
  ];
}
