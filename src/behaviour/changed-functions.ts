import type { Change, FileChange } from '../change/change.ts';
import type { Tree } from '../guards/guard.ts';
import { isProductionPath, languageOf } from '../guards/language.ts';
import { needsOf } from './free-names.ts';
import { codeText } from './code-text.ts';
import type { Declaration, Module } from './module.ts';
import type { Library } from './program.ts';

/** A function before and after a change. */
export interface ChangedFunction {
  readonly name: string;
  readonly path: string;
  /** 1-based, in the file after the change. */
  readonly line: number;
  readonly endLine: number;
  readonly old: Side;
  readonly fresh: Side;
  /** Its own code is the same; a constant it reads is another. */
  readonly byConstant: boolean;
}

export interface Side {
  readonly module: Module;
  readonly name: string;
  readonly body: Tree;
}

export interface Libraries {
  readonly before: Library;
  readonly after: Library;
}

/** Functions at the top of JavaScript and TypeScript modules whose code, or a constant they use, is not the same. */
export function changedFunctions(change: Change, libraries: Libraries): readonly ChangedFunction[] {
  const files = change.files.filter(isExamined);
  const values = new Map(files.map((file) => [file.path, changedValues(file, libraries)]));
  const pairs = files.flatMap((file) => pairsOf(file, libraries, values));
  return [...pairs, ...movedFunctions(files, libraries)];
}

function isExamined(file: FileChange): boolean {
  const language = languageOf(file.path);
  return (
    (language === 'typescript' || language === 'tsx' || language === 'javascript') &&
    file.content === 'text' &&
    file.generated === null &&
    isProductionPath(file.path) &&
    !file.path.endsWith('.d.ts')
  );
}

/** By module, the names whose values are not what they were. */
type ChangedValues = ReadonlyMap<string, ReadonlySet<string>>;

function pairsOf(
  file: FileChange,
  libraries: Libraries,
  values: ChangedValues,
): readonly ChangedFunction[] {
  const old = libraries.before.module(file.oldPath);
  const fresh = libraries.after.module(file.path);
  if (file.before === null || file.after === null || old === null || fresh === null) return [];
  return [...fresh.declarations].flatMap(([name, declaration]) => {
    const before = old.declarations.get(name);
    if (before === undefined || before.body === null || declaration.body === null) return [];
    const isSame = sameCode(before.statement, declaration.statement);
    if (isSame && !usesChanged(declaration.body, { module: fresh, libraries, values })) return [];
    return [
      pair(
        { module: old, name, body: before.body },
        { module: fresh, name, body: declaration.body },
        isSame,
      ),
    ];
  });
}

/** Constants, enums and classes that are not what they were. */
function changedValues(file: FileChange, { before, after }: Libraries): ReadonlySet<string> {
  const old = before.module(file.oldPath);
  const names = [...(after.module(file.path)?.declarations ?? [])].filter(
    ([name, { body, statement }]) => {
      const earlier = old?.declarations.get(name);
      return body === null && earlier !== undefined && !sameCode(earlier.statement, statement);
    },
  );
  return new Set(names.map(([name]) => name));
}

interface Using {
  readonly module: Module;
  readonly libraries: Libraries;
  readonly values: ChangedValues;
}

/** Whether a function reads a changed value of its own module, or one it imports straight from where it is. */
function usesChanged(body: Tree, { module, libraries, values }: Using): boolean {
  if ([...values.values()].every((names) => names.size === 0)) return false;
  return [...needsOf(body).names].some((name) => {
    if (values.get(module.path)?.has(name) === true) return true;
    const source = module.imports.get(name);
    if (source === undefined) return false;
    const there = libraries.after.resolve(module.path, source.from);
    return there !== null && values.get(there.path)?.has(source.name) === true;
  });
}

function sameCode(old: Tree, fresh: Tree): boolean {
  return old.text() === fresh.text() || codeText(old) === codeText(fresh);
}

/** A function that went from one changed file and came, under its own name, to one other. */
function movedFunctions(
  files: readonly FileChange[],
  { before, after }: Libraries,
): readonly ChangedFunction[] {
  const gone = onlyOnce(
    files.flatMap((file) => without(before.module(file.oldPath), after.module(file.path))),
  );
  const come = onlyOnce(
    files.flatMap((file) => without(after.module(file.path), before.module(file.oldPath))),
  );
  return [...come].flatMap(([name, fresh]) => {
    const old = gone.get(name);
    if (old === undefined) return [];
    return codeText(old.body) === codeText(fresh.body) ? [] : [pair(old, fresh)];
  });
}

function without(module: Module | null, other: Module | null): readonly Side[] {
  return [...(module?.declarations ?? [])].flatMap(([name, { body }]: [string, Declaration]) =>
    module === null || body === null || other?.declarations.has(name) === true
      ? []
      : [{ module, name, body }],
  );
}

function onlyOnce(sides: readonly Side[]): ReadonlyMap<string, Side> {
  const counts = new Map<string, number>();
  for (const { name } of sides) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    sides.filter(({ name }) => counts.get(name) === 1).map((side) => [side.name, side]),
  );
}

function pair(old: Side, fresh: Side, byConstant = false): ChangedFunction {
  const { start, end } = fresh.body.range();
  return {
    name: fresh.name,
    path: fresh.module.path,
    line: start.line + 1,
    endLine: end.line + 1,
    old,
    fresh,
    byConstant,
  };
}
