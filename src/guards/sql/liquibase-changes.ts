import type { AddedConstraint, Operation } from './operation.ts';
import { wordOperations } from './word-operations.ts';

/** An element of a change log, in whichever form it is written. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly children: readonly Element[];
}

/** What one change of a change log does. */
export function liquibaseOperations(element: Element): readonly Operation[] {
  const read = Object.hasOwn(changes, element.name) ? changes[element.name] : undefined;
  return read?.(element) ?? [];
}

type Change = (element: Element) => readonly Operation[];

const changes: Readonly<Record<string, Change>> = {
  createTable: (one) => [{ kind: 'create-table', table: table(one), temporary: false }],
  dropTable: (one) => [{ kind: 'drop-object', what: 'table', name: table(one) }],
  dropAllForeignKeyConstraints: (one) => [
    { kind: 'drop-constraint', table: get(one, 'baseTableName'), name: '', type: 'foreign key' },
  ],
  dropColumn: (one) =>
    columnsOf(one).map((column) => ({ kind: 'drop-column', table: table(one), column })),
  renameColumn: (one) => [
    {
      kind: 'rename-column',
      table: table(one),
      from: get(one, 'oldColumnName'),
      to: get(one, 'newColumnName'),
    },
  ],
  renameTable: (one) => [
    { kind: 'rename-table', table: get(one, 'oldTableName'), to: get(one, 'newTableName') },
  ],
  modifyDataType: (one) => {
    const to = get(one, 'newDataType').replace(/\(.*$/, '').toLowerCase();
    return [
      {
        kind: 'change-type',
        table: table(one),
        column: get(one, 'columnName'),
        to,
        converts: false,
      },
    ];
  },
  addNotNullConstraint: (one) => {
    const [on, column] = [table(one), get(one, 'columnName')];
    const fills: readonly Operation[] = one.attributes.has('defaultNullValue')
      ? [{ kind: 'write', verb: 'UPDATE', table: on, columns: [column] }]
      : [];
    return [...fills, { kind: 'set-not-null', table: on, column }];
  },
  addColumn: (one) => one.children.flatMap((child) => column(one, child)),
  createIndex: (one) => [
    { kind: 'create-index', table: table(one), index: get(one, 'indexName'), concurrently: false },
  ],
  dropIndex: (one) => [
    { kind: 'drop-index', table: table(one), index: get(one, 'indexName'), concurrently: false },
  ],
  addUniqueConstraint: (one) => added(one, 'unique'),
  addPrimaryKey: (one) => added(one, 'primary key'),
  addForeignKeyConstraint: (one) => {
    const cascades = /^cascade$/i.test(get(one, 'onDelete'));
    const from = get(one, 'referencedTableName');
    return [
      {
        kind: 'add-constraint',
        table: get(one, 'baseTableName'),
        constraint: {
          type: 'foreign key',
          deferred: get(one, 'validate') === 'false',
          name: get(one, 'constraintName'),
          columns: get(one, 'baseColumnNames').split(/\s*,\s*/),
          ...(cascades ? { cascadesFrom: from } : {}),
        },
      },
    ];
  },
  dropUniqueConstraint: (one) => dropped(one, 'unique'),
  dropPrimaryKey: (one) => dropped(one, 'primary key'),
  dropForeignKeyConstraint: (one) => [
    {
      kind: 'drop-constraint',
      table: get(one, 'baseTableName'),
      name: get(one, 'constraintName'),
      type: 'foreign key',
    },
  ],
  delete: (one) =>
    one.children.some(({ name }) => name === 'where') || one.attributes.has('where')
      ? []
      : [{ kind: 'write', verb: 'DELETE', table: table(one), columns: [] }],
  sql: ({ text }) => text.split(';').flatMap((part) => wordOperations(part.trim())),
};

function get({ attributes }: Element, name: string): string {
  return attributes.get(name) ?? '';
}

function table(element: Element): string {
  return get(element, 'tableName');
}

function columnsOf(element: Element): readonly string[] {
  const named = get(element, 'columnName');
  if (named !== '') return named.split(/\s*,\s*/);
  return within(element, 'column')
    .map((child) => get(child, 'name'))
    .filter(Boolean);
}

function within(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) =>
    child.name === name ? [child] : child.name === 'columns' ? within(child, name) : [],
  );
}

function column(parent: Element, child: Element): readonly Operation[] {
  if (child.name === 'columns') return child.children.flatMap((one) => column(parent, one));
  const name = get(child, 'name');
  if (child.name !== 'column' || name === '') return [];
  const isFilled = [...child.attributes.keys()].some((key) =>
    /^(?:default)?value|autoIncrement/i.test(key),
  );
  const isRequired = child.children.some((one) => get(one, 'nullable') === 'false');
  const isUnique = child.children.some((one) => get(one, 'unique') === 'true');
  const calls = /^(\w+)\(/.exec(get(child, 'defaultValueComputed'))?.[1];
  const rewrites =
    calls === undefined || /^(?:now|current_timestamp)$/i.test(calls)
      ? null
      : `its default ${calls}() may differ from row to row`;
  const made = { name, unique: isUnique, required: isRequired && !isFilled, rewrites };
  return [{ kind: 'add-column', table: table(parent), column: made }];
}

function added(element: Element, type: AddedConstraint['type']): readonly Operation[] {
  const columns = get(element, 'columnNames').split(/\s*,\s*/);
  const deferred = element.attributes.has('forIndexName') || get(element, 'validate') === 'false';
  const constraint = { type, deferred, name: get(element, 'constraintName'), columns };
  return [{ kind: 'add-constraint', table: table(element), constraint }];
}

function dropped(element: Element, type: AddedConstraint['type']): readonly Operation[] {
  return [
    { kind: 'drop-constraint', table: table(element), name: get(element, 'constraintName'), type },
  ];
}
