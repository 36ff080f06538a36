import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { adjustmentsPath } from '../guards/adjust.ts';
import { baselinePath, readBaseline } from '../guards/baseline.ts';
import type { Finding } from '../guards/finding.ts';
import { guards, inspect, languagesIn } from '../guards/guards.ts';
import { recordsOf, type Fate, type FateOfFinding, type GuardRecord } from '../guards/learn.ts';
import { UserError } from '../change/problems.ts';
import {
  firstParentLine,
  nearbyReader,
  openRepository,
  readChange,
  readCommits,
  readFilesAt,
  resolveCommit,
  type Repository,
} from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { ownGuardsAt } from './own-guards.ts';
import { count, plain } from './plain.ts';
import { printJson } from './print.ts';
import { progressOn } from './progress.ts';
import { placeInside } from './stay-inside.ts';
import { readTold } from './told-findings.ts';

export interface LearnOptions {
  readonly repo: string;
  readonly last: string;
  readonly write?: boolean;
  readonly format: string;
}

/** A milder severity holds so long; then the guard has its full word again and the question is open anew. */
const daysLearned = 90;

/** `guards learn`: what became of findings here, and which guards should speak more quietly because of it. */
export async function learnGuards(options: LearnOptions): Promise<number> {
  const last = Number(options.last);
  if (!Number.isInteger(last) || last < 1)
    throw new UserError(`--last ${options.last} is no number of changes`, 'Give one, such as 300.');
  const repository = await openRepository(options.repo);
  const head = await resolveCommit(repository, 'HEAD');
  const { fates, asked, unread } = await fatesIn(repository, head, last);
  const records = recordsOf(fates, asked);
  const until = dayAfter(new Date(), daysLearned);
  if (options.format === 'json') {
    printJson({
      schema: 'hallmonitor/guards-learn/v1',
      changes: asked,
      notChecked: unread,
      until,
      guards: records,
    });
  } else process.stdout.write(learnText(records, { asked, unread, until }));
  if (options.write === true) writeAdvice(repository, records, until);
  return 0;
}

interface Learned {
  readonly fates: readonly FateOfFinding[];
  readonly asked: number;
  /** Changes that could not be read. */
  readonly unread: number;
}

async function fatesIn(repository: Repository, head: string, last: number): Promise<Learned> {
  const commits = (await firstParentLine(repository, head, last)).toReversed();
  const reverted = await revertedIn(repository, head);
  const own = await ownGuardsAt(repository, head);
  const progress = progressOn(process.stderr);
  const fates: FateOfFinding[] = [];
  const landed = new Set<string>();
  let unread = 0;
  for (const [at, commit] of commits.entries()) {
    progress.step('asking the guards about changes that landed', at, commits.length);
    const findings = await findingsOf(repository, commit, [...guards, ...own.guards]);
    if (findings === null) unread += 1;
    for (const finding of findings ?? []) {
      landed.add(finding.fingerprint);
      const fate = fateOf(finding, reverted.has(commit));
      fates.push({ guard: finding.guard, severity: finding.severity, fate, change: commit });
    }
  }
  progress.end();
  for (const { guard, severity, fingerprint } of readTold(repository))
    if (!landed.has(fingerprint)) fates.push({ guard, severity, fate: 'heeded', change: null });
  return { fates, asked: commits.length - unread, unread };
}

function fateOf({ suppressed }: Finding, isReverted: boolean): Fate {
  if (isReverted) return 'proved';
  return suppressed === null ? 'landed' : 'dismissed';
}

async function findingsOf(
  repository: Repository,
  commit: string,
  asked: typeof guards,
): Promise<readonly Finding[] | null> {
  try {
    const change = await readChange(repository, { kind: 'commit', commit });
    const paths = change.files.map(({ path }) => path);
    const [parsers, readAfter, house] = await Promise.all([
      loadParsers(languagesIn(change)),
      nearbyReader(repository, change.head, paths),
      readFilesAt(repository, 'HEAD', [baselinePath]),
    ]);
    const baseline = readBaseline(house.get(baselinePath) ?? null);
    return inspect(change, { parsers, readAfter, baseline, guards: asked }).findings;
  } catch {
    return null; // contents are missing in this clone: it is counted as not checked
  }
}

/** Commits that a later one says it reverts. */
async function revertedIn(repository: Repository, head: string): Promise<ReadonlySet<string>> {
  const { commits } = await readCommits(repository, { include: head, exclude: [] });
  return new Set(
    commits.flatMap(({ message }) =>
      [...message.matchAll(/This reverts commit ([0-9a-f]{40})/g)].map(([, id = '']) => id),
    ),
  );
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

interface Shown {
  readonly asked: number;
  readonly unread: number;
  readonly until: string;
}

function learnText(records: readonly GuardRecord[], { asked, unread, until }: Shown): string {
  const head = `What became of findings on the last ${count(asked, 'change')} that landed`;
  const gap = unread === 0 ? '' : ` (${unread} more not checked: they could not be read)`;
  if (records.length === 0) return `${head}${gap}: there were none.\n`;
  const width = Math.max(...records.map(({ guard }) => guard.length));
  const columns = ['heeded', 'proved', 'dismissed', 'landed'] as const;
  const rows = records.map(
    ({ guard, severity, fates }) =>
      `${severity.padEnd(5)}  ${plain(guard).padEnd(width)}${columns.map((fate) => String(fates[fate]).padStart(11)).join('')}`,
  );
  const title = `${''.padEnd(width + 7)}${columns.map((fate) => fate.padStart(11)).join('')}`;
  const advised = records.filter(({ advice }) => advice !== null);
  const advice =
    advised.length === 0
      ? ['No guard has a record here that would justify a milder word.']
      : [
          `Milder until ${until} (--write puts this into ${adjustmentsPath}; land it like any change):`,
          ...advised.map(
            ({ guard, severity, advice: given }) =>
              `  ${plain(guard)}: ${severity} → ${given?.severity}, because ${given?.because}`,
          ),
        ];
  const legend =
    'heeded: told by a hook here, and did not land · proved: its change was reverted\ndismissed: silenced with a reason · landed: landed as it was';
  return `${head}${gap}\n\n${title}\n${rows.join('\n')}\n\n${legend}\n\n${advice.join('\n')}\n`;
}

function writeAdvice(repository: Repository, records: readonly GuardRecord[], until: string): void {
  const { workTree } = repository;
  if (workTree === null)
    throw new UserError('a bare repository has no files to write', 'Run this in a work tree.');
  const entries = records.flatMap(({ guard, advice }) =>
    advice === null ? [] : [{ guard, severity: advice.severity, because: advice.because, until }],
  );
  if (entries.length === 0) return;
  const path = placeInside(workTree, adjustmentsPath);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) {
    writeFileSync(path, stringify({ version: 1, adjust: entries }));
    return;
  }
  // What people wrote into the file, comments included, stays as it is.
  const document = parseDocument(readFileSync(path, 'utf8'));
  if (document.errors.length > 0 || !document.hasIn(['adjust']))
    throw new UserError(
      `${adjustmentsPath} could not be understood, so nothing was added`,
      'It needs `version: 1` and a list `adjust`.',
    );
  for (const entry of entries) document.addIn(['adjust'], document.createNode(entry));
  writeFileSync(path, document.toString());
}
