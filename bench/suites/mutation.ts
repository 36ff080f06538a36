import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { emptyBaseline } from '../../src/guards/baseline.ts';
import { changeOf, readExample } from '../../src/guards/examples.ts';
import type { Example, Guard, Language, Parsers } from '../../src/guards/guard.ts';
import { guards, inspect } from '../../src/guards/guards.ts';
import { isProductionPath, languageOf } from '../../src/guards/language.ts';
import { runGit } from '../../src/outside/git/run.ts';
import { openRepository } from '../../src/outside/git/git.ts';
import type { Repository } from '../../src/outside/git/git.ts';
import { loadParsers } from '../../src/outside/parsers/parsers.ts';
import { operators } from './mutation-operators.ts';
import type { Operator } from './mutation-operators.ts';

// Breaks real files in known ways and asks whether the guard of that fault tells of it; and does harmless things to the
// same places, of which it must not tell. Recall and false alarms are counted apart, by operator.
//   node bench/suites/mutation.ts REPOSITORY... [--each 40] [--files 1000] [--out missed.jsonl]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '40' },
    files: { type: 'string', default: '1000' },
    out: { type: 'string' },
  },
});
const each = Number(values.each);
/** More of one file would measure the file. */
const mostOfOneFile = 2;

interface Score {
  sites: number;
  told: number;
  /** Told as a warning or a stop. */
  loudly: number;
  harmless: number;
  falseAlarms: number;
}

const scores = new Map<string, Score>();
const misses: object[] = [];
for (const path of positionals) {
  const repository = await openRepository(path);
  await measure(repository, path);
}
report();

async function measure(repository: Repository, name: string): Promise<void> {
  const left = new Map(operators.map((operator) => [operator, each]));
  const files = await sources(repository);
  for (const { path, text } of files) {
    const language = languageOf(path, text);
    const parsers = await loadParsers(new Set([language]));
    for (const operator of operators) {
      if (!operator.languages.includes(language) || (left.get(operator) ?? 0) <= 0) continue;
      const sites = sitesOf(operator, text);
      left.set(operator, (left.get(operator) ?? 0) - sites.length);
      for (const site of sites) tryOut({ operator, path, text, site, parsers, name, language });
    }
  }
}

interface Trial {
  readonly operator: Operator;
  readonly path: string;
  readonly text: string;
  readonly site: Site;
  readonly parsers: Parsers;
  readonly name: string;
  readonly language: Language;
}

interface Site {
  readonly index: number;
  readonly broken: string;
}

function sitesOf(operator: Operator, text: string): readonly Site[] {
  const lines = text.split('\n');
  const found: Site[] = [];
  for (let index = 0; index < lines.length && found.length < mostOfOneFile; index += 1) {
    const broken = operator.at(lines, index)?.join('\n');
    if (broken !== undefined && broken !== text) found.push({ index, broken });
  }
  return found;
}

function tryOut({ operator, path, text, site, parsers, name, language }: Trial): void {
  const score = scoreOf(operator.name);
  const asked = guards.filter(({ id }) => operator.guards.includes(id));
  const told = severities(
    { before: { [path]: text }, after: { [path]: site.broken } },
    asked,
    parsers,
  );
  score.sites += 1;
  score.told += Number(told.length > 0);
  score.loudly += Number(told.some((severity) => severity !== 'note'));
  if (told.length === 0)
    misses.push({
      name,
      operator: operator.name,
      path,
      line: site.index + 1,
      was: text.split('\n')[site.index],
      language,
    });
  for (const [kind, example] of harmlessCases(path, text, site)) {
    const alarms = severities(example, asked, parsers);
    score.harmless += 1;
    score.falseAlarms += Number(alarms.length > 0);
    if (alarms.length > 0)
      misses.push({ name, operator: operator.name, path, line: site.index + 1, alarm: kind });
  }
}

type Sides = Pick<Example, 'before' | 'after'>;

// A file that moved, code that moved to a file of its own, a name that changed, and the fault that was there before.
function harmlessCases(
  path: string,
  text: string,
  site: Site,
): readonly (readonly [string, Sides])[] {
  const lines = text.split('\n');
  const word =
    /\b(?!if|for|while|with|await|return|const|let|var|true|false|this|self|async|not|and|or\b)([a-z]\w{4,})\b/.exec(
      (lines[site.index] ?? '').replace(/(['"`]).*?\1/g, ''),
    )?.[1];
  const moved = path.replace(/([^/]+)$/, 'moved/$1');
  const cases: (readonly [string, Sides])[] = [
    ['moved file', { before: { [path]: text }, after: { [moved]: text } }],
    ['already so', { before: { [path]: site.broken }, after: { [path]: `${site.broken}\n` } }],
    ['taken back', { before: { [path]: site.broken }, after: { [path]: text } }],
  ];
  if (word !== undefined) {
    const renamed = text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), `${word}Again`);
    cases.push(['renamed', { before: { [path]: text }, after: { [path]: renamed } }]);
  }
  // "Taken back" is harmless for what removes; a turned condition is turned by it again, and so is no such case.
  return cases.filter(([kind]) => kind !== 'taken back' || !isTurn(lines, site));
}

function isTurn(lines: readonly string[], { broken }: Site): boolean {
  return broken.split('\n').length === lines.length;
}

function severities(example: Sides, asked: readonly Guard[], parsers: Parsers): readonly string[] {
  const whole: Example = { name: 'mutant', ...example };
  const looking = {
    parsers,
    readAfter: readExample(whole),
    baseline: emptyBaseline,
    guards: asked,
  };
  return inspect(changeOf(whole), looking).findings.map(({ severity }) => severity);
}

function scoreOf(name: string): Score {
  const known = scores.get(name) ?? { sites: 0, told: 0, loudly: 0, harmless: 0, falseAlarms: 0 };
  scores.set(name, known);
  return known;
}

async function sources(repository: Repository): Promise<readonly { path: string; text: string }[]> {
  const { stdout } = await runGit(repository, ['ls-tree', '-r', '-l', '-z', 'HEAD']);
  const wanted = new Set(operators.flatMap(({ languages }) => languages));
  const entries = stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const match = /^100\d+ blob (\w+)\s+(\d+)\t(.*)$/s.exec(line);
      const [, id, size, path] = match ?? [];
      if (id === undefined || path === undefined || Number(size) > 60_000) return [];
      return wanted.has(languageOf(path)) && isProductionPath(path) ? [{ id, path }] : [];
    });
  const step = Math.max(1, Math.floor(entries.length / Number(values.files)));
  const files: { path: string; text: string }[] = [];
  const chosen = entries.filter((_, index) => index % step === 0);
  for (let from = 0; from < chosen.length; from += 8) {
    const part = chosen.slice(from, from + 8).map(async ({ id, path }) => {
      const blob = await runGit(repository, ['cat-file', 'blob', id]);
      return { path, text: blob.stdout.toString('utf8') };
    });
    files.push(...(await Promise.all(part)));
  }
  return files;
}

function report(): void {
  const rows = operators.flatMap(({ name, guards: asked }) => {
    const score = scores.get(name);
    return score === undefined ? [] : [{ operator: name, guard: asked.join(' '), ...score }];
  });
  process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
  if (values.out !== undefined)
    writeFileSync(values.out, misses.map((one) => `${JSON.stringify(one)}\n`).join(''));
}
