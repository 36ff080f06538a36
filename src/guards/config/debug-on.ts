import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { debugOnExamples } from './debug-on.examples.ts';

/** What helps to find faults while writing code is on where customers are. */
export const debugOn: Guard = guard({
  id: 'config/debug-on',
  severity: 'warn',
  gravest: 'block',
  protects: 'what production shows to strangers',
  breaks:
    'Error pages show code, settings and sometimes a console to everybody, and logs fill with what nobody should keep.',
  fix: 'Leave it off by default and turn it on by an environment variable on the machine of whoever needs it.',
  languages: 'any',
  cwe: [489, 215],
  confidence: 0.75,
  ...debugOnExamples,
  look: (scene: Scene) =>
    scene.files
      .filter(
        ({ path, after }) =>
          after !== null &&
          isProductionPath(path) &&
          !isOtherEnvironment(path) &&
          !aside.test(path),
      )
      .flatMap(sightings),
});

const aside = /(?:^|\/)(?:\.github|\.vscode|\.idea|scripts?|tools?|hack|bin|cmd\/dev)\//;

/** A way to turn it on, and in which files. */
interface Switch {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly says: string;
  readonly severity?: Severity;
  /** Where a line near by asks whether it may, it is somebody's decision. */
  readonly isOftenAsked?: boolean;
}

const production = /(?:^|[./_-])(?:prod|production|prd|live)(?:[./_-]|$)/i;
const docker = /(?:^|\/)(?:[\w.-]*\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i;

const switches: readonly Switch[] = [
  {
    files: docker,
    pattern:
      /^\s*ENV\s+(?:.*\s)?(?:NODE_ENV[= ]"?(?:development|dev|test)"?|(?:RAILS|RACK|APP|FLASK)_ENV[= ]"?(?:development|dev)"?|(?:FLASK_|DJANGO_|APP_|WP_)?DEBUG[= ]"?(?:1|true|True|on|\*)"?|ASPNETCORE_ENVIRONMENT[= ]"?Development"?)(?:\s|$)/,
    says: 'builds an image that runs as in development',
  },
  {
    files: /(?:^|\/)(?:settings|production|prod|base)\.py$|(?:^|\/)settings\/[\w.-]+\.py$/,
    pattern: /^\s*DEBUG\s*=\s*True\b/,
    says: 'turns debugging of Django on',
  },
  {
    files: /\.py$/,
    pattern: /\.run\(\s*(?:[^()]|\([^()]*\)){0,200}?\bdebug\s*=\s*True\b/,
    says: 'starts the web server with its debugger',
    isOftenAsked: true,
  },
  {
    files: /(?:^|\/)config\/environments\/production\.rb$/,
    pattern:
      /^\s*config\.(?:consider_all_requests_local\s*=\s*true|log_level\s*=\s*:debug|eager_load\s*=\s*false|force_ssl\s*=\s*false)\b/,
    says: 'runs production as in development',
  },
  {
    files: /\.php$|(?:^|\/)(?:php|\.user)\.ini$|\.htaccess$/,
    pattern:
      /^\s*(?:define\(\s*['"]WP_DEBUG['"]\s*,\s*true|ini_set\(\s*['"]display_errors['"]\s*,\s*['"]?(?:1|on|true)|display_errors\s*=\s*(?:On|1)|php_flag\s+display_errors\s+on)/i,
    says: 'shows errors of PHP to everybody',
    isOftenAsked: true,
  },
  {
    files: /\.cs$/,
    pattern: /^\s*app\.UseDeveloperExceptionPage\(\s*\)/,
    says: 'shows errors with code to everybody',
    isOftenAsked: true,
  },
  {
    files: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
    pattern: /\bproductionBrowserSourceMaps\s*:\s*true\b/,
    says: 'gives the source of the front end to everybody',
  },
  {
    files: /(?:^|\/)application(?:-(?:prod|production))?\.(?:properties|ya?ml)$/,
    pattern:
      /^\s*(?:management\.endpoints\.web\.exposure\.include|server\.error\.include-stacktrace|spring\.h2\.console\.enabled)\s*[=:]\s*["']?(?:\*|always|true)["']?\s*$/,
    says: 'opens what Spring keeps for developers',
  },
  {
    files: production,
    pattern:
      /^\s*(?:-\s+)?["']?(?:[A-Z_]*_)?(?:NODE_ENV|RAILS_ENV|APP_ENV|FLASK_ENV|ASPNETCORE_ENVIRONMENT)["']?\s*[=:]\s*["']?(?:development|dev|Development)["']?\s*,?$/,
    says: 'runs production as in development',
    severity: 'block',
  },
  {
    files: production,
    pattern:
      /^\s*(?:-\s+)?["']?(?:(?:APP|FLASK|DJANGO|SERVER|[A-Z]+)_)?(?:DEBUG|debug|DEBUG_MODE|debugMode)["']?\s*[=:]\s*["']?(?:true|True|1|on|yes|\*)["']?\s*,?$/,
    says: 'turns debugging on in production',
  },
  {
    files: production,
    pattern:
      /^\s*(?:-\s+)?["']?(?:[A-Za-z_.]*)(?:LOG_LEVEL|logLevel|log_level|log-level)["']?\s*[=:]\s*["']?(?:debug|trace|silly|DEBUG|TRACE)["']?\s*,?$/,
    says: 'logs everything in production',
    severity: 'note',
  },
];

/** Longer lines are generated. */
const longestLine = 1_000;

function sightings(file: ChangedFile): readonly Sighting[] {
  const able = switches.filter(({ files }) => files.test(file.path));
  const { after } = file;
  if (able.length === 0 || after === null) return [];
  return file.change.hunks.flatMap(({ added, newStart }) =>
    added.flatMap((text, index) => {
      if (text.length > longestLine || /^\s*(?:#|\/\/|\*)/.test(text)) return [];
      const found = able.find(({ pattern }) => pattern.test(text));
      const line = newStart + index;
      if (found === undefined || isOld(file, found, text) || isAsked(file, found, line)) return [];
      const { says, severity } = found;
      const told = { path: file.path, line, says, subject: text.trim() };
      return [severity === undefined ? told : { ...told, severity }];
    }),
  );
}

// Already so, or told by the guard of production values, which compares a setting with what it was.
function isOld({ before }: ChangedFile, { pattern, files }: Switch, text: string): boolean {
  if (before === null) return false;
  const name = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*[=:]/.exec(text)?.[1];
  return before.lines.some(
    (old) =>
      old.length <= longestLine &&
      (pattern.test(old) ||
        (files === production && name !== undefined && /[=:]/.test(old) && old.includes(name))),
  );
}

const asks = /\bif\b|\bunless\b|__main__|\bIsDevelopment\b|\?|getenv|environ|\belse\b/;

function isAsked({ after }: ChangedFile, { isOftenAsked }: Switch, line: number): boolean {
  if (isOftenAsked !== true) return false;
  return (after?.lines.slice(Math.max(0, line - 6), line) ?? []).some((text) => asks.test(text));
}
