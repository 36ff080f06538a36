import type { Change, Gap } from '../change/change.ts';
import type { Severity, Tree } from '../guards/guard.ts';
import { isTestPath } from '../guards/language.ts';
import { changedFunctions, type ChangedFunction, type Libraries } from './changed-functions.ts';
import { intentOf, type Intent } from './intent.ts';
import { commonParameters, readParameters } from './parameters.ts';
import { type Files, gatherProgram, openLibrary } from './program.ts';
import { messageOf } from './tell-difference.ts';
import type { Comparison, Difference, Outcome, Search } from './search.ts';
import { exampleCalls, seedsIn } from './seeds.ts';

export type { Comparison, Difference, Files, Intent, Outcome, Search };

/** A function whose two versions are to be run side by side. */
export interface Examination {
  readonly path: string;
  readonly name: string;
  /** 1-based, in the file after the change. */
  readonly line: number;
  readonly endLine: number;
  readonly oldCode: string;
  readonly freshCode: string;
  readonly comparison: Comparison;
  readonly intent: Intent;
  /** Its own code is the same; a constant it reads is another. */
  readonly byConstant: boolean;
}

/** What of a change can be examined, and what not. */
export interface Plan {
  /** Functions that changed, examined or not. */
  readonly changed: number;
  readonly examinations: readonly Examination[];
  readonly gaps: readonly Gap[];
}

/** The files before and after the change. */
export interface Ground {
  readonly before: Files;
  readonly after: Files;
}

/** Functions of one change that are examined; the rest is told as not checked. */
const mostFunctions = 200;

/** Finds the changed functions of a change that are pure, with everything that is needed to run both versions. */
export function planBehaviour(change: Change, ground: Ground): Plan {
  const libraries = { before: openLibrary(ground.before), after: openLibrary(ground.after) };
  const all = changedFunctions(change, libraries);
  const examinations: Examination[] = [];
  const gaps: Gap[] = [];
  for (const [index, changed] of all.entries()) {
    const planned =
      index < mostFunctions
        ? plan(changed, { change, all, ground, libraries })
        : `only ${mostFunctions} functions of a change are examined`;
    if (typeof planned === 'string')
      gaps.push({ what: `${changed.path}: ${changed.name}`, why: planned });
    else examinations.push(planned);
  }
  return { changed: all.length, examinations, gaps };
}

interface Planning {
  readonly change: Change;
  readonly all: readonly ChangedFunction[];
  readonly ground: Ground;
  readonly libraries: Libraries;
}

function plan(changed: ChangedFunction, planning: Planning): Examination | string {
  const { libraries } = planning;
  const { old, fresh } = changed;
  if (old.module.overloaded.has(old.name) || fresh.module.overloaded.has(fresh.name))
    return 'it has several signatures';
  const before = gatherProgram(libraries.before, old.module, old.name);
  if ('why' in before) return before.why;
  const after = gatherProgram(libraries.after, fresh.module, fresh.name);
  if ('why' in after) return `it was pure before the change: now ${after.why}`;
  const parameters = parametersOf(changed, libraries);
  if (typeof parameters === 'string') return parameters;
  return {
    path: changed.path,
    name: changed.name,
    line: changed.line,
    endLine: changed.endLine,
    oldCode: before.code,
    freshCode: after.code,
    comparison: {
      parameters,
      seeds: seedsIn([...before.texts, ...after.texts]),
      examples: examplesOf(changed, planning, parameters.length),
    },
    intent: intentOf(changed, planning.change, planning.all),
    byConstant: changed.byConstant,
  };
}

function parametersOf(
  { old, fresh }: ChangedFunction,
  { before, after }: Libraries,
): Comparison['parameters'] | string {
  const known = readParameters(old.body, { library: before, module: old.module });
  if (typeof known === 'string') return known;
  const now = readParameters(fresh.body, { library: after, module: fresh.module });
  return typeof now === 'string' ? now : commonParameters(known, now);
}

/** Calls in the tests of the change, and in the test file beside it, show what callers pass. */
function examplesOf(
  changed: ChangedFunction,
  { change, ground }: Planning,
  most: number,
): readonly string[] {
  const touched = change.files.filter(({ path, after }) => isTestPath(path) && after !== null);
  const beside = testsBeside(changed.path).filter(
    (path) => !touched.some((file) => file.path === path),
  );
  const texts = [
    ...touched.map(({ path, after }) => [path, after] as const),
    ...beside.map((path) => [path, ground.after.read(path)] as const),
  ];
  const trees = texts.flatMap(([path, text]): readonly Tree[] => {
    const tree = text?.includes(changed.name) === true ? ground.after.parse(path, text) : null;
    return tree === null ? [] : [tree];
  });
  const examples = trees.flatMap((tree) => exampleCalls(tree, changed.name));
  const rest = changed.fresh.body.field('parameters')?.text().includes('...') === true;
  return rest
    ? examples
    : examples.filter((example) => topLevelCommas(example) < Math.max(most, 1));
}

function testsBeside(path: string): readonly string[] {
  const match = /^(.*?)([^/]+)\.([cm]?[jt]sx?)$/.exec(path);
  if (match === null) return [];
  const [, folder = '', name = '', ending = ''] = match;
  return ['', '__tests__/'].flatMap((inner) =>
    ['test', 'spec'].map((kind) => `${folder}${inner}${name}.${kind}.${ending}`),
  );
}

/** How many further arguments a list has after the first; strings with brackets in them may count as more. */
function topLevelCommas(list: string): number {
  let depth = 0;
  let commas = 0;
  for (const letter of list) {
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    else if (letter === ',' && depth === 0) commas += 1;
  }
  return commas;
}

/** What an examination came to. */
export interface Sighted {
  readonly examination: Examination;
  readonly difference: Difference;
  readonly severity: Severity;
  readonly message: string;
}

/** Judges a difference: what the change said it meant, and what few callers would meet, is only noted. */
export function judgeDifference(examination: Examination, difference: Difference): Sighted {
  const { intent, name, byConstant, comparison } = examination;
  const mild =
    intent.said === 'meant' ||
    (byConstant && intent.said !== 'denied') ||
    // What takes nothing gives a constant, and the diff shows it.
    comparison.parameters.length === 0 ||
    difference.unusual ||
    isCrash(difference.old);
  return {
    examination,
    difference,
    severity: mild ? 'note' : 'warn',
    message: messageOf(name, difference),
  };
}

function isCrash(outcome: Outcome): boolean {
  return outcome.kind === 'error' && outcome.crash;
}
