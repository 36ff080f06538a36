import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { count, halfOf, tallies } from './halves.ts';
import type { Half, Tally } from './halves.ts';

// Asks our guards about the Terraform cases of checkov's tests (Apache-2.0), read from a checked-out folder and never
// kept. A check's test names the blocks that pass and those that fail: as a change, a passing block that becomes a
// failing one under the same address must be told of, and the other way round must be quiet.
//   node bench/suites/checkov.ts FOLDER [--half tuning|checking] [--misses]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { half: { type: 'string' }, misses: { type: 'boolean', default: false } },
});

/** Classes of checks that our guards claim, by the check's name. What is in none of them is left out. */
const classes: readonly (readonly [string, RegExp, RegExp])[] = [
  ['own key', /CMK|KMSKey|CustomManaged|UsesCMK|CSEK|CustomerManaged|KmsKey/, /Wildcard/],
  [
    'protection',
    /Delet|BackupRetention|AutomaticBackup|AutoSnap|Versioning|Recovery|TerminationProtection|SoftDelete|Purge|RetentionPeriod|GeoBackup|ObjectLock/,
    /Encrypt|Log|Policy/,
  ],
  [
    'exposure',
    /Public|Unrestricted|GlobalView|InternetAccess|Anonymous|PrivateEndpoint|PrivateNodes|AuthorizedNetworks|LaunchIsShared/,
    /SSH|Assume|Policy|PublicIPDNS/,
  ],
  [
    'rights',
    /IAMStar|IAMAdmin|AdminPolicy|AnyPrincipal|StarAction|StarResource|KMSKeyWildcard|PublicAssume|AllowAssume|Overly|Owner|FullAccess|ManagedAdmin/,
    /^$/,
  ],
  ['encryption', /Encrypt|TLS|SSL|Https|HTTPS|KMSRotation|Transit/, /CMK|KMS$|Snapshot|Version/],
  ['logs', /Logging|FlowLog|AuditLog|Trail|Insights|AccessLog/, /Encrypt|Kms|CMK/],
];

/** Guards that claim a class: what others say of a case is about something else that differs in it. */
const claims: Readonly<Record<string, readonly string[]>> = {
  'own key': ['cloud/encryption-off'],
  protection: ['terraform/protection-off', 'cloud/retention-shortened'],
  exposure: ['cloud/public-exposure'],
  rights: ['access/permission-widened'],
  encryption: ['cloud/encryption-off'],
  logs: ['cloud/logging-off'],
};
const parsers = await loadParsers(['terraform']);
const root = join(positionals[0] ?? '.', 'tests/terraform/checks/resource');
const rows: Record<string, Record<Half, Tally>> = {};
for (const provider of ['aws', 'azure', 'gcp'])
  for (const name of testsIn(provider)) weigh(provider, name);
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);

function testsIn(provider: string): readonly string[] {
  return readdirSync(join(root, provider))
    .filter((name) => /^test_\w+\.py$/.test(name))
    .map((name) => name.slice(5, -3))
    .sort();
}

function classOf(name: string): string | null {
  return classes.find(([, takes, leaves]) => takes.test(name) && !leaves.test(name))?.[0] ?? null;
}

function weigh(provider: string, name: string): void {
  const kind = classOf(name);
  const half = halfOf(`${provider}/${name}`);
  if (kind === null || (values.half !== undefined && values.half !== half)) return;
  const { passing, failing, blocks } = casesOf(provider, name);
  rows[kind] ??= tallies();
  for (const address of failing) {
    const [type] = address.split('.');
    const other = passing.find((one) => one.split('.')[0] === type);
    const [good, bad] = [blocks.get(other ?? ''), blocks.get(address)];
    if (good === undefined || bad === undefined) continue;
    for (const expected of [true, false]) {
      const found = told(kind, expected ? good : bad, expected ? bad : good);
      count(rows[kind][half], expected, found.length > 0);
      if (values.misses && expected !== found.length > 0)
        process.stderr.write(
          `${kind} ${half} ${expected ? 'missed' : 'false'} ${provider}/${name} ${address} ${found.join()}\n`,
        );
    }
  }
}

interface Cases {
  readonly passing: readonly string[];
  readonly failing: readonly string[];
  readonly blocks: ReadonlyMap<string, string>;
}

function casesOf(provider: string, name: string): Cases {
  const test = readFileSync(join(root, provider, `test_${name}.py`), 'utf8');
  const folder = join(root, provider, `example_${name}`);
  const blocks = new Map<string, string>();
  for (const file of filesIn(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const lines = text.split('\n');
    for (const { type, labels, line, endLine } of parsers.hcl(text) ?? []) {
      const [kind = '', own = ''] = labels;
      if (type !== 'resource') continue;
      const block = lines.slice(line - 1, endLine).join('\n');
      blocks.set(`${kind}.${own}`, block.replace(`"${own}"`, '"one"'));
    }
  }
  return { passing: listed(test, 'passing'), failing: listed(test, 'failing'), blocks };
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.tf'));
  } catch {
    // A check whose cases stand in the test itself.
    return [];
  }
}

function listed(test: string, word: string): readonly string[] {
  const body = new RegExp(`${word}_resources\\s*=\\s*[{[]([^}\\]]*)[}\\]]`).exec(test)?.[1] ?? '';
  return [...body.matchAll(/["']([\w.-]+)["']/g)].map(([, address]) => address ?? '');
}

function told(kind: string, before: string, after: string): readonly string[] {
  const path = 'infra/main.tf';
  const example = {
    name: 'case',
    before: { [path]: `${before}\n` },
    after: { [path]: `${after}\n` },
  };
  const looking = {
    parsers,
    readAfter: readExample(example),
    baseline: emptyBaseline,
    guards: guards.filter(({ id }) => claims[kind]?.includes(id)),
  };
  return inspect(changeOf(example), looking)
    .findings.filter(({ severity }) => severity !== 'note')
    .map(({ guard, message }) => `${guard}: ${message}`);
}
