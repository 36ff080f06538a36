import { wasThere } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { textCalls } from '../code/text-calls.ts';
import { writtenOf } from '../code/written.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isAside, productionFiles } from './sightings.ts';
import { comes, turns } from './told.ts';

const loggers =
  /(?<![\w$.])(?:(?:this|self|app|req|request|ctx|c|s)\.)?(?:_?log|_?logger|LOG|LOGGER|_LOGGER|logging|console|Rails\.logger|slog|zap|klog|glog|logrus|Log|syslog|winston|pino|Console|System\.out|System\.err|Timber|fmt)(?:\(\))?(?:\.|->|::)(?:trace|debug|info|warn|warning|error|fatal|critical|exception|log|notice|severe|print|println|printf|Print|Println|Printf|Info|Infof|Debug|Debugf|Warn|Warnf|Error|Errorf|LogInformation|LogDebug|LogWarning|LogError|LogTrace|Information|WriteLine|Infow|i|d|e|w)(?=\s*\(| ["'])|(?<![\w.$>])(?:error_log|log|println!|info!|debug!|warn!|error!|tracing::\w+!|print|NSLog|puts)(?=\s*\()/;
const secret =
  /(?<![\w$])(?:[\w$]*\.)*(?:[a-z_]\w*)?(?:[pP]assw(?:or)?d|PASSWORD|passwd|[sS]ecret_?[kK]ey|client_?[sS]ecret|[cC]lientSecret|api_?[kK]ey|API_KEY|access_?[tT]oken|[aA]ccessToken|refresh_?[tT]oken|[rR]efreshToken|private_?[kK]ey|[pP]rivateKey|auth_?[tT]oken|bearer_?[tT]oken|[cC]redit_?[cC]ard_?[nN]umber|\bcvv|\bssn)(?![\w$]*\s*\(|[\w$]*\.(?:length|slice|substring|id\b|name|type|expir\w*|ttl|created\w*|prefix)|[lL]ength|Hash|_hash|I[dD]\b|_id\b|Name|_name|Path|_path|File|_file|Env|_env|Url|_url|Exp|_exp|Policy|_policy|Field|_field|Prompt|Required|_required|Reset|_reset|Valid|Error|_error|Type|_type|s?Count|_count|Label|Option|Config|Provider|Set\b|Missing|Changed|Present|Source|Usage|Limit)/;
const covered =
  /mask|redact|obfuscat|hide|\*\*\*|censor|sanitiz|truncat|hash|!!|Boolean\(|bool\(|len\(|\?\s*["'`]|typeof|is_?(?:set|empty|null|present|valid)|!=|==|has_?|sha256|fingerprint|present\?|blank\?|nil\?|Str::mask|preview/i;

/** A password, key or token is written into the log. */
export const secretLogged: Guard = guard({
  id: 'security/secret-logged',
  severity: 'warn',
  protects: 'passwords, keys and tokens',
  breaks: 'Everybody who reads the logs, and every system they are sent to, has the secret.',
  fix: 'Leave the secret out of the message, or write only whether there is one.',
  languages: writtenLanguages,
  cwe: [532],
  confidence: 0.75,
  caught: [
    comes(
      'a password in console.log',
      'src/login.ts',
      'export function login(user: string, password: string) {\n  console.log(`login of ${user} with ${password}`);\n}\n',
    ),
    comes(
      'an access token in a Python log',
      'shop/client.py',
      'def refresh():\n    logger.info("new token %s", response.access_token)\n',
    ),
    comes(
      'Go prints an API key',
      'server/client.go',
      'package server\n\nfunc call(apiKey string) {\n\tlog.Printf("using key %s", apiKey)\n}\n',
    ),
    comes(
      'Rails logs a password',
      'app/models/user.rb',
      'def check\n  Rails.logger.info "login #{params[:email]} #{user.password}"\nend\n',
    ),
    comes(
      'Java logs a client secret',
      'src/main/java/shop/Client.java',
      'class Client {\n  void go() {\n    logger.debug("secret " + clientSecret);\n  }\n}\n',
    ),
  ],
  passed: [
    comes('only words about it', 'src/login.ts', "console.log('password changed');\n"),
    comes(
      'only whether there is one',
      'src/login.ts',
      'console.log(`password given: ${!!password}`);\n',
    ),
    comes('masked', 'shop/client.py', 'logger.info("key %s", mask(api_key))\n'),
    comes('its length', 'src/login.ts', 'console.log(password.length);\n'),
    comes(
      'an id of a token',
      'server/client.go',
      'package server\n\nfunc call() {\n\tlog.Printf("token %s", accessTokenID)\n}\n',
    ),
    turns('it was logged before', 'src/a.ts', [
      'console.log(password);\n',
      'const a = 1;\nconsole.log(password);\n',
    ]),
  ],
  look: (scene) => productionFiles(scene).flatMap((file) => sightings(scene, file)),
});

function sightings(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { after } = file;
  if (after === null || !mayLog(file)) return [];
  const written = writtenOf(after);
  if (written === null) return [];
  return textCalls(written, loggers).flatMap(({ callee, given, line, endLine }) => {
    if (!isTouched(file, line, endLine)) return [];
    const name = given
      .map((span) => named(written.bare.slice(span.start, span.end)))
      .find((one) => one !== null);
    const whole = given.map((span) => written.code.slice(span.start, span.end)).join(', ');
    if (name === undefined || name === null || covered.test(whole)) return [];
    const text = (after.lines[line - 1] ?? '').trim();
    if (wasThere(scene, file, text)) return [];
    // What a command prints for the person who called it is often the very thing they asked for.
    const isMild =
      isAside(file.path) || /console|puts|print|fmt|System\.out|WriteLine/i.test(callee);
    return [
      {
        path: file.path,
        line,
        endLine,
        says: `writes ${name} into the log`,
        subject: text.slice(0, 200),
        severity: isMild ? ('note' as const) : ('warn' as const),
      },
    ];
  });
}

function mayLog(file: ChangedFile): boolean {
  return [...file.added].some((line) =>
    secret.test((file.after?.lines[line - 1] ?? '').slice(0, 1_000)),
  );
}

// Only names outside of quotes count: words in a message are harmless.
function named(bare: string): string | null {
  if (/[!=]=|=>|\bif\b/.test(bare)) return null;
  return secret.exec(bare.slice(0, 1_000))?.[0].trim() ?? null;
}

function isTouched({ added }: ChangedFile, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if (added.has(line)) return true;
  return false;
}
