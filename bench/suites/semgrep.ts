import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf } from '../../src/guards/examples.ts';
import { guards, inspect, languagesIn } from '../../src/guards/guards.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { claims } from './semgrep-claims.ts';

// Measures the security guards against the annotated targets of semgrep-rules, read from a clone beside the project.
// Its licence lets us evaluate with it and no more: nothing of it is kept here.
// A comment `ruleid: NAME` promises a fault on the next line of code, `ok: NAME` promises none.
//   node bench/suites/semgrep.ts GIT_DIRECTORY [--half tune|report|both] [--guards id,id] [--show misses|alarms]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'both' },
    guards: { type: 'string' },
    show: { type: 'string' },
  },
});
const git = positionals[0] ?? '.';
const wanted = values.guards?.split(',');

interface Tally {
  found: number;
  faults: number;
  alarms: number;
  sound: number;
  loud: number;
}
// Lines that one match may span.
const longestMatch = 6;
const tallies = new Map<string, Tally>();

const targets = execFileSync('git', ['-C', git, 'ls-tree', '-r', '--name-only', 'HEAD'], {
  encoding: 'utf8',
  maxBuffer: 64_000_000,
})
  .split('\n')
  .filter((path) => path !== '' && !/\.ya?ml$|\.fixed\./.test(path));

for (const path of targets) {
  const ids = claims.filter(({ paths }) => paths.test(path)).map(({ guard }) => guard);
  if (ids.length === 0 || (values.half !== 'both' && halfOf(path) !== values.half)) continue;
  if (wanted !== undefined && !ids.some((id) => wanted.includes(id))) continue;
  await measure(path, ids);
}
print();

/** Half of the suite that a path belongs to: one to tune on, one to report. */
function halfOf(path: string): string {
  const rule = path.replace(/\.[^/]*$/, '');
  const first = createHash('sha256').update(rule).digest()[0] ?? 0;
  return first % 2 === 0 ? 'tune' : 'report';
}

async function measure(path: string, ids: readonly string[]): Promise<void> {
  const text = execFileSync('git', ['-C', git, 'show', `HEAD:${path}`], { encoding: 'utf8' });
  const asked = guards.filter(({ id }) => ids.includes(id));
  const name = `src/${basename(path).replace(/^test[_-]?|[_-]test(?=\.)/g, '')}`;
  const change = changeOf({ name: path, after: { [name]: text } });
  const parsers = await loadParsers(languagesIn(change));
  const looking = { parsers, readAfter: () => null, baseline: emptyBaseline, guards: asked };
  const { findings } = inspect(change, looking);
  const rule = basename(path).replace(/(?:\.fixed|\.test)?\.[^.]*$/, '');
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    const label = /(?:^|\W)(ruleid|ok)\s*:\s*([\w-]+)/.exec(line);
    if (
      label === null ||
      (label[2] !== rule && label[1] === 'ok' && !rule.includes(label[2] ?? ''))
    )
      return;
    const place = nextCode(lines, index);
    const last = lastOf(lines, place);
    const hit = findings.find(({ line: from, endLine }) => from <= last && place <= endLine);
    count(ids.join('+'), label[1] === 'ruleid', hit?.severity ?? null);
    tell(path, {
      place,
      line: lines[place - 1] ?? '',
      isFault: label[1] === 'ruleid',
      hit: hit?.message,
    });
  });
}

// A label stands above the first line of what its rule matches: as far as the next label or a gap.
function lastOf(lines: readonly string[], place: number): number {
  for (let at = place; at < place + longestMatch && at < lines.length; at += 1) {
    if (/(?:ruleid|ok)\s*:|^\s*$/.test(lines[at] ?? '')) return at;
  }
  return Math.min(place + longestMatch, lines.length);
}

function nextCode(lines: readonly string[], index: number): number {
  for (let at = index + 1; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line !== '' && !/^(?:\/\/|#|\/?\*|--|<!--|\{\/\*|;)/.test(line)) return at + 1;
  }
  return index + 2;
}

function count(key: string, isFault: boolean, severity: string | null): void {
  const tally = tallies.get(key) ?? { found: 0, faults: 0, alarms: 0, sound: 0, loud: 0 };
  tallies.set(key, tally);
  if (isFault) {
    tally.faults += 1;
    tally.found += Number(severity !== null);
  } else {
    tally.sound += 1;
    tally.alarms += Number(severity !== null);
    tally.loud += Number(severity !== null && severity !== 'note');
  }
}

interface Told {
  readonly place: number;
  readonly line: string;
  readonly isFault: boolean;
  readonly hit: string | undefined;
}

function tell(path: string, { place, line, isFault, hit }: Told): void {
  const isWanted =
    (values.show === 'misses' && isFault && hit === undefined) ||
    (values.show === 'alarms' && !isFault && hit !== undefined);
  if (isWanted) process.stdout.write(`${path}:${place}: ${line.trim().slice(0, 140)}\n`);
}

function print(): void {
  const rows = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [id, { found, faults, alarms, sound, loud }] of rows) {
    const share = faults === 0 ? '' : `${Math.round((100 * found) / faults)} %`;
    process.stdout.write(
      `${id.padEnd(34)} recall ${found}/${faults} ${share.padEnd(6)} alarms on sound lines ${alarms}/${sound} (block or warn ${loud})\n`,
    );
  }
}
