import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Gap } from '../change/change.ts';
import type { Guard } from '../guards/guard.ts';
import { isCodeFile, isRuleFile, ownGuardsFolder } from '../guards/own/own.ts';
import type { OwnFile } from '../guards/own/own.ts';
import {
  commonDirectory,
  listFiles,
  readFilesAt,
  setting,
  type Repository,
} from '../outside/git/git.ts';
import { readWorkTreeFile } from '../outside/git/disk.ts';
import { keptGuards } from './may-have-own-guards.ts';
import { guardFrom } from './own-guard-shape.ts';

/** A team's own guards, ready to be asked, and those that cannot be. */
export interface LoadedGuards {
  readonly guards: readonly Guard[];
  readonly gaps: readonly Gap[];
}

const none: LoadedGuards = { guards: [], gaps: [] };
const notListed: Gap = { what: ownGuardsFolder, why: 'git could not list its files' };
/** More files than this in the folder are not read. */
const mostFiles = 500;

/** Guards that a repository has of its own, as they are on the commit a change is to land on. */
export async function ownGuardsAt(
  repository: Repository,
  home: string | null,
): Promise<LoadedGuards> {
  if (home === null) return none;
  const listed = await listFiles(repository, home, [ownGuardsFolder]);
  if (listed === null) return { guards: [], gaps: [notListed] };
  const found = listed.filter((path) => isRuleFile(path) || isCodeFile(path));
  const paths = found.slice(0, mostFiles);
  if (paths.length === 0) return none;
  const texts = await readFilesAt(repository, home, paths);
  const files = paths.map((path) => ({ path, text: texts.get(path) ?? '' }));
  const kept = keptGuards(commonDirectory(repository));
  remember(kept);
  const loaded = await loadOwnGuards(files, mayRunCode(repository) ? join(kept, home) : null);
  return { ...loaded, gaps: [...loaded.gaps, ...notRead(found.length)] };
}

function remember(kept: string): void {
  try {
    mkdirSync(kept, { recursive: true });
  } catch {
    // A disk that takes nothing: then the folder in the work tree is what tells of them.
  }
}

function notRead(number: number): readonly Gap[] {
  if (number <= mostFiles) return [];
  return [
    { what: ownGuardsFolder, why: `only the first ${mostFiles} of ${number} files are read` },
  ];
}

/**
 * Makes guards of files. Code is written to a folder and run from there, because a file of a commit has no place on
 * the disk; without a folder it is not run, and said to be not checked.
 */
export async function loadOwnGuards(
  files: readonly OwnFile[],
  folder: string | null,
): Promise<LoadedGuards> {
  const code = files.filter(({ path }) => isCodeFile(path));
  const rules = files.filter(({ path }) => isRuleFile(path));
  const loaded = [
    rules.length === 0 ? none : await readRules(rules),
    code.length === 0 ? none : folder === null ? notRun(code) : await runCode(code, folder),
  ];
  return {
    guards: loaded.flatMap(({ guards }) => guards),
    gaps: loaded.flatMap(({ gaps }) => gaps),
  };
}

/** Guards as they lie in a work tree or any folder; programs among them are named and not run. */
export async function ownGuardsOnDisk(top: string): Promise<LoadedGuards> {
  const folder = join(top, ownGuardsFolder);
  if (!existsSync(folder)) return none;
  const files = readdirSync(folder)
    .filter((name) => isRuleFile(name) || isCodeFile(name))
    .slice(0, mostFiles)
    .map((name) => ({
      path: `${ownGuardsFolder}/${name}`,
      text: readWorkTreeFile(top, `${ownGuardsFolder}/${name}`) ?? '',
    }));
  return loadOwnGuards(files, null);
}

/** Whether guards that are programs may run: a cloned repository cannot say so of itself, only who uses it. */
export function mayRunCode(repository: Repository): boolean {
  return (
    process.env['HALLMONITOR_RUN_GUARDS'] === '1' ||
    setting(repository, 'hallmonitor.runguards') === 'true'
  );
}

// The reader of rules brings a schema library along, which a change without own rules should not pay for.
async function readRules(files: readonly OwnFile[]): Promise<LoadedGuards> {
  const { readOwnGuards } = await import('../guards/own/read-own-guards.ts');
  const { guards, problems } = readOwnGuards(files);
  return {
    guards,
    gaps: problems.map(({ path, line, message }) => ({ what: `${path}:${line}`, why: message })),
  };
}

function notRun(files: readonly OwnFile[]): LoadedGuards {
  const why =
    'it is a guard written as a program, which runs only after `git config hallmonitor.runGuards true`';
  return { guards: [], gaps: files.map(({ path }) => ({ what: path, why })) };
}

async function runCode(files: readonly OwnFile[], folder: string): Promise<LoadedGuards> {
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of files) keep(join(folder, basename(path)), text);
  const loaded: LoadedGuards[] = [];
  for (const { path } of files) loaded.push(await runOne(path, join(folder, basename(path))));
  return {
    guards: loaded.flatMap(({ guards }) => guards),
    gaps: loaded.flatMap(({ gaps }) => gaps),
  };
}

// Renamed into place, so that another process never loads half a program.
function keep(place: string, text: string): void {
  const draft = `${place}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, place);
}

/** Loads one program; whatever it throws, the others are still asked. */
export async function runOne(path: string, place: string): Promise<LoadedGuards> {
  try {
    const module: unknown = await import(pathToFileURL(place).href);
    const exported = Object.values(Object(module) as Record<string, unknown>);
    const read = exported.filter((value) => typeof value === 'object').map(guardFrom);
    const guards = read.filter((one) => typeof one !== 'string');
    const faults = read.filter((one) => typeof one === 'string');
    if (read.length === 0) faults.push('it exports no guard');
    return { guards, gaps: faults.map((why) => ({ what: path, why })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      guards: [],
      gaps: [{ what: path, why: `it could not be run: ${message.split('\n')[0]}` }],
    };
  }
}
