import type { Operation } from './operation.ts';
import { at, list, relationName, text, unwrap } from './pg-node.ts';
import type { Node } from './pg-node.ts';

/** Statements that write tables or indexes anew, open transactions, or limit how long a lock is waited for. */
export function upkeepOperations(kind: string, body: Node): readonly Operation[] {
  switch (kind) {
    case 'ReindexStmt':
      return has(body['params'], 'concurrently') ? [] : rebuild(body, 'rebuilds the indexes of');
    case 'VacuumStmt':
      if (!has(body['options'], 'full')) return [];
      return list(body['rels']).flatMap((one) => rebuild(unwrap(one)[1], 'rewrites (VACUUM FULL)'));
    case 'ClusterStmt':
    case 'RepackStmt':
      return rebuild(body, 'rewrites (CLUSTER)');
    case 'RefreshMatViewStmt':
      return body['concurrent'] === true ? [] : rebuild(body, 'refreshes and locks');
    case 'TransactionStmt':
      return transaction(text(body['kind']));
    case 'VariableSetStmt':
      return /^(?:lock_timeout|statement_timeout)$/.test(text(body['name']))
        ? [{ kind: 'lock-timeout', table: '' }]
        : [];
    default:
      return [];
  }
}

/** Clauses of ALTER TABLE that write the table anew, or switch row security. */
export function alteredUpkeep(table: string, subtype: string, def: Node): readonly Operation[] {
  const does = rewriting[subtype];
  if (does !== undefined) return [{ kind: 'rebuild', table, does: `${does} ${table}` }];
  if (subtype === 'AT_EnableRowSecurity') return [{ kind: 'close-access', table }];
  if (subtype === 'AT_DisableRowSecurity')
    return [
      {
        kind: 'open-access',
        table,
        does: `turns off row security of ${table}`,
        undoes: 'row security',
      },
    ];
  if (subtype !== 'AT_DetachPartition' || def['concurrent'] === true) return [];
  return [{ kind: 'rebuild', table, does: `detaches a partition of ${table} under lock` }];
}

const rewriting: Readonly<Record<string, string>> = {
  AT_SetTableSpace: 'copies to another tablespace',
  AT_SetLogged: 'rewrites (SET LOGGED)',
  AT_SetUnLogged: 'rewrites (SET UNLOGGED)',
  AT_SetAccessMethod: 'rewrites (SET ACCESS METHOD)',
};

function rebuild(body: Node, does: string): readonly Operation[] {
  const table = relationName(at(body, 'relation'));
  const named = table === '' ? text(body['name']) : table;
  return named === '' ? [] : [{ kind: 'rebuild', table: named, does: `${does} ${named}` }];
}

function has(options: unknown, name: string): boolean {
  return list(options).some((option) => text(unwrap(option)[1]['defname']) === name);
}

function transaction(kind: string): readonly Operation[] {
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START')
    return [{ kind: 'transaction', table: '', opens: true }];
  return kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK'
    ? [{ kind: 'transaction', table: '', opens: false }]
    : [];
}
