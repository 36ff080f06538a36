import type { Change } from '../change/change.ts';
import { adjust, adjustmentsPath } from '../guards/adjust.ts';
import { readBaseline } from '../guards/baseline.ts';
import type { Finding, Inspection } from '../guards/finding.ts';
import { guards, inspect, languagesIn } from '../guards/guards.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { readTrees, treeReader } from '../outside/trees/trees.ts';
import { findingsSarif } from './findings-sarif.ts';
import { findingLines, gapLines } from './findings-text.ts';
import { findingJson } from './judgement-json.ts';
import { adjustmentsIn } from './house-files.ts';
import { ownGuardsOnDisk } from './own-guards.ts';
import { paintFor } from './paint.ts';
import { count } from './plain.ts';
import { printJson } from './print.ts';
import { version } from './version.ts';

export interface ScanOptions {
  readonly before: string;
  readonly after: string;
  readonly format: string;
}

/** `scan`: the guards over two folders; exit 1 when one of them would block. */
export async function scan(options: ScanOptions): Promise<number> {
  const change = readTrees(options.before, options.after);
  const parsers = await loadParsers(languagesIn(change));
  const readBefore = treeReader(options.before);
  const own = await ownGuardsOnDisk(options.before);
  const asked = [...guards, ...own.guards];
  const inspection = inspect(change, {
    guards: asked,
    parsers,
    readAfter: treeReader(options.after),
    baseline: readBaseline(readBefore('.hallmonitor/baseline.json')),
  });
  const house = await adjustmentsIn(readBefore(adjustmentsPath));
  const today = new Date().toISOString().slice(0, 10);
  // Two folders know of no services, so what a team says about tiers does not count.
  const findings = adjust(inspection.findings, house, { tierOf: () => null, today });
  print(
    change,
    { findings, gaps: [...change.gaps, ...own.gaps, ...house.gaps, ...inspection.gaps] },
    options.format,
  );
  return findings.some(blocks) ? 1 : 0;
}

function blocks({ severity, suppressed }: Finding): boolean {
  return severity === 'block' && suppressed === null;
}

function print(change: Change, { findings, gaps }: Inspection, format: string): void {
  if (format === 'json') {
    printJson({
      schema: 'hallmonitor/scan/v1',
      files: change.files.length,
      findings: findings.map(findingJson),
      notChecked: gaps,
    });
  } else if (format === 'sarif') {
    printJson(findingsSarif({ findings, gaps, guards, version: version(), revision: null }));
  } else {
    const paint = paintFor(process.stdout, process.env);
    const head = `${count(change.files.length, 'changed file')}${findings.length === 0 ? ', no findings' : ''}`;
    const lines = [head, '', ...findingLines(findings, paint), ...gapLines(gaps, paint)];
    process.stdout.write(`${lines.join('\n').trimEnd()}\n`);
  }
}
