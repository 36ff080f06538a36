import {
  alembicAdded,
  alembicAltered,
  knexAltered,
  sequelizeAdded,
  sequelizeChanged,
} from './orm-columns.ts';
import { named } from './orm-call.ts';
import type { OrmCall } from './orm-call.ts';
import type { AddedConstraint, Operation } from './operation.ts';

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
    !named(table) ? [] : [droppedIndex(table, index, /concurrently['"]?\s*:\s*true/.test(given))],
  dropIndex: ({ around, positional }) => {
    const [first, second] = positional;
    if (around !== null) return [droppedIndex(around, second ?? first, false)];
    return !named(first) || !named(second) ? [] : [droppedIndex(first, second, false)];
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
  return !named(table) ? [] : [{ kind: 'create-index', table, index: index ?? '', concurrently }];
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
  return !named(table) ? [] : [{ kind: 'drop-constraint', table, name: name ?? '', type }];
}

function added(
  table: string | null | undefined,
  type: AddedConstraint['type'],
  more: Partial<AddedConstraint>,
): readonly Operation[] {
  return !named(table)
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
