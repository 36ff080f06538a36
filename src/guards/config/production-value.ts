import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isTestPath } from '../language.ts';
import { productionValueExamples } from './production-value.examples.ts';
import { settingLanguages, settingsOf } from './settings.ts';
import type { Setting } from './settings.ts';

/** A value that production runs with takes a step that is rarely meant. */
export const productionValue: Guard = guard({
  id: 'config/production-value',
  severity: 'warn',
  gravest: 'block',
  protects: 'the values production runs with',
  breaks:
    'Production takes the value at the next deployment: limits vanish, timeouts hit, or it talks to the wrong system.',
  fix: 'Check the value with who runs the service, change it in small steps, and say in the change why.',
  languages: settingLanguages,
  cwe: [1188],
  confidence: 0.7,
  ...productionValueExamples,
  look: (scene: Scene) => scene.files.flatMap((file) => compare(file, scene)),
});

const production = /(?:^|[./_-])(?:prod|production|prd|live)(?:[./_-]|$)/i;
const elsewhere =
  /(?:^|[./_-])(?:dev|development|local|test|testing|ci|e2e|qa|staging|stage|sandbox|preview|example|sample|docs?|nonprod|non-prod|preprod|pre-prod)(?:[./_-]|$)/i;
// A section of a file: `production:`, `[env.production]`, `"prod": {`.
const namesProduction =
  /^[ \t["'{]*(?:[\w-]+\.)*(?:prod|production|prd|live)["'\]]?\s*(?:[:=.\]]|$)/im;
// Package manifests say "production" and mean builds.
const manifests =
  /(?:^|\/)(?:package|tsconfig[^/]*|angular|nx|project|turbo|composer|renovate|biome|\.?eslintrc[^/]*|cspell)\.json5?$/;

function compare(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const { path, before, after } = file;
  if (
    before === null ||
    after === null ||
    isTestPath(path) ||
    elsewhere.test(path) ||
    manifests.test(path)
  )
    return [];
  if (!settingLanguages.includes(file.language) || /(?:^|\/)\.github\//.test(path)) return [];
  const isWhole = production.test(path);
  if (!isWhole && !namesProduction.test(after.text)) return [];
  const [old, now] = [settingsOf(before, scene), settingsOf(after, scene)];
  if (now === null && isWhole) scene.report({ what: path, why: 'its settings could not be read' });
  if (old === null || now === null) return [];
  return [...now.values()].flatMap((setting) => {
    const was = old.get(setting.key);
    if (was === undefined || was.value === setting.value || !file.added.has(setting.line))
      return [];
    if (!isWhole && !production.test(setting.key)) return [];
    const fault = judge(was, setting);
    if (fault === null) return [];
    const { says, ...rest } = fault;
    return [
      { path, line: setting.line, says: `${says} (${setting.key})`, subject: setting.key, ...rest },
    ];
  });
}

interface Fault {
  readonly says: string;
  readonly severity?: Severity;
  readonly confidence?: number;
}

function judge(was: Setting, now: Setting): Fault | null {
  const name = now.key.split('.').slice(-2).join('.');
  return debugged(name, was, now) ?? jumped(name, was, now) ?? redirected(name, was, now);
}

const debugs =
  /(?:^|[._-])(?:debug|debug_mode|debugmode|app_debug|flask_debug|display_errors|show_?errors)$/i;
const environments =
  /(?:^|[._-])(?:node_env|rails_env|app_env|environment|env|aspnetcore_environment|flask_env|django_settings_module|spring_profiles_active)$/i;
const verifies =
  /(?:ssl|tls|cert(?:ificate)?)[\w.-]*(?:verif\w*|valid\w*|reject\w*)$|(?:^|[._-])(?:verify_?(?:ssl|tls|peer|cert\w*)|reject_?unauthorized|node_tls_reject_unauthorized|ssl_?verify)$/i;
const skips =
  /(?:insecure_?skip_?(?:tls_?)?verify|skip_?(?:ssl|tls|cert)\w*verif\w*|(?:ssl|tls)_?insecure|allow_?insecure\w*|trust_?server_?certificate)$/i;

function debugged(name: string, was: Setting, now: Setting): Fault | null {
  const [old, value] = [word(was), word(now)];
  if (debugs.test(name) && isOn(value) && !isOn(old))
    return { says: 'turns debugging on in production', confidence: 0.85 };
  if (
    environments.test(name) &&
    /^(?:dev\w*|test\w*|local)$/.test(value) &&
    /^(?:prod\w*|live)$/.test(old)
  ) {
    return { says: `runs production as ${String(now.value)}`, severity: 'block', confidence: 0.95 };
  }
  const unverified =
    (verifies.test(name) && isOff(value) && !isOff(old)) ||
    (skips.test(name) && isOn(value) && !isOn(old));
  if (unverified)
    return {
      says: 'turns the check of TLS certificates off in production',
      severity: 'block',
      confidence: 0.9,
    };
  if (
    /sslmode$/i.test(name) &&
    /^(?:disable|allow|prefer)$/.test(value) &&
    /^(?:require|verify-ca|verify-full)$/.test(old)
  ) {
    return {
      says: `weakens sslmode from ${old} to ${value} in production`,
      severity: 'block',
      confidence: 0.9,
    };
  }
  return null;
}

const bounded =
  /(?:time_?out|limit|max|maximum|min|pool|size|replicas?|retries|retry|attempts|ttl|interval|delay|concurrency|workers?|threads|connections|quota|rate|threshold|backoff|batch|capacity|memory|cpu|count|retention|expir\w*|age|duration|deadline|depth|buffer|queue|burst|percent\w*|instances)/i;
const unbounded =
  /(?:port|version|build|number|id|uid|gid|timestamp|date|revision|sha|index|account|project|seed|epoch|serial|schema|level)$/i;

function jumped(name: string, was: Setting, now: Setting): Fault | null {
  const [old, value] = [amount(was), amount(now)];
  if (old === null || value === null || unbounded.test(name) || !bounded.test(name)) return null;
  const change = `from ${String(was.value)} to ${String(now.value)}`;
  if (old > 0 && value <= 0)
    return { says: `goes ${change}, which often means without limit or none at all` };
  if (old > 0 && value > 0 && (value / old >= 10 || old / value >= 10)) {
    return { says: `goes ${change}, ten times or more` };
  }
  return null;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  k: 1e3,
  ki: 1024,
  kb: 1e3,
  kib: 1024,
  mi: 1024 ** 2,
  mb: 1e6,
  mib: 1024 ** 2,
  gi: 1024 ** 3,
  gb: 1e9,
  gib: 1024 ** 3,
  g: 1e9,
};

/** The number in a value, with its unit made one where both sides have one of the same sort. */
function amount({ value }: Setting): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return null;
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]{0,3})$/.exec(value.trim());
  const unit = match === null ? undefined : units[(match[2] ?? '').toLowerCase()];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}

