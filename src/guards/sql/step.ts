import type { ChangedFile, Scene, Source, SqlDialect } from '../guard.ts';
import { codeSteps } from './code-steps.ts';
import { nodeOperations } from './node-operations.ts';
import { tableOf } from './operation.ts';
import type { RawStep } from './operation.ts';
import { dialectOf, downLines, settingOf } from './sql-file.ts';
import type { Setting } from './sql-file.ts';
import { wordOperations } from './word-operations.ts';

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
  const created = read.flatMap(({ file, raw }) =>
    createdBy(raw.filter((step) => isAdded(file, step))),
  );
  const newColumns = new Set(
    read.flatMap(({ file, raw }) => columnsOf(raw.filter((step) => isAdded(file, step)))),
  );
  const moved = movedHere(scene);
  return read.flatMap(({ file, setting, raw }) => {
    const before = file.before === null ? [] : rawSteps(file.before, scene);
    const old = new Set([...before.map(keyOf), ...moved]);
    const dialect = dialectOf(file.path, raw.map((step) => step.text).join('\n'), scene);
    return raw
      .filter((step) => isAdded(file, step) && !old.has(keyOf(step)))
      .map((step) => ({ ...step, path: file.path, setting, dialect, file: raw, newColumns }))
      .map((step) => withoutFresh(step, created))
      .filter((step) => step.operations.length > 0);
  });
}

function rawSteps(source: Source, scene: Scene): readonly RawStep[] {
  if (source.language !== 'sql') return codeSteps(source, scene.parsers);
  const isDown = downLines(source);
  const statements = scene.parsers.sql(source.text) ?? [];
  return statements
    .filter((statement) => !isDown(statement.line))
    .map(({ line, endLine, text, node }) => ({
      line,
      endLine,
      text,
      operations: node === null ? wordOperations(text) : nodeOperations(node),
    }));
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

function keyOf({ text }: RawStep): string {
  return text.replace(/\s+/g, ' ').trim();
}

function createdBy(raw: readonly RawStep[]): readonly string[] {
  return raw.flatMap(({ operations }) =>
    operations.flatMap((operation) => (operation.kind === 'create-table' ? [operation.table] : [])),
  );
}

function columnsOf(raw: readonly RawStep[]): readonly string[] {
  return raw.flatMap(({ operations }) =>
    operations.flatMap((one) =>
      one.kind === 'add-column' ? [`${one.table}.${one.column.name}`] : [],
    ),
  );
}

// Nothing depends yet on a table that this change creates: earlier in the file, or in another of its files.
function withoutFresh(step: Step, created: readonly string[]): Step {
  const earlier = step.file.slice(
    0,
    step.file.findIndex((other) => other.line === step.line),
  );
  const here = new Set(createdBy(step.file));
  const fresh = new Set([...createdBy(earlier), ...created.filter((table) => !here.has(table))]);
  const operations = step.operations.filter((operation) => {
    const table = tableOf(operation);
    return table === null || !fresh.has(table);
  });
  return { ...step, operations };
}
