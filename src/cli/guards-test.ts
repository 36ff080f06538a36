import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Gap } from '../change/change.ts';
import { UserError } from '../change/problems.ts';
import type { Guard } from '../guards/guard.ts';
import { isCodeFile, isRuleFile, ownGuardsFolder } from '../guards/own/own.ts';
import { readOwnGuards } from '../guards/own/read-own-guards.ts';
import { treeLanguages } from '../guards/scene.ts';
import { tryGuard, type Tried } from '../guards/tried.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { runOne } from './own-guards.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain } from './plain.ts';
import { printJson } from './print.ts';
import { topFolder } from './top-folder.ts';

export interface TestGuardsOptions {
  readonly repo: string;
  readonly format: string;
}

/** `guards test`: asks a team's own guards about their own examples; exit 1 when one answers wrongly. */
export async function testGuards(
  files: readonly string[],
  options: TestGuardsOptions,
): Promise<number> {
  const { guards, gaps } = await guardsIn(files, options.repo);
  const parsers = await loadParsers([...treeLanguages, 'sql', 'terraform']);
  const results = guards.map((guard) => ({ guard, tried: tryGuard(guard, parsers) }));
  const isGood = gaps.length === 0 && results.every(({ tried }) => tried.every(({ ok }) => ok));
  if (options.format === 'json') {
    printJson({
      schema: 'hallmonitor/guards-test/v1',
      ok: isGood,
      guards: results.map(({ guard, tried }) => ({
        id: guard.id,
        examples: tried.map(({ example, expected, ok, said, failed }) => ({
          name: example.name,
          expected,
          ok,
          said,
          failed,
        })),
      })),
      problems: gaps,
    });
  } else process.stdout.write(textOf(results, gaps, paintFor(process.stdout, process.env)));
  return isGood ? 0 : 1;
}

interface Result {
  readonly guard: Guard;
  readonly tried: readonly Tried[];
}

async function guardsIn(
  files: readonly string[],
  repo: string,
): Promise<{ readonly guards: readonly Guard[]; readonly gaps: readonly Gap[] }> {
  const paths = files.length > 0 ? files.map((file) => resolve(file)) : await allFiles(repo);
  if (paths.length === 0)
    throw new UserError(
      `there are no guards in ${ownGuardsFolder}`,
      'Write one: hallmonitor guards new shop/raw-price',
    );
  const guards: Guard[] = [];
  const gaps: Gap[] = [];
  for (const path of paths) {
    if (!existsSync(path)) throw new UserError(`${path} does not exist`, 'Check the path.');
    const shown = relative(process.cwd(), path);
    const read = isRuleFile(path) ? readRule(path, shown) : await runOne(shown, path);
    guards.push(...read.guards);
    gaps.push(...read.gaps);
  }
  return { guards, gaps };
}

function readRule(path: string, shown: string): { guards: readonly Guard[]; gaps: readonly Gap[] } {
  const { guards, problems } = readOwnGuards([{ path: shown, text: readFileSync(path, 'utf8') }]);
  return {
    guards,
    gaps: problems.map(({ path: file, line, message }) => ({
      what: `${file}:${line}`,
      why: message,
    })),
  };
}

async function allFiles(repo: string): Promise<readonly string[]> {
  const folder = join(await topFolder(repo), ownGuardsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isRuleFile(name) || isCodeFile(name))
    .map((name) => join(folder, name));
}

function textOf(results: readonly Result[], gaps: readonly Gap[], paint: Paint): string {
  const lines = results.flatMap(({ guard, tried }) => [
    paint.bold(guard.id),
    ...tried.flatMap((one) => triedLines(one, paint)),
    '',
  ]);
  const problems = gaps.map(({ what, why }) => `${paint.bold(plain(what))}: ${plain(why)}`);
  const wrong = results.flatMap(({ tried }) => tried).filter(({ ok }) => !ok).length;
  const all = results.reduce((sum, { tried }) => sum + tried.length, 0);
  const last =
    wrong === 0
      ? `${count(all, 'example')}, all answered as they say`
      : `${wrong} of ${count(all, 'example')} answered wrongly`;
  return `${[...lines, ...problems, ...(problems.length > 0 ? [''] : []), last].join('\n')}\n`;
}

function triedLines(
  { example, expected, ok, said, failed }: Tried,
  paint: Paint,
): readonly string[] {
  const head = `  ${ok ? 'ok   ' : paint.red('wrong')}  ${expected.padEnd(6)}  ${plain(example.name)}`;
  if (ok) return [head];
  if (failed !== null) return [head, `         ${plain(failed)}`];
  if (said.length === 0) return [head, '         the guard said nothing'];
  return [head, ...said.map((one) => `         the guard said: ${plain(one)}`)];
}