const targets =
  /(?:^|[._-])(?:\w*host(?:name)?s?|\w*endpoint|\w*url|\w*uri|\w*dsn|\w*region|\w*database(?:_?name)?|db(?:_?name)?|\w*brokers?|bootstrap_?servers?|\w*bucket|\w*cluster)$/i;
const localNames = /\b(?:localhost|127\.0\.0\.1|host\.docker\.internal|::1)\b/i;
const otherNames =
  /(?:^|[./:@_-])(?:dev|development|test|testing|staging|stage|sandbox|qa|local)(?:[./:@_-]|\d|$)/i;

function redirected(name: string, was: Setting, now: Setting): Fault | null {
  if (typeof was.value !== 'string' || typeof now.value !== 'string' || !targets.test(name))
    return null;
  const [old, value] = [was.value.trim(), now.value.trim()];
  if (old === '' || value === '' || isReference(old) || isReference(value)) return null;
  const sort = name.split(/[._-]/).at(-1)?.toLowerCase() ?? '';
  if (localNames.test(value) && !localNames.test(old)) {
    return { says: 'sends production to this very machine', severity: 'block', confidence: 0.9 };
  }
  if (otherNames.test(value) && !otherNames.test(old)) {
    return {
      says: 'sends production to what looks like a test system',
      severity: 'block',
      confidence: 0.85,
    };
  }
  if (/url$|uri$|endpoint$/.test(sort) && sameHost(old, value)) return null;
  return { says: `moves production to another ${sort}`, confidence: 0.6 };
}

function isReference(value: string): boolean {
  return /\$\{|\$\(|\{\{|<%|^\$\w|^ref:|^arn:/.test(value);
}

function sameHost(old: string, value: string): boolean {
  const [a, b] = [old, value].map(
    (text) => /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?#]+)/i.exec(text)?.[1] ?? '',
  );
  return a === b && a !== '';
}

function word({ value }: Setting): string {
  return String(value).toLowerCase();
}

function isOn(value: string): boolean {
  return /^(?:true|1|on|yes|enabled)$/.test(value);
}

function isOff(value: string): boolean {
  return /^(?:false|0|off|no|none|disabled)$/.test(value);
}
