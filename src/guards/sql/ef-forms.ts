import type { AddedConstraint, Operation } from './operation.ts';
import { droppedColumns, nameIn, namesIn } from './written-call.ts';
import type { WrittenCall, WrittenForm } from './written-call.ts';

/** What the functions of an EF Core migration do. */
export const efForms: Readonly<Record<string, WrittenForm>> = {
  CreateTable: (call) => {
    const table = named(call, 'name', 0);
    return table === null ? [] : [{ kind: 'create-table', table, temporary: false }];
  },
  DropTable: (call) => {
    const name = named(call, 'name', 0);
    return name === null ? [] : [{ kind: 'drop-object', what: 'table', name }];
  },
  DropSchema: (call) => {
    const name = named(call, 'name', 0);
    return name === null ? [] : [{ kind: 'drop-object', what: 'schema', name }];
  },
  DropColumn: (call) =>
    droppedColumns(tableIn(call), [named(call, 'name', 0) ?? ''].filter(Boolean)),
  RenameColumn: (call) => {
    const [table, from, to] = [tableIn(call), named(call, 'name', 0), named(call, 'newName', 2)];
    return table === null || from === null || to === null
      ? []
      : [{ kind: 'rename-column', table, from, to }];
  },
  RenameTable: (call) => {
    const [table, to] = [named(call, 'name', 0), nameIn(call.keywords.get('newName'))];
    return table === null || to === null ? [] : [{ kind: 'rename-table', table, to }];
  },
  AlterColumn: altered,
  AddColumn: (call) => {
    const [table, name] = [tableIn(call), named(call, 'name', 0)];
    if (table === null || name === null) return [];
    const { keywords } = call;
    const isFilled =
      keywords.has('defaultValue') ||
      keywords.has('defaultValueSql') ||
      keywords.has('computedColumnSql');
    const calls = /(\w+)\(/.exec(keywords.get('defaultValueSql') ?? '')?.[1];
    const rewrites =
      calls === undefined ||
      /^(?:now|getdate|getutcdate|sysutcdatetime|current_timestamp)$/i.test(calls)
        ? null
        : `its default ${calls}() may differ from row to row`;
    const required = keywords.get('nullable') === 'false' && !isFilled;
    return [{ kind: 'add-column', table, column: { name, unique: false, required, rewrites } }];
  },
  CreateIndex: (call) => {
    const table = tableIn(call);
    const index = named(call, 'name', 0) ?? '';
    return table === null ? [] : [{ kind: 'create-index', table, index, concurrently: false }];
  },
  DropIndex: (call) => [
    {
      kind: 'drop-index',
      table: tableIn(call) ?? '',
      index: named(call, 'name', 0) ?? '',
      concurrently: false,
    },
  ],
  AddForeignKey: (call) => added(call, 'foreign key'),
  AddUniqueConstraint: (call) => added(call, 'unique'),
  AddPrimaryKey: (call) => added(call, 'primary key'),
  AddCheckConstraint: (call) => added(call, 'check'),
  DropForeignKey: (call) => dropped(call, 'foreign key'),
  DropUniqueConstraint: (call) => dropped(call, 'unique'),
  DropPrimaryKey: (call) => dropped(call, 'primary key'),
  DropCheckConstraint: (call) => dropped(call, 'check'),
};

function named({ keywords, positional }: WrittenCall, keyword: string, at: number): string | null {
  return nameIn(keywords.get(keyword) ?? positional[at]);
}

function tableIn(call: WrittenCall): string | null {
  return named(call, 'table', 1);
}

function altered(call: WrittenCall): readonly Operation[] {
  const [table, column] = [tableIn(call), named(call, 'name', 0)];
  if (table === null || column === null) return [];
  const { keywords } = call;
  const [to, from] = [keywords.get('type'), keywords.get('oldType')].map(
    (type) => /^["']([^"']*)["']$/.exec(type ?? '')?.[1],
  );
  const differs = to !== undefined && from !== undefined && baseOf(to) !== baseOf(from);
  const changes: readonly Operation[] = differs
    ? [{ kind: 'change-type', table, column, to, converts: false }]
    : [];
  return keywords.get('nullable') === 'false' && keywords.get('oldNullable') === 'true'
    ? [...changes, { kind: 'set-not-null', table, column }]
    : changes;
}

// Another length is another matter than another type.
function baseOf(type: string): string {
  return type.replace(/\(.*$/, '').trim().toLowerCase();
}

function added(call: WrittenCall, type: AddedConstraint['type']): readonly Operation[] {
  const table = tableIn(call);
  if (table === null) return [];
  const { keywords } = call;
  const cascades = /\bCascade$/.test(keywords.get('onDelete') ?? '');
  const constraint: AddedConstraint = {
    type,
    deferred: false,
    name: named(call, 'name', 0) ?? '',
    columns: namesIn(keywords.get('column') ?? keywords.get('columns')),
    ...(cascades
      ? { cascadesFrom: nameIn(keywords.get('principalTable')) ?? 'another table' }
      : {}),
  };
  return [{ kind: 'add-constraint', table, constraint }];
}

function dropped(call: WrittenCall, type: AddedConstraint['type']): readonly Operation[] {
  const table = tableIn(call);
  return table === null
    ? []
    : [{ kind: 'drop-constraint', table, name: named(call, 'name', 0) ?? '', type }];
}
