import { addedColumn, typeName } from './node-columns.ts';
import { accessOperations, droppedPolicy } from './node-access.ts';
import { alteredUpkeep, upkeepOperations } from './node-upkeep.ts';
import type { AddedConstraint, Operation } from './operation.ts';
import { at, list, relationName, string, text, unwrap } from './pg-node.ts';
import type { Node } from './pg-node.ts';

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
      return [...accessOperations(kind, body), ...upkeepOperations(kind, body)];
  }
}

function createTable(relation: Node): Operation {
  const temporary = relation['relpersistence'] === 't';
  return { kind: 'create-table', table: relationName(relation), temporary };
}

function dropped(body: Node): readonly Operation[] {
  const what = { OBJECT_TABLE: 'table', OBJECT_SCHEMA: 'schema' } as const;
  const type = text(body['removeType']);
  return list(body['objects']).flatMap((object): readonly Operation[] => {
    const [kind, inner] = unwrap(object);
    const parts = kind === 'List' ? list(inner['items']).map(string) : [string(object)];
    const name = parts.at(-1) ?? '';
    if (type === 'OBJECT_POLICY') return [droppedPolicy(parts)];
    if (type === 'OBJECT_INDEX') {
      const concurrently = body['concurrent'] === true;
      return [{ kind: 'drop-index', table: '', index: name, concurrently }];
    }
    if (type !== 'OBJECT_TABLE' && type !== 'OBJECT_SCHEMA') return [];
    return [{ kind: 'drop-object', what: what[type], name }];
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
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name: column, type: null }];
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
      return alteredUpkeep(table, text(command['subtype']), def);
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
  const cascades = text(def['fk_del_action']) === 'c';
  return {
    type,
    deferred: def['skip_validation'] === true || text(def['indexname']) !== '',
    name: text(def['conname']),
    columns: list(def['fk_attrs'] ?? def['keys']).map(string),
    ...(cascades ? { cascadesFrom: relationName(at(def, 'pktable')) } : {}),
  };
}
