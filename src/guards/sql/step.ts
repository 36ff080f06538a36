import type { ChangedFile, Scene, SqlDialect } from '../guard.ts';
import { tableOf } from './operation.ts';
import type { Operation, RawStep } from './operation.ts';
import { rawSteps } from './raw-steps.ts';
import { dialectOf, settingOf } from './sql-file.ts';
import type { Setting } from './sql-file.ts';

/** A statement that the change adds and that will run on data that exists. */
export interface Step extends RawStep {
  readonly path: string;
  readonly setting: Setting;
  readonly dialect: SqlDialect;
  /** Everything the same file does, in order, this step included. */
  readonly file: readonly RawStep[];
  /** Columns, as `table.column`, that the change adds to tables that were there. */
  readonly newColumns: ReadonlySet<string>;
}

const known = new WeakMap<Scene, readonly Step[]>();

/** The statements a change adds to what runs on production data. Objects the change itself makes are left out. */
export function steps(scene: Scene): readonly Step[] {
  const found = known.get(scene) ?? collect(scene);
  known.set(scene, found);
  return found;
}

function collect(scene: Scene): readonly Step[] {
  const read = scene.files.flatMap((file) => {
    const setting = settingOf(file);
    if (setting === null || file.after === null || file.added.size === 0) return [];
    return [{ file, setting, raw: rawSteps(file.after, scene) }];
  });
  const created = new Map(
    read.flatMap(({ file, raw }) => createdBy(raw.filter((step) => isAdded(file, step)))),
  );
  const newColumns = new Set(
    read.flatMap(({ file, raw }) => columnsOf(raw.filter((step) => isAdded(file, step)))),
  );
  const moved = movedHere(scene);
  return read.flatMap(({ file, setting, raw }) => {
    const before = file.before === null ? [] : rawSteps(file.before, scene);
    const old = new Set([...before.map(keyOf), ...moved]);
    const dialect = dialectOf(file.path, raw.map((step) => step.text).join('\n'), scene);
    return withoutFresh(raw, { created, isNew: (step) => isAdded(file, step) })
      .filter((step) => isAdded(file, step) && !old.has(keyOf(step)))
      .map((step) => ({ ...step, path: file.path, setting, dialect, file: raw, newColumns }))
      .filter((step) => step.operations.length > 0);
  });
}

function isAdded(file: ChangedFile, { line, endLine }: RawStep): boolean {
  for (let at = line; at <= endLine; at += 1) if (file.added.has(at)) return true;
  return false;
}

// A migration that was moved between folders is not new, however the move was recorded.
function movedHere(scene: Scene): readonly string[] {
  return scene.files
    .filter((file) => file.change.status === 'deleted' && file.before !== null)
    .filter(
      (file) => file.language === 'sql' || settingOf({ ...file, after: file.before }) !== null,
    )
    .flatMap((file) => (file.before === null ? [] : rawSteps(file.before, scene).map(keyOf)));
}

// Blanks within brackets are layout too. Rights are compared by what is granted, however it is written.
function keyOf({ text, operations }: RawStep): string {
  const opens = operations.some(({ kind }) => kind === 'open-access');
  return opens ? JSON.stringify(operations) : text.replace(/\s+/g, '');
}

/** `new`: certainly not there before. `maybe`: created only where it is missing, so that it may be an old one. */
type Freshness = 'new' | 'maybe';

function createdBy(raw: readonly RawStep[]): readonly (readonly [string, Freshness])[] {
  return raw.flatMap(({ operations, text }) => {
    const freshness = /\bif\s{1,20}not\s{1,20}exists\b/i.test(text) ? 'maybe' : 'new';
    return operations.flatMap((operation) =>
      operation.kind === 'create-table' ? [[operation.table, freshness] as const] : [],
    );
  });
}

function columnsOf(raw: readonly RawStep[]): readonly string[] {
  return raw.flatMap(({ operations }) =>
    operations.flatMap((one) =>
      one.kind === 'add-column' ? [`${one.table}.${one.column.name}`] : [],
    ),
  );
}

interface Creation {
  /** Tables that the change creates, in whichever of its files. */
  readonly created: ReadonlyMap<string, Freshness>;
  /** Whether the change adds a statement: what was created before may be in use. */
  readonly isNew: (step: RawStep) => boolean;
}

/**
 * Nothing depends yet on a table that this change creates, earlier in the file or in another of its files, until it is
 * dropped again. What such statements do to it is left out.
 */
function withoutFresh(raw: readonly RawStep[], { created, isNew }: Creation): readonly RawStep[] {
  const here = new Set(createdBy(raw).map(([table]) => table));
  const fresh = new Map([...created].filter(([table]) => !here.has(table)));
  return raw.map((step) => {
    const operations = step.operations.filter((operation) => !isHarmless(operation, fresh));
    for (const operation of step.operations)
      if (operation.kind === 'drop-object') fresh.delete(operation.name);
    if (isNew(step))
      for (const [table, freshness] of createdBy([step])) fresh.set(table, freshness);
    return { ...step, operations };
  });
}

function isHarmless(operation: Operation, fresh: ReadonlyMap<string, Freshness>): boolean {
  const table = tableOf(operation);
  const freshness = table === null ? undefined : fresh.get(table);
  return freshness === 'new' || (freshness === 'maybe' && !destroys.has(operation.kind));
}

const destroys: ReadonlySet<Operation['kind']> = new Set(['drop-column', 'drop-object', 'write']);
