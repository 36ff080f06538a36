import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample, searchExample } from '../../src/guards/examples.ts';
import type { Example } from '../../src/guards/guard.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';

// Asks our guards about the cases of squawk's linter for PostgreSQL migrations (Apache-2.0 or MIT), read from a clone
// and never kept. Before: a migration that creates the tables a case names. After: the case as the next migration.
// Rules are split by a hash of their path, so that one half can be left unread while the other is worked on.
//   node bench/suites/squawk.ts CLONE [--half tuning|checking] [--misses]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { half: { type: 'string' }, misses: { type: 'boolean', default: false } },
});

/** The guard that claims what a rule is about. Rules about taste, names and types are left out. */
const claims: Readonly<Record<string, string>> = {
  adding_field_with_default: 'sql/volatile-default',
  adding_foreign_key_constraint: 'sql/blocking-constraint',
  adding_not_null_field: 'sql/column-required',
  adding_primary_key_constraint: 'sql/blocking-constraint',
  adding_required_field: 'sql/column-required',
  ban_concurrent_index_creation_in_transaction: 'sql/concurrent-in-transaction',
  ban_drop_column: 'sql/drop-column',
  ban_drop_database: 'sql/drop-table',
  ban_drop_table: 'sql/drop-table',
  ban_truncate_cascade: 'sql/drop-table',
  changing_column_type: 'sql/blocking-type-change',
  constraint_missing_not_valid: 'sql/blocking-constraint',
  disallow_unique_constraint: 'sql/blocking-constraint',
  prefer_repack: 'sql/blocking-rebuild',
  renaming_column: 'sql/rename-in-one-step',
  renaming_table: 'sql/rename-in-one-step',
  require_concurrent_index_creation: 'sql/blocking-index',
  require_concurrent_index_deletion: 'sql/index-dropped',
  require_concurrent_partition_detach: 'sql/blocking-rebuild',
  require_concurrent_reindex: 'sql/blocking-rebuild',
};

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly sql: string;
  readonly isBad: boolean;
}

const folder = 'crates/squawk_linter/src/rules';
const repository = await openRepository(positionals[0]);
const parsers = await loadParsers(['sql']);
const rows: Record<string, Record<string, number>> = {};
const totals = { bad: 0, told: 0, good: 0, falselyTold: 0 };
for (const rule of Object.keys(claims).sort()) {
  const path = `${folder}/${rule}.rs`;
  if (values.half !== undefined && halfOf(path) !== values.half) continue;
  const { stdout } = await runGit(repository, ['show', `HEAD:${path}`]);
  const row = { bad: 0, told: 0, good: 0, falselyTold: 0 };
  for (const one of casesIn(rule, stdout.toString('utf8'))) weigh(one, row);
  rows[rule] = row;
  totals.bad += row.bad;
  totals.told += row.told;
  totals.good += row.good;
  totals.falselyTold += row.falselyTold;
}
process.stdout.write(`${JSON.stringify({ rows, totals }, null, 2)}\n`);

function halfOf(path: string): 'tuning' | 'checking' {
  const first = createHash('sha256').update(path).digest()[0] ?? 0;
  return first % 2 === 0 ? 'tuning' : 'checking';
}

// Cases that pass settings or show a rewrite ask for something else than a finding in an ordinary migration.
function casesIn(rule: string, text: string): readonly Case[] {
  const tests = text
    .slice(Math.max(0, text.search(/\bmod tests?\b/)))
    .split('#[test]')
    .slice(1);
  return tests.flatMap((body) => {
    const name = /fn (\w+)/.exec(body)?.[1] ?? '';
    const sql = /let sql = r#"([\s\S]*?)"#/.exec(body)?.[1];
    if (sql === undefined || /_with\(|\bfix\w*\(/.test(body)) return [];
    const isBad = /lint_errors\(/.test(body);
    return isBad || /lint_ok\(/.test(body) ? [{ rule, name, sql, isBad }] : [];
  });
}

function weigh({ rule, name, sql, isBad }: Case, row: Record<string, number>): void {
  const isTold = tells(claims[rule] ?? '', sql);
  add(row, isBad ? 'bad' : 'good');
  if (isTold) add(row, isBad ? 'told' : 'falselyTold');
  if (values.misses && isTold !== isBad)
    process.stderr.write(`--- ${isBad ? 'missed' : 'false alarm'}: ${rule} ${name}\n${sql}\n`);
}

function add(row: Record<string, number>, key: string): void {
  row[key] = (row[key] ?? 0) + 1;
}

function tells(id: string, sql: string): boolean {
  const made = [
    ...sql.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?:"?\w+"?\.)?"?(\w+)/gi),
  ].map(nameIn);
  const named = [
    ...sql.matchAll(
      /\b(?:table|on|update|from)\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)/gi,
    ),
  ].map(nameIn);
  const there = [...new Set(named)].filter((table) => !made.includes(table));
  const base = {
    'migrations/0001_base.sql': there
      .map((table) => `CREATE TABLE "${table}" (id bigint);\n`)
      .join(''),
  };
  const example: Example = {
    name: id,
    before: base,
    after: { ...base, 'migrations/0002_case.sql': sql },
  };
  const { findings } = inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    search: searchExample(example),
    baseline: emptyBaseline,
    guards: guards.filter((guard) => guard.id === id),
  });
  return findings.length > 0;
}

function nameIn(match: RegExpExecArray): string {
  return match[1] ?? '';
}
