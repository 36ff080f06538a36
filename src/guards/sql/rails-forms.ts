import type { Operation } from './operation.ts';
import { droppedColumns, nameIn, namesIn } from './written-call.ts';
import type { WrittenCall, WrittenForm } from './written-call.ts';

/** What the functions of a Rails migration do. */
export const railsForms: Readonly<Record<string, WrittenForm>> = {
  create_table: ({ positional: [table] }) => {
    const name = nameIn(table);
    return name === null ? [] : [{ kind: 'create-table', table: name, temporary: false }];
  },
  drop_table: ({ positional }) =>
    positional
      .flatMap((one) => nameIn(one) ?? [])
      .map((name) => ({ kind: 'drop-object', what: 'table', name })),
  drop_join_table: ({ positional: [one, other] }) => {
    const names = [nameIn(one), nameIn(other)].filter((name) => name !== null).sort();
    return names.length < 2 ? [] : [{ kind: 'drop-object', what: 'table', name: names.join('_') }];
  },
  truncate: ({ positional: [table] }) => {
    const name = nameIn(table);
    return name === null ? [] : [{ kind: 'drop-object', what: 'rows', name }];
  },
  remove_column: ({ positional: [table, column] }) =>
    droppedColumns(nameIn(table), namesIn(column)),
  remove_columns: ({ positional: [table, ...columns] }) =>
    droppedColumns(nameIn(table), columns.flatMap(namesIn)),
  remove_attachment: ({ positional: [table, column] }) =>
    droppedColumns(nameIn(table), namesIn(column)),
  remove: ({ around, positional }) => droppedColumns(around, positional.flatMap(namesIn)),
  remove_timestamps: ({ around, positional: [table] }) =>
    droppedColumns(around ?? nameIn(table), ['created_at', 'updated_at']),
  remove_reference: withoutReference,
  remove_references: withoutReference,
  remove_belongs_to: withoutReference,
  rename_column: ({ positional: [table, from, to] }) => renamed(nameIn(table), from, to),
  rename: ({ around, positional: [from, to] }) => renamed(around, from, to),
  rename_table: ({ positional }) => {
    const [table = null, to = null] = positional.map(nameIn);
    return table === null || to === null ? [] : [{ kind: 'rename-table', table, to }];
  },
  change_column: ({ positional: [table, column, type], keywords }) =>
    changed(nameIn(table), [column, type], keywords),
  change: ({ around, positional: [column, type], keywords }) =>
    changed(around, [column, type], keywords),
  change_column_null: ({ positional: [table, column, may, fallback] }) =>
    may === 'false' ? required(nameIn(table), column, fallback) : [],
  change_null: ({ around, positional: [column, may, fallback] }) =>
    may === 'false' ? required(around, column, fallback) : [],
  add_column: ({ positional: [table, column], keywords }) => {
    const [on, name] = [nameIn(table), nameIn(column)];
    if (on === null || name === null) return [];
    const fallback = keywords.get('default');
    const isRequired = keywords.get('null') === 'false' && (fallback ?? 'nil') === 'nil';
    const calls = /->\s*\{\s*["'](\w+)\(/.exec(fallback ?? '')?.[1] ?? null;
    const rewrites =
      calls === null || /^(?:now|current_timestamp)$/i.test(calls)
        ? null
        : `its default ${calls}() may differ from row to row`;
    return [
      {
        kind: 'add-column',
        table: on,
        column: { name, unique: false, required: isRequired, rewrites },
      },
    ];
  },
  add_index: indexed,
  add_reference: referenced,
  add_belongs_to: referenced,
  remove_index: ({ positional: [table, column], keywords }) => {
    const on = nameIn(table);
    const index =
      nameIn(keywords.get('name')) ?? namesIn(keywords.get('column') ?? column).join(', ');
    const concurrently = isConcurrent(keywords.get('algorithm'));
    return on === null ? [] : [{ kind: 'drop-index', table: on, index, concurrently }];
  },
  add_foreign_key: ({ positional: [table, to], keywords }) =>
    constrained(nameIn(table), 'foreign key', {
      keywords,
      cascadesFrom: nameIn(keywords.get('on_delete')) === 'cascade' ? nameIn(to) : null,
    }),
  add_check_constraint: ({ positional: [table], keywords }) =>
    constrained(nameIn(table), 'check', { keywords, cascadesFrom: null }),
  add_unique_constraint: ({ positional: [table], keywords }) =>
    constrained(nameIn(table), 'unique', { keywords, cascadesFrom: null }),
  remove_foreign_key: ({ positional: [table, to] }) =>
    dropped(nameIn(table), 'foreign key', nameIn(to)),
  remove_check_constraint: ({ positional: [table], keywords }) =>
    dropped(nameIn(table), 'check', nameIn(keywords.get('name'))),
  remove_unique_constraint: ({ positional: [table], keywords }) =>
    dropped(nameIn(table), 'unique', nameIn(keywords.get('name'))),
  validate_foreign_key: validated,
  validate_check_constraint: validated,
  validate_constraint: validated,
};

function withoutReference({
  around,
  positional: args,
  keywords,
}: WrittenCall): readonly Operation[] {
  const [table, ...rest] = around === null ? args : [`:${around}`, ...args];
  const columns = rest
    .flatMap(namesIn)
    .flatMap((name) =>
      keywords.get('polymorphic') === 'true' ? [`${name}_id`, `${name}_type`] : [`${name}_id`],
    );
  return droppedColumns(nameIn(table), columns);
}

function renamed(table: string | null, from?: string, to?: string): readonly Operation[] {
  const [old, fresh] = [nameIn(from), nameIn(to)];
  if (table === null || old === null || fresh === null) return [];
  return [{ kind: 'rename-column', table, from: old, to: fresh }];
}

function changed(
  table: string | null,
  [column, type]: readonly (string | undefined)[],
  keywords: ReadonlyMap<string, string>,
): readonly Operation[] {
  const [name, to] = [nameIn(column), nameIn(type)];
  if (table === null || name === null || to === null) return [];
  const isText = (to === 'string' && !keywords.has('limit')) || to === 'text';
  return [
    ...(isText
      ? []
      : [
          {
            kind: 'change-type' as const,
            table,
            column: name,
            to,
            converts: keywords.has('using'),
          },
        ]),
    ...(keywords.get('null') === 'false'
      ? [{ kind: 'set-not-null' as const, table, column: name }]
      : []),
  ];
}

function required(table: string | null, column?: string, fallback?: string): readonly Operation[] {
  const name = nameIn(column);
  if (table === null || name === null) return [];
  const fills: readonly Operation[] =
    fallback === undefined || fallback === 'nil'
      ? []
      : [{ kind: 'write', verb: 'UPDATE', table, columns: [name] }];
  return [...fills, { kind: 'set-not-null', table, column: name }];
}

function indexed({ positional: [table], keywords }: WrittenCall): readonly Operation[] {
  const on = nameIn(table);
  const index = nameIn(keywords.get('name')) ?? '';
  const concurrently = isConcurrent(keywords.get('algorithm'));
  return on === null ? [] : [{ kind: 'create-index', table: on, index, concurrently }];
}

function referenced({ positional: [table, to], keywords }: WrittenCall): readonly Operation[] {
  const [on, name] = [nameIn(table), nameIn(to)];
  if (on === null || name === null) return [];
  const said = keywords.get('index') ?? 'true';
  const isRequired = keywords.get('null') === 'false' && !keywords.has('default');
  const column = { name: `${name}_id`, unique: false, required: isRequired, rewrites: null };
  const added: Operation = { kind: 'add-column', table: on, column };
  if (said === 'false') return [added];
  return [
    added,
    { kind: 'create-index', table: on, index: '', concurrently: /:concurrently\b/.test(said) },
  ];
}

interface Constraining {
  readonly keywords: ReadonlyMap<string, string>;
  readonly cascadesFrom: string | null;
}

function constrained(
  table: string | null,
  type: 'foreign key' | 'check' | 'unique',
  { keywords, cascadesFrom }: Constraining,
): readonly Operation[] {
  if (table === null) return [];
  const deferred = keywords.get('validate') === 'false' || keywords.has('using_index');
  const name = nameIn(keywords.get('name')) ?? '';
  const columns = namesIn(keywords.get('column'));
  const constraint = {
    type,
    deferred,
    name,
    columns,
    ...(cascadesFrom === null ? {} : { cascadesFrom }),
  };
  return [{ kind: 'add-constraint', table, constraint }];
}

function dropped(
  table: string | null,
  type: 'foreign key' | 'check' | 'unique',
  name: string | null,
): readonly Operation[] {
  return table === null ? [] : [{ kind: 'drop-constraint', table, name: name ?? '', type }];
}

function validated({ positional: [table] }: WrittenCall): readonly Operation[] {
  const on = nameIn(table);
  return on === null ? [] : [{ kind: 'validate', table: on }];
}

function isConcurrent(algorithm: string | undefined): boolean {
  return /\bconcurrently\b/.test(algorithm ?? '');
}
