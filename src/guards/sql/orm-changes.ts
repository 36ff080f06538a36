import type { AddedConstraint, Operation } from './operation.ts';

/** A call of a migration framework in TypeScript, JavaScript or Python, as far as it is written out. */
export interface OrmCall {
  readonly callee: string;
  /** Positional arguments that are plain strings; null for others. */
  readonly positional: readonly (string | null)[];
  readonly keywords: ReadonlyMap<string, string>;
  /** All arguments as they are written. */
  readonly given: string;
  /** Table whose block or chain the call stands in. */
  readonly around: string | null;
  /** The whole chain the call is a part of: `t.string('a').notNullable().alter()`. */
  readonly chain: string;
}

type Form = (call: OrmCall) => readonly Operation[];

/** Changes of indexes, constraints and columns: Knex, TypeORM, Sequelize, Alembic, Django. */
export const ormChanges: Readonly<Record<string, Form>> = {
  create_index: ({ positional: [index, table], given }) =>
    indexed(table, index, /postgresql_concurrently\s*=\s*True/.test(given)),
  drop_index: ({ positional: [index], keywords, given }) => [
    {
      kind: 'drop-index',
      table: keywords.get('table_name') ?? '',
      index: index ?? '',
      concurrently: /postgresql_concurrently\s*=\s*True/.test(given),
    },
  ],
  addIndex: ({ positional: [table], given }) =>
    indexed(table, '', /concurrently['"]?\s*:\s*true/.test(given)),
  createIndex: ({ positional: [table], callee, given }) =>
    /\b(?:queryRunner|qr|runner)\b/i.test(callee)
      ? indexed(
          table,
          /name:\s*['"`]([^'"`]+)/.exec(given)?.[1],
          /isConcurrent:\s*true/.test(given),
        )
      : [],
  removeIndex: ({ positional: [table, index], given }) =>
    table == null ? [] : [droppedIndex(table, index, /concurrently['"]?\s*:\s*true/.test(given))],
  dropIndex: ({ around, positional }) => {
    const [first, second] = positional;
    if (around !== null) return [droppedIndex(around, second ?? first, false)];
    return first == null || second == null ? [] : [droppedIndex(first, second, false)];
  },
  AddIndex: ({ keywords, given }) =>
    indexed(keywords.get('model_name'), /name\s*=\s*['"]([^'"]+)/.exec(given)?.[1], false),
  AddIndexConcurrently: ({ keywords, given }) =>
    indexed(keywords.get('model_name'), /name\s*=\s*['"]([^'"]+)/.exec(given)?.[1], true),
  RemoveIndex: ({ keywords }) => [
    droppedIndex(keywords.get('model_name') ?? '', keywords.get('name'), false),
  ],
  RemoveConstraint: ({ keywords }) =>
    dropped(keywords.get('model_name'), keywords.get('name'), typeByName(keywords.get('name'))),
  AddConstraint: ({ keywords, given }) =>
    added(keywords.get('model_name'), given.includes('UniqueConstraint') ? 'unique' : 'check', {
      name: /name\s*=\s*['"]([^'"]+)/.exec(given)?.[1] ?? '',
    }),
  create_foreign_key: (call) => alembic(call, 'foreign key'),
  create_check_constraint: (call) => alembic(call, 'check'),
  create_unique_constraint: (call) => alembic(call, 'unique'),
  drop_constraint: ({ around, positional: [name, table], given }) =>
    dropped(around ?? table, name, wordType(/type_\s*=\s*['"](\w+)/.exec(given)?.[1])),
  addConstraint: ({ positional: [table], given }) => {
    const type = wordType(/type:\s*['"]([\w ]+)/.exec(given)?.[1]?.replace(/ key$/i, ''));
    return type === null ? [] : added(table, type, cascadeOf(given));
  },
  removeConstraint: ({ positional: [table, name] }) => dropped(table, name, typeByName(name)),
  createForeignKey: ({ positional: [table], given }) =>
    added(table, 'foreign key', cascadeOf(given)),
  createUniqueConstraint: ({ positional: [table] }) => added(table, 'unique', {}),
  createCheckConstraint: ({ positional: [table] }) => added(table, 'check', {}),
  dropForeignKey: ({ positional: [table, name] }) => dropped(table, name, 'foreign key'),
  dropUniqueConstraint: ({ positional: [table, name] }) => dropped(table, name, 'unique'),
  dropCheckConstraint: ({ positional: [table, name] }) => dropped(table, name, 'check'),
  dropForeign: ({ around, positional: [name] }) => dropped(around, name, 'foreign key'),
  dropUnique: ({ around, positional: [name] }) => dropped(around, name, 'unique'),
  alter_column: alembicAltered,
  changeColumn: sequelizeChanged,
  alter: knexAltered,
  add_column: alembicAdded,
  addColumn: sequelizeAdded,
  AlterUniqueTogether: ({ keywords, given }) =>
    /unique_together\s*=\s*(?:None|set\(\)|\{\}|\[\])/.test(given)
      ? dropped(keywords.get('name'), 'unique_together', 'unique')
      : [],
};

function indexed(
  table: string | null | undefined,
  index: string | null | undefined,
  concurrently: boolean,
): readonly Operation[] {
  return table == null || table === ''
    ? []
    : [{ kind: 'create-index', table, index: index ?? '', concurrently }];
}

function droppedIndex(
  table: string,
  index: string | null | undefined,
  concurrently: boolean,
): Operation {
  return { kind: 'drop-index', table, index: index ?? '', concurrently };
}

function dropped(
  table: string | null | undefined,
  name: string | null | undefined,
  type: AddedConstraint['type'] | null,
): readonly Operation[] {
  return table == null || table === ''
    ? []
    : [{ kind: 'drop-constraint', table, name: name ?? '', type }];
}

function added(
  table: string | null | undefined,
  type: AddedConstraint['type'],
  more: Partial<AddedConstraint>,
): readonly Operation[] {
  return table == null || table === ''
    ? []
    : [{ kind: 'add-constraint', table, constraint: { type, deferred: false, ...more } }];
}

function alembic(
  { around, positional, given }: OrmCall,
  type: 'foreign key' | 'check' | 'unique',
): readonly Operation[] {
  const table = around ?? positional[1];
  const deferred = /postgresql_not_valid\s*=\s*True/.test(given);
  const from = positional[around === null ? 2 : 1] ?? 'another table';
  const cascades = /ondelete\s*=\s*['"]cascade['"]/i.test(given);
  return added(table, type, {
    deferred,
    name: positional[0] ?? '',
    ...(cascades ? { cascadesFrom: from } : {}),
  });
}

function cascadeOf(given: string): Partial<AddedConstraint> {
  if (!/onDelete['"]?\s*:\s*['"`]cascade['"`]/i.test(given)) return {};
  const from = /(?:referencedTableName|table)['"]?\s*:\s*['"`](\w+)/.exec(given)?.[1];
  return { cascadesFrom: from ?? 'another table' };
}

function wordType(word: string | undefined): AddedConstraint['type'] | null {
  return types[(word ?? '').toLowerCase()] ?? null;
}

const types: Readonly<Record<string, AddedConstraint['type']>> = {
  foreign: 'foreign key',
  foreignkey: 'foreign key',
  unique: 'unique',
  check: 'check',
  primary: 'primary key',
};

function typeByName(name: string | null | undefined): AddedConstraint['type'] | null {
  if (/uniq/i.test(name ?? '')) return 'unique';
  return /check|_gte|_lte/i.test(name ?? '') ? 'check' : null;
}

function alembicAltered({ around, positional, keywords, given }: OrmCall): readonly Operation[] {
  const [table, column] = around === null ? positional : [around, positional[0]];
  if (table == null || column == null) return [];
  const to = keywords.get('new_column_name');
  const [type, old] = ['type_', 'existing_type'].map(
    (key) => new RegExp(String.raw`\b${key}\s*=\s*(?:\w+\.)*(\w+)`).exec(given)?.[1],
  );
  const changes = type !== undefined && type !== old;
  return [
    ...(to === undefined || to === ''
      ? []
      : [{ kind: 'rename-column' as const, table, from: column, to }]),
    ...(changes
      ? [
          {
            kind: 'change-type' as const,
            table,
            column,
            to: type.toLowerCase(),
            converts: given.includes('postgresql_using'),
          },
        ]
      : []),
    ...(/\bnullable\s*=\s*False/.test(given)
      ? [{ kind: 'set-not-null' as const, table, column }]
      : []),
  ];
}

function sequelizeChanged({
  callee,
  positional: [table, column],
  given,
}: OrmCall): readonly Operation[] {
  if (!/queryInterface|\bqi\b/i.test(callee) || table == null || column == null) return [];
  const type = /\btype\s*:\s*(?:\w+\.)*(\w+)/.exec(given)?.[1]?.toLowerCase();
  return [
    ...(type === undefined || /^(?:string|text|citext)$/.test(type)
      ? []
      : [{ kind: 'change-type' as const, table, column, to: type, converts: false }]),
    ...(/allowNull\s*:\s*false/.test(given)
      ? [{ kind: 'set-not-null' as const, table, column }]
      : []),
  ];
}

const knexColumn = /\.\s*(\w+)\(\s*["'`](\w+)["'`]/;

function knexAltered({ around, chain }: OrmCall): readonly Operation[] {
  const [, type = '', column = ''] = knexColumn.exec(chain) ?? [];
  if (around === null || column === '') return [];
  return [
    ...(/^(?:string|text|specificType|enu|enum)$/.test(type)
      ? []
      : [
          {
            kind: 'change-type' as const,
            table: around,
            column,
            to: type.toLowerCase(),
            converts: false,
          },
        ]),
    ...(chain.includes('.notNullable(')
      ? [{ kind: 'set-not-null' as const, table: around, column }]
      : []),
  ];
}

function alembicAdded({ around, positional, given }: OrmCall): readonly Operation[] {
  const table = around ?? positional[0];
  const name = /\bColumn\(\s*["'](\w+)["']/.exec(given)?.[1];
  if (table == null || name === undefined) return [];
  const filled = /\b(?:server_default|Computed|Identity)\b/.test(given);
  const calls = /server_default\s*=\s*(?:\w+\.)*(?:text\(\s*["'](\w+)\(|func\.(\w+)\()/.exec(given);
  const called = calls?.[1] ?? calls?.[2];
  const column = {
    name,
    unique: /\bunique\s*=\s*True/.test(given),
    required: /\bnullable\s*=\s*False/.test(given) && !filled,
    rewrites: steady(called) ? null : `its default ${called}() may differ from row to row`,
  };
  return [{ kind: 'add-column', table, column }];
}

function sequelizeAdded({
  callee,
  positional: [table, name],
  given,
}: OrmCall): readonly Operation[] {
  if (!/queryInterface|\bqi\b/i.test(callee) || table == null || name == null) return [];
  const required = /allowNull\s*:\s*false/.test(given) && !/defaultValue\s*:/.test(given);
  const cascades = /onDelete\s*:\s*["'`]cascade["'`]/i.test(given);
  const column = {
    name,
    unique: /unique\s*:\s*true/.test(given),
    required,
    rewrites: null,
    cascades,
  };
  return [{ kind: 'add-column', table, column }];
}

function steady(called: string | undefined): boolean {
  return (
    called === undefined ||
    /^(?:now|current_timestamp|timezone|lower|upper|date_trunc)$/i.test(called)
  );
}
