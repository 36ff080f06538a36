import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { limitCutExamples } from './limit-cut.examples.ts';
import { replacedIn } from './replaced.ts';
import type { Replaced } from './replaced.ts';

const languages: readonly Language[] = [
  'yaml',
  'json',
  'toml',
  'properties',
  'dotenv',
  'terraform',
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'ruby',
  'kotlin',
  'csharp',
  'php',
  'rust',
  'other',
];

/** A bound on connections, memory, requests or workers is a tenth of what it was, or gone. */
export const limitCut: Guard = guard({
  id: 'config/limit-cut',
  severity: 'warn',
  protects: 'how much load the service bears, and how much it lets one caller take',
  breaks:
    'With a tenth of the connections or memory the service stands still under its usual load; without a bound one caller can take everything.',
  fix: 'Change it in small steps, look at the load before each, and say in the change why.',
  languages,
  cwe: [770, 400],
  confidence: 0.65,
  ...limitCutExamples,
  look: (scene: Scene) =>
    scene.files
      .filter(
        ({ path }) => isProductionPath(path) && !isOtherEnvironment(path) && !aside.test(path),
      )
      .flatMap(sightings),
});

// Values of production files are compared by another guard; manifests and CI are none of ours.
const aside =
  /(?:^|[./_-])(?:prod|production|prd|live)(?:[./_-]|$)|(?:^|\/)(?:\.github|\.circleci|\.vscode)\/|(?:^|\/)(?:package(?:-lock)?|tsconfig[\w.-]*|renovate|turbo|nx|lerna|composer|biome)\.json5?$|\.lock$|(?:^|\/)(?:locales?|i18n|translations?|themes?|styles?|components?|ui|migrations?)\//i;

/** Names of what a service can take at once; the less of it, the sooner it stands still. */
const capacity =
  /(?:^|[._-])(?:max_?(?:pool_?size|connections?|conns?|open_?conns?|idle_?conns?|clients|sockets|workers|threads|concurren\w+|in_?flight|memory|heap\w*|requests|replicas|instances|file_?size|body_?size|payload\w*|upload_?size)|(?:connection_?)?pool_?size|pool_?max|num_?workers|worker_?(?:count|processes|connections)|workers|threads|concurrency|memory_?limit|mem_?limit|cpu_?limit|shared_?buffers|work_?mem|innodb_buffer_pool_size|client_max_body_size|body_?limit|open_?files)$/i;
/** Names of what one caller may take; more of it, or none at all, and others go without. */
const allowance =
  /(?:^|[._-])(?:rate_?limit\w*|requests_?per_?(?:second|minute|hour|ip)|throttle_?(?:limit|rate)|max_?(?:attempts|login\w*|requests_?per\w*)|burst(?:_?size)?|quota|limit_?req\w*)$/i;
const quick =
  /pool|max|limit|worker|thread|concurren|mem|cpu|conn|rate|throttle|burst|quota|heap|buffer|size/i;
const ten = 10;

function sightings(file: ChangedFile): readonly Sighting[] {
  const { before, change, path } = file;
  if (
    before === null ||
    !change.hunks.some(
      ({ removed, added }) => removed.length > 0 && added.some((text) => quick.test(text)),
    )
  )
    return [];
  return replacedIn(file).flatMap((one) => {
    const fault = judge(one, file);
    if (fault === null) return [];
    const { says, severity } = fault;
    const told = { path, line: one.line, says: `${says} (${one.key})`, subject: one.key };
    return [severity === undefined ? told : { ...told, severity, confidence: 0.5 }];
  });
}

interface Fault {
  readonly says: string;
  readonly severity?: Severity;
}

function judge(one: Replaced, file: ChangedFile): Fault | null {
  const key = one.key.replace(/([a-z\d])([A-Z])/g, '$1_$2');
  const bound = /^(?:max|size|limit)$/i.test(key) && isAboutPool(file, one.line) ? 'pool_max' : key;
  const isAllowance = allowance.test(bound);
  if (!isAllowance && !capacity.test(bound)) return null;
  const [old, now] = [amount(one.was), amount(one.now)];
  if (old === null || now === null || old <= 0) return null;
  const change = `from ${one.was} to ${one.now}`;
  if (now <= 0) return { says: `takes a limit ${change}, which means none at all or no limit` };
  if (old / now >= ten && !isAllowance)
    return { says: `cuts a limit ${change}, to a tenth or less` };
  if (now / old >= ten && isAllowance)
    return { says: `opens a limit ${change}, ten times or more` };
  return old / now >= ten
    ? { says: `cuts a limit ${change}, to a tenth or less`, severity: 'note' }
    : null;
}

const reach = 6;

function isAboutPool({ after }: ChangedFile, line: number): boolean {
  return (after?.lines.slice(Math.max(0, line - reach), line) ?? []).some(
    (text) => text.length < 500 && /\bpool\b|hikari|rate_?limit|rateLimit|limiter/i.test(text),
  );
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  kb: 1e3,
  ki: 1024,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mi: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gi: 1024 ** 3,
  gib: 1024 ** 3,
};

/** A number with its unit, also as a product such as `10 * 1024 * 1024`; null for anything else. */
function amount(text: string): number | null {
  const parts = text.replace(/\s/g, '').split('*');
  if (parts.length > 4) return null;
  let product = 1;
  for (const part of parts) {
    const match = /^(-?\d[\d_]*(?:\.\d+)?)([a-zA-Z]{0,3})$/.exec(part);
    const unit = units[(match?.[2] ?? '').toLowerCase()];
    if (match === null || unit === undefined) return null;
    product *= Number((match[1] ?? '').replaceAll('_', '')) * unit;
  }
  return product;
}
