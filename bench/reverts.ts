// How well the default model tells changes that were reverted later from those that were not, as of the day they
// landed, beside the number of lines they added.
//   node bench/reverts.ts REPOSITORY...
import { basename, dirname } from 'node:path';
import type { PastChange } from '../src/change/past.ts';
import { openRepository } from '../src/outside/git/repository.ts';
import { readPast } from '../src/outside/git/past.ts';
import { runGit } from '../src/outside/git/run.ts';
import { portraits } from '../src/risk/portraits.ts';
import { areaUnderCurve, captureAt } from './order.ts';

const changesRead = 8000;
/** With fewer reverts than this the figures of a repository are noise. */
const fewestReverts = 8;
const shares = [0.05, 0.1, 0.2, 0.5];

interface Figures {
  readonly model: readonly number[];
  readonly added: readonly number[];
}

const all: Figures[] = [];
let reverts = 0;
for (const folder of process.argv.slice(2)) {
  const name = basename(folder) === 'repo' ? basename(dirname(folder)) : basename(folder);
  const { scores, added, bad } = await judgedChanges(folder);
  const count = bad.filter(Boolean).length;
  if (count < fewestReverts) {
    console.log(`${name}: ${count} reverts among ${bad.length} changes, too few`);
    continue;
  }
  reverts += count;
  const figures = { model: figuresOf(scores, bad), added: figuresOf(added, bad) };
  all.push(figures);
  console.log(`${name}: ${count} reverts among ${bad.length} changes`);
  print(figures);
}
console.log(`mean of ${all.length} repositories, ${reverts} reverts`);
print({ model: meanOf(all.map((one) => one.model)), added: meanOf(all.map((one) => one.added)) });

async function judgedChanges(folder: string): Promise<{
  readonly scores: readonly number[];
  readonly added: readonly number[];
  readonly bad: readonly boolean[];
}> {
  const repository = await openRepository(folder);
  const changes: PastChange[] = [];
  await readPast(repository, {
    until: 'HEAD',
    limit: changesRead,
    counted: changesRead,
    each: (change) => changes.push(change),
  });
  const args = ['log', '--first-parent', '-z', `-n${changesRead}`, '--format=%H%n%B', 'HEAD'];
  const { stdout } = await runGit(repository, args);
  const reverted = revertedIn(stdout.toString('utf8').split('\0'));
  const judged = { scores: [] as number[], added: [] as number[], bad: [] as boolean[] };
  let portrait = portraits.empty();
  for (const change of changes) {
    portrait = portraits.next(portrait, change);
    const landed = portrait.landed.at(-1);
    if (!landed?.features || landed.score === null) continue;
    judged.scores.push(landed.score);
    judged.added.push(landed.features.la);
    judged.bad.push(reverted.has(change.sha));
  }
  return judged;
}

/** Commits that another one says it reverts: by id, by the number of the pull request, or by the subject. */
function revertedIn(entries: readonly string[]): ReadonlySet<string> {
  const commits = entries.map((entry) => {
    const [sha = '', subject = '', ...body] = entry.trim().split('\n');
    return { sha, subject, body: body.join('\n') };
  });
  const known = new Map<string, string>();
  for (const { sha, subject } of commits) {
    known.set(sha, sha);
    known.set(subject, sha);
    known.set(subject.replace(/ \(#\d+\)$/, ''), sha);
    const number = /\(#(\d+)\)$/.exec(subject)?.[1];
    if (number !== undefined) known.set(`#${number}`, sha);
  }
  const reverted = new Set<string>();
  for (const { sha, subject, body } of commits) {
    const names = [
      /This reverts commit ([0-9a-f]{40})/.exec(body)?.[1],
      /^Reverts [\w.-]+\/[\w.-]+(#\d+)/m.exec(body)?.[1],
      /^Revert "(.*)"(?: \(#\d+\))?$/.exec(subject)?.[1],
    ];
    const found = names.flatMap((name) => (name ? (known.get(name) ?? []) : []))[0];
    if (found !== undefined && found !== sha) reverted.add(found);
  }
  return reverted;
}

function figuresOf(scores: readonly number[], bad: readonly boolean[]): readonly number[] {
  return [areaUnderCurve(scores, bad), ...shares.map((share) => captureAt(scores, bad, share))];
}

function meanOf(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map(
    (_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length,
  );
}

function print({ model, added }: Figures): void {
  for (const [name, figures] of Object.entries({ 'default model': model, 'lines added': added })) {
    const [auc = 0, ...found] = figures;
    const captured = found.map((share) => share.toFixed(2)).join(' ');
    console.log(
      `  ${name}  AUC ${auc.toFixed(3)}  found in the riskiest 5/10/20/50 %: ${captured}`,
    );
  }
}
