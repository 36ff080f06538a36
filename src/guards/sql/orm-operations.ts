import type { Tree } from '../guard.ts';
import type { Operation } from './operation.ts';
import { named } from './orm-call.ts';
import { ormChanges } from './orm-changes.ts';

/**
 * What a call of a migration framework does: Knex, TypeORM, Sequelize, Alembic, Django.
 * Only forms whose names are the framework's own and whose operands are written out.
 */
export function ormOperations(call: Tree): readonly Operation[] {
  const callee = call.field('function')?.text() ?? '';
  const name = callee.split('.').at(-1) ?? '';
  if (!callee.includes('.')) return [];
  const parts = { call, callee, positional: positional(call), keywords: keywords(call) };
  if (Object.hasOwn(forms, name)) return forms[name]?.(parts) ?? [];
  if (!Object.hasOwn(ormChanges, name)) return [];
  const around = tableAround(call);
  const written = given(call).map((one) => one.text());
  return ormChanges[name]?.({ ...parts, around, given: written.join(', '), chain: callee }) ?? [];
}

interface Call {
  readonly call: Tree;
  readonly callee: string;
  /** Positional arguments that are plain strings; null for others. */
  readonly positional: readonly (string | null)[];
  readonly keywords: ReadonlyMap<string, string>;
}

type Form = (call: Call) => readonly Operation[];

const forms: Readonly<Record<string, Form>> = {
  createTable: created,
  create_table: created,
  CreateModel: ({ keywords }) => createdTable(keywords.get('name')),
  dropTable,
  dropTableIfExists: dropTable,
  drop_table: dropTable,
  DeleteModel: ({ keywords }) => droppedTable(keywords.get('name')),
  dropColumn,
  dropColumns: dropColumn,
  dropTimestamps: ({ call }) => droppedColumns(tableAround(call), ['created_at', 'updated_at']),
  removeColumn: dropColumn,
  drop_column: dropColumn,
  RemoveField: ({ keywords }) => droppedColumns(keywords.get('model_name'), [keywords.get('name')]),
  RenameModel: ({ keywords }) => renamedTable(keywords.get('old_name'), keywords.get('new_name')),
  RenameField: ({ keywords }) =>
    renamedColumn(keywords.get('model_name'), keywords.get('old_name'), keywords.get('new_name')),
  renameColumn,
  renameTable: ({ positional: [from, to] }) => renamedTable(from, to),
  rename_table: ({ positional: [from, to] }) => renamedTable(from, to),
};

function created({ positional: [table] }: Call): readonly Operation[] {
  return createdTable(table);
}

function createdTable(table: string | null | undefined): readonly Operation[] {
  return named(table) ? [{ kind: 'create-table', table, temporary: false }] : [];
}

function dropTable({ positional: [table] }: Call): readonly Operation[] {
  return droppedTable(table);
}

function droppedTable(table: string | null | undefined): readonly Operation[] {
  return named(table) ? [{ kind: 'drop-object', what: 'table', name: table }] : [];
}

// Knex names the table around the call, the others in it.
function dropColumn({ call, positional: args }: Call): readonly Operation[] {
  const [first, second] = args;
  const around = tableAround(call);
  if (around !== null) return droppedColumns(around, args);
  return named(second) ? droppedColumns(first, [second]) : [];
}

function droppedColumns(
  table: string | null | undefined,
  columns: readonly (string | null | undefined)[],
): readonly Operation[] {
  if (!named(table)) return [];
  return columns.filter(named).map((column) => ({ kind: 'drop-column', table, column }));
}

function renameColumn({ call, positional: args }: Call): readonly Operation[] {
  const around = tableAround(call);
  const [table, from, to] = around === null ? args : [around, ...args];
  return renamedColumn(table, from, to);
}

function renamedColumn(
  table: string | null | undefined,
  from: string | null | undefined,
  to: string | null | undefined,
): readonly Operation[] {
  return named(table) && named(from) && named(to)
    ? [{ kind: 'rename-column', table, from, to }]
    : [];
}

function renamedTable(
  from: string | null | undefined,
  to: string | null | undefined,
): readonly Operation[] {
  return named(from) && named(to) ? [{ kind: 'rename-table', table: from, to }] : [];
}

const around = /(?:^|\.)(?:alterTable|table|batch_alter_table|createTable)$/;

const chained = /\.(?:alterTable|table)\(\s*["'`](\w+)["'`]/;

function tableAround(call: Tree): string | null {
  const callee = call.field('function')?.text() ?? '';
  const inChain = callee.length > 2_000 ? null : chained.exec(callee);
  if (inChain !== null) return inChain[1] ?? null;
  for (const above of call.ancestors()) {
    const kind = String(above.kind());
    if (kind === 'call_expression' && around.test(above.field('function')?.text() ?? '')) {
      return positional(above)[0] ?? null;
    }
    if (kind === 'with_statement') {
      const batch = above.find({ rule: { kind: 'call' } });
      if (batch !== null && around.test(batch.field('function')?.text() ?? ''))
        return positional(batch)[0] ?? null;
    }
  }
  return null;
}

function given(call: Tree): readonly Tree[] {
  const list = call.field('arguments')?.children() ?? [];
  return list.filter((child) => child.isNamed() && child.kind() !== 'comment');
}

function positional(call: Tree): readonly (string | null)[] {
  return given(call)
    .filter((child) => child.kind() !== 'keyword_argument')
    .map(plain);
}

function keywords(call: Tree): ReadonlyMap<string, string> {
  const pairs = given(call).filter((child) => child.kind() === 'keyword_argument');
  return new Map(
    pairs.map((pair) => {
      const value = pair.field('value');
      return [pair.field('name')?.text() ?? '', (value === null ? null : plain(value)) ?? ''];
    }),
  );
}

function plain(node: Tree): string | null {
  return /^(["'`])([^"'`$\\\n]*)\1$/.exec(node.text())?.[2] ?? null;
}
