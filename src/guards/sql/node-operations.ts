import type { AddedColumn, AddedConstraint, Operation } from './operation.ts';

type Node = Readonly<Record<string, unknown>>;

/** What a statement does, read from PostgreSQL's own parse of it. */
export function nodeOperations(statement: Node): readonly Operation[] {
  const [kind, body] = unwrap(statement);
  switch (kind) {
    case 'CreateStmt':
      return [createTable(at(body, 'relation'))];
    case 'CreateTableAsStmt':
      return [createTable(at(at(body, 'into'), 'rel'))];
    case 'AlterTableStmt':
      return body['objtype'] === 'OBJECT_TABLE' || body['objtype'] === undefined
        ? alterTable(body)
        : [];
    case 'DropStmt':
      return dropped(body);
    case 'DropdbStmt':
      return [{ kind: 'drop-object', what: 'database', name: text(body['dbname']) }];
    case 'TruncateStmt':
      return list(body['relations']).map((relation) => ({
        kind: 'drop-object',
        what: 'rows',
        name: relationName(unwrap(relation)[1]),
      }));
    case 'DeleteStmt':
    case 'UpdateStmt':
      return write(kind, body);
    case 'IndexStmt':
      return [
        {
          kind: 'create-index',
          table: relationName(at(body, 'relation')),
          index: text(body['idxname']),
          concurrently: body['concurrent'] === true,
        },
      ];
    case 'RenameStmt':
      return renamed(body);
    default:
      return [];
  }
}

function createTable(relation: Node): Operation {
  const temporary = relation['relpersistence'] === 't';
  return { kind: 'create-table', table: relationName(relation), temporary };
}

function dropped(body: Node): readonly Operation[] {
  const what = { OBJECT_TABLE: 'table', OBJECT_SCHEMA: 'schema' } as const;
  const type = text(body['removeType']);
  if (type !== 'OBJECT_TABLE' && type !== 'OBJECT_SCHEMA') return [];
  return list(body['objects']).map((object) => {
    const [kind, inner] = unwrap(object);
    const parts = kind === 'List' ? list(inner['items']).map(string) : [string(object)];
    return { kind: 'drop-object', what: what[type], name: parts.at(-1) ?? '' };
  });
}

function renamed(body: Node): readonly Operation[] {
  const table = relationName(at(body, 'relation'));
  const to = text(body['newname']);
  if (body['renameType'] === 'OBJECT_TABLE') return [{ kind: 'rename-table', table, to }];
  if (body['renameType'] !== 'OBJECT_COLUMN') return [];
  if (body['relationType'] !== undefined && body['relationType'] !== 'OBJECT_TABLE') return [];
  return [{ kind: 'rename-column', table, from: text(body['subname']), to }];
}

function write(kind: 'DeleteStmt' | 'UpdateStmt', body: Node): readonly Operation[] {
  const where = body['whereClause'];
  if (where !== undefined && !isAlwaysTrue(where)) return [];
  const columns = list(body['targetList']).map((target) => text(unwrap(target)[1]['name']));
  const verb = kind === 'DeleteStmt' ? 'DELETE' : 'UPDATE';
  return [{ kind: 'write', verb, table: relationName(at(body, 'relation')), columns }];
}

function isAlwaysTrue(where: unknown): boolean {
  const [kind, body] = unwrap(where);
  if (kind === 'A_Const') return at(body, 'boolval')['boolval'] === true;
  if (kind !== 'A_Expr' || string(list(body['name'])[0]) !== '=') return false;
  const [left, right] = [unwrap(body['lexpr']), unwrap(body['rexpr'])];
  return left[0] === 'A_Const' && right[0] === 'A_Const' && sameValue(left[1], right[1]);
}

function sameValue(left: Node, right: Node): boolean {
  const [a, b] = [left, right].map((value) => JSON.stringify({ ...value, location: undefined }));
  return a === b;
}

function alterTable(body: Node): readonly Operation[] {
  const table = relationName(at(body, 'relation'));
  return list(body['cmds']).flatMap((wrapped) => alter(table, unwrap(wrapped)[1]));
}

function alter(table: string, command: Node): readonly Operation[] {
  const column = text(command['name']);
  const [, def] = unwrap(command['def']);
  switch (command['subtype']) {
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column }];
    case 'AT_AddColumn':
      return [{ kind: 'add-column', table, column: addedColumn(def) }];
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column }];
    case 'AT_AlterColumnType':
      return [
        {
          kind: 'change-type',
          table,
          column,
          to: typeName(at(def, 'typeName')),
          converts: def['raw_default'] !== undefined,
        },
      ];
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate', table }];
    case 'AT_AddConstraint': {
      const constraint = addedConstraint(def);
      return constraint === null ? [] : [{ kind: 'add-constraint', table, constraint }];
    }
    default:
      return [];
  }
}

const constraintTypes: Readonly<Record<string, AddedConstraint['type']>> = {
  CONSTR_FOREIGN: 'foreign key',
  CONSTR_CHECK: 'check',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary key',
  CONSTR_EXCLUSION: 'exclusion',
};

function addedConstraint(def: Node): AddedConstraint | null {
  const type = constraintTypes[text(def['contype'])];
  if (type === undefined) return null;
  return { type, deferred: def['skip_validation'] === true || text(def['indexname']) !== '' };
}

const serial: ReadonlySet<string> = new Set(['serial', 'bigserial', 'smallserial']);
// Functions that give every row the same value. Others, also a team's own, are volatile unless declared otherwise.
const steady =
  /^(?:now|transaction_timestamp|statement_timestamp|timezone|date_trunc|date_part|to_timestamp|to_date|make_(?:date|time|timestamp|timestamptz|interval)|lower|upper|initcap|concat|concat_ws|format|md5|sha256|encode|decode|convert_to|to_jsonb?|to_char|to_number|jsonb?_build_(?:object|array)|jsonb?_object|array_fill|string_to_array|row_to_json|current_setting|current_schema|current_user|session_user|point|box|int4range|int8range|numrange|tstzrange|daterange|st_\w+|abs|round|floor|ceil|power|length|left|right|repeat|replace|trim|btrim|hstore|cidr|inet|nullif|coalesce|greatest|least|empty_blob)$/i;

function addedColumn(def: Node): AddedColumn {
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

function typeName(type: Node): string {
  return string(list(type['names']).at(-1));
}

function relationName(relation: Node): string {
  return text(relation['relname']);
}

/** A node is an object with one key, its kind. */
function unwrap(node: unknown): readonly [string, Node] {
  const entry = Object.entries(record(node))[0];
  return entry === undefined ? ['', {}] : [entry[0], record(entry[1])];
}

function at(node: Node, key: string): Node {
  return record(node[key]);
}

function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Node)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(node: unknown): string {
  const [kind, body] = unwrap(node);
  return kind === 'String' ? text(body['sval']) : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
