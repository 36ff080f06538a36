import type { Operation } from './operation.ts';
import { list, record, relationName, text, unwrap } from './pg-node.ts';
import type { Node } from './pg-node.ts';

/** What a statement does to the question who may see or change data: grants, roles, policies. */
export function accessOperations(kind: string, body: Node): readonly Operation[] {
  if (kind === 'GrantStmt') return granted(body);
  if (kind === 'CreatePolicyStmt')
    return [{ kind: 'close-access', table: relationName(record(body['table'])) }];
  if (kind === 'AlterRoleStmt' || kind === 'CreateRoleStmt') return empowered(body);
  return [];
}

/** A policy that goes. `parts` are the table, perhaps with its schema, and the policy. */
export function droppedPolicy(parts: readonly string[]): Operation {
  const [policy = '', table = ''] = [parts.at(-1), parts.at(-2)];
  const does = `drops policy ${policy} of ${table}`;
  return { kind: 'open-access', table, does, undoes: 'policy' };
}

function granted(body: Node): readonly Operation[] {
  if (body['is_grant'] !== true) return [];
  const roles = list(body['grantees']).map((role) => unwrap(role)[1]);
  const isPublic = roles.some((role) => role['roletype'] === 'ROLESPEC_PUBLIC');
  const named = roles.map((role) => text(role['rolename'])).filter((name) => name !== '');
  const isAnonymous = named.some((name) =>
    /^(?:anon|anonymous|public|guest|web_anon)$/i.test(name),
  );
  const rights = list(body['privileges']).map((right) => text(unwrap(right)[1]['priv_name']));
  const isAll = rights.length === 0;
  const reads =
    rights.length > 0 &&
    rights.every((right) => /^(?:usage|execute|connect|temp|temporary)$/.test(right));
  if (!data.has(text(body['objtype'])) || reads) return [];
  if (!isPublic && !(isAnonymous && (isAll || rights.some((right) => right !== 'select'))))
    return [];
  const [first = ''] = list(body['objects']).map((object) => relationName(unwrap(object)[1]));
  const what = isAll ? 'every right' : rights.join(', ');
  const on = first === '' ? 'all tables of a schema' : first;
  const to = isPublic ? 'everybody (PUBLIC)' : named.join(', ');
  return [
    { kind: 'open-access', table: first, does: `grants ${what} on ${on} to ${to}`, undoes: null },
  ];
}

const data: ReadonlySet<string> = new Set(['OBJECT_TABLE', 'OBJECT_SCHEMA', 'OBJECT_DATABASE']);

function empowered(body: Node): readonly Operation[] {
  const role = text(body['role']) || text(record(body['role'])['rolename']);
  return list(body['options']).flatMap((option): readonly Operation[] => {
    const { defname, arg } = unwrap(option)[1];
    const isOn = record(record(arg)['Boolean'])['boolval'] === true;
    const right = isOn ? powers[text(defname)] : undefined;
    return right === undefined
      ? []
      : [{ kind: 'open-access', table: '', does: `${right} ${role}`, undoes: null }];
  });
}

const powers: Readonly<Record<string, string>> = {
  superuser: 'makes a superuser of',
  bypassrls: 'lifts row security from',
};
