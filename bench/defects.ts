import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { featureNames } from '../src/risk/features.ts';
import type { RiskRow } from '../src/risk/fit/fit.ts';

/** A project's labelled changes: what is learnt from and what is judged, both in the order of time. */
export interface Project {
  readonly name: string;
  readonly train: readonly RiskRow[];
  readonly test: readonly RiskRow[];
}

interface NamedRow extends RiskRow {
  readonly id: string;
}

/** Names of the projects that lie in a folder as `<project>.csv.gz` or `<project>.csv`. */
export function projectsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .flatMap((name) => /^(.+?)\.csv(?:\.gz)?$/.exec(name)?.[1] ?? [])
    .filter((name) => !name.endsWith('_test'))
    .sort();
}

/** Splits a project as its `_test` file says; without one, the last fifth by time is judged. */
export function readProject(folder: string, name: string): Project {
  const rows = rowsOf(folder, name) ?? [];
  const test = rowsOf(folder, `${name}_test`);
  if (test === null) {
    const border = Math.round(rows.length * 0.8);
    return { name, train: rows.slice(0, border), test: rows.slice(border) };
  }
  const held = new Set(test.map(({ id }) => id));
  return { name, train: rows.filter(({ id }) => !held.has(id)), test };
}

// The published counts of developers, touches and experience include the change itself; ours do not.
const countsItself = new Set(['ndev', 'nuc', 'exp', 'rexp', 'sexp']);

function rowsOf(folder: string, name: string): readonly NamedRow[] | null {
  const text = textOf(join(folder, `${name}.csv`));
  if (text === null) return null;
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const places = new Map(head.split(',').map((column, index) => [column, index]));
  const rows = lines.map((line) => {
    const cells = line.split(',');
    function cell(column: string): string {
      return cells[places.get(column) ?? -1] ?? '';
    }
    const features = featureNames.map((feature) => {
      const published = feature === 'entropy' && !places.has('entropy') ? 'entrophy' : feature;
      const value = Number(cell(published));
      return countsItself.has(feature) ? Math.max(0, value - 1) : value;
    });
    const bad = /^(?:1|1\.0|true)$/i.test(cell('bug'));
    return { id: cell('_id'), at: Number(cell('date')), bad, features };
  });
  return rows.sort((a, b) => a.at - b.at);
}

function textOf(path: string): string | null {
  if (existsSync(`${path}.gz`)) return gunzipSync(readFileSync(`${path}.gz`)).toString('utf8');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
