import type { AddedColumn } from './operation.ts';
import { at, list, record, string, text, unwrap } from './pg-node.ts';
import type { Node } from './pg-node.ts';

const serial: ReadonlySet<string> = new Set(['serial', 'bigserial', 'smallserial']);
// Functions that give every row the same value. Others, also a team's own, are volatile unless declared otherwise.
const steady =
  /^(?:now|transaction_timestamp|statement_timestamp|timezone|date_trunc|date_part|to_timestamp|to_date|make_(?:date|time|timestamp|timestamptz|interval)|lower|upper|initcap|concat|concat_ws|format|md5|sha256|encode|decode|convert_to|to_jsonb?|to_char|to_number|jsonb?_build_(?:object|array)|jsonb?_object|array_fill|string_to_array|row_to_json|current_setting|current_schema|current_user|session_user|point|box|int4range|int8range|numrange|tstzrange|daterange|st_\w+|abs|round|floor|ceil|power|length|left|right|repeat|replace|trim|btrim|hstore|cidr|inet|nullif|coalesce|greatest|least|empty_blob)$/i;

/** A column as ADD COLUMN declares it. */
export function addedColumn(def: Node): AddedColumn {
  const type = typeName(at(def, 'typeName'));
  const constraints = list(def['constraints']).map((constraint) => unwrap(constraint)[1]);
  function of(contype: string): Node | undefined {
    return constraints.find((constraint) => constraint['contype'] === contype);
  }
  const fallback = of('CONSTR_DEFAULT');
  const generated = of('CONSTR_GENERATED');
  const isFilled =
    fallback !== undefined ||
    generated !== undefined ||
    of('CONSTR_IDENTITY') !== undefined ||
    serial.has(type);
  return {
    name: text(def['colname']),
    unique: (of('CONSTR_UNIQUE') ?? of('CONSTR_PRIMARY')) !== undefined,
    required: (of('CONSTR_NOTNULL') ?? of('CONSTR_PRIMARY')) !== undefined && !isFilled,
    ...(text(of('CONSTR_FOREIGN')?.['fk_del_action']) === 'c' ? { cascades: true } : {}),
    rewrites: rewriteReason({ type, fallback, generated, identity: of('CONSTR_IDENTITY') }),
  };
}

interface Filled {
  readonly type: string;
  readonly fallback: Node | undefined;
  readonly generated: Node | undefined;
  readonly identity: Node | undefined;
}

function rewriteReason({ type, fallback, generated, identity }: Filled): string | null {
  if (serial.has(type)) return `its type is ${type}`;
  if (identity !== undefined) return 'it is an identity column';
  if (generated !== undefined && generated['generated_kind'] !== 'v')
    return 'it is stored and generated';
  const call =
    fallback === undefined
      ? ''
      : (calledNames(fallback['raw_expr']).find((name) => !steady.test(name)) ?? '');
  return call === '' ? null : `its default ${call}() may differ from row to row`;
}

function calledNames(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(calledNames);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== 'FuncCall') return calledNames(value);
    const call = record(value);
    return [string(list(call['funcname']).at(-1)), ...calledNames(call['args'])];
  });
}

/** Last part of a type's name: `int8` of `pg_catalog.int8`. */
export function typeName(type: Node): string {
  return string(list(type['names']).at(-1));
}
