import { lineAt } from '../code/written.ts';
import type { Written } from '../code/written.ts';
import type { Operation, RawStep } from './operation.ts';
import { droppedColumns, nameIn, namesIn } from './written-call.ts';
import type { WrittenCall, WrittenForm } from './written-call.ts';

/** What the functions of a Laravel migration do. */
export const laravelForms: Readonly<Record<string, WrittenForm>> = {
  create: ({ callee, positional: [table] }) => {
    const name = nameIn(table);
    return name === null || !callee.startsWith('Schema')
      ? []
      : [{ kind: 'create-table', table: name, temporary: false }];
  },
  drop: droppedTable,
  dropIfExists: droppedTable,
  dropColumns: ({ positional: [table, columns] }) =>
    droppedColumns(nameIn(table), namesIn(columns)),
  dropColumn: ({ around, positional }) => droppedColumns(around, positional.flatMap(namesIn)),
  dropConstrainedForeignId: ({ around, positional }) =>
    droppedColumns(around, positional.flatMap(namesIn)),
  dropMorphs: ({ around, positional: [name] }) =>
    droppedColumns(
      around,
      namesIn(name).flatMap((one) => [`${one}_id`, `${one}_type`]),
    ),
  dropTimestamps: ({ around }) => droppedColumns(around, ['created_at', 'updated_at']),
  dropSoftDeletes: ({ around }) => droppedColumns(around, ['deleted_at']),
  renameColumn: ({ around, positional }) => {
    const [from = null, to = null] = positional.map(nameIn);
    return around === null || from === null || to === null
      ? []
      : [{ kind: 'rename-column', table: around, from, to }];
  },
  rename: ({ callee, positional }) => {
    const [table = null, to = null] = positional.map(nameIn);
    return !callee.startsWith('Schema') || table === null || to === null
      ? []
      : [{ kind: 'rename-table', table, to }];
  },
  dropForeign: (call) => constraint(call, 'foreign key'),
  dropUnique: (call) => constraint(call, 'unique'),
  dropPrimary: (call) => constraint(call, 'primary key'),
  dropIndex: ({ around, positional: [name] }) =>
    around === null
      ? []
      : [
          {
            kind: 'drop-index',
            table: around,
            index: namesIn(name).join(', '),
            concurrently: false,
          },
        ],
  foreign: ({ around, callee, positional }) =>
    around === null || positional.length === 0 || !callee.startsWith('$')
      ? []
      : [
          {
            kind: 'add-constraint',
            table: around,
            constraint: { type: 'foreign key', deferred: false },
          },
        ],
  unique: ({ around, callee, positional }) =>
    around === null || positional.length === 0 || !callee.startsWith('$')
      ? []
      : [
          {
            kind: 'add-constraint',
            table: around,
            constraint: { type: 'unique', deferred: false },
          },
        ],
  index: ({ around, callee, positional: [, name] }) =>
    around === null || !callee.startsWith('$')
      ? []
      : [{ kind: 'create-index', table: around, index: nameIn(name) ?? '', concurrently: false }],
};

const chain =
  /\$\w+->(\w+)\(\s*["'](\w+)["'][^;]{0,400}?->(change\(\)|cascadeOnDelete\(\)|onDelete\(\s*["']cascade["']\s*\))/g;
const texts: ReadonlySet<string> = new Set(['string', 'text', 'mediumText', 'longText']);

/** What a Laravel migration says in chains of calls: a column changed, a foreign key that cascades. */
export function laravelChains(
  written: Written,
  tableAt: (offset: number) => string | null,
): readonly (RawStep & { readonly start: number })[] {
  return [...written.code.matchAll(chain)].slice(0, 200).flatMap((match) => {
    const [text, to = '', column = '', verb = ''] = match;
    const table = tableAt(match.index);
    if (table === null) return [];
    const operations = verb.startsWith('change')
      ? changed({ table, column, to, text })
      : [cascading(table, column, text)];
    const [line, endLine] = [
      lineAt(written, match.index),
      lineAt(written, match.index + text.length),
    ];
    return operations.length === 0 ? [] : [{ line, endLine, text, operations, start: match.index }];
  });
}

interface Changed {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  readonly text: string;
}

function changed({ table, column, to, text }: Changed): readonly Operation[] {
  if (texts.has(to) || text.includes('->nullable(')) return [];
  return [{ kind: 'change-type', table, column, to, converts: false }];
}

function cascading(table: string, column: string, text: string): Operation {
  const from = /->(?:on|constrained)\(\s*["'](\w+)/.exec(text)?.[1] ?? column.replace(/_id$/, '');
  const constraint = {
    type: 'foreign key',
    deferred: false,
    columns: [column],
    cascadesFrom: from,
  } as const;
  return { kind: 'add-constraint', table, constraint };
}

function droppedTable({ callee, positional: [table] }: WrittenCall): readonly Operation[] {
  const name = nameIn(table);
  return name === null || !callee.startsWith('Schema')
    ? []
    : [{ kind: 'drop-object', what: 'table', name }];
}

function constraint(
  { around, positional: [name] }: WrittenCall,
  type: 'foreign key' | 'unique' | 'primary key',
): readonly Operation[] {
  return around === null
    ? []
    : [{ kind: 'drop-constraint', table: around, name: namesIn(name).join(', '), type }];
}
