import type { Operation } from './operation.ts';
import { named } from './orm-call.ts';
import type { OrmCall } from './orm-call.ts';

/** What alter_column of Alembic changes. */
export function alembicAltered({
  around,
  positional,
  keywords,
  given,
}: OrmCall): readonly Operation[] {
  const [table, column] = around === null ? positional : [around, positional[0]];
  if (!named(table) || !named(column)) return [];
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

/** What changeColumn of Sequelize changes. */
export function sequelizeChanged({
  callee,
  positional: [table, column],
  given,
}: OrmCall): readonly Operation[] {
  if (!/queryInterface|\bqi\b/i.test(callee) || !named(table) || !named(column)) return [];
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

/** What a chain of Knex that ends in alter() changes. */
export function knexAltered({ around, chain }: OrmCall): readonly Operation[] {
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

/** The column that add_column of Alembic adds. */
export function alembicAdded({ around, positional, given }: OrmCall): readonly Operation[] {
  const table = around ?? positional[0];
  const name = /\bColumn\(\s*["'](\w+)["']/.exec(given)?.[1];
  if (!named(table) || name === undefined) return [];
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

/** The column that addColumn of Sequelize adds. */
export function sequelizeAdded({
  callee,
  positional: [table, name],
  given,
}: OrmCall): readonly Operation[] {
  if (!/queryInterface|\bqi\b/i.test(callee) || !named(table) || !named(name)) return [];
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
