import type { Severity } from '../guard.ts';
import type { Resource } from '../resources/resource.ts';
import type { Setting } from '../resources/setting.ts';
import { statementsOf } from './statement.ts';
import type { Statement } from './statement.ts';

/** A right that is far too wide. */
export interface Grant {
  /** "grants every action on every resource". */
  readonly says: string;
  readonly severity: Severity;
  readonly line: number;
  readonly endLine: number;
}

/** The too wide rights that a resource or policy document grants. */
export function grantsOf(resource: Pick<Resource, 'type' | 'settings'>): readonly Grant[] {
  return [
    ...statementsOf(resource).flatMap((statement) => grantedBy(statement, resource)),
    ...resource.settings.flatMap((setting) => namedRole(resource.type, setting)),
  ];
}

function grantedBy(
  statement: Statement,
  { type, settings }: Pick<Resource, 'type' | 'settings'>,
): readonly Grant[] {
  const { actions, resources, hasPrincipal } = statement;
  if (hasPrincipal) return openToAll(statement, isTrust(type, settings));
  const onAll = resources.includes('*');
  if (statement.isInverted && onAll) {
    return [grant('grants all but a few actions on every resource', 'warn', statement)];
  }
  if (actions.some((action) => action === '*' || action === '*:*')) {
    if (statement.hasCondition)
      return [grant('grants every action under a condition', 'note', statement)];
    return onAll
      ? [grant('grants every action on every resource', 'block', statement)]
      : [grant('grants every action on the resources it names', 'warn', statement)];
  }
  if (!onAll || statement.hasCondition) return [];
  const whole = actions.find((action) => powerful.test(action));
  if (whole !== undefined) return [grant(`grants ${whole} on every resource`, 'block', statement)];
  const service = actions.find((action) => /^[\w-]+:\*$/.test(action) && !harmless.test(action));
  return service === undefined
    ? []
    : [grant(`grants ${service} on every resource`, 'warn', statement)];
}

// With these one can give oneself every other right.
const powerful =
  /^(?:(?:iam|sts|organizations|sso|kms|secretsmanager):\*|iam:(?:PassRole|CreateAccessKey|AttachRolePolicy|AttachUserPolicy|PutRolePolicy|PutUserPolicy|CreatePolicyVersion|SetDefaultPolicyVersion|UpdateAssumeRolePolicy)|sts:AssumeRole)$/i;
const harmless =
  /^(?:logs|cloudwatch|xray|ec2messages|ssmmessages|autoscaling|elasticloadbalancing|tag|health|events|sns|mobileanalytics):/i;

function isTrust(type: string, settings: readonly Setting[]): boolean {
  return /role/i.test(type) || settings.some(({ value }) => /^sts:AssumeRole/i.test(String(value)));
}

function openToAll(statement: Statement, trust: boolean): readonly Grant[] {
  const { principals, hasCondition, actions } = statement;
  if (!principals.includes('*')) return [];
  if (hasCondition) return [];
  if (trust) return [grant('lets any account take the role', 'block', statement)];
  const reads = actions.length > 0 && actions.every((action) => /^s3:GetObject/i.test(action));
  return [
    reads
      ? grant('lets everybody read the objects', 'warn', statement)
      : grant(`lets everybody do ${actions[0] ?? 'anything'}`, 'block', statement),
  ];
}

type Lines = Pick<Statement, 'line' | 'endLine'>;

function grant(says: string, severity: Severity, place: Lines): Grant {
  const { line, endLine } = place;
  return { says, severity, line, endLine };
}

interface Role {
  readonly types: RegExp;
  readonly path: RegExp;
  readonly value: RegExp;
  readonly severity: Severity;
}

const roles: readonly Role[] = [
  {
    types: /^(?:aws_|data\.aws_iam_policy$|AWS::|module$)/,
    path: /(?:policy_arns?|ManagedPolicyArns|^arn|^Policies|(?:^|\.)policies(?:\.\w+)?|\w*policy_arns?(?:\.\w+)?|policy_associations\.\w+\.policy_arn)$/,
    value: /(?:^|\/)(?:AdministratorAccess|AmazonEKSClusterAdminPolicy)$/,
    severity: 'block',
  },
  {
    types: /^(?:aws_|AWS::|module$)/,
    path: /(?:policy_arns?|ManagedPolicyArns|^Policies|(?:^|\.)policies(?:\.\w+)?|\w*policy_arns?(?:\.\w+)?)$/,
    value: /(?:^|\/)(?:PowerUserAccess|IAMFullAccess)$/,
    severity: 'warn',
  },
  {
    types: /^azurerm_(?:role_assignment|pim_\w+_role_assignment)$/,
    path: /^role_definition_name$/,
    value: /^(?:Owner|User Access Administrator|Role Based Access Control Administrator)$/i,
    severity: 'block',
  },
  {
    types: /^azurerm_role_definition$/,
    path: /^permissions\.actions$/,
    value: /^\*$/,
    severity: 'block',
  },
  {
    types: /^google_\w+_iam_(?:member|binding|policy)$|^data\.google_iam_policy$/,
    path: /(?:^|\.)role$/,
    value: /^roles\/(?:owner|resourcemanager\.organizationAdmin|iam\.securityAdmin)$/,
    severity: 'block',
  },
  {
    types:
      /^google_(?:project|folder|organization)_iam_(?:member|binding)$|^data\.google_iam_policy$/,
    path: /(?:^|\.)role$/,
    value:
      /^roles\/(?:editor|iam\.serviceAccountTokenCreator|iam\.serviceAccountUser|iam\.serviceAccountAdmin)$/,
    severity: 'warn',
  },
];

function namedRole(type: string, { path, value, line }: Setting): readonly Grant[] {
  const text = String(value).replace(/^"|"$/g, '');
  const role = roles.find(
    (one) => one.types.test(type) && one.path.test(path) && one.value.test(text),
  );
  if (role === undefined) return [];
  return [grant(`gives ${text.replace(/^.*\//, '')}`, role.severity, { line, endLine: line })];
}
